import { equal, fails, holds, moneyIs, oneOf } from '../assertions.js';
import type { Promised } from '../promise.js';
import { authorise, openIntent, pay } from '../scene.js';
import { waysOf } from '../ways.js';

const operations = ['paymentIntents.create', 'paymentIntents.capture'] as const;
const fields = ['paymentIntents.create.captureMethod', 'paymentIntents.create.confirm'] as const;

export const capturePromises: readonly Promised[] = [
  {
    id: 'paymentIntents.capture/full',
    title: 'takes all that is authorised',
    operations,
    fields,
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const intent = await scene.payments.paymentIntents.capture(await authorise(scene, 100));
      equal(intent.status, 'succeeded', 'the payment succeeded');
      moneyIs(intent.amountReceived, scene.amount(100), 'all of it was received');
      const entry = await scene.entry(intent.id);
      equal(entry.captured, entry.authorized, 'the books say that all was taken');
    },
  },
  {
    id: 'paymentIntents.capture/partial',
    title: 'takes a part, exactly, and never more',
    operations,
    fields: [...fields, 'paymentIntents.capture.amount'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const held = await authorise(scene, 100);
      const intent = await scene.payments.paymentIntents.capture(held, { amount: scene.amount(60) });
      oneOf(intent.status, ['succeeded', 'requires_capture'], 'the intent has succeeded, or the provider keeps the rest open');
      moneyIs(intent.amountReceived, scene.amount(60), 'the part was received');
      const entry = await scene.entry(intent.id);
      equal(entry.captured * 100, entry.authorized * 60, 'the books say that the part was taken');
      if (intent.status === 'succeeded') equal(entry.captured + entry.released, entry.authorized, 'the rest was released');
    },
  },
  {
    id: 'paymentIntents.capture/too-much',
    title: 'more than was authorised is refused, and nothing is taken',
    operations,
    fields: [...fields, 'paymentIntents.capture.amount'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const held = await authorise(scene, 100);
      await fails(
        () => scene.payments.paymentIntents.capture(held, { amount: scene.amount(101) }),
        { code: ['invalid_request', 'invalid_state'], outcome: ['rejected', 'not_sent'] },
        'capturing more than is held',
      );
      equal(await scene.captured(), 0, 'nothing was taken');
    },
  },
  {
    id: 'paymentIntents.capture/other-currency',
    title: "an amount in another currency than the intent's is refused with nothing sent",
    operations,
    fields: [...fields, 'paymentIntents.capture.amount'],
    levers: ['succeeds', 'requests'],
    prove: async (scene) => {
      const held = await authorise(scene, 100);
      const before = await scene.seen();
      const currency = scene.stage.currency === 'USD' ? 'EUR' : 'USD';
      await fails(
        () => scene.payments.paymentIntents.capture(held, { amount: { minorUnits: 6000, currency } }),
        { code: ['invalid_request', 'unsupported'], outcome: ['not_sent'] },
        'capturing in another currency',
      );
      equal(await scene.seen(), before, 'nothing was sent');
    },
  },
  {
    id: 'paymentIntents.capture/not-authorised',
    title: 'an intent that holds no money cannot be captured, and the error says its status',
    operations: [...operations, 'paymentIntents.retrieve'],
    levers: [],
    prove: async (scene) => {
      const { waits } = waysOf(scene.harness.adapter);
      const { id, status } = waits ? await openIntent(scene) : await pay(scene, 'succeeds', 100);
      const error = await fails(() => scene.payments.paymentIntents.capture(id), { code: ['invalid_state'], outcome: ['rejected'] }, 'capturing nothing');
      equal(error.currentStatus, status, 'the error says how the intent is now');
    },
  },
  {
    id: 'paymentIntents.capture/expired',
    title: 'an authorisation that has run out is not captured, and is told as canceled',
    operations: [...operations, 'paymentIntents.retrieve'],
    fields,
    levers: ['succeeds', 'advance', 'ledger'],
    prove: async (scene) => {
      const held = await authorise(scene, 100);
      await scene.stage.advance?.(60 * 60 * 24 * 400);
      await fails(() => scene.payments.paymentIntents.capture(held), { code: ['invalid_state'], outcome: ['rejected'] }, 'capturing what has run out');
      const intent = await scene.payments.paymentIntents.retrieve(held);
      equal(intent.status, 'canceled', 'the intent is canceled');
      holds((await scene.entry(held.id)).captured === 0, 'nothing was taken');
    },
  },
  {
    id: 'paymentIntents.incrementAuthorization/new-total',
    title: 'raises what is held to the new total, and no further',
    operations: ['paymentIntents.create', 'paymentIntents.incrementAuthorization', 'paymentIntents.capture'],
    fields,
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const held = await authorise(scene, 100);
      const raised = await scene.payments.paymentIntents.incrementAuthorization(held, { amount: scene.amount(150) });
      equal([raised.status, raised.amount], ['requires_capture', scene.amount(150)], 'the new total is held');
      const entry = await scene.entry(held.id);
      const taken = await scene.payments.paymentIntents.capture(raised);
      moneyIs(taken.amountReceived, scene.amount(150), 'the new total can be taken');
      equal((await scene.entry(held.id)).captured, entry.authorized, 'the books agree');
    },
  },
];
