import { equal, fails, moneyIs } from '../assertions.js';
import type { Promised } from '../promise.js';
import { now, openIntent } from '../scene.js';
import { waysOf } from '../ways.js';

export const retrieveAndUpdatePromises: readonly Promised[] = [
  {
    id: 'paymentIntents.retrieve/same',
    title: 'reads back what was created, by snapshot, ref, id and { id }',
    operations: ['paymentIntents.create', 'paymentIntents.retrieve'],
    levers: [],
    prove: async (scene) => {
      const intent = await openIntent(scene);
      for (const target of [intent, intent.ref, intent.id, { id: intent.id }]) {
        const read = await scene.payments.paymentIntents.retrieve(target);
        equal([read.ref, read.status, read.amount], [intent.ref, intent.status, intent.amount], 'it is the same intent');
      }
    },
  },
  {
    id: 'paymentIntents.retrieve/not-found',
    title: 'an id that the provider does not know is not_found',
    operations: ['paymentIntents.retrieve'],
    levers: [],
    prove: async (scene) => {
      await fails(() => scene.payments.paymentIntents.retrieve('no-such-intent'), { code: ['not_found'], outcome: ['rejected'] }, 'an unknown id');
    },
  },
  {
    id: 'paymentIntents.update/amount',
    title: 'changes the amount of an intent that is not paid',
    operations: ['paymentIntents.create', 'paymentIntents.update', 'paymentIntents.retrieve'],
    fields: ['paymentIntents.update.amount'],
    when: ({ harness }) => waysOf(harness.adapter).waits,
    levers: [],
    prove: async (scene) => {
      const intent = await openIntent(scene);
      moneyIs((await scene.payments.paymentIntents.update(intent, { amount: scene.amount(150) })).amount, scene.amount(150), 'the answer has the new amount');
      equal((await now(scene, intent)).amount, scene.amount(150), 'the provider has the new amount');
    },
  },
  {
    id: 'paymentIntents.update/metadata',
    title: 'sets what is named, deletes what is null, leaves the rest',
    operations: ['paymentIntents.create', 'paymentIntents.update', 'paymentIntents.retrieve'],
    fields: ['paymentIntents.create.metadata', 'paymentIntents.update.metadata'],
    levers: [],
    prove: async (scene) => {
      const intent = await openIntent(scene, { metadata: { keep: 'a', change: 'b', drop: 'c' } }, { reference: 'order-9' });
      await scene.payments.paymentIntents.update(intent, { metadata: { change: 'B', drop: null } });
      const { metadata, reference } = await now(scene, intent);
      equal([metadata?.['keep'], metadata?.['change'], metadata?.['drop'] ?? null], ['a', 'B', null], 'the metadata is merged');
      equal(reference, 'order-9', 'the reference stays');
    },
  },
  {
    id: 'paymentIntents.update/description',
    title: 'changes the description and nothing else',
    operations: ['paymentIntents.create', 'paymentIntents.update', 'paymentIntents.retrieve'],
    fields: ['paymentIntents.update.description'],
    levers: [],
    prove: async (scene) => {
      const intent = await openIntent(scene);
      await scene.payments.paymentIntents.update(intent, { description: 'Tea, 2 × 100 g' });
      const read = await now(scene, intent);
      equal([read.description, read.amount, read.status], ['Tea, 2 × 100 g', intent.amount, intent.status], 'only the description changed');
    },
  },
];
