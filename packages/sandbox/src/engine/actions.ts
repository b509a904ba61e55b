import { keepIntent, keepRefund, keepSetup } from './keep.js';
import { missAction, passAction } from './lifecycle.js';
import { missRefundAction, startRefund } from './refund.js';
import { missSetupAction, passSetupAction } from './setup.js';
import type { Store } from './store.js';
import { terms } from './verbs.js';

/**
 * The customer passes, or fails, what a payment, a setup or a refund waits for.
 * @throws Error when there is no such object, or it waits for nothing.
 */
export function settleAction(store: Store, id: string, verdict: 'passed' | 'missed', at: number): void {
  const [intent, setup, refund] = [store.intents.get(id), store.setups.get(id), store.refunds.get(id)];
  const found = intent ?? setup ?? refund;
  if (found === undefined) throw new Error(`No such payment, setup or refund in the sandbox: ${id}`);
  if (found.status !== 'requires_action') throw new Error(`${id} has no action to settle: its status is ${found.status}`);
  const passed = verdict === 'passed';
  if (intent !== undefined) keepIntent(store, (passed ? passAction : missAction)(intent, terms({ store, at }, intent)), at);
  if (setup !== undefined) keepSetup(store, (passed ? passSetupAction : missSetupAction)(setup, at));
  if (refund !== undefined) keepRefund(store, (passed ? startRefund : missRefundAction)(refund, at));
}
