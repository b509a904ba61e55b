import { readClock } from './clock.js';
import { keepIntent, keepRefund, keepSetup } from './keep.js';
import { passTime } from './lifecycle.js';
import { passRefundTime } from './refund.js';
import { passSetupTime } from './setup.js';
import type { Store } from './store.js';

/** Lets time do its work on every payment, setup and refund, step by step in the order of time, and tells the time. */
export function catchUp(store: Store, expiryReason: string | null): number {
  const now = readClock(store.clock);
  const rules = { confirmationLimit: store.switches.confirmationLimit, expiryReason };
  const steps: readonly Step[] = [
    ...stepsOf(store.intents, (intent) => passTime(intent, now, rules), (intent) => keepIntent(store, intent, intent.updatedAt)),
    ...stepsOf(store.setups, (setup) => passSetupTime(setup, now), (setup) => keepSetup(store, setup)),
    ...stepsOf(store.refunds, (refund) => passRefundTime(refund, now), (refund) => keepRefund(store, refund)),
  ];
  for (const { keep } of steps.toSorted((one, other) => one.at - other.at)) keep();
  return now;
}

/** Something that time has done, and when. */
interface Step {
  readonly at: number;
  readonly keep: () => void;
}

function stepsOf<Item extends { readonly updatedAt: number }>(
  items: ReadonlyMap<string, Item>,
  pass: (item: Item) => Item,
  keep: (item: Item) => unknown,
): readonly Step[] {
  const steps: Step[] = [];
  for (const item of items.values()) {
    let current = item;
    for (let next = pass(current); next !== current; next = pass(current)) {
      const step = next;
      steps.push({ at: step.updatedAt, keep: () => void keep(step) });
      current = next;
    }
  }
  return steps;
}
