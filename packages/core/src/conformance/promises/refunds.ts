import { honouredKeys, type Refund, refundable } from '../../index.js';
import { equal, fails, holds, oneOf } from '../assertions.js';
import { refundAgrees } from '../movements.js';
import type { Promised } from '../promise.js';
import { says, tells } from '../raw.js';
import { authorise, giveBack, openIntent, pay, prepareIntent, refundsOf, settled, type Scene } from '../scene.js';
import { waysOf } from '../ways.js';

const create = ['paymentIntents.create', 'refunds.create'] as const;
const paid = ['paymentIntents.create.confirm'] as const;
const part = [...paid, 'refunds.create.amount'] as const;
const levers = ['succeeds', 'ledger'] as const;

/** A reference protects where keys are honoured, or where it is kept on the refund and looked for. */
const refundIsProtected: Promised['when'] = ({ harness: { adapter } }) =>
  honouredKeys(adapter.limits, 'refunds.create') !== null || (adapter.operations['refunds.create']?.accepts.includes('metadata') === true && adapter.operations['refunds.list'] !== undefined);

/** Holds one refund of one payment against the books. */
export const refundAgreesWithLedger = async (scene: Scene, refund: Refund, intent: { readonly id: string }): Promise<void> => {
  oneOf(refund.paymentIntent, tells(refund, intent.id) ? [intent.id] : [intent.id, null], 'the refund is one of the payment that was named');
  refundAgrees(refund, (await refundsOf(scene, intent)).find(({ id }) => id === refund.id));
};

