import { equal, fails, oneOf } from '../assertions.js';
import { intentFor } from '../calls.js';
import type { Promised } from '../promise.js';
import { authorise, openIntent, pay } from '../scene.js';
import { waysOf } from '../ways.js';

export const cancelAndListPromises: readonly Promised[] = [
  {
    id: 'paymentIntents.cancel/releases',
    title: 'ends an intent and releases what is held',
    operations: ['paymentIntents.create', 'paymentIntents.cancel'],
    fields: ['paymentIntents.create.captureMethod', 'paymentIntents.create.confirm'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const held = await authorise(scene, 100);
      const intent = await scene.payments.paymentIntents.cancel(held);
      equal(intent.status, 'canceled', 'the intent is canceled');
      const entry = await scene.entry(held.id);
      equal([entry.captured, entry.released], [0, entry.authorized], 'all that was held is released');
    },
  },
  {
    id: 'paymentIntents.cancel/reasons',
    title: 'takes each reason that it declares, and reads it back where the provider tells it',
    operations: ['paymentIntents.create', 'paymentIntents.cancel'],
    fields: ['paymentIntents.cancel.reason'],
    levers: [],
    prove: async (scene) => {
      for (const reason of scene.payments.limits.cancellationReasons.value) {
        const intent = await scene.payments.paymentIntents.cancel(await intentFor(scene, 'paymentIntents.cancel'), { reason });
        equal(intent.status, 'canceled', 'the intent is canceled');
        if (intent.status === 'canceled') oneOf(intent.cancellationReason, [reason, null], 'the reason is the one that was given');
      }
    },
  },
  {
    id: 'paymentIntents.cancel/succeeded',
    title: 'what has succeeded cannot be canceled: refused with nothing sent, and by the provider for an id alone',
    operations: ['paymentIntents.create', 'paymentIntents.cancel', 'paymentIntents.retrieve'],
    fields: ['paymentIntents.create.confirm'],
    levers: ['succeeds', 'requests', 'ledger'],
    prove: async (scene) => {
      const paid = await pay(scene, 'succeeds', 100);
      const before = await scene.seen();
      await fails(() => scene.payments.paymentIntents.cancel(paid), { code: ['invalid_request'], outcome: ['not_sent'] }, 'canceling a snapshot that has succeeded');
      equal(await scene.seen(), before, 'nothing was sent');
      const error = await fails(() => scene.payments.paymentIntents.cancel(paid.id), { code: ['invalid_state'], outcome: ['rejected'] }, 'canceling what has succeeded');
      equal(error.currentStatus, 'succeeded', 'the error says how the intent is now');
      equal((await scene.entry(paid.id)).released, 0, 'nothing was given back');
    },
  },
  {
    id: 'paymentIntents.list/customer',
    alone: true,
    title: 'the filter by customer is applied by the provider',
    operations: ['paymentIntents.create', 'paymentIntents.list'],
    fields: ['paymentIntents.list.customer', 'paymentIntents.create.customer'],
    when: ({ harness }) => waysOf(harness.adapter).waits,
    levers: ['succeeds'],
    prove: async (scene) => {
      await openIntent(scene);
      const own = await scene.payments.paymentIntents.create(scene.payBy('succeeds', 100));
      const page = await scene.payments.paymentIntents.list({ customer: scene.stage.customer ?? '' });
      equal(page.data.map(({ id }) => id), [own.id], "only the customer's own intent is listed");
    },
  },
];
