import type { OperationName } from '../index.js';
import type { MethodName } from './harness.js';
import { authorise, aWhile, can, canSwitch, openIntent, pay, prepareSetup, save, switchTo, type Scene } from './scene.js';

/** Lets everything happen that the adapter and the stage can bring about, so that all of it is told: payments, setups and refunds, from their beginnings to each of their ends. */
export const everything = async (scene: Scene): Promise<void> => {
  const { stage, payments } = scene;
  const takes = (operation: OperationName, field: string): boolean => can(scene, operation) && scene.hasField(operation, field);
  const offered = (...methods: readonly MethodName[]): readonly MethodName[] => methods.filter((method) => stage.paymentMethods[method] !== undefined);
  /** A decline may be thrown where there is nothing to return; it is told all the same. */
  const tried = (action: () => Promise<unknown>): Promise<unknown> => action().catch(() => null);

  await openIntent(scene);
  const paid = await pay(scene, 'succeeds', 100);
  for (const method of offered('card_declined', 'processing_succeeds', 'processing_fails')) await tried(() => pay(scene, method, 100));
  if (stage.paymentMethods.three_d_secure !== undefined)
    for (const act of [stage.completeAction, stage.failAction]) await act?.((await pay(scene, 'three_d_secure', 100)).id);
  if (takes('paymentIntents.create', 'captureMethod')) {
    if (can(scene, 'paymentIntents.capture')) await payments.paymentIntents.capture(await authorise(scene, 100));
    if (can(scene, 'paymentIntents.cancel')) await payments.paymentIntents.cancel(await authorise(scene, 100));
  }

  if (can(scene, 'setupIntents.create')) {
    if (stage.completeSetup !== undefined)
      for (const method of offered('succeeds', 'card_declined', 'three_d_secure')) await stage.completeSetup((await prepareSetup(scene, null)).id, method);
    if (takes('setupIntents.create', 'confirm')) await tried(() => save(scene, 'succeeds'));
    if (can(scene, 'setupIntents.cancel')) await payments.setupIntents.cancel(await prepareSetup(scene, null));
  }

  if (takes('refunds.create', 'amount')) {
    await payments.refunds.create(paid, { amount: scene.amount(10) });
    for (const refundsFail of canSwitch(stage, 'refundsFail') ? (['never', 'instead_of_success', 'after_success'] as const) : (['never'] as const)) {
      await switchTo(scene, { ...(canSwitch(stage, 'refundsSettle') && { refundsSettle: 'later' }), refundsFail });
      await payments.refunds.create(paid, { amount: scene.amount(10) });
    }
  }
  for (let step = 0; step < 3; step += 1) await stage.advance?.(aWhile);
};
