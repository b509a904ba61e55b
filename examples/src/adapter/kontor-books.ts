/** Where a payment or a refund stands, in Kontor's words. */
export interface State {
  readonly phase: string;
  readonly detail: string | null;
}

/** A payment as Kontor books it. Amounts are in hundredths. */
export interface KontorPayment {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  taken: number;
  held: number;
  state: State;
  readonly capture: string;
  readonly customer: string | null;
  method: string | null;
  readonly note: string | null;
  readonly tags: object;
  decline: { readonly code: string; readonly text: string } | null;
  backTo: string | null;
  readonly made: string;
  changed: string;
  /** What was ever held or taken. */
  authorized: number;
  released: number;
  /** How often a charge was carried out. */
  charges: number;
  /** When a charge that takes its time is done, and how it ends. */
  settlesAt: number | null;
  endsAs: 'paid' | 'declined';
  heldUntil: number | null;
}

/** A refund as Kontor books it. */
export interface KontorRefund {
  readonly id: string;
  readonly payment: string;
  readonly amount: number;
  readonly currency: string;
  readonly state: State;
  readonly reason: string | null;
  readonly tags: object;
  readonly made: string;
}

/** A request's body, not yet looked into. */
export type Body = Readonly<Record<string, unknown>>;

/** Any value as a record: empty where it is none. */
export const record = (value: unknown): Body => (typeof value === 'object' && value !== null ? { ...value } : {});

type Outcome = 'paid' | 'needs_customer' | { readonly later: 'paid' | 'declined' } | { readonly code: string; readonly text: string };

/** What happens when a method is charged. */
export const outcomes: Readonly<Record<string, Outcome>> = {
  card_fine: 'paid',
  card_refused: { code: 'refused', text: 'The bank refused.' },
  card_empty: { code: 'no_funds', text: 'There is not enough money.' },
  card_old: { code: 'too_old', text: 'The card has expired.' },
  card_careful: 'needs_customer',
  transfer: { later: 'paid' },
  transfer_bounces: { later: 'declined' },
};

/** The reasons for which Kontor closes a payment or gives money back. */
export const reasons: readonly string[] = ['double', 'fraud', 'customer_wish'];

/** Where the customer has to go; `null` while nobody waits for them. */
export const actionOf = ({ id, state }: KontorPayment): { readonly url: string } | null =>
  state.detail === 'customer_needed' ? { url: `https://pay.kontor.example/act/${id}?token=c0ffee${id}` } : null;
