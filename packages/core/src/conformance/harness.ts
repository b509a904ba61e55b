import type { AnyAdapter } from '../adapter.js';
import type { Fetch, PaymentsFacts, PaymentsOptions } from '../index.js';

/** A lever may be synchronous or not. */
export type Awaitable<T> = T | Promise<T>;

/** What the provider's own books say of one refund, whatever it tells. The amount is in wire units. */
export interface TestLedgerRefund {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
}

/** What the provider's own books say of one saving of a payment method. */
export interface TestSetupEntry {
  readonly id: string;
  readonly status: string;
  readonly customer: string | null;
  /** `off_session` or `on_session`, where the provider keeps it. */
  readonly usage?: string;
  /** How often somebody tried to confirm it. */
  readonly confirmations: number;
  /** What was saved; `null` while nothing is. */
  readonly saved: { readonly paymentMethod: string } | null;
}

/** One webhook delivery, as the provider posts it. */
export interface StageDelivery {
  /** The provider's own word for what happened. */
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The address that it is posted to, with its query. Needed where the proof stands there. */
  readonly url?: string;
}

/** What a stage can be told to do otherwise from now on: facts that differ from payment to payment, or that nobody has verified. */
export interface StageSwitches {
  /** Whether a refund is settled at once, some time later, or some time after the customer has acted. */
  readonly refundsSettle?: 'at_once' | 'later' | 'after_action';
  /** Whether refunds fail: never, when they are settled, or some time after they have succeeded. */
  readonly refundsFail?: 'never' | 'instead_of_success' | 'after_success';
  /** Whether the provider tells a refund's status, where it may leave it out. */
  readonly refundStatus?: 'told' | 'null';
  /** Whether every setup belongs to a hosted page, so that it can neither be confirmed nor canceled by itself. */
  readonly setupsOwnedBySession?: boolean;
}

/** What the provider's own books say of one intent: the witness that is independent of the adapter. Amounts are in wire units. */
export interface TestLedgerEntry {
  readonly id: string;
  /** The ISO 4217 code. Default: the stage's currency. */
  readonly currency?: string;
  readonly status: string;
  /** What was ever authorised. */
  readonly authorized: number;
  readonly captured: number;
  readonly released: number;
  /** How often a confirmation was carried out. */
  readonly confirmations: number;
  /** What has gone back to the customer and stayed there. */
  readonly refunded?: number;
  /** Every refund, oldest first, the failed and canceled ones too. */
  readonly refunds?: readonly TestLedgerRefund[];
}

/** The payment methods that a stage offers, by what happens when they are charged. */
export type MethodName = 'succeeds' | 'card_declined' | 'insufficient_funds' | 'expired_card' | 'three_d_secure' | 'processing_succeeds' | 'processing_fails';

/** One fresh, isolated provider for one test. Levers that it lacks make the promises that need them *not tested*. */
export interface Stage {
  readonly origin: string;
  readonly fetch: Fetch;
  /** A currency that the provider takes. */
  readonly currency: string;
  /** A customer that owns the payment methods. */
  readonly customer?: string;
  readonly paymentMethods: { readonly [M in MethodName]?: string };
  /** What has arrived, in order. */
  readonly requests?: () => Awaitable<readonly unknown[]>;
  readonly ledger?: () => Awaitable<readonly TestLedgerEntry[]>;
  /** The books of saved payment methods. */
  readonly setups?: () => Awaitable<readonly TestSetupEntry[]>;
  /** The customer passes the action that an intent, a setup or a refund requires. */
  readonly completeAction?: (id: string) => Awaitable<void>;
  /** The customer fails it. */
  readonly failAction?: (id: string) => Awaitable<void>;
  /** Moves the provider's clock on, by seconds. */
  readonly advance?: (seconds: number) => Awaitable<void>;
  /** The provider's clock, in milliseconds since the epoch. */
  readonly now?: () => number;
  /** The customer gives a payment method in the browser, for a setup that waits for one. */
  readonly completeSetup?: (id: string, method?: MethodName) => Awaitable<void>;
  /** Every webhook delivery that nobody has acknowledged yet, signed at this moment of the provider's clock. Nothing is posted. */
  readonly deliveries?: () => Awaitable<readonly StageDelivery[]>;
  /** What deliveries are signed with, or the word that they carry. */
  readonly webhookSecret?: string;
  readonly setSwitches?: (change: StageSwitches) => Awaitable<void>;
  /** The switches that {@link setSwitches} has, by name or as they are set now: what needs another one is not tested. Default: all of them. */
  readonly switches?: readonly (keyof StageSwitches)[] | (() => object);
  /** Whether others use the account as well, so that its lists hold what no promise has made. Default: false. */
  readonly shared?: boolean;
  /** Called once when the promise has been proven, or not: puts away what is left, where a stage is not simply forgotten. */
  readonly close?: () => Awaitable<void>;
}

/** A lever of a stage that a promise may need. */
export type Lever =
  | 'requests'
  | 'ledger'
  | 'setups'
  | 'completeAction'
  | 'failAction'
  | 'completeSetup'
  | 'advance'
  | 'now'
  | 'deliveries'
  | 'webhookSecret'
  | 'setSwitches'
  | MethodName;

/** A promise that an adapter is known not to keep. It runs as an expected failure: when it holds after all, that is a failure. */
export interface Deviation {
  /** The promise's id, such as `paymentIntents.capture/partial`. */
  readonly id: string;
  readonly reason: string;
  readonly source: string;
  /** A part of the failure's text, as it is seen: any other failure of the promise is one. Default: whatever it fails with is taken for the deviation. */
  readonly as?: string;
  /** The day (ISO 8601) by which somebody looks at it again: after it, a strict run fails. */
  readonly reviewBy?: string;
}

/** Where promises are proven: on a stateful sandbox, or at the provider itself on a certain day (ISO 8601). */
export type ProvenAt = { readonly where: 'sandbox' } | { readonly where: 'provider'; readonly date: string };

/** An answer of the provider's own; its body is sent as JSON. */
export interface OwnAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What the provider itself answers when it is not well, in its own format: anything else could be a gateway's word, which proves less. */
export interface Refusals {
  /** Too many requests: it has not acted. */
  readonly rateLimited?: OwnAnswer;
  /** The same request, by its key, is still being carried out. */
  readonly stillRunning?: OwnAnswer;
  /** It failed inside: whether it has acted is unknown. */
  readonly broken?: OwnAnswer;
}

/** What the suite needs to know to prove one adapter in one configuration. */
export interface Harness {
  /** Stands in every title and in the report. */
  readonly name: string;
  readonly adapter: AnyAdapter;
  readonly open: () => Awaitable<Stage>;
  /**
   * Puts a client on a stage: for a client that is made of others, such as a migration. Every call on one stage stands for another process of the same
   * application. Default: `createPayments`.
   */
  readonly connect?: (options: PaymentsOptions, stage: Stage) => PaymentsFacts;
  /** Default: bodies that have what `problem+json` and Stripe's errors have. What hangs on an own format that is neither is then *not tested*. */
  readonly refusals?: Refusals;
  readonly deviations?: readonly Deviation[];
  /** What its stages are. Default: a sandbox. */
  readonly provenAt?: ProvenAt;
}

/**
 * The part of a test runner that is needed: vitest, node:test, jest and mocha have it. Where the runner gives its tests a context that can skip them
 * (vitest, node:test), a promise that could not be tested shows as skipped, with the reason.
 */
export interface Runner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, body: (context?: unknown) => Promise<void>) => unknown;
}
