import * as z from 'zod';

/**
 * Facts about a provider that money depends on and that nobody has verified.
 * Each can be set either way, so that a client is tested against both readings.
 */
export interface Switches {
  /** How a decline is answered: HTTP 402, HTTP 400, or 200 with the payment in `requires_payment_method`. */
  readonly declineAs: 'payment_required' | 'other_client_error' | 'success';
  /** Does the error for a decline carry the payment object? */
  readonly declineCarriesIntent: boolean;
  /** Does a partial capture release the rest, or leave it capturable? A request that says which is obeyed. */
  readonly partialCapture: 'closes' | 'stays_open';
  /** Are failures (declines, refusals by state) stored under the idempotency key and replayed? */
  readonly failuresStored: boolean;
  /**
   * What a 409 for a repeated key means (PAY.JP, Paypercut). `key_reused`: the same key came with other content, and a
   * request still under way is waited for. `in_progress`: the first request is still under way, and other content goes
   * unnoticed (the first answer is replayed).
   */
  readonly conflictMeans: 'key_reused' | 'in_progress';
  /** Are idempotency keys honoured at all? */
  readonly idempotency: boolean;
  /** How long a key is remembered, in seconds of the sandbox's clock. */
  readonly keyLifetimeSeconds: number;
  readonly listOrder: 'newest_first' | 'oldest_first';
  /** Is the amount of increment_authorization the new total, or what is added? */
  readonly increment: 'total' | 'delta';
  /** Paypercut: are errors a flat object, or wrapped in `error`? */
  readonly errors: 'flat' | 'wrapped';
  /** PAY.JP: does problem+json carry `code`? */
  readonly errorCode: boolean;
  /** Stripe: where a payment's charges are shown. */
  readonly charge: 'charges' | 'latest_charge' | 'latest_charge_expanded';
  /** What confirming under `capture_method: automatic_async` answers: `processing` (settled by the clock) or `succeeded`. */
  readonly automaticAsync: 'processing' | 'succeeded';
  /** Paypercut: the form of `next_action`. */
  readonly nextAction: 'three_d_secure' | 'redirect_to_url';
  /** After how many failed confirmations a payment is canceled; null for never. */
  readonly confirmationLimit: number | null;
  /** When is a refund settled: within its creation, a minute of the clock later, or a minute after the customer has acted? */
  readonly refundsSettle: 'at_once' | 'later' | 'after_action';
  /** Do refunds fail: never, when they are settled, or a minute of the clock after they have succeeded? Those made from now on. */
  readonly refundsFail: 'never' | 'instead_of_success' | 'after_success';
  /** What a refund without an amount is of: what is left, the whole that was captured, or nothing: it is refused. */
  readonly refundWithoutAmount: 'remaining' | 'whole' | 'refused';
  /** Paypercut, Stripe: what `amount_refunded` counts beside what has gone back: what is on its way too, or not. */
  readonly amountRefunded: 'with_pending' | 'succeeded_only';
  /** Paypercut: is a refund's status told, or null? */
  readonly refundStatus: 'told' | 'null';
  /** PAY.JP: does a Checkout Session own every setup, so that it can neither be confirmed nor canceled by itself? */
  readonly setupsOwnedBySession: boolean;
  /** How often a delivery that was not acknowledged comes again, and after how long. */
  readonly deliveryRetries: 'three_minutes_thrice' | 'over_hours' | 'over_days' | 'never';
  /** PAY.JP: do deliveries come from the provider, or forwarded by payjp-cli, which writes them anew? */
  readonly deliveredBy: 'provider' | 'payjp_cli';
  /** Paypercut: is `payment_intent.authorized` sent under manual capture only, or before every capture? */
  readonly authorizedEvent: 'manual_capture' | 'always';
}

const switchesSchema = z.strictObject({
  declineAs: z.enum(['payment_required', 'other_client_error', 'success']),
  declineCarriesIntent: z.boolean(),
  partialCapture: z.enum(['closes', 'stays_open']),
  failuresStored: z.boolean(),
  conflictMeans: z.enum(['key_reused', 'in_progress']),
  idempotency: z.boolean(),
  keyLifetimeSeconds: z.int().positive(),
  listOrder: z.enum(['newest_first', 'oldest_first']),
  increment: z.enum(['total', 'delta']),
  errors: z.enum(['flat', 'wrapped']),
  errorCode: z.boolean(),
  charge: z.enum(['charges', 'latest_charge', 'latest_charge_expanded']),
  automaticAsync: z.enum(['processing', 'succeeded']),
  nextAction: z.enum(['three_d_secure', 'redirect_to_url']),
  confirmationLimit: z.int().positive().nullable(),
  refundsSettle: z.enum(['at_once', 'later', 'after_action']),
  refundsFail: z.enum(['never', 'instead_of_success', 'after_success']),
  refundWithoutAmount: z.enum(['remaining', 'whole', 'refused']),
  amountRefunded: z.enum(['with_pending', 'succeeded_only']),
  refundStatus: z.enum(['told', 'null']),
  setupsOwnedBySession: z.boolean(),
  deliveryRetries: z.enum(['three_minutes_thrice', 'over_hours', 'over_days', 'never']),
  deliveredBy: z.enum(['provider', 'payjp_cli']),
  authorizedEvent: z.enum(['manual_capture', 'always']),
}) satisfies z.ZodType<Switches>;

/** The likeliest reading of most dialects' documents; a dialect's definition says where its own differs. */
export const commonSwitches: Switches = {
  declineAs: 'payment_required',
  declineCarriesIntent: false,
  partialCapture: 'closes',
  failuresStored: false,
  conflictMeans: 'key_reused',
  idempotency: true,
  keyLifetimeSeconds: 86_400,
  listOrder: 'newest_first',
  increment: 'total',
  errors: 'flat',
  errorCode: true,
  charge: 'latest_charge',
  automaticAsync: 'processing',
  nextAction: 'three_d_secure',
  confirmationLimit: null,
  refundsSettle: 'at_once',
  refundsFail: 'never',
  refundWithoutAmount: 'remaining',
  amountRefunded: 'with_pending',
  refundStatus: 'told',
  setupsOwnedBySession: false,
  deliveryRetries: 'three_minutes_thrice',
  deliveredBy: 'provider',
  authorizedEvent: 'manual_capture',
};

const changeSchema = z.strictObject(switchesSchema.shape).partial();

/**
 * The switches after a change.
 * @throws TypeError naming the switch that does not exist or does not take that value.
 */
export function changeSwitches(current: Switches, change: unknown): Switches {
  const given = changeSchema.safeParse(change);
  if (!given.success) throw new TypeError(`Bad switches: ${z.prettifyError(given.error).replaceAll('\n', ' ')}`);
  const defined = Object.fromEntries(Object.entries(given.data).filter(([, value]) => value !== undefined));
  return Object.freeze(switchesSchema.parse({ ...current, ...defined }));
}
