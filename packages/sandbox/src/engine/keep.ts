import { recordChange } from './changes.js';
import type { Refund } from './refund.js';
import type { Setup } from './setup.js';
import type { Store } from './store.js';

/** Keeps a setup and records the change. */
export function keepSetup(store: Store, after: Setup): Setup {
  const before = store.setups.get(after.id) ?? null;
  store.setups.set(after.id, after);
  recordChange(store, { resource: 'setup', before, after, at: after.updatedAt });
  return after;
}

/** Keeps a refund and records the change. */
export function keepRefund(store: Store, after: Refund): Refund {
  const before = store.refunds.get(after.id) ?? null;
  store.refunds.set(after.id, after);
  recordChange(store, { resource: 'refund', before, after, at: after.updatedAt });
  return after;
}
