import { equal, fails, moneyIs } from '../assertions.js';
import { cameToNothing } from '../movements.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import { now, prepareIntent } from '../scene.js';
import { waysOf } from '../ways.js';

const operations = ['paymentIntents.create', 'paymentIntents.confirm'] as const;

const promises: readonly Promised[] = [
  {
    id: 'paymentIntents.confirm/takes',
    title: 'takes the whole amount, once',
    operations,
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const intent = await scene.payments.paymentIntents.confirm(await prepareIntent(scene, 'succeeds', 100));
      equal(intent.status, 'succeeded', 'the payment succeeded');
      moneyIs(intent.amountReceived, scene.amount(100), 'all of it was received');
      equal((await scene.entry(intent.id)).confirmations, 1, 'it was confirmed once');
    },
  },
  {
    id: 'paymentIntents.confirm/decline-then-other-method',
    title: 'a decline is a value; the next attempt with another method takes the money once',
    operations: [...operations, 'paymentIntents.retrieve'],
    fields: ['paymentIntents.confirm.paymentMethod'],
    levers: ['card_declined', 'succeeds', 'ledger'],
    prove: async (scene) => {
      const prepared = await prepareIntent(scene, 'card_declined', 100);
      const declined = await scene.payments.paymentIntents.confirm(prepared, {}, { reference: 'order-1' });
      await cameToNothing(scene, declined, 'the declined intent asks for another method, or is over');
      equal(await scene.captured(), 0, 'nothing was taken');
      if (declined.status === 'canceled') throw new NotTested('a declined payment is over here, and another method is another payment');
      const paymentMethod = scene.stage.paymentMethods.succeeds ?? '';
      const paid = await scene.payments.paymentIntents.confirm(declined, { paymentMethod }, { reference: 'order-1', attempt: 2 });
      equal(paid.status, 'succeeded', 'the second attempt succeeded');
      equal((await scene.entry(paid.id)).captured, (await scene.entry(paid.id)).authorized, 'the money was taken once');
    },
  },
  {
    id: 'paymentIntents.confirm/succeeded-refused',
    title: 'an intent that has succeeded cannot be confirmed: refused with nothing sent',
    operations: ['paymentIntents.create', 'paymentIntents.confirm'],
    levers: ['succeeds', 'requests'],
    prove: async (scene) => {
      const paid = await scene.payments.paymentIntents.confirm(await prepareIntent(scene, 'succeeds', 100));
      const before = await scene.seen();
      await fails(() => scene.payments.paymentIntents.confirm(paid), { code: ['invalid_request'], outcome: ['not_sent'] }, 'confirming what has succeeded');
      equal(await scene.seen(), before, 'nothing was sent');
    },
  },
  {
    id: 'paymentIntents.confirm/invalid-state',
    title: 'by id alone the provider refuses, and the error says the current status',
    operations: ['paymentIntents.create', 'paymentIntents.confirm', 'paymentIntents.retrieve'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const paid = await scene.payments.paymentIntents.confirm(await prepareIntent(scene, 'succeeds', 100));
      const error = await fails(() => scene.payments.paymentIntents.confirm(paid.id), { code: ['invalid_state'], outcome: ['rejected'] }, 'confirming what has succeeded');
      equal(error.currentStatus, 'succeeded', 'the error says how the intent is now');
      equal((await scene.entry(paid.id)).confirmations, 1, 'it was confirmed once');
      equal((await now(scene, paid)).status, 'succeeded', 'the payment is as it was');
    },
  },
];

/** What a confirmation of its own does, where an intent waits for it. */
export const confirmPromises: readonly Promised[] = promises.map((promised) => ({ ...promised, when: ({ harness }) => waysOf(harness.adapter).waitsWithMethod }));
