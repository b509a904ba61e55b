import type { CreatePaymentIntent, PaymentIntent, UpdatePaymentIntent } from '../../index.js';
import { isAsTold } from '../as-told.js';
import { equal, fails, holds, oneOf } from '../assertions.js';
import { intentFor } from '../calls.js';
import { asItWas, recording } from '../exchanges.js';
import { idsOf, pagesOf } from '../pages.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import { reference } from '../rehearsal.js';
import { neededFields } from '../samples.js';
import { authorise, now, pay, prepareIntent, prepareSetup, refundsOf, type Scene } from '../scene.js';

/** Text as people write it: an adapter that cuts it, or knows ASCII only, spoils it. */
const longText = 'Tea for two — お茶 100 g × 2, “the good one”, 12 % off; to be picked up at the shop in the Schloßstraße';

/** Fields that say who pays, or that only a confirmation has. */
type OfConfirmation = 'amount' | 'customer' | 'paymentMethod' | 'confirm' | 'returnUrl' | 'offSession' | 'threeDSecure' | 'providerOptions';

/** Every other field of a payment. A new one does not compile until it is here. */
const furniture: Required<Omit<CreatePaymentIntent, OfConfirmation>> = {
  paymentMethodTypes: ['card'],
  captureMethod: 'manual',
  setupFutureUsage: 'on_session',
  statementDescriptor: 'SHOP',
  receiptEmail: 'payer@example.com',
  description: longText,
  metadata: { order: 'お茶 1', Case: 'Kept' },
};

/** Those of them that are one text, which comes back as it is. */
const texts = Object.entries(furniture).filter(([, value]) => typeof value === 'string');

/** Every field of a payment that needs no confirmation, given. */
const furnished = (scene: Scene): Promise<PaymentIntent> => {
  const given: CreatePaymentIntent = { ...scene.payBy('succeeds', 100), ...furniture };
  const taken = Object.fromEntries(Object.entries(given).filter(([field]) => scene.hasField('paymentIntents.create', field)));
  return scene.payments.paymentIntents.create(taken as unknown as CreatePaymentIntent, { reference });
};

/** What an update of another field must leave as it is. */
const kept = (intent: object, except: readonly string[] = []): unknown =>
  Object.entries(intent)
    .filter(([field]) => ![...except, 'raw', 'clientSecret', 'updatedAt'].includes(field))
    .map(([field, value]) => [field, JSON.stringify(value)]);

/** Another value than {@link furnished} has given, for every field that an update may change by itself. A new one does not compile until it is here. */
const others = (scene: Scene): Required<Omit<UpdatePaymentIntent, Exclude<OfConfirmation, 'amount'> | 'paymentMethodTypes'>> => ({
  amount: scene.amount(150),
  description: 'Coffee',
  metadata: { more: '1' },
  receiptEmail: 'other@example.com',
  statementDescriptor: 'OTHER',
  setupFutureUsage: 'off_session',
  captureMethod: 'automatic',
});

const creating = ['paymentIntents.create'] as const;
const paid = ['paymentIntents.create.confirm'] as const;

/** The list of each kind of object that can be made at a time of its own. */
const listOperations = [
  ['paymentIntents', (scene: Scene) => prepareIntent(scene, 'succeeds', 100)],
  ['setupIntents', (scene: Scene) => prepareSetup(scene, null)],
  ['refunds', async (scene: Scene) => scene.payments.refunds.create(await pay(scene, 'succeeds', 100), { amount: scene.amount(10) })],
] as const;

