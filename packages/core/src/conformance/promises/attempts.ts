import type { PaymentAttempt, PaymentIntent } from '../../index.js';
import { equal, fails, holds, oneOf } from '../assertions.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import { says } from '../raw.js';
import { authorise, now, pay, prepareIntent, settled, switchTo, type Scene } from '../scene.js';

const retrieve = ['paymentIntents.create', 'paymentIntents.retrieve', 'attempts.retrieve'] as const;
const paid = ['paymentIntents.create.confirm'] as const;
const levers = ['succeeds', 'ledger'] as const;

/** The attempt behind an intent as it is now. */
const behind = async (scene: Scene, intent: PaymentIntent): Promise<PaymentAttempt> => {
  const newest = await now(scene, intent);
  if (newest.latestPayment === null) throw new NotTested('the stage names no payment behind an intent');
  return scene.payments.attempts.retrieve(newest);
};

/** Holds what an attempt says was captured and went back against the books. */
const attemptAgreesWithLedger = async (scene: Scene, attempt: PaymentAttempt, intent: PaymentIntent): Promise<void> => {
  const { captured, refunded } = await scene.entry(intent.id);
  oneOf(attempt.paymentIntent, [intent.id, null], 'the attempt is that of the intent');
  equal(attempt.amount, intent.amount, 'its amount is that of the intent');
  if (attempt.amountCaptured !== null || says(attempt, /amount_?captured/i)) equal(attempt.amountCaptured?.minorUnits, captured, 'what was captured is what the books say');
  if (attempt.amountRefunded !== null || says(attempt, /amount_?refunded/i)) equal(attempt.amountRefunded?.minorUnits, refunded, 'what went back is what the books say');
};

export const attemptPromises: readonly Promised[] = [
  {
    id: 'attempts.retrieve/paid',
    title: 'the attempt behind a payment is read by the intent, its own id, its ref and itself, and agrees with the books',
    operations: retrieve,
    fields: paid,
    levers,
    prove: async (scene) => {
      const intent = await pay(scene, 'succeeds', 100);
      const attempt = await behind(scene, intent);
      equal([attempt.object, attempt.id, attempt.status, attempt.failure], ['payment_attempt', (await now(scene, intent)).latestPayment, 'succeeded', null], 'it succeeded');
      await attemptAgreesWithLedger(scene, attempt, intent);
      for (const target of [attempt.id, attempt.ref, attempt, { id: attempt.id }]) equal((await scene.payments.attempts.retrieve(target)).ref, attempt.ref, 'it is the same attempt');
    },
  },
  {
    id: 'attempts.retrieve/held',
    title: 'of money that is held nothing is captured; of a part that is captured, that part',
    operations: [...retrieve, 'paymentIntents.capture'],
    fields: [...paid, 'paymentIntents.create.captureMethod', 'paymentIntents.capture.amount'],
    levers,
    prove: async (scene) => {
      const intent = await authorise(scene, 100);
      const held = await behind(scene, intent);
      equal([held.status, held.amountCaptured?.minorUnits ?? 0], ['succeeded', 0], 'the attempt succeeded, and nothing is captured');
      await attemptAgreesWithLedger(scene, held, intent);
      await settled(scene, await scene.payments.paymentIntents.capture(intent, { amount: scene.amount(60) }));
      await attemptAgreesWithLedger(scene, await behind(scene, intent), intent);
    },
  },
  {
    id: 'attempts.retrieve/refunded',
    title: 'what goes back is told apart from what was captured',
    operations: [...retrieve, 'refunds.create'],
    fields: [...paid, 'refunds.create.amount'],
    levers: [...levers, 'setSwitches'],
    prove: async (scene) => {
      await switchTo(scene, { refundsSettle: 'at_once', refundsFail: 'never' });
      const intent = await pay(scene, 'succeeds', 100);
      for (const units of [40, 25]) {
        await scene.payments.refunds.create(intent, { amount: scene.amount(units) });
        await attemptAgreesWithLedger(scene, await behind(scene, intent), intent);
      }
    },
  },
  {
    id: 'attempts.retrieve/declined',
    title: 'a declined attempt has failed and says why, and nothing was captured',
    operations: [...retrieve, 'paymentIntents.confirm'],
    levers: ['card_declined', 'ledger'],
    prove: async (scene) => {
      const intent = await scene.payments.paymentIntents.confirm(await prepareIntent(scene, 'card_declined', 100));
      const attempt = await behind(scene, intent);
      equal([attempt.status, attempt.amountCaptured?.minorUnits ?? 0], ['failed', 0], 'it failed');
      holds(attempt.failure !== null, 'it says why');
      await attemptAgreesWithLedger(scene, attempt, intent);
    },
  },
  {
    id: 'attempts.retrieve/not-found',
    title: 'an id that the provider does not know is not_found',
    operations: ['attempts.retrieve'],
    levers: [],
    prove: async (scene) => {
      await fails(() => scene.payments.attempts.retrieve('no-such-attempt'), { code: ['not_found'], outcome: ['rejected'] }, 'an unknown id');
    },
  },
];
