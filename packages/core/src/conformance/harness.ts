import type { AnyAdapter } from '../adapter.js';
import type { Fetch } from '../index.js';

/** A lever may be synchronous or not. */
export type Awaitable<T> = T | Promise<T>;

/** What the provider's own books say of one intent: the witness that is independent of the adapter. Amounts are in wire units. */
export interface LedgerEntry {
  readonly id: string;
  readonly status: string;
  /** What was ever authorised. */
  readonly authorized: number;
  readonly captured: number;
  readonly released: number;
  /** How often a confirmation was carried out. */
  readonly confirmations: number;
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
  readonly ledger?: () => Awaitable<readonly LedgerEntry[]>;
  /** The customer passes the action that an intent requires. */
  readonly completeAction?: (id: string) => Awaitable<void>;
  /** The customer fails it. */
  readonly failAction?: (id: string) => Awaitable<void>;
  /** Moves the provider's clock on, by seconds. */
  readonly advance?: (seconds: number) => Awaitable<void>;
}

/** A lever of a stage that a promise may need. */
export type Lever = 'requests' | 'ledger' | 'completeAction' | 'failAction' | 'advance' | MethodName;

/** A promise that an adapter is known not to keep. It runs as an expected failure: when it holds after all, that is a failure. */
export interface Deviation {
  /** The promise's id, such as `paymentIntents.capture/partial`. */
  readonly id: string;
  readonly reason: string;
  readonly source: string;
}

/** What the suite needs to know to prove one adapter in one configuration. */
export interface Harness {
  /** Stands in every title and in the report. */
  readonly name: string;
  readonly adapter: AnyAdapter;
  readonly open: () => Awaitable<Stage>;
  readonly deviations?: readonly Deviation[];
}

/**
 * The part of a test runner that is needed: vitest, node:test, jest and mocha have it. Where the runner gives its tests a context that can skip them
 * (vitest, node:test), a promise that could not be tested shows as skipped, with the reason.
 */
export interface Runner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, body: (context?: unknown) => Promise<void>) => unknown;
}
