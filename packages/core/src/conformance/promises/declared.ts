import { isAsTold } from '../as-told.js';
import { equal, oneOf } from '../assertions.js';
import type { Promised } from '../promise.js';
import { authorise, openIntent, pay, prepareIntent } from '../scene.js';

/** What an adapter declares that its provider takes, the provider takes. */
export const declaredPromises: readonly Promised[] = [
  {
    id: 'limits/metadata-at-the-bounds',
    title: 'as many keys and as long texts as the adapter declares are taken, and come back whole',
    operations: ['paymentIntents.create'],
    fields: ['paymentIntents.create.metadata'],
    levers: [],
    prove: async (scene) => {
      const limits = scene.payments.limits.metadata.value;
      if (limits === null) return;
      // The reference takes a few of them for itself.
      const count = Math.max(0, (limits.maximumKeys ?? 20) - 5);
      const key = (index: number): string => `k${index}`.padEnd(limits.maximumKeyLength ?? 20, 'k');
      const metadata = Object.fromEntries(Array.from({ length: count }, (_, index) => [key(index), 'v'.repeat(limits.maximumValueLength ?? 100)]));
      const intent = await openIntent(scene, { metadata });
      equal(Object.entries(intent.metadata ?? {}).toSorted(), Object.entries(metadata).toSorted(), 'the metadata is the same');
    },
  },
  {
    id: 'limits/capture-methods',
    title: 'each capture method that the adapter declares is taken, and is the one that is told',
    operations: ['paymentIntents.create'],
    fields: ['paymentIntents.create.captureMethod'],
    levers: ['succeeds'],
    prove: async (scene) => {
      for (const captureMethod of scene.payments.limits.captureMethods.value) {
        const intent = await prepareIntent(scene, 'succeeds', 100, { captureMethod });
        oneOf(intent.captureMethod, [captureMethod, null], 'it is the one that was given');
        isAsTold(intent);
      }
    },
  },
  {
    id: 'limits/cancellation-reasons',
    title: 'each reason for a cancellation is told as it was given, by the answer and by a later reading',
    operations: ['paymentIntents.create', 'paymentIntents.cancel', 'paymentIntents.retrieve'],
    fields: ['paymentIntents.cancel.reason', 'paymentIntents.create.confirm', 'paymentIntents.create.captureMethod'],
    levers: ['succeeds'],
    prove: async (scene) => {
      for (const reason of scene.payments.limits.cancellationReasons.value) {
        const answer = await scene.payments.paymentIntents.cancel(await authorise(scene, 100), { reason });
        for (const intent of [answer, await scene.payments.paymentIntents.retrieve(answer)]) {
          isAsTold(intent);
          if (intent.status === 'canceled') oneOf(intent.cancellationReason, [reason, null], 'it is the one that was given');
        }
      }
    },
  },
  {
    id: 'limits/refund-reasons',
    title: 'each reason for a refund is told as it was given, by the answer and by a later reading',
    operations: ['paymentIntents.create', 'refunds.create', 'refunds.retrieve'],
    fields: ['paymentIntents.create.confirm', 'refunds.create.amount', 'refunds.create.reason'],
    levers: ['succeeds'],
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      for (const reason of scene.payments.limits.refundReasons.value) {
        const answer = await scene.payments.refunds.create(intent, { amount: scene.amount(10), reason });
        for (const refund of [answer, await scene.payments.refunds.retrieve(answer)]) {
          isAsTold(refund);
          oneOf(refund.reason, [reason, null], 'it is the one that was given');
        }
      }
    },
  },
];
