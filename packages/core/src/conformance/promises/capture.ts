import { equal, fails, holds, moneyIs, oneOf } from '../assertions.js';
import type { Promised } from '../promise.js';
import { authorise, openIntent, pay, settled, type Scene } from '../scene.js';
import { waysOf } from '../ways.js';

const operations = ['paymentIntents.create', 'paymentIntents.capture'] as const;
const manualCaptureFields = ['paymentIntents.create.captureMethod', 'paymentIntents.create.confirm'] as const;

/** A body with the amount in it, and nothing else. */
const onlyAmount = (body: string, encoding: 'json' | 'form', amount: string): string => {
  const isAmount = (value: unknown): boolean => JSON.stringify(value).includes(amount);
  if (encoding === 'form') return new URLSearchParams([...new URLSearchParams(body)].filter(([, value]) => isAmount(value))).toString();
  return JSON.stringify(Object.fromEntries(Object.entries(Object(JSON.parse(body))).filter(([, value]) => isAmount(value))));
};

/** Whether the provider itself releases the rest of a partial capture that says nothing but its amount. */
const closesByItself = async (scene: Scene): Promise<boolean> => {
  const held = await authorise(scene, 100);
  const { encoding } = scene.harness.adapter;
  const fetch: Scene['stage']['fetch'] = (input, init) =>
    scene.stage.fetch(input, typeof init?.body === 'string' ? { ...init, body: onlyAmount(init.body, encoding, '60') } : init);
  await scene.client({ fetch }).paymentIntents.capture(held, { amount: scene.amount(60) }).catch(() => null);
  const { captured, released } = await scene.entry(held.id);
  return captured > 0 && released > 0;
};

export const capturePromises: readonly Promised[] = [
  {
    id: 'paymentIntents.capture/full',
    title: 'takes all that is authorised',
    operations,
    fields: manualCaptureFields,
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const intent = await settled(scene, await scene.payments.paymentIntents.capture(await authorise(scene, 100)));
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
    fields: [...manualCaptureFields, 'paymentIntents.capture.amount'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const held = await authorise(scene, 100);
      const intent = await settled(scene, await scene.payments.paymentIntents.capture(held, { amount: scene.amount(60) }));
      oneOf(intent.status, ['succeeded', 'requires_capture'], 'the intent has succeeded, or the provider keeps the rest open');
      moneyIs(intent.amountReceived, scene.amount(60), 'the part was received');
      const entry = await scene.entry(intent.id);
      equal(entry.captured * 100, entry.authorized * 60, 'the books say that the part was taken');
      if (intent.status === 'succeeded') equal(entry.captured + entry.released, entry.authorized, 'the rest was released');
      // Where the provider keeps the rest open, it has to be the provider that does, and not what the adapter says.
      else if (entry.released === 0) holds(!(await closesByItself(scene)), 'the rest is released, as it is where nothing is said but the amount', entry);
    },
  },
  {
    id: 'paymentIntents.capture/too-much',
    title: 'more than was authorised is refused, and nothing is taken',
    operations,
    fields: [...manualCaptureFields, 'paymentIntents.capture.amount'],
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
    fields: [...manualCaptureFields, 'paymentIntents.capture.amount'],
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
    fields: manualCaptureFields,
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
    fields: manualCaptureFields,
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const held = await authorise(scene, 100);
      const raised = await scene.payments.paymentIntents.incrementAuthorization(held, { amount: scene.amount(150) });
      equal([raised.status, raised.amount], ['requires_capture', scene.amount(150)], 'the new total is held');
      const entry = await scene.entry(held.id);
      const taken = await settled(scene, await scene.payments.paymentIntents.capture(raised));
      moneyIs(taken.amountReceived, scene.amount(150), 'the new total can be taken');
      equal((await scene.entry(held.id)).captured, entry.authorized, 'the books agree');
    },
  },
];
