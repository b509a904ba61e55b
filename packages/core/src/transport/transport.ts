import type { ExchangeHook } from './events.js';
import type { Fetch } from './exchange.js';

/** How a client talks: everything that touches the world, injectable. Times are in milliseconds. */
export interface Transport {
  readonly fetch: Fetch | undefined;
  readonly clock: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** `count` random bytes. */
  readonly random: (count: number) => Uint8Array;
  readonly attemptTimeout: number;
  /** How often an exchange is repeated at most, where it may be repeated. */
  readonly retries: number;
  readonly onExchange: ExchangeHook | undefined;
}
