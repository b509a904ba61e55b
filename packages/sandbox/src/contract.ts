import type { Dialect } from './dialect-names.js';
import type { Switches } from './switches.js';

/** The test payment methods, by what happens when one is confirmed. */
export type PaymentMethodName =
  | 'succeeds'
  | 'card_declined'
  | 'insufficient_funds'
  | 'expired_card'
  | 'incorrect_cvc'
  | 'do_not_honor'
  | 'three_d_secure'
  | 'processing_succeeds'
  | 'processing_fails';

/** One movement of money on a payment. */
export interface Movement {
  /**
   * `incremented` enlarges what is authorised, by `amount`. `refunded`: a refund has succeeded; `refund_failed`: one that
   * had succeeded came back.
   */
  readonly type: 'authorized' | 'captured' | 'released' | 'incremented' | 'refunded' | 'refund_failed';
  /** Minor units, always positive. */
  readonly amount: number;
  /** ISO 8601, by the sandbox's clock. */
  readonly at: string;
  /** The idempotency key of the request that caused it; for an asynchronous outcome, of the confirmation that began it. */
  readonly idempotencyKey: string | null;
}

/** What the sandbox's books say about one refund. */
export interface LedgerRefund {
  readonly id: string;
  /** `pending`, `requires_action`, `succeeded`, `failed` or `canceled`, whatever the provider tells. */
  readonly status: string;
  /** Minor units. */
  readonly amount: number;
  /** `metadata.oneintent_reference`, where it was sent. */
  readonly reference: string | null;
  /** The idempotency key of the request that made it. */
  readonly idempotencyKey: string | null;
  /** When it was made: ISO 8601, by the sandbox's clock. */
  readonly at: string;
}

/** What the sandbox's books say about one setup: the saving of a payment method. */
export interface SetupEntry {
  readonly id: string;
  readonly status: string;
  readonly customer: string | null;
  readonly usage: 'off_session' | 'on_session';
  /** How often somebody tried to confirm it. */
  readonly confirmations: number;
  /** `metadata.oneintent_reference`, where it was sent. */
  readonly reference: string | null;
  /** What was saved, and by which request; null while nothing is. */
  readonly saved: {
    readonly paymentMethod: string;
    readonly customer: string | null;
    /** ISO 8601, by the sandbox's clock. */
    readonly at: string;
    /** The idempotency key of the confirmation; null when it came from a browser. */
    readonly idempotencyKey: string | null;
  } | null;
}

/** What the sandbox's books say about one payment. All amounts in minor units. */
export interface LedgerEntry {
  readonly id: string;
  readonly status: string;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** The intended amount. */
  readonly amount: number;
  /** Everything ever authorised, increments included. */
  readonly authorized: number;
  readonly captured: number;
  readonly released: number;
  /** What has gone back to the customer and stayed there. */
  readonly refunded: number;
  /** What is on its way back. */
  readonly refundPending: number;
  /** Every refund of this payment, oldest first, the failed and canceled ones too. */
  readonly refunds: readonly LedgerRefund[];
  /** How often somebody tried to confirm it. */
  readonly confirmations: number;
  /** `metadata.oneintent_reference`, where it was sent. */
  readonly reference: string | null;
  readonly movements: readonly Movement[];
}

/** A request as it arrived, with its authorisation struck out. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** The raw query, without the question mark. */
  readonly query: string;
  /** Lower-case names; `authorization` reads `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The raw body. */
  readonly body: string;
  /** The status answered; null while the request is under way. */
  readonly status: number | null;
}

/** One event that the provider has told, and what became of its delivery: the witness of a test. */
export interface RecordedEvent {
  readonly id: string;
  /** As the provider spells it, for instance `payment_flow.succeeded`. */
  readonly type: string;
  /** Id of the object that it is about. */
  readonly objectId: string;
  /** When it happened: ISO 8601, by the sandbox's clock. */
  readonly at: string;
  /** A receiver has answered a post of it with 2xx. */
  readonly acknowledged: boolean;
  /** Every post of it, duplicates included. */
  readonly posts: readonly DeliveryPost[];
}

/** One post of an event. */
export interface DeliveryPost {
  /** ISO 8601, by the sandbox's clock. */
  readonly at: string;
  /** The status answered; null when there was no answer: an error, or none in time. */
  readonly status: number | null;
}

/** A POST that is due: exactly what goes over the wire. */
export interface DueDelivery {
  /** New for every post; Paypercut sends it. */
  readonly id: string;
  readonly eventId: string;
  readonly type: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Since when it is due: ISO 8601, by the sandbox's clock. */
  readonly dueAt: string;
  /** With the provider's authentication, made at this moment of the sandbox's clock. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact text that was signed. */
  readonly body: string;
}

