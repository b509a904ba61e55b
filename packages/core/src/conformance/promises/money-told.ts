import { currencyExponent, money, PaymentError, type Money, type PaymentIntent } from '../../index.js';
import { equal, fails, holds, moneyIs, oneOf } from '../assertions.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import { aWhile, authorise, now, pay, refundsOf, settled, type Scene } from '../scene.js';
import { amountBounds, testedCurrencies, wireUnitsOf } from './limits.js';

const create = ['paymentIntents.create'] as const;
const confirm = ['paymentIntents.create.confirm'] as const;
const manual = [...confirm, 'paymentIntents.create.captureMethod'] as const;
const witnessed = ['succeeds', 'ledger'] as const;

/** What a product of floating point numbers misses by one: 0.29, 19.99, 1234.56 and 1000000.01 where the currency has two decimal digits. */
const awkward = [29, 1999, 123_456, 100_000_001];

interface TriedAmount {
  readonly amount: Money;
  /** The same as the provider counts. */
  readonly units: number;
  /** Whether a provider may have a bound that it publishes for no such currency. */
  readonly mayBeRefused: boolean;
}

/** The smallest amount of each currency, and the awkward ones of one currency with each number of digits: those that the limits allow. */
const triedOf = (scene: Scene): readonly TriedAmount[] => {
  const currencies = testedCurrencies(scene);
  const firstOfKind = new Map(currencies.toReversed().map((currency) => [currencyExponent(currency), currency]));
  return currencies.flatMap((currency) => {
    const { smallest, largest } = amountBounds(scene, currency);
    const least = smallest.amount.minorUnits;
    const minorUnits = [...new Set([least, ...(firstOfKind.get(currencyExponent(currency)) === currency ? awkward : [])])];
    const isForeign = currency !== scene.stage.currency && !(smallest.isDeclared && largest.isDeclared);
    return minorUnits.flatMap((one) => {
      const amount = money(one, currency);
      const units = wireUnitsOf(scene, amount);
      const isBeyond = one <= 29 || one === least ? !smallest.isDeclared : one > 123_456 && !largest.isDeclared;
      return units === null ? [] : [{ amount, units, mayBeRefused: isForeign || isBeyond }];
    });
  });
};

/** A payment of an amount; `null` where the provider refuses it by a bound that it does not publish. */
const paidOf = async (scene: Scene, { amount, mayBeRefused }: TriedAmount, more: object = {}): Promise<PaymentIntent | null> =>
  pay(scene, 'succeeds', 100, { amount, ...more }).catch((error: unknown) => {
    if (mayBeRefused && PaymentError.is(error) && error.outcome === 'rejected') return null;
    throw error;
  });

const eachTried = async (scene: Scene, prove: (tried: TriedAmount) => Promise<boolean>): Promise<void> => {
  let proven = 0;
  for (const tried of triedOf(scene)) if (await prove(tried)) proven += 1;
  if (proven === 0) throw new NotTested('no amount can be tried');
};

/** The answer, and the same as it is read by itself where that is possible. */
const readings = async (scene: Scene, intent: PaymentIntent): Promise<readonly PaymentIntent[]> =>
  scene.payments.operations.includes('paymentIntents.retrieve') ? [intent, await now(scene, intent)] : [intent];

/** Holds that a payment is told as of an amount, and once it has succeeded as received whole. */
const tellsAll = async (scene: Scene, intent: PaymentIntent, given: Money): Promise<void> => {
  for (const { amount, status, amountReceived } of await readings(scene, intent)) {
    equal(amount, given, 'the amount is the one that was given');
    if (status === 'succeeded') moneyIs(amountReceived, given, 'all of it was received');
  }
};

/** Holds what is told of a payment: what was received and what can be captured, or nothing of them. */
const tellsMoney = async (scene: Scene, intent: PaymentIntent, received: number, capturable: number): Promise<void> => {
  for (const { amountReceived, amountCapturable } of await readings(scene, intent)) {
    moneyIs(amountReceived, scene.amount(received), `of a payment that is ${intent.status}, no other amount is told as received`);
    moneyIs(amountCapturable, scene.amount(capturable), `of a payment that is ${intent.status}, no other amount is told as what can be captured`);
  }
};

