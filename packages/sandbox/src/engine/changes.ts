import type { Intent } from './intent.js';
import type { Refund } from './refund.js';
import type { Setup } from './setup.js';
import type { Store } from './store.js';

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

/**
 * Tells the rest of the sandbox (its events) of a change. Every kept object passes here, once per step of its life and
 * after it was kept: what is rendered for the event is what a request would be answered.
 */
export function recordChange(store: Store, change: Change): void {
  if (change.before !== change.after) store.onChange(change);
}

/** Keeps a payment and records the change. */
export function keepIntent(store: Store, after: Intent, at: number): void {
  const before = store.intents.get(after.id) ?? null;
  store.intents.set(after.id, after);
  recordChange(store, { resource: 'payment', before, after, at });
}