/** The times between which a list is asked for take in the first and not the last. */
const createdBetween = listOperations.map(
  ([resource, make]): Promised => ({
    id: `${resource}.list/created-between`,
    alone: true,
    title: 'between two times is what was created at the first or later, and before the second',
    operations: [`${resource}.list`, `${resource}.create`, 'paymentIntents.create'],
    fields: [`${resource}.list.createdFrom`, `${resource}.list.createdBefore`, ...(resource === 'refunds' ? (['paymentIntents.create.confirm', 'refunds.create.amount'] as const) : [])],
    levers: ['succeeds', 'advance'],
    prove: async (scene) => {
      const made: { readonly id: string; readonly createdAt: string }[] = [];
      for (let count = 0; count < 4; count += 1) {
        const { id, createdAt } = await make(scene);
        if (createdAt === null) throw new NotTested('the stage does not tell when it was created');
        made.push({ id, createdAt });
        await scene.stage.advance?.(90);
      }
      const [, second, third, fourth] = made.map(({ createdAt }) => createdAt);
      // Not the very moment, which some providers take in: only that each time is meant as it is given.
      const justBefore = (at: string | undefined): string => new Date(Date.parse(at ?? '') - 30_000).toISOString();
      const list = (query: object): Promise<readonly { readonly id: string }[]> => pagesOf<{ readonly id: string }, object>(scene.payments[resource].list, query);
      const ids = idsOf(made);
      equal(idsOf(await list({ createdFrom: third })).toSorted(), ids.slice(2).toSorted(), 'from a time on');
      equal(idsOf(await list({ createdBefore: justBefore(second) })), ids.slice(0, 1), 'before a time');
      equal(idsOf(await list({ createdFrom: second, createdBefore: justBefore(fourth) })).toSorted(), ids.slice(1, 3).toSorted(), 'between two times');
    },
  }),
);