/** Money is told, sent and moved to the last digit, and nothing is told of it that has not happened. */
export const moneyToldPromises: readonly Promised[] = [
  {
    id: 'paymentIntents.create/to-the-last-digit',
    title: 'amounts that a float misses, in currencies of each number of digits, are taken and told to the last digit',
    operations: create,
    fields: confirm,
    levers: witnessed,
    prove: (scene) =>
      eachTried(scene, async (tried) => {
        const paid = await paidOf(scene, tried);
        if (paid === null) return false;
        await tellsAll(scene, paid, tried.amount);
        const { authorized, captured } = await scene.entry(paid.id);
        equal([authorized, captured], [tried.amount.minorUnits, tried.amount.minorUnits], 'the books have it');
        return true;
      }),
  },
  {
    id: 'paymentIntents.capture/to-the-last-digit',
    title: 'amounts that a float misses, in currencies of each number of digits, are captured and told to the last digit',
    operations: [...create, 'paymentIntents.capture'],
    fields: manual,
    levers: witnessed,
    prove: (scene) =>
      eachTried(scene, async (tried) => {
        const { value: least } = scene.payments.limits.captureMinimum;
        if (least !== null && tried.units < least) return false;
        const held = await paidOf(scene, tried, { captureMethod: 'manual' });
        if (held === null) return false;
        const { amount } = tried;
        const taken = await settled(scene, await scene.payments.paymentIntents.capture(held, scene.hasField('paymentIntents.capture', 'amount') ? { amount } : {}));
        await tellsAll(scene, taken, amount);
        equal((await scene.entry(held.id)).captured, amount.minorUnits, 'the books have it');
        return true;
      }),
  },
  {
    id: 'refunds.create/to-the-last-digit',
    title: 'amounts that a float misses, in currencies of each number of digits, go back and are told to the last digit',
    operations: [...create, 'refunds.create'],
    fields: confirm,
    levers: witnessed,
    prove: (scene) =>
      eachTried(scene, async (tried) => {
        const paid = await paidOf(scene, tried);
        if (paid === null) return false;
        const { amount } = tried;
        const made = await scene.payments.refunds.create(paid, scene.hasField('refunds.create', 'amount') ? { amount } : {});
        equal(made.amount, amount, 'the amount of the refund is the one that was given');
        if (scene.payments.operations.includes('refunds.retrieve')) equal((await scene.payments.refunds.retrieve(made)).amount, amount, 'it is read as it was given');
        equal((await refundsOf(scene, paid)).map((refund) => refund.amount), [amount.minorUnits], 'the books have it');
        return true;
      }),
  },
  {
    id: 'paymentIntents.create/unconfirmed',
    title: 'without confirm nothing is taken or held, even with a payment method; where that cannot be, it is refused with nothing sent',
    operations: create,
    fields: confirm,
    when: ({ harness }) => harness.adapter.operations['paymentIntents.create']?.requires?.some((field) => field === 'confirm') !== true,
    levers: witnessed,
    prove: async (scene) => {
      const methods = scene.hasField('paymentIntents.create', 'captureMethod') ? scene.payments.limits.captureMethods.value : [undefined];
      for (const captureMethod of methods)
        for (const unconfirmed of [{}, { confirm: false }]) {
          const given = { ...scene.payBy('succeeds', 100), ...unconfirmed, ...(captureMethod && { captureMethod }), ...(scene.hasField('paymentIntents.create', 'returnUrl') && { returnUrl: 'https://shop.example/return' }) };
          const made = await scene.payments.paymentIntents.create(given).catch(async (thrown: unknown) => {
            await fails(() => Promise.reject(thrown), { code: ['invalid_request', 'unsupported'], outcome: ['not_sent'] }, 'a creation without confirm');
            return null;
          });
          const books = (await scene.stage.ledger?.()) ?? [];
          holds(books.every(({ authorized, captured, confirmations }) => authorized === 0 && captured === 0 && confirmations === 0), 'the books say that nothing is taken or held', books);
          if (made === null) continue;
          holds(made.status.startsWith('requires_') && made.status !== 'requires_capture', 'the payment waits', made.status);
          await tellsMoney(scene, made, 0, 0);
        }
    },
  },
  {
    id: 'paymentIntents.create/nothing-received-yet',
    title: 'nothing is told as received before it is: of money that is held, under way, declined, or waits for the customer',
    operations: create,
    fields: confirm,
    levers: witnessed,
    prove: async (scene) => {
      if (scene.hasField('paymentIntents.create', 'captureMethod')) await tellsMoney(scene, await authorise(scene, 100), 0, 100);
      for (const method of ['three_d_secure', 'processing_succeeds', 'card_declined'] as const) {
        if (scene.stage.paymentMethods[method] === undefined) continue;
        const intent = await pay(scene, method, 100).catch((error: unknown) => {
          if (PaymentError.is(error) && error.code === 'payment_declined') return null;
          throw error;
        });
        if (intent !== null && intent.status !== 'succeeded') await tellsMoney(scene, intent, 0, 0);
      }
      equal(await scene.captured(), 0, 'the books say so');
    },
  },
  {
    id: 'paymentIntents.capture/what-is-left',
    title: 'after a capture no more is told as what can be captured than the books still hold',
    operations: [...create, 'paymentIntents.capture'],
    fields: manual,
    levers: [...witnessed],
    prove: async (scene) => {
      for (const part of scene.hasField('paymentIntents.capture', 'amount') ? [60, 100] : [100]) {
        const taken = await scene.payments.paymentIntents.capture(await authorise(scene, 100), part === 100 ? {} : { amount: scene.amount(part) });
        if (taken.status === 'processing') await scene.stage.advance?.(aWhile);
        const intent = taken.status === 'processing' && scene.payments.operations.includes('paymentIntents.retrieve') ? await now(scene, taken) : taken;
        const { authorized, captured, released } = await scene.entry(taken.id);
        oneOf(captured * 100, [authorized * part], 'the books have the part');
        await tellsMoney(scene, intent, part, ((authorized - captured - released) * 100) / authorized);
      }
    },
  },
  {
    id: 'paymentIntents.cancel/what-is-left',
    title: 'of a payment that is canceled nothing is told as received, or as what can be captured',
    operations: [...create, 'paymentIntents.cancel'],
    fields: manual,
    levers: witnessed,
    prove: async (scene) => {
      const canceled = await scene.payments.paymentIntents.cancel(await authorise(scene, 100));
      if (canceled.status === 'canceled') await tellsMoney(scene, canceled, 0, 0);
    },
  },
];
