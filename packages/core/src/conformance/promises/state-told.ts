import { honouredKeys, PaymentError, Secret, type Fetch, type LivingObject, type PaymentEvent, type PaymentIntent } from '../../index.js';
import { equal, holds } from '../assertions.js';
import { asItWas, membersOf, recording, type Recorded } from '../exchanges.js';
import { pagesOf } from '../pages.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import { authorise, aWhile, can, giveBack, now, pay, switchTo, type Scene } from '../scene.js';
import { refundAgreesWithLedger } from './refunds.js';

const create = ['paymentIntents.create'] as const;
const retrieve = [...create, 'paymentIntents.retrieve'] as const;
const confirm = ['paymentIntents.create.confirm'] as const;

/** All that the provider told of an object, member by member. */
const toldOf = ({ raw }: PaymentIntent): ReturnType<typeof membersOf> => (Secret.is(raw) ? membersOf(raw.reveal()) : []);

/** Whether a payment says of itself why it failed, by whatever name: not only that or when. */
const saysWhy = (intent: PaymentIntent): boolean =>
  toldOf(intent).some(({ path, value }) => {
    const name = String(path.at(-1));
    if (value === null || value === '' || typeof value === 'boolean' || /(_at|At)$/.test(name)) return false;
    return /fail|declin|error|refus/i.test(name) || (name !== 'status' && typeof value === 'string' && /declined|insufficient|expired_card/i.test(value));
  });

/** A payment that did not go through, as it is read later; `null` where its decline is thrown and names none. */
const failedBy = async (scene: Scene, method: 'card_declined' | 'insufficient_funds' | 'expired_card' | 'processing_fails'): Promise<PaymentIntent | null> => {
  const intent = await pay(scene, method, 100).catch((error: unknown) => {
    if (PaymentError.is(error) && error.code === 'payment_declined') return null;
    throw error;
  });
  if (intent === null) return null;
  if (intent.status === 'processing') await scene.stage.advance?.(aWhile);
  return now(scene, intent);
};

/** A fetch that answers the first change with what was answered to another one, which the provider carries out all the same. */
const answeringAnother = (fetch: Fetch, other: Recorded): Fetch => {
  let isFirst = true;
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!isFirst || (init?.method ?? 'GET') === 'GET') return response;
    isFirst = false;
    return asItWas(other, init);
  };
};

/** A call, and the answer to the first change that it sends. */
const withAnswer = async <T>(scene: Scene, call: (scene: Scene) => Promise<T>): Promise<{ readonly result: T; readonly answer: Recorded }> => {
  const { fetch, exchanges } = recording(scene.stage.fetch);
  const result = await call({ ...scene, payments: scene.client({ fetch }) });
  const answer = exchanges.find(({ request }) => request.method !== 'GET');
  if (answer === undefined) throw new Error('nothing was sent');
  return { result, answer };
};

/** Calls while the answer is that to another call: what it is about is never told as this one's own. */
const isNotBelieved = async (scene: Scene, { result, answer }: { readonly result: LivingObject; readonly answer: Recorded }, call: (scene: Scene) => Promise<LivingObject>): Promise<void> => {
  const told = await call({ ...scene, payments: scene.client({ fetch: answeringAnother(scene.stage.fetch, answer) }) }).catch((error: unknown) => {
    if (!PaymentError.is(error)) throw error;
    equal(error.outcome, 'unknown', 'where it is not known what happened, that is said');
    return null;
  });
  holds(told?.id !== result.id, 'what was made by another call is not told as what this one has made', told?.id ?? null);
};

/** The events, delivered and listed, that tell that a payment succeeded. */
const successesOf = async (scene: Scene): Promise<readonly string[]> => {
  const at = scene.stage.now?.() ?? 0;
  const receiver = scene.client({ webhookSecret: scene.stage.webhookSecret ?? '', clock: () => at });
  const events: PaymentEvent[] = can(scene, 'events.list') ? [...(await pagesOf(scene.payments.events.list, {}))] : [];
  for (const delivery of (await scene.stage.deliveries?.()) ?? []) events.push(await receiver.webhooks.verify(delivery));
  return events.filter(({ type }) => type === 'payment_intent.succeeded').map(({ id }) => id);
};

