import type { Switches } from './switches.js';

/** One wire shape that the sandbox speaks. */
export type Dialect = 'payjp_payment_flows' | 'payjp_payment_intents' | 'paypercut' | 'stripe';

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
  /** `incremented` enlarges what is authorised, by `amount`. */
  readonly type: 'authorized' | 'captured' | 'released' | 'incremented';
  /** Minor units, always positive. */
  readonly amount: number;
  /** ISO 8601, by the sandbox's clock. */
  readonly at: string;
  /** The idempotency key of the request that caused it; for an asynchronous outcome, of the confirmation that began it. */
  readonly idempotencyKey: string | null;
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

/** What {@link createSandbox} takes. */
export interface SandboxOptions {
  readonly dialect: Dialect;
  /** Differences from the dialect's default switches. */
  readonly switches?: Partial<Switches>;
  /** The only secret key that is accepted. Default `sk_test_sandbox`. */
  readonly apiKey?: string;
  /** ISO 8601 start of the clock (default: the real time). It moves with real time and with `advance()`. */
  readonly now?: string;
}

/** A payment provider in a box: one dialect, its own clock and its own books. */
export interface Sandbox {
  readonly dialect: Dialect;
  /** The secret key to give to a client. */
  readonly apiKey: string;
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
  /** The customer passes 3-D Secure, or comes back from the redirect, for this payment. */
  completeAction(id: string): void;
  /** The customer fails 3-D Secure, or gives up at the redirect. */
  failAction(id: string): void;
  /** Moves the clock forward: settles what is `processing`, expires authorisations. */
  advance(seconds: number): void;
  /** The books: frozen copies, oldest payment first. */
  ledger(): readonly LedgerEntry[];
  /** Every request that arrived, in order: frozen copies. */
  requests(): readonly SeenRequest[];
  /** Everything as it was created: books, keys, requests, clock and switches. */
  reset(): void;
  /** The switches in force. */
  switches(): Switches;
  /** Changes some switches from now on. */
  setSwitches(change: Partial<Switches>): void;
}
