import type { SeenRequest } from '../contract.js';
import type { Switches } from '../switches.js';
import type { Clock } from './clock.js';
import type { KeyRecord } from './idempotency.js';
import type { Intent } from './intent.js';
import type { DeliveryState } from './kept-event.js';
import type { Refund } from './refund.js';
import type { Setup } from './setup.js';

/** What the sandbox keeps, by kind. */
interface KeptObjects {
  readonly payment: Intent;
  readonly setup: Setup;
  readonly refund: Refund;
}

/** What became of one kept object. `before` is null for a new one. */
export type Change = {
  readonly [Resource in keyof KeptObjects]: {
    readonly resource: Resource;
    readonly before: KeptObjects[Resource] | null;
    readonly after: KeptObjects[Resource];
    /** When it happened, in milliseconds since the epoch by the sandbox's clock. */
    readonly at: number;
  };
}[keyof KeptObjects];

/** Everything that a sandbox remembers. */
export interface Store {
  readonly clock: Clock;
  switches: Switches;
  /** In order of creation. */
  readonly intents: Map<string, Intent>;
  /** In order of creation. */
  readonly setups: Map<string, Setup>;
  /** In order of creation. */
  readonly refunds: Map<string, Refund>;
  readonly keys: Map<string, KeyRecord>;
  readonly requests: SeenRequest[];
  /** Every event and what became of its delivery, by id of the event, in the order in which they happened. */
  readonly deliveries: Map<string, DeliveryState>;
  /** Hears of every change, after it was kept; see `keep.ts`. */
  readonly onChange: (change: Change) => void;
}
