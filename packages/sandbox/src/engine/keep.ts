import type { Intent } from './intent.js';
import type { Refund } from './refund.js';
import type { Setup } from './setup.js';
import type { Change, Store } from './store.js';

/**
 * Tells the rest of the sandbox (its events) of a change. Every kept object passes here, once per step of its life and
 * after it was kept: what is rendered for the event is what a request would be answered.
 */
function recordChange(store: Store, change: Change): void {
  if (change.before !== change.after) store.onChange(change);
}

/** Keeps a payment and records the change. */
export function keepIntent(store: Store, after: Intent, at: number): void {
  const before = store.intents.get(after.id) ?? null;
  store.intents.set(after.id, after);
  recordChange(store, { resource: 'payment', before, after, at });
}

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
