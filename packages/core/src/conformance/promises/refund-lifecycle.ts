import type { Refund } from '../../index.js';
import { equal, fails, holds } from '../assertions.js';
import type { StageSwitches } from '../harness.js';
import { idsOf, pagesOf } from '../pages.js';
import type { Promised } from '../promise.js';
import { says } from '../raw.js';
import { aWhile, giveBack, openScene, pay, refundsOf, switchTo, type Scene } from '../scene.js';
import { refundAgreesWithLedger } from './refunds.js';

const create = ['paymentIntents.create', 'refunds.create'] as const;
const retrieve = [...create, 'refunds.retrieve'] as const;
const paid = ['paymentIntents.create.confirm'] as const;
const part = [...paid, 'refunds.create.amount'] as const;

/** A refund of a new payment, on a stage that has been told how refunds go. */
const refund = async (scene: Scene, switches: StageSwitches): Promise<{ readonly intent: { readonly id: string }; readonly refund: Refund }> => {
  await switchTo(scene, switches);
  const intent = await pay(scene, 'succeeds', 100);
  return { intent, refund: await giveBack(scene, intent) };
};

const settlings = ['at_once', 'later', 'after_action'] as const;
const failings = ['never', 'instead_of_success', 'after_success'] as const;

/** Every way that a refund can go. */
const ways: readonly StageSwitches[] = settlings.flatMap((refundsSettle) => failings.map((refundsFail): StageSwitches => ({ refundsSettle, refundsFail, refundStatus: 'told' })));

/** Follows one refund to its end: whenever it is looked at, it is told as the books have it. */
const follow = async (scene: Scene, switches: StageSwitches): Promise<void> => {
  const { intent, refund: made } = await refund(scene, switches);
  await refundAgreesWithLedger(scene, made, intent);
  if (switches.refundsSettle === 'after_action') {
    const [begun] = await refundsOf(scene, intent);
    // A stage whose refunds never wait for the customer has no such way.
    if (begun?.status !== 'requires_action') return;
    await scene.stage.completeAction?.(made.id);
  }
  // Under way, settled, and come back after all.
  for (let step = 0; step < 3; step += 1) {
    await refundAgreesWithLedger(scene, await scene.payments.refunds.retrieve(made), intent);
    await scene.stage.advance?.(aWhile);
  }
  const [end] = await refundsOf(scene, intent);
  const read = await scene.payments.refunds.retrieve(made);
  if (read.status === 'failed' && says(read, /^failure_?reason$/i)) holds(read.failureReason !== null, 'why it failed is read where it is told');
  const expected = switches.refundsFail === 'never' ? 'succeeded' : 'failed';
  equal([end?.status, read.status], [expected, expected], 'the end is told as it is');
};