/** What goes back, how often, and what is refused. */
export const refundPromises: readonly Promised[] = [
  {
    id: 'refunds.create/full',
    title: 'gives back all that was taken, of the payment that is named and of no other',
    operations: create,
    fields: paid,
    levers,
    prove: async (scene) => {
      const other = await pay(scene, 'succeeds', 100);
      const intent = await pay(scene, 'succeeds', 100);
      const refund = await giveBack(scene, intent);
      equal(refund.amount, scene.amount(100), 'all of it goes back');
      equal(refund.ref, `${refund.account}:${refund.id}`, 'the ref is the account and the id');
      await refundAgreesWithLedger(scene, refund, intent);
      const { captured, refunded } = await scene.entry(intent.id);
      if (refund.status === 'succeeded') equal(refunded, captured, 'the books say that all of it is back');
      equal(await refundsOf(scene, other), [], 'nothing of another payment goes back');
    },
  },
  {
    id: 'refunds.create/partial',
    title: 'gives back a part, exactly, and then another; what is left is known',
    operations: create,
    fields: part,
    levers,
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const refunds = [await scene.payments.refunds.create(intent, { amount: scene.amount(40) }), await scene.payments.refunds.create(intent.id, { amount: scene.amount(25) })];
      for (const refund of refunds) await refundAgreesWithLedger(scene, refund, intent);
      const { authorized, captured } = await scene.entry(intent.id);
      equal((await refundsOf(scene, intent)).map(({ amount }) => (amount * 100) / authorized), [40, 25], 'the books say that these parts go back');
      equal(captured, authorized, 'what was taken stays taken');
      const left = refundable(intent, refunds);
      if (left !== null && refunds.every(({ status }) => status !== 'failed')) equal(left, scene.amount(35), 'the rest is what can still go back');
    },
  },
  {
    id: 'refunds.create/rest',
    title: 'without an amount gives back what is left, or is refused; never more',
    operations: create,
    fields: part,
    levers,
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const first = await scene.payments.refunds.create(intent, { amount: scene.amount(60) });
      const rest = await scene.payments.refunds.create(intent).catch(async (thrown: unknown) => {
        await fails(() => Promise.reject(thrown), { code: ['invalid_request', 'invalid_state'], outcome: ['rejected', 'not_sent'] }, 'a refund of what is left');
        return null;
      });
      const books = await refundsOf(scene, intent);
      equal(books.length, rest === null ? 1 : 2, 'the books have what was told, and nothing else');
      if (rest !== null && first.status !== 'failed') equal(rest.amount, scene.amount(40), 'what is left goes back');
      holds(((await scene.entry(intent.id)).refunded ?? 0) <= (await scene.entry(intent.id)).captured, 'never more than was taken', books);
    },
  },
  {
    id: 'refunds.create/one-reference',
    title: 'the same part under the same reference goes back once, from whichever client',
    operations: create,
    fields: part,
    when: refundIsProtected,
    levers,
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const [first, again] = [
        await scene.payments.refunds.create(intent, { amount: scene.amount(40) }, { reference: 'return-1' }),
        await scene.client({}).refunds.create(intent.id, { amount: scene.amount(40) }, { reference: 'return-1' }),
      ];
      equal(again.id, first.id, 'the second call answers with the first refund');
      equal((await refundsOf(scene, intent)).length, 1, 'it goes back once');
    },
  },
  {
    id: 'refunds.create/full-one-reference',
    title: 'all of it under the same reference goes back once; the second call says so, or that nothing is left',
    operations: create,
    fields: paid,
    when: refundIsProtected,
    levers,
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const first = await giveBack(scene, intent, {}, { reference: 'return-1' });
      const again = await giveBack({ ...scene, payments: scene.client({}) }, intent, {}, { reference: 'return-1' }, intent.id).catch(async (thrown: unknown) => {
        await fails(() => Promise.reject(thrown), { code: ['invalid_state'], outcome: ['rejected', 'not_sent'] }, 'the same again');
        return first;
      });
      equal(again.id, first.id, 'the second call answers with the first refund');
      equal((await refundsOf(scene, intent)).length, 1, 'it goes back once');
    },
  },
  {
    id: 'refunds.create/reference-conflict',
    title: 'the same reference with another amount is refused loudly, and nothing more goes back',
    operations: create,
    fields: part,
    when: refundIsProtected,
    levers,
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      await scene.payments.refunds.create(intent, { amount: scene.amount(40) }, { reference: 'return-1' });
      await fails(
        () => scene.payments.refunds.create(intent, { amount: scene.amount(50) }, { reference: 'return-1' }),
        { code: ['idempotency_key_reused', 'idempotency_in_progress'], outcome: ['rejected', 'unknown'] },
        'another amount under the same reference',
      );
      equal((await refundsOf(scene, intent)).length, 1, 'nothing more goes back');
    },
  },
  {
    id: 'refunds.create/two-payments',
    title: 'under one reference each of two payments goes back, its own amount to each',
    operations: create,
    fields: part,
    levers,
    prove: async (scene) => {
      const intents = [await pay(scene, 'succeeds', 100), await pay(scene, 'succeeds', 100)];
      for (const [index, intent] of intents.entries()) {
        const refund = await scene.payments.refunds.create(intent, { amount: scene.amount(10 * (index + 1)) }, { reference: 'return-1' });
        await refundAgreesWithLedger(scene, refund, intent);
        equal((await refundsOf(scene, intent)).length, 1, 'the books have it');
      }
    },
  },
  {
    id: 'refunds.create/reference-of-the-payment',
    title: "a payment and its refund may have one reference, such as an order's number: each happens once",
    operations: [...create, 'paymentIntents.confirm'],
    when: ({ harness }) => waysOf(harness.adapter).waitsWithMethod,
    levers,
    prove: async (scene) => {
      const options = { reference: 'order-1' };
      const intent = await scene.payments.paymentIntents.confirm(await prepareIntent(scene, 'succeeds', 100), {}, options);
      await refundAgreesWithLedger(scene, await giveBack(scene, intent, {}, options), intent);
      const { confirmations, captured, authorized, refunds = [] } = await scene.entry(intent.id);
      equal([confirmations, captured, refunds.length], [1, authorized, 1], 'the books have both');
    },
  },
  {
    id: 'refunds.create/two-references',
    title: 'the same part given back twice on purpose, under two references, goes back twice',
    operations: create,
    fields: part,
    levers,
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const ids: string[] = [];
      for (const reference of ['return-1', 'return-2']) ids.push((await scene.payments.refunds.create(intent, { amount: scene.amount(40) }, { reference })).id);
      equal((await refundsOf(scene, intent)).map(({ id }) => id), ids, 'the books have both');
    },
  },
  {
    id: 'refunds.create/more-than-received',
    title: 'more than was received is refused: with nothing sent for a snapshot that says so, by the provider otherwise',
    operations: [...create, 'paymentIntents.retrieve'],
    fields: part,
    levers: [...levers, 'requests'],
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const before = await scene.seen();
      const guarded = intent.amountReceived !== null;
      await fails(
        () => scene.payments.refunds.create(intent, { amount: scene.amount(101) }),
        guarded ? { code: ['invalid_request'], outcome: ['not_sent'] } : { code: ['invalid_request', 'invalid_state'], outcome: ['rejected'] },
        'more than the snapshot says was received',
      );
      if (guarded) equal(await scene.seen(), before, 'nothing was sent');
      const refused = { code: ['invalid_request', 'invalid_state'], outcome: ['rejected'] } as const;
      await fails(() => scene.payments.refunds.create(intent.id, { amount: scene.amount(101) }), refused, 'more than was received');
      equal(await refundsOf(scene, intent), [], 'nothing goes back');
      const { status } = await scene.payments.refunds.create(intent, { amount: scene.amount(60) });
      if (status === 'failed') return;
      await fails(() => scene.payments.refunds.create(intent, { amount: scene.amount(60) }), refused, 'more than is left');
      equal((await refundsOf(scene, intent)).length, 1, 'nothing more goes back');
    },
  },
  {
    id: 'refunds.create/other-currency',
    title: "an amount in another currency than the payment's is refused with nothing sent",
    operations: create,
    fields: part,
    levers: ['succeeds', 'requests'],
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const before = await scene.seen();
      const amount = { minorUnits: 4000, currency: scene.stage.currency === 'USD' ? 'EUR' : 'USD' };
      await fails(() => scene.payments.refunds.create(intent, { amount }), { code: ['invalid_request', 'unsupported'], outcome: ['not_sent'] }, 'a refund in another currency');
      equal(await scene.seen(), before, 'nothing was sent');
    },
  },
  {
    id: 'refunds.create/nothing-taken',
    title: 'what was never taken cannot go back: held money, and a payment that was not made',
    operations: create,
    fields: [...part, 'paymentIntents.create.captureMethod'],
    levers,
    prove: async (scene) => {
      for (const intent of [await authorise(scene, 100), ...(waysOf(scene.harness.adapter).waits ? [await openIntent(scene)] : [])]) {
        await fails(
          () => scene.payments.refunds.create(intent.id, { amount: scene.amount(40) }),
          { code: ['invalid_request', 'invalid_state'], outcome: ['rejected'] },
          `a refund of what is ${intent.status}`,
        );
        equal(await refundsOf(scene, intent), [], 'nothing goes back');
      }
    },
  },
  {
    id: 'refunds.create/of-a-part-captured',
    title: 'of a payment of which a part was captured, that part goes back and no more',
    operations: [...create, 'paymentIntents.capture'],
    fields: [...paid, 'paymentIntents.create.captureMethod', 'paymentIntents.capture.amount'],
    levers,
    prove: async (scene) => {
      const intent = await settled(scene, await scene.payments.paymentIntents.capture(await authorise(scene, 100), { amount: scene.amount(60) }));
      const refund = await giveBack(scene, intent);
      equal(refund.amount, scene.amount(60), 'what was captured goes back');
      await refundAgreesWithLedger(scene, refund, intent);
    },
  },
  {
    id: 'refunds.create/reasons',
    title: 'takes each reason that it declares, and reads it back where the provider tells it',
    operations: create,
    fields: [...part, 'refunds.create.reason'],
    levers: ['succeeds'],
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      for (const reason of scene.harness.adapter.limits.refundReasons.value) {
        const refund = await scene.payments.refunds.create(intent, { amount: scene.amount(10), reason });
        oneOf(refund.reason, says(refund, /^reason$/) ? [reason] : [reason, null], 'the reason is the one that was given');
      }
    },
  },
  {
    id: 'refunds.create/metadata',
    title: 'metadata and the reference come back as they were given',
    operations: [...create, 'refunds.retrieve'],
    fields: [...paid, 'refunds.create.metadata'],
    levers: ['succeeds'],
    prove: async (scene) => {
      const made = await giveBack(scene, await pay(scene, 'succeeds', 100), { metadata: { order: 'A 1 & b=2' } }, { reference: 'return-7' });
      for (const { metadata, reference } of [made, await scene.payments.refunds.retrieve(made)]) equal([metadata?.['order'], reference], ['A 1 & b=2', 'return-7'], 'both are read back');
    },
  },
];
