import { currencyExponent, formatMoney, money, PaymentError, type BrowserPayment, type OperationName, type PaymentIntent, type Payments, type PaymentsFacts } from '@oneintent/core';

/** The client that the application needs. What only some providers have is asked for with `supports()` and `accepts()`. */
export type ShopPayments = Payments<'paymentIntents.create' | 'paymentIntents.retrieve' | 'paymentIntents.confirm' | 'paymentIntents.capture' | 'paymentIntents.cancel'>;

/** What became of one post of an event. */
interface Post {
  readonly eventId: string;
  /** The status that was answered. */
  readonly status: number | null;
}

/** A small shop: what the application knows and the world that it stands in. */
export interface Shop {
  readonly currency: string;
  /** The customer's saved card: one that pays, or one that is declined. */
  readonly card: (kind: 'good' | 'declined') => { readonly paymentMethod: string; readonly customer?: string };
  /** The order book: the newest snapshot of each payment. */
  readonly store: (intent: PaymentIntent) => PaymentIntent;
  readonly stored: () => readonly PaymentIntent[];
  /** The page of the customer, who does what the payment asks for. */
  readonly browser: (payment: BrowserPayment) => Promise<void>;
  /** The page of the customer, who gives a card there to be saved. */
  readonly giveCard: (setup: BrowserPayment) => Promise<void>;
  /** The provider posts the events that are due: as they happened and once, or the newest first and each twice. */
  readonly deliver: (receiver: (request: Request) => Promise<Response>, how?: 'newest_first_and_twice') => Promise<readonly Post[]>;
  readonly pass: (seconds: number) => void;
  /** Keeps a snapshot that did not come as the answer of a call. */
  readonly keep: (intent: PaymentIntent) => void;
  /** Says what a call came to that returns no payment. */
  readonly tell: (operation: string, result: string) => void;
  readonly note: (text: string) => void;
  readonly network: { readonly loseNextAnswers: (count: number) => void; readonly answersLost: () => number; readonly bytesSent: () => number };
}

/** What a scene has seen beside the statuses. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Minor units, as the provider's books have to show them. */
export interface Movements {
  readonly authorised: number;
  readonly captured: number;
  readonly released: number;
  readonly refunded: number;
}

/** One thing that a shop does, and what was promised of it. */
export interface Scene {
  readonly title: (show: (units: number) => string) => string;
  /** The statuses that the application is told, in order; what the books show; what else is seen. */
  readonly promised: {
    readonly statuses: readonly string[];
    readonly money: Movements;
    /** How often money is taken at most; once where it is not said. */
    readonly captures?: number;
    readonly facts: (payments: PaymentsFacts) => Facts;
  };
  readonly play: (payments: ShopPayments, shop: Shop, reference: string) => Promise<Facts>;
}

/** `10.00 EUR`, from minor units. */
export const show = (units: number, currency: string): string =>
  currencyExponent(currency) === null ? `${units} ${currency}` : `${formatMoney(money(units, currency))} ${currency}`;

/** Thrown by what is not there in this run, such as a customer. */
export class NotTested extends Error {}

/** No facts. */
export const none = (): Facts => ({});

/** No money moves. */
export const nothing: Movements = { authorised: 0, captured: 0, released: 0, refunded: 0 };

/** Not every provider takes the address to come back to. */
export const returnAddress = (payments: ShopPayments, operation: 'paymentIntents.create' | 'paymentIntents.confirm'): { readonly returnUrl?: string } =>
  payments.accepts(operation).includes('returnUrl') ? { returnUrl: 'https://shop.example/return' } : {};

/** What a hold may ask for. */
export interface Ask {
  readonly threeDSecure?: 'any';
}

/** Authorises an amount of the good card, in minor units, and stores what was told. */
export const hold = async (units: number, payments: ShopPayments, shop: Shop, reference: string, ask: Ask = {}): Promise<PaymentIntent> => {
  const address = returnAddress(payments, 'paymentIntents.create');
  const input = { amount: money(units, shop.currency), captureMethod: 'manual', confirm: true, ...shop.card('good'), ...address, ...ask } as const;
  return shop.store(await payments.paymentIntents.create(input, { reference }));
};

/** What TypeScript does not let one write: a call of a verb that the client does not have. */
const callMissingVerb = async (payments: ShopPayments, operation: OperationName): Promise<unknown> => {
  const [resource = '', verb = ''] = operation.split('.');
  const verbs: unknown = Reflect.get(payments, resource);
  const missing: unknown = typeof verbs === 'object' && verbs !== null ? Reflect.get(verbs, verb) : null;
  return typeof missing === 'function' ? missing() : null;
};

/** Calls what the provider lacks, as JavaScript would, and tells how that was refused: `unsupported, 0 bytes sent`. */
export const tryMissing = async (payments: ShopPayments, shop: Shop, operation: OperationName): Promise<string> => {
  const before = shop.network.bytesSent();
  const refusal = await callMissingVerb(payments, operation).catch((error: unknown) => error);
  const result = `${PaymentError.is(refusal) ? refusal.code : 'not refused'}, ${shop.network.bytesSent() - before} bytes sent`;
  shop.tell(operation, result);
  return result;
};
