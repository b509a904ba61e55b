import { honouredKeys, PaymentError, type Refund } from '../../index.js';
import { equal, holds, oneOf } from '../assertions.js';
import type { Promised } from '../promise.js';
import { pay, refundsOf, type Scene } from '../scene.js';

const operations = ['paymentIntents.create', 'refunds.create'] as const;
const partialRefundFields = ['paymentIntents.create.confirm', 'refunds.create.amount'] as const;
const levers = ['succeeds', 'ledger'] as const;

/** What may be said to whom another came before. */
const beaten = ['invalid_request', 'invalid_state', 'idempotency_in_progress', 'idempotency_key_reused'];

/** Two clients give back a part of one payment at the same time. Tells the refunds that were told as done, and the books. */
const together = async (scene: Scene, units: number, references: readonly string[]) => {
  const intent = await pay(scene, 'succeeds', 100);
  const isOneCall = new Set(references).size === 1;
  const ended = await Promise.allSettled(references.map((reference) => scene.client({}).refunds.create(intent, { amount: scene.amount(units) }, { reference })));
  const done: Refund[] = [];
  for (const end of ended) {
    if (end.status === 'fulfilled') done.push(end.value);
    else {
      const error: unknown = end.reason;
      if (!PaymentError.is(error)) throw error;
      if (error.outcome !== 'unknown') {
        oneOf(error.code, beaten, 'who came too late is told so, or does not know');
        holds(!isOneCall, 'under one reference and one key, nobody is told that what has happened was refused', error.code);
      }
    }
  }
  const books = await refundsOf(scene, intent);
  const ids = books.map(({ id }) => id);
  for (const { id } of done) oneOf(id, ids, 'what is told as done is in the books');
  return { done, books };
};

/** Two refunds at once. */
export const refundRacePromises: readonly Promised[] = [
  {
    id: 'races/two-refunds',
    title: 'two refunds of a part under one reference, at the same time: it goes back once',
    operations,
    fields: partialRefundFields,
    // Where keys are not honoured, two that look at the same time both see nothing.
    when: ({ harness }) => honouredKeys(harness.adapter.limits, 'refunds.create') !== null,
    levers,
    prove: async (scene) => {
      const { done, books } = await together(scene, 40, ['return-1', 'return-1']);
      equal(books.length, 1, 'it goes back once');
      holds(done.length > 0, 'one of the two is told so');
    },
  },
  {
    id: 'races/two-refunds-apart',
    title: 'two refunds that do not know of each other, at the same time: no more goes back than was taken',
    operations,
    fields: partialRefundFields,
    levers,
    prove: async (scene) => {
      const { done, books } = await together(scene, 60, ['return-1', 'return-2']);
      if (books.some(({ status }) => status === 'failed')) return;
      equal([done.length, books.length], [1, 1], 'one of the two goes back');
    },
  },
];