/** What becomes of a refund, how it is read, changed, stopped and listed. */
export const refundLifecyclePromises: readonly Promised[] = [
  {
    id: 'refunds.retrieve/same',
    title: 'reads back what was given back, by snapshot, ref, id and { id }',
    operations: retrieve,
    fields: paid,
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const { intent, refund: made } = await refund(scene, {});
      for (const target of [made, made.ref, made.id, { id: made.id }]) {
        const read = await scene.payments.refunds.retrieve(target);
        equal([read.ref, read.amount, read.paymentIntent, read.reason], [made.ref, made.amount, made.paymentIntent, made.reason], 'it is the same refund');
        await refundAgreesWithLedger(scene, read, intent);
      }
    },
  },
  {
    id: 'refunds.retrieve/not-found',
    title: 'an id that the provider does not know is not_found',
    operations: ['refunds.retrieve'],
    levers: [],
    prove: async (scene) => {
      await fails(() => scene.payments.refunds.retrieve('no-such-refund'), { code: ['not_found'], outcome: ['rejected'] }, 'an unknown id');
    },
  },
  {
    id: 'refunds.retrieve/to-the-end',
    title: 'a refund is told as it is: under way, waiting for the customer, succeeded, failed, and failed after it had succeeded',
    operations: retrieve,
    fields: paid,
    levers: ['succeeds', 'ledger', 'setSwitches', 'advance'],
    prove: async ({ harness, stage }) => {
      for (const switches of ways.filter(({ refundsSettle }) => refundsSettle !== 'after_action' || stage.completeAction !== undefined)) {
        try {
          await follow(await openScene(harness), switches);
        } catch (error) {
          throw new Error(`${JSON.stringify(switches)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        }
      }
    },
  },
  {
    id: 'refunds.retrieve/status-not-told',
    title: 'a refund whose status the provider leaves out is unknown, never succeeded',
    operations: retrieve,
    fields: paid,
    levers: ['succeeds', 'ledger', 'setSwitches'],
    prove: async (scene) => {
      const { intent, refund: made } = await refund(scene, { refundsSettle: 'later', refundStatus: 'null' });
      for (const told of [made, await scene.payments.refunds.retrieve(made)]) await refundAgreesWithLedger(scene, told, intent);
    },
  },
  {
    id: 'refunds.retrieve/wait-for',
    title: 'waitFor sees a refund that is under way come to its end',
    operations: retrieve,
    fields: paid,
    levers: ['succeeds', 'setSwitches', 'advance', 'now'],
    prove: async (scene) => {
      const { refund: made } = await refund(scene, { refundsSettle: 'later', refundsFail: 'never', refundStatus: 'told' });
      // Waiting moves the provider's clock on, and its clock is the client's.
      const patient = scene.client({ sleep: async () => scene.stage.advance?.(20), clock: () => scene.stage.now?.() ?? 0 });
      equal((await patient.refunds.waitFor(made, { deadline: aWhile * 1000 })).status, 'succeeded', 'the end is seen');
    },
  },
  {
    id: 'refunds.cancel/stops',
    title: 'stops a refund that is under way: the money stays taken, also when time goes by',
    operations: [...create, 'refunds.cancel'],
    fields: paid,
    levers: ['succeeds', 'ledger', 'setSwitches', 'advance'],
    prove: async (scene) => {
      const { intent, refund: made } = await refund(scene, { refundsSettle: 'later' });
      const canceled = await scene.payments.refunds.cancel(made);
      equal(canceled.status, 'canceled', 'the refund is canceled');
      await scene.stage.advance?.(aWhile);
      await refundAgreesWithLedger(scene, canceled, intent);
      equal((await scene.entry(intent.id)).refunded, 0, 'nothing has gone back');
    },
  },
  {
    id: 'refunds.cancel/settled',
    title: 'what has gone back cannot be stopped: refused with nothing sent, and by the provider for an id alone',
    operations: [...retrieve, 'refunds.cancel'],
    fields: paid,
    levers: ['succeeds', 'ledger', 'setSwitches', 'requests'],
    prove: async (scene) => {
      const { intent, refund: made } = await refund(scene, { refundsSettle: 'at_once', refundsFail: 'never' });
      const before = await scene.seen();
      await fails(() => scene.payments.refunds.cancel(made), { code: ['invalid_request'], outcome: ['not_sent'] }, 'canceling a snapshot that has succeeded');
      equal(await scene.seen(), before, 'nothing was sent');
      // Not every provider says that it is the status which it refuses.
      const error = await fails(() => scene.payments.refunds.cancel(made.id), { code: ['invalid_state', 'invalid_request'], outcome: ['rejected'] }, 'canceling what has succeeded');
      if (error.code === 'invalid_state') equal(error.currentStatus, 'succeeded', 'the error says how the refund is now');
      await refundAgreesWithLedger(scene, made, intent);
    },
  },
  {
    id: 'refunds.update/metadata',
    title: 'sets what is named, deletes what is null, leaves the rest',
    operations: [...retrieve, 'refunds.update'],
    fields: [...paid, 'refunds.create.metadata'],
    levers: ['succeeds'],
    prove: async (scene) => {
      const made = await giveBack(scene, await pay(scene, 'succeeds', 100), { metadata: { keep: 'a', change: 'b', drop: 'c' } }, { reference: 'return-9' });
      await scene.payments.refunds.update(made, { metadata: { change: 'B', drop: null } });
      const { metadata, reference } = await scene.payments.refunds.retrieve(made);
      equal([metadata?.['keep'], metadata?.['change'], metadata?.['drop'] ?? null], ['a', 'B', null], 'the metadata is merged');
      equal(reference, 'return-9', 'the reference stays');
    },
  },
  {
    id: 'refunds.list/payment-intent',
    title: "the filter by payment intent is applied by the provider: that payment's refunds, all of them, and no others",
    operations: [...create, 'refunds.list'],
    fields: [...part, 'refunds.list.paymentIntent'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const other = await pay(scene, 'succeeds', 100);
      const intent = await pay(scene, 'succeeds', 100);
      for (const target of [intent, other, intent]) await scene.payments.refunds.create(target, { amount: scene.amount(20) });
      const listed = await pagesOf(scene.payments.refunds.list, { paymentIntent: intent.id });
      equal(idsOf(listed).toSorted(), idsOf(await refundsOf(scene, intent)).toSorted(), 'the list has what the books have');
    },
  },
];
