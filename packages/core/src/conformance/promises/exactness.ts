import { eventTypes, operationNames, PaymentError, type NeutralObject, type PaymentEvent, type PaymentIntent, type Refund, type SetupIntent } from '../../index.js';
import { isAsTold, isDeclineAsTold } from '../as-told.js';
import { equal, holds } from '../assertions.js';
import { intentFor, neededFor } from '../calls.js';
import { everything } from '../everything.js';
import { recording } from '../exchanges.js';
import { agrees, booksOf } from '../movements.js';
import { pagesOf } from '../pages.js';
import type { Promised } from '../promise.js';
import { rehearse } from '../rehearsal.js';
import { authorise, can, pay, prepareIntent, save, type Scene } from '../scene.js';

const itemsOf = (result: unknown): readonly unknown[] => {
  const { data }: { readonly data?: unknown } = Object(result);
  return Array.isArray(data) ? data : [result];
};

/** Holds objects, and what events are about, against what was told of them. */
const areAsTold = (objects: readonly unknown[]): void => {
  for (const object of objects) {
    isAsTold(object);
    const { subject }: { readonly subject?: unknown } = Object(object);
    if (subject !== undefined && subject !== null) isAsTold(subject, 'of what the event is about, ');
  }
};

/** What each verb answers with is what it was told. */
const everyAnswer = operationNames.map((operation): Promised => {
  const { operations, fields, levers } = neededFor(operation);
  return {
    id: `${operation}/as-told`,
    title: 'what the provider tells by a name that many share is read as it is told, and nothing is said that it does not tell',
    operations,
    ...(fields && { fields }),
    levers,
    prove: async (scene) => areAsTold(itemsOf((await rehearse(scene, operation)).result)),
  };
});

/** Times and the provider's own object as text can differ between two readings of one object. */
const withoutRaw = (object: object): unknown => JSON.parse(JSON.stringify({ ...object, raw: null }));

/** Reads each object by itself and on its list: both are as told, and the same. */
const readAll = async <T extends NeutralObject>(ids: readonly string[], retrieve: (id: string) => Promise<T>, list: (() => Promise<readonly T[]>) | null): Promise<readonly T[]> => {
  const objects: T[] = [];
  for (const id of ids) objects.push(await retrieve(id));
  areAsTold(objects);
  if (list !== null) {
    const listed = await list();
    for (const object of objects)
      equal(listed.filter(({ id }) => id === object.id).map(withoutRaw), [withoutRaw(object)], 'what is on a list is what is read by itself');
  }
  return objects;
};

const payments = async (scene: Scene): Promise<readonly PaymentIntent[]> => {
  const books = await booksOf(scene);
  const list = can(scene, 'paymentIntents.list') ? (): Promise<readonly PaymentIntent[]> => pagesOf(scene.payments.paymentIntents.list, {}) : null;
  const intents = await readAll(books.map(({ id }) => id), (id) => scene.payments.paymentIntents.retrieve(id), list);
  for (const intent of intents) agrees(intent, books);
  return intents;
};

/** Payments that end in each of the ways of {@link everything}, one that is held, and one that waits for its customer. */
const lives = async (scene: Scene): Promise<void> => {
  await everything(scene);
  await prepareIntent(scene, 'succeeds', 100);
  if (scene.hasField('paymentIntents.create', 'captureMethod')) await authorise(scene, 100);
  if (scene.stage.paymentMethods.three_d_secure !== undefined) await pay(scene, 'three_d_secure', 100);
  const [reason] = scene.payments.limits.cancellationReasons.value;
  if (can(scene, 'paymentIntents.cancel') && scene.hasField('paymentIntents.cancel', 'reason') && reason !== undefined)
    await scene.payments.paymentIntents.cancel(await intentFor(scene, 'paymentIntents.cancel'), { reason });
};

const paid = ['paymentIntents.create.confirm'] as const;

/** Every delivery of {@link everything}, and of a payment and a refund with metadata, verified and read. */
const delivered = async (scene: Scene): Promise<readonly PaymentEvent[]> => {
  await everything(scene);
  if (scene.hasField('paymentIntents.create', 'metadata')) await pay(scene, 'succeeds', 100, { metadata: { order: '1' } });
  const at = scene.stage.now?.() ?? 0;
  const receiver = scene.client({ webhookSecret: scene.stage.webhookSecret ?? '', clock: () => at });
  const events: PaymentEvent[] = [];
  for (const delivery of (await scene.stage.deliveries?.()) ?? []) events.push(await receiver.webhooks.verify(delivery));
  return events;
};

