import type { SeenRequest } from '../contract.js';
import type { Switches } from '../switches.js';
import type { Clock } from './clock.js';
import { readClock } from './clock.js';
import type { KeyRecord } from './idempotency.js';
import type { Intent } from './intent.js';
import { passTime } from './lifecycle.js';

/** Everything that a sandbox remembers. */
export interface Store {
  readonly clock: Clock;
  switches: Switches;
  /** In order of creation. */
  readonly intents: Map<string, Intent>;
  readonly keys: Map<string, KeyRecord>;
  readonly requests: SeenRequest[];
}

/** Lets time do its work on every payment, and tells the time. */
export function catchUp(store: Store, expiryReason: string | null): number {
  const now = readClock(store.clock);
  const rules = { confirmationLimit: store.switches.confirmationLimit, expiryReason };
  for (const [id, intent] of store.intents) {
    const next = passTime(intent, now, rules);
    if (next !== intent) store.intents.set(id, next);
  }
  return now;
}
