import { equal, fails, failure, holds, moneyIs, oneOf, sortedEntries } from '../assertions.js';
import { recording } from '../exchanges.js';
import { cameToNothing } from '../movements.js';
import type { Promised } from '../promise.js';
import { tells } from '../raw.js';
import { filled } from '../samples.js';
import { aWhile, now, openIntent, pay } from '../scene.js';
import { waysOf } from '../ways.js';
import { honouredKeys, type PaymentFailure, toBrowser } from '../../index.js';

export const createPromises: readonly Promised[] = [
  {
    id: 'paymentIntents.create/bare',
    title: 'creates an intent that waits for a payment method, and takes nothing',
    operations: ['paymentIntents.create'],
    when: ({ harness }) => waysOf(harness.adapter).waits,
    levers: ['ledger'],
    prove: async (scene) => {
      const intent = await openIntent(scene);
      // Where nobody but the customer can go on with it, at a page of the provider's.
      const isHosted = scene.harness.adapter.operations['paymentIntents.confirm'] === undefined && toBrowser(intent).nextAction !== null;
      equal(intent.status, isHosted ? 'requires_action' : 'requires_payment_method', 'an intent without a method requires one');
      equal(intent.amount, scene.amount(100), 'the amount is the one that was given');
      equal(intent.ref, `${intent.account}:${intent.id}`, 'the ref is the account and the id');
      equal(await scene.captured(), 0, 'nothing was taken');
    },
  },
  {
    id: 'paymentIntents.create/automatic-by-default',
    title: 'captures automatically unless told otherwise, whatever the provider would do',
    operations: ['paymentIntents.create'],
    fields: ['paymentIntents.create.captureMethod'],
    levers: [],
    prove: async (scene) => {
      const intent = await scene.payments.paymentIntents.create(filled(scene, 'paymentIntents.create', { amount: scene.amount(100) }));
      oneOf(intent.captureMethod, ['automatic', null], 'the capture method is automatic');
    },
  },
  {
    id: 'paymentIntents.create/confirm',
    title: 'with confirm takes the whole amount, once',
    operations: ['paymentIntents.create'],
    fields: ['paymentIntents.create.confirm'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      equal(intent.status, 'succeeded', 'the payment succeeded');
      moneyIs(intent.amountReceived, scene.amount(100), 'all of it was received');
      const { customer = null } = scene.stage;
      if (tells(intent, customer)) equal(intent.customer, customer, "it is the customer's");
      const entry = await scene.entry(intent.id);
      equal([entry.status, entry.confirmations], ['succeeded', 1], 'the books agree');
      holds(entry.captured > 0 && entry.captured === entry.authorized, 'the books say that all was taken');
    },
  },
  {
    id: 'paymentIntents.create/manual',
    title: 'with manual capture holds the money and takes nothing',
    operations: ['paymentIntents.create'],
    fields: ['paymentIntents.create.captureMethod', 'paymentIntents.create.confirm'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100, { captureMethod: 'manual' });
      equal(intent.status, 'requires_capture', 'the money is held');
      moneyIs(intent.amountCapturable, scene.amount(100), 'all of it can be captured');
      const entry = await scene.entry(intent.id);
      equal(entry.captured, 0, 'nothing was taken');
      holds(entry.authorized > 0, 'the books say that it is held', entry);
    },
  },
  ...(['card_declined', 'insufficient_funds', 'expired_card'] as const).map(
    (method): Promised => ({
      id: `paymentIntents.create/${method}`,
      title: `a decline (${method}) is a value, or payment_declined where there is no intent to return, and takes nothing`,
      operations: ['paymentIntents.create'],
      fields: ['paymentIntents.create.confirm'],
      levers: [method, 'ledger'],
      prove: async (scene) => {
        const { fetch, exchanges } = recording(scene.stage.fetch);
        const told = (declined: PaymentFailure | null): void => {
          if (exchanges.some(({ text }) => text.includes(`"${method}"`))) equal(declined?.reason, method, 'the reason is the one that the provider gave');
        };
        const intent = await pay({ ...scene, payments: scene.client({ fetch }) }, method, 100).catch(async (thrown: unknown) => {
          const error = await failure(() => Promise.reject(thrown), 'a decline without an intent');
          equal([error.code, error.outcome, error.retry], ['payment_declined', 'rejected', 'new_attempt'], 'a decline that is thrown says that nothing was taken');
          holds(error.failure !== null, 'it carries the failure');
          told(error.failure);
          return null;
        });
        if (intent !== null) {
          await cameToNothing(scene, intent, 'a declined intent asks for another method, or is over');
          told(intent.lastPaymentError);
        }
        equal(await scene.captured(), 0, 'nothing was taken');
      },
    }),
  ),
  {
    id: 'paymentIntents.create/three-d-secure',
    title: 'a payment that needs the customer says so, and ends as the customer does',
    operations: ['paymentIntents.create', 'paymentIntents.retrieve'],
    fields: ['paymentIntents.create.confirm'],
    levers: ['three_d_secure', 'completeAction', 'ledger'],
    prove: async (scene) => {
      const intent = await pay(scene, 'three_d_secure', 100);
      equal(intent.status, 'requires_action', 'the customer has to act');
      const { nextAction, clientSecret } = toBrowser(intent);
      holds(nextAction !== null || clientSecret !== null, 'the browser gets something to go on with');
      equal(await scene.captured(), 0, 'nothing is taken before the customer has acted');
      await scene.stage.completeAction?.(intent.id);
      equal((await now(scene, intent)).status, 'succeeded', 'after the action the payment succeeds');
    },
  },
  {
    id: 'paymentIntents.create/three-d-secure-failed',
    title: 'a failed authentication takes nothing and asks for another method',
    operations: ['paymentIntents.create', 'paymentIntents.retrieve'],
    fields: ['paymentIntents.create.confirm'],
    levers: ['three_d_secure', 'failAction', 'ledger'],
    prove: async (scene) => {
      const intent = await pay(scene, 'three_d_secure', 100);
      await scene.stage.failAction?.(intent.id);
      oneOf((await now(scene, intent)).status, ['requires_payment_method', 'canceled'], 'the failed action leads back, or to the end');
      equal(await scene.captured(), 0, 'nothing was taken');
    },
  },
  ...(
    [
      ['processing_succeeds', 'succeeded'],
      ['processing_fails', 'requires_payment_method'],
    ] as const
  ).map(
    ([method, end]): Promised => ({
      id: `paymentIntents.create/${method}`,
      title: `a payment that takes time is processing, then ${end}; waitFor sees it`,
      operations: ['paymentIntents.create', 'paymentIntents.retrieve'],
      fields: ['paymentIntents.create.confirm'],
      levers: [method, 'advance'],
      prove: async (scene) => {
        const intent = await pay(scene, method, 100);
        equal(intent.status, 'processing', 'the provider is at work');
        await scene.stage.advance?.(aWhile);
        const ended = await scene.payments.paymentIntents.waitFor(intent);
        if (end === 'succeeded') equal(ended.status, end, 'the end is seen');
        else await cameToNothing(scene, ended, 'the end is seen');
      },
    }),
  ),
  {
    id: 'paymentIntents.create/reference-once',
    title: 'the same reference takes the money once, from whichever client',
    operations: ['paymentIntents.create'],
    fields: ['paymentIntents.create.confirm'],
    when: ({ harness }) => honouredKeys(harness.adapter.limits, 'paymentIntents.create') !== null || harness.adapter.operations['paymentIntents.list'] !== undefined,
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const first = await pay(scene, 'succeeds', 100, {}, { reference: 'order-1' });
      const again = await pay({ ...scene, payments: scene.client({}) }, 'succeeds', 100, {}, { reference: 'order-1' });
      equal(again.id, first.id, 'the second call answers with the first payment');
      equal(await scene.captured(), (await scene.entry(first.id)).authorized, 'it was taken once');
    },
  },
  {
    id: 'paymentIntents.create/reference-conflict',
    title: 'the same reference with another amount is refused loudly',
    operations: ['paymentIntents.create'],
    fields: ['paymentIntents.create.confirm'],
    when: ({ harness }) => honouredKeys(harness.adapter.limits, 'paymentIntents.create') !== null || harness.adapter.operations['paymentIntents.list'] !== undefined,
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      const first = await pay(scene, 'succeeds', 100, {}, { reference: 'order-1' });
      await fails(
        () => pay(scene, 'succeeds', 200, {}, { reference: 'order-1' }),
        { code: ['idempotency_key_reused', 'idempotency_in_progress'], outcome: ['rejected', 'unknown'] },
        'another amount under the same reference',
      );
      equal(await scene.captured(), (await scene.entry(first.id)).captured, 'nothing more was taken');
    },
  },
  {
    id: 'paymentIntents.create/metadata',
    title: 'metadata and the reference come back as they were given',
    operations: ['paymentIntents.create', 'paymentIntents.retrieve'],
    fields: ['paymentIntents.create.metadata'],
    levers: [],
    prove: async (scene) => {
      const types = scene.harness.adapter.limits.metadata.value?.valueTypes ?? [];
      const metadata = {
        order: 'A 1 & b=2',
        ...JSON.parse('{"__proto__":"data","constructor":"data"}'),
        ...(types.includes('boolean') && { gift: true }),
        ...(types.includes('integer') && { items: 3 }),
      };
      const intent = await now(scene, await openIntent(scene, { metadata }, { reference: 'order-7' }));
      equal(sortedEntries(intent.metadata), sortedEntries(metadata), 'the metadata is the same');
      equal(intent.reference, 'order-7', 'the reference is read back');
    },
  },
];