/** What is read is what was told: by every verb, and of every object in all of its life. */
export const exactnessPromises: readonly Promised[] = [
  ...everyAnswer,
  {
    id: 'paymentIntents.retrieve/all-lives',
    title: 'however a payment goes on and ends, it is read as it is told, and its list says the same',
    operations: ['paymentIntents.create', 'paymentIntents.retrieve'],
    fields: paid,
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      await lives(scene);
      await payments(scene);
    },
  },
  {
    id: 'attempts.retrieve/all-lives',
    title: 'every attempt behind a payment is read as it is told: its card, its fee, why it failed, until when its money is held',
    operations: ['paymentIntents.create', 'paymentIntents.retrieve', 'attempts.retrieve'],
    fields: paid,
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      await lives(scene);
      for (const { latestPayment } of await payments(scene)) if (latestPayment !== null) areAsTold([await scene.payments.attempts.retrieve({ id: latestPayment })]);
    },
  },
  {
    id: 'refunds.retrieve/all-lives',
    title: 'however a refund goes on and ends, it is read as it is told, and its list says the same',
    operations: ['paymentIntents.create', 'refunds.create', 'refunds.retrieve'],
    fields: [...paid, 'refunds.create.amount'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      await everything(scene);
      const reasons = scene.hasField('refunds.create', 'reason') ? scene.payments.limits.refundReasons.value : [];
      for (const reason of reasons) await scene.payments.refunds.create(await pay(scene, 'succeeds', 100), { amount: scene.amount(10), reason });
      const ids = (await booksOf(scene)).flatMap(({ refunds = [] }) => refunds.map(({ id }) => id));
      const list = can(scene, 'refunds.list') ? (): Promise<readonly Refund[]> => pagesOf(scene.payments.refunds.list, {}) : null;
      await readAll(ids, (id) => scene.payments.refunds.retrieve(id), list);
    },
  },
  {
    id: 'setupIntents.retrieve/all-lives',
    title: 'however a setup goes on and ends, it is read as it is told, and its list says the same',
    operations: ['setupIntents.create', 'setupIntents.retrieve', 'paymentIntents.create'],
    fields: paid,
    levers: ['succeeds', 'setups'],
    prove: async (scene) => {
      await everything(scene);
      if (scene.hasField('setupIntents.create', 'confirm') && scene.stage.paymentMethods.three_d_secure !== undefined) await save(scene, 'three_d_secure');
      const ids = ((await scene.stage.setups?.()) ?? []).map(({ id }) => id);
      const list = can(scene, 'setupIntents.list') ? (): Promise<readonly SetupIntent[]> => pagesOf(scene.payments.setupIntents.list, {}) : null;
      await readAll(ids, (id) => scene.payments.setupIntents.retrieve(id), list);
    },
  },
  {
    id: 'webhooks.verify/as-told',
    title: 'what is delivered of an object is read as it is told',
    operations: ['paymentIntents.create'],
    fields: paid,
    when: ({ harness }) => harness.adapter.webhooks !== null,
    levers: ['succeeds', 'deliveries', 'webhookSecret', 'now'],
    prove: async (scene) => {
      const events = await delivered(scene);
      areAsTold(events);
      const refunds = (await booksOf(scene)).flatMap(({ refunds: own = [] }) => own);
      for (const { subject } of events) {
        if (subject?.object === 'refund') equal(subject.amount.minorUnits, refunds.find(({ id }) => id === subject.id)?.amount, 'the amount that goes back is the one in the books');
      }
    },
  },
  {
    id: 'webhooks.verify/shared-words',
    title: 'an event whose own word is a shared one means that, and no other',
    operations: ['paymentIntents.create'],
    fields: paid,
    when: ({ harness }) => harness.adapter.webhooks !== null,
    levers: ['succeeds', 'deliveries', 'webhookSecret', 'now'],
    prove: async (scene) => {
      const sends = scene.harness.adapter.webhooks?.sends.value ?? [];
      for (const { type, providerType, subject } of await delivered(scene)) {
        const word = `${String(subject?.object)}.${String(providerType.split('.').at(-1))}`;
        const isDeclared = sends.some((one) => one.providerType === providerType);
        if (isDeclared && eventTypes.some((one) => one === word)) equal(type, word, `${providerType} is told as ${word}`);
      }
    },
  },
  {
    id: 'paymentIntents.create/declined-as-told',
    title: "a decline has the provider's own codes and sentence, and the reason that they say",
    operations: ['paymentIntents.create'],
    fields: paid,
    levers: ['card_declined', 'insufficient_funds', 'expired_card'],
    prove: async (scene) => {
      for (const method of ['card_declined', 'insufficient_funds', 'expired_card'] as const) {
        const { fetch, exchanges } = recording(scene.stage.fetch);
        const told = await pay({ ...scene, payments: scene.client({ fetch }) }, method, 100).then(
          async (intent) => {
            areAsTold([intent, ...(can(scene, 'paymentIntents.retrieve') ? [await scene.payments.paymentIntents.retrieve(intent)] : [])]);
            return intent.lastPaymentError;
          },
          (error: unknown) => {
            if (PaymentError.is(error)) return error.failure;
            throw error;
          },
        );
        holds(told !== null, 'it says that it was declined');
        const answer = exchanges.find(({ status }) => status >= 400);
        if (answer !== undefined) isDeclineAsTold(told, JSON.parse(answer.text));
      }
    },
  },
];