/** Nothing is changed that was not asked for, and nothing is asked for in the application's name. */
export const askedExactlyPromises: readonly Promised[] = [
  {
    id: 'paymentIntents.create/furnished',
    title: 'each field comes back as it was given, however it is written, or not at all where the provider does not tell it',
    operations: creating,
    levers: ['succeeds'],
    prove: async (scene) => {
      const intent = await furnished(scene);
      isAsTold(intent);
      for (const [field, value] of texts)
        if (scene.hasField('paymentIntents.create', field)) oneOf(Reflect.get(intent, field), [value, null], `${field} is the one that was given`);
      if (scene.hasField('paymentIntents.create', 'metadata')) equal([intent.metadata?.['order'], intent.metadata?.['Case']], ['お茶 1', 'Kept'], 'the metadata is the one that was given');
    },
  },
  {
    id: 'paymentIntents.create/nothing-unasked',
    title: 'what was not given is not there: no card is kept, nobody is written to, nothing stands on a statement',
    operations: creating,
    fields: paid,
    levers: ['succeeds'],
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const required = neededFields(scene, 'paymentIntents.create');
      // A capture method is always there.
      const unasked = texts.map(([field]) => field).filter((field) => field !== 'captureMethod' && !required.includes(field));
      equal(unasked.filter((field) => Reflect.get(intent, field)), [], 'nothing of it is there');
    },
  },
  {
    id: 'paymentIntents.update/nothing-else',
    title: 'whatever one field is changed to, all others stay as they are',
    operations: [...creating, 'paymentIntents.update', 'paymentIntents.retrieve'],
    levers: ['succeeds'],
    prove: async (scene) => {
      for (const [field, value] of Object.entries(others(scene))) {
        if (!scene.hasField('paymentIntents.update', field)) continue;
        const before = await now(scene, await furnished(scene));
        const answer = await scene.payments.paymentIntents.update(before, { [field]: value });
        const after = await now(scene, before);
        equal(kept(after, [field]), kept(before, [field]), `with another ${field}, nothing else changes`);
        equal(kept(answer), kept(after), `with another ${field}, the answer says what is then read`);
      }
    },
  },
  {
    id: 'refunds.update/nothing-else',
    title: 'an update of a refund changes its metadata and nothing else, and answers with what is then read',
    operations: [...creating, 'refunds.create', 'refunds.update', 'refunds.retrieve'],
    fields: [...paid, 'refunds.create.amount'],
    levers: ['succeeds'],
    prove: async (scene) => {
      const before = await scene.payments.refunds.create(await pay(scene, 'succeeds', 100), { amount: scene.amount(10) });
      const answer = await scene.payments.refunds.update(before, { metadata: { more: '1' } });
      const after = await scene.payments.refunds.retrieve(before);
      equal(kept(after, ['metadata']), kept(before, ['metadata']), 'nothing else changes');
      equal(kept(answer), kept(after), 'the answer says what is then read');
    },
  },
  {
    id: 'paymentIntents.create/return-address',
    title: 'a customer comes back to the very address that was given, its query included',
    operations: creating,
    fields: [...paid, 'paymentIntents.create.returnUrl'],
    levers: ['three_d_secure'],
    prove: async (scene) => {
      const returnUrl = 'https://shop.example/return?order=1&token=a%2Fb#paid';
      const intent = await pay(scene, 'three_d_secure', 100, { returnUrl });
      oneOf(intent.returnUrl, [returnUrl, null], 'it is the address that was given');
      isAsTold(intent);
    },
  },
  {
    id: 'paymentIntents.confirm/as-created',
    title: 'a confirmation takes an intent as it was created: what is to be held is held, and nothing is taken',
    operations: [...creating, 'paymentIntents.confirm'],
    fields: ['paymentIntents.create.captureMethod'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const before = await furnished(scene);
      const intent = await scene.payments.paymentIntents.confirm(before);
      equal(intent.status, 'requires_capture', 'the money is held');
      equal((await scene.entry(intent.id)).captured, 0, 'nothing is taken');
      const moves = ['status', 'amountCapturable', 'amountReceived', 'latestPayment', 'authorizationExpiresAt'];
      equal(kept(intent, moves), kept(before, moves), 'nothing else changes');
    },
  },
  {
    id: 'paymentIntents.confirm/nothing-unasked',
    title: 'a confirmation keeps no card that nobody asked to keep',
    operations: [...creating, 'paymentIntents.confirm'],
    levers: ['succeeds'],
    prove: async (scene) => {
      const { setupFutureUsage, receiptEmail } = await scene.payments.paymentIntents.confirm(await prepareIntent(scene, 'succeeds', 100));
      equal([setupFutureUsage, receiptEmail], [null, null], 'nothing of it is there');
    },
  },
  {
    id: 'paymentIntents.cancel/no-reason',
    title: 'a cancellation for which no reason is given has none',
    operations: [...creating, 'paymentIntents.cancel'],
    levers: ['succeeds'],
    prove: async (scene) => {
      const intent = await scene.payments.paymentIntents.cancel(await intentFor(scene, 'paymentIntents.cancel'));
      if (intent.status === 'canceled') oneOf(intent.cancellationReason, [null, 'unknown'], 'no reason is told');
    },
  },
  {
    id: 'refunds.create/no-reason',
    title: 'a refund for which no reason is given has none: nobody is called a fraud by mistake',
    operations: [...creating, 'refunds.create'],
    fields: [...paid, 'refunds.create.amount'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const { reason } = await scene.payments.refunds.create(intent, { amount: scene.amount(10) });
      oneOf(reason, [null, 'unknown'], 'no reason is told');
      equal((await refundsOf(scene, intent)).length, 1, 'it goes back');
    },
  },
  {
    id: 'paymentIntents.capture/declined',
    title: 'a capture that the provider declines is told as a decline: a value that says why, or payment_declined',
    operations: [...creating, 'paymentIntents.capture'],
    fields: [...paid, 'paymentIntents.create.captureMethod'],
    levers: ['succeeds', 'card_declined'],
    prove: async (scene) => {
      const { fetch, exchanges } = recording(scene.stage.fetch);
      await pay({ ...scene, payments: scene.client({ fetch }) }, 'card_declined', 100).catch(() => null);
      const decline = exchanges.find(({ status }) => status >= 400);
      // A decline that is told with a success is read like any other answer.
      if (decline === undefined) return;
      const held = await authorise(scene, 100);
      const declining: typeof fetch = (input, init) => (init?.method === 'POST' ? Promise.resolve(asItWas(decline, init)) : scene.stage.fetch(input, init));
      const told = await scene.client({ fetch: declining }).paymentIntents.capture(held).catch(async (thrown: unknown) => {
        const { failure } = await fails(() => Promise.reject(thrown), { code: ['payment_declined'], outcome: ['rejected'] }, 'a capture that is declined');
        return { lastPaymentError: failure };
      });
      holds(told.lastPaymentError !== null, 'it says why');
    },
  },
  ...createdBetween,
];