/** The order of posts: as the events happened, the other way round, or shuffled, alike for the same number. */
export type DeliveryOrder = 'sent' | 'reversed' | { readonly shuffledBy: number };

/** How {@link Sandbox.deliver} posts. */
export interface DeliveryOptions {
  /** Default `sent`. Duplicates are shuffled with the rest. */
  readonly order?: DeliveryOrder;
  /** How many times more each is posted. Default 0. */
  readonly duplicates?: number;
  /** Everything at once, instead of one after the other. Default false. */
  readonly concurrently?: boolean;
  /** How long an answer is waited for, in seconds of real time. Default 10, as at PAY.JP. */
  readonly timeoutSeconds?: number;
  /** Of the request that the receiver is given. Default `https://receiver.invalid/webhooks`. */
  readonly url?: string;
}

/** What takes deliveries: a handler of webhooks, or `fetch`. */
export type DeliveryHandler = (request: Request) => Promise<Response>;

/** What became of one post. */
export interface DeliveryResult {
  readonly eventId: string;
  readonly type: string;
  /** 1 for the first; alike for duplicates. */
  readonly attempt: number;
  /** The status answered; null when there was no answer. */
  readonly status: number | null;
}

/** What {@link createSandbox} takes. */
export interface SandboxOptions {
  readonly dialect: Dialect;
  /** Differences from the dialect's default switches. */
  readonly switches?: Partial<Switches>;
  /** The only secret key that is accepted. Default `sk_test_sandbox`. */
  readonly apiKey?: string;
  /** What deliveries are signed with, or the token that they carry. Default: one for each dialect. */
  readonly webhookSecret?: string;
  /** ISO 8601 start of the clock (default: the real time). It moves with real time and with `advance()`. */
  readonly now?: string;
}

/** A payment provider in a box: one dialect, its own clock and its own books. */
export interface Sandbox {
  readonly dialect: Dialect;
  /** The secret key to give to a client. */
  readonly apiKey: string;
  /** What deliveries are signed with; at PAY.JP the token that they carry. */
  readonly webhookSecret: string;
  /** A base URL to give to a client that uses `fetch` below, which answers any host. */
  readonly origin: string;
  /** A currency that this dialect takes. */
  readonly currency: 'JPY' | 'EUR';
  /** Id of the customer who owns all the payment methods. */
  readonly customer: string;
  /** Ids of the test payment methods, by name. */
  readonly paymentMethods: Readonly<Record<PaymentMethodName, string>>;
  /** The provider, in process. Honours `init.signal`. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The customer passes 3-D Secure, or comes back from the redirect: for this payment, setup or refund. */
  completeAction(id: string): void;
  /** The customer fails 3-D Secure, or gives up at the redirect. */
  failAction(id: string): void;
  /**
   * The customer gives a payment method (default: the one that succeeds) for this setup in the browser, which confirms it;
   * or passes the action that it waits for.
   * @throws Error when there is no such setup, or it has ended.
   */
  completeSetup(id: string, method?: PaymentMethodName): void;
  /** Moves the clock forward: settles what is `processing` and refunds that are pending, expires authorisations. */
  advance(seconds: number): void;
  /** The books: frozen copies, oldest payment first. */
  ledger(): readonly LedgerEntry[];
  /** The books of saved payment methods: frozen copies, oldest setup first. */
  setups(): readonly SetupEntry[];
  /** The sandbox's clock, in milliseconds since the epoch: for whatever checks the age of a signature. */
  now(): number;
  /** Every event that was made, oldest first: frozen copies. */
  events(): readonly RecordedEvent[];
  /** What is due now and not acknowledged, signed at this moment. Nothing is posted. */
  deliveries(): Promise<readonly DueDelivery[]>;
  /**
   * Posts what is due, each once and its duplicates. An answer other than 2xx, an error or none in time makes the next
   * attempt due by the switch `deliveryRetries`: see `advance`. What happens meanwhile is for the next call.
   * @returns each post, in the order in which they were answered.
   * @throws RangeError for a number of duplicates that is none.
   */
  deliver(receiver: DeliveryHandler, options?: DeliveryOptions): Promise<readonly DeliveryResult[]>;
  /** Every request that arrived, in order: frozen copies. */
  requests(): readonly SeenRequest[];
  /** Everything as it was created: books, keys, requests, clock and switches. */
  reset(): void;
  /** The switches in force. */
  switches(): Switches;
  /** Changes some switches from now on. */
  setSwitches(change: Partial<Switches>): void;
}
