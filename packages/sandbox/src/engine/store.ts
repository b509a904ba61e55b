import type { SeenRequest } from '../contract.js';
import type { Switches } from '../switches.js';
import { keepIntent, type Change } from './changes.js';
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
  /** Hears of every change, after it was kept; see `recordChange`. */
  readonly onChange: (change: Change) => void;
}

/** Lets time do its work on every payment, step by step in the order of time, and tells the time. */
export function catchUp(store: Store, expiryReason: string | null): number {
  const now = readClock(store.clock);
  const rules = { confirmationLimit: store.switches.confirmationLimit, expiryReason };
  const steps: Intent[] = [];
  for (const intent of store.intents.values()) {
    let current = intent;
    for (let next = passTime(current, now, rules); next !== current; next = passTime(current, now, rules)) {
      steps.push(next);
      current = next;
    }
  }
  for (const step of steps.toSorted((one, other) => one.updatedAt - other.updatedAt)) keepIntent(store, step, step.updatedAt);
  return now;
}