/** Where a payment, a refund or an event stands is told as it is now, with why. */
export const stateToldPromises: readonly Promised[] = [
  {
    id: 'paymentIntents.retrieve/failure-told',
    title: 'a payment that failed says why wherever the provider does: on the payment, and on the attempt behind it',
    operations: retrieve,
    fields: confirm,
    levers: [],
    prove: async (scene) => {
      const methods = (['card_declined', 'insufficient_funds', 'expired_card', 'processing_fails'] as const).filter((method) => scene.stage.paymentMethods[method] !== undefined);
      if (methods.length === 0) throw new NotTested('the stage has no payment method that fails');
      for (const method of methods) {
        const intent = await failedBy(scene, method);
        if (intent === null || !['requires_payment_method', 'canceled'].includes(intent.status)) continue;
        if (saysWhy(intent)) holds(intent.lastPaymentError !== null, `${method}: lastPaymentError says why`, intent.lastPaymentError);
        if (intent.latestPayment === null || !can(scene, 'attempts.retrieve')) continue;
        const attempt = await scene.payments.attempts.retrieve({ id: intent.latestPayment });
        if (attempt.status === 'failed') holds(attempt.failure !== null, `${method}: the attempt says why it failed`, attempt.failure);
      }
    },
  },
  {
    id: 'paymentIntents.retrieve/expired-told',
    title: 'a payment that ended because its time ran out says so where the provider does',
    operations: retrieve,
    fields: confirm,
    levers: ['succeeds', 'advance'],
    prove: async (scene) => {
      const waiting = [
        ...(scene.hasField('paymentIntents.create', 'captureMethod') ? [await authorise(scene, 100)] : []),
        ...(scene.stage.paymentMethods.three_d_secure === undefined ? [] : [await pay(scene, 'three_d_secure', 100)]),
      ];
      await scene.stage.advance?.(60 * 60 * 24 * 400);
      for (const before of waiting) {
        const intent = await now(scene, before);
        if (intent.status !== 'canceled') continue;
        const isTold = toldOf(intent).some(({ value }) => typeof value === 'string' && /^expired$/i.test(value));
        if (isTold) equal(intent.cancellationReason, 'expired', 'it is told that its time ran out');
      }
    },
  },
  {
    id: 'paymentIntents.create/repeated-answer',
    title: 'an answer that the provider repeats from store, and says so, is read anew: nobody is told what was true once',
    operations: retrieve,
    fields: confirm,
    when: ({ harness }) => honouredKeys(harness.adapter.limits, 'paymentIntents.create') !== null,
    levers: ['three_d_secure', 'completeAction', 'ledger'],
    prove: async (scene) => {
      const options = { reference: 'order-1' };
      const { id } = await pay(scene, 'three_d_secure', 100, {}, options);
      await scene.stage.completeAction?.(id);
      const { fetch, exchanges } = recording(scene.stage.fetch);
      const again = await pay({ ...scene, payments: scene.client({ fetch }) }, 'three_d_secure', 100, {}, options);
      const saysSo = exchanges.some(({ headers }) => [...headers].some(([name, value]) => /replay/i.test(name) && value === 'true'));
      equal(again.id, id, 'it is the same payment');
      if (saysSo || scene.harness.adapter.replayedHeader !== null) equal(again.status, (await scene.entry(id)).status, 'it is told as it is now');
    },
  },
  {
    id: 'paymentIntents.create/answer-of-another',
    title: "an answer about another payment is not believed: under another reference nobody is told another payment as one's own",
    operations: create,
    fields: [...confirm, 'paymentIntents.create.metadata'],
    levers: ['succeeds'],
    prove: async (scene) => {
      const call = (reference: string) => (on: Scene) => pay(on, 'succeeds', 100, {}, { reference });
      await isNotBelieved(scene, await withAnswer(scene, call('order-1')), call('order-2'));
    },
  },
  {
    id: 'refunds.create/answer-of-another',
    title: 'an answer about the refund of another payment, or under another reference, is not believed',
    operations: [...create, 'refunds.create'],
    fields: [...confirm, 'refunds.create.amount'],
    levers: ['succeeds'],
    prove: async (scene) => {
      const [one, other] = [await pay(scene, 'succeeds', 100), await pay(scene, 'succeeds', 100)];
      const call = (payment: PaymentIntent, reference: string) => (on: Scene) => on.payments.refunds.create(payment, { amount: scene.amount(10) }, { reference });
      const first = await withAnswer(scene, call(one, 'return-1'));
      const isNamed = first.result.paymentIntent !== null;
      const isReferred = scene.hasField('refunds.create', 'metadata');
      if (!isNamed && !isReferred) throw new NotTested('the provider tells neither the payment of a refund nor its reference');
      if (isNamed) await isNotBelieved(scene, first, call(other, 'return-1'));
      if (isReferred) await isNotBelieved(scene, first, call(one, 'return-2'));
    },
  },
  {
    id: 'refunds.create/under-way',
    title: 'a refund that is under way is told so, by the answer and whenever it is read, until it is back',
    operations: [...create, 'refunds.create'],
    fields: confirm,
    levers: ['succeeds', 'ledger', 'setSwitches', 'advance'],
    prove: async (scene) => {
      await switchTo(scene, { refundsSettle: 'later', refundsFail: 'never', refundStatus: 'told' });
      const intent = await pay(scene, 'succeeds', 100);
      const made = await giveBack(scene, intent);
      if ((await scene.entry(intent.id)).refunds?.[0]?.status === 'succeeded') throw new NotTested('a refund of the stage has succeeded at once');
      holds(made.status !== 'succeeded', 'what is under way is not told as back', made.status);
      await refundAgreesWithLedger(scene, made, intent);
      for (let step = 0; step < 2 && can(scene, 'refunds.retrieve'); step += 1) {
        await refundAgreesWithLedger(scene, await scene.payments.refunds.retrieve(made), intent);
        await scene.stage.advance?.(aWhile);
      }
    },
  },
  {
    id: 'webhooks.verify/succeeded-once',
    title: 'what goes back is no second success: that its payment succeeded is not told again',
    operations: [...create, 'refunds.create'],
    fields: confirm,
    when: ({ harness }) => harness.adapter.webhooks !== null,
    levers: ['succeeds', 'deliveries', 'webhookSecret', 'now'],
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const before = await successesOf(scene);
      const parts = scene.hasField('refunds.create', 'amount') ? [{ amount: scene.amount(40) }, { amount: scene.amount(60) }] : [{}];
      for (const input of parts) await scene.payments.refunds.create(intent, input);
      await scene.stage.advance?.(aWhile);
      const after = await successesOf(scene);
      equal(after.filter((id) => !before.includes(id)), [], 'nothing that is told after it tells that it succeeded');
    },
  },
];
