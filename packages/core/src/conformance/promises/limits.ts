import { amountLimitsOf, currencyExponent, PaymentError, type Money, type OperationName } from '../../index.js';
import { equal, fails } from '../assertions.js';
import type { Promised } from '../promise.js';
import { filled } from '../samples.js';
import { pay, type Scene } from '../scene.js';

const refusesAmount = async (scene: Scene, amount: Money, promise: string): Promise<void> => {
  await fails(() => scene.payments.paymentIntents.create(filled(scene, 'paymentIntents.create', { amount })), { code: ['invalid_request', 'unsupported'], outcome: ['not_sent'] }, `${promise} (${amount.currency})`);
  equal(await scene.seen(), 0, 'nothing was sent');
};

/** One currency with currencies of no, two and three decimal digits beside it, where a provider takes all. */
const eachKind = ['JPY', 'EUR', 'KWD'];

/** The currencies that the adapter speaks of, and the stage's own. */
export const testedCurrencies = (scene: Scene): readonly string[] => {
  const { currencies, amounts } = scene.payments.limits;
  const taken = currencies.value === 'all' ? eachKind : currencies.value;
  const special = Object.keys(amounts.value.byCurrency ?? {}).filter((currency) => currencies.value === 'all' || taken.includes(currency));
  return [...new Set([scene.stage.currency, ...taken, ...special])];
};

/** An amount at a bound. */
export interface Bound {
  readonly amount: Money;
  /** The same in the units that the provider counts. */
  readonly units: number;
  readonly isDeclared: boolean;
}

/** An amount as the provider counts it; `null` where it cannot be said so, or the limits forbid it. */
export const wireUnitsOf = (scene: Scene, { minorUnits, currency }: Money): number | null => {
  const { wireExponent, multipleOf = 1, minimum = 1, maximum = Number.MAX_SAFE_INTEGER } = amountLimitsOf(scene.payments.limits, currency);
  const digits = currencyExponent(currency) ?? 0;
  const more = (wireExponent ?? digits) - digits;
  const units = more < 0 ? minorUnits / 10 ** -more : minorUnits * 10 ** more;
  return Number.isInteger(units) && units % multipleOf === 0 && units >= minimum && units <= maximum ? units : null;
};

/** The smallest and the largest amount of a currency, as money that can be said in both units. */
export const amountBounds = (scene: Scene, currency: string): { readonly smallest: Bound; readonly largest: Bound } => {
  const rule = amountLimitsOf(scene.payments.limits, currency);
  const digits = currencyExponent(currency) ?? 0;
  const perMinorUnit = 10 ** Math.max(0, (rule.wireExponent ?? digits) - digits);
  const perWireUnit = 10 ** Math.max(0, digits - (rule.wireExponent ?? digits));
  const step = Math.max(rule.multipleOf ?? 1, perMinorUnit);
  const bound = (units: number, isDeclared: boolean): Bound => ({ units, isDeclared, amount: { minorUnits: (units / perMinorUnit) * perWireUnit, currency } });
  return {
    smallest: bound(Math.ceil((rule.minimum ?? 1) / step) * step, rule.minimum !== undefined),
    largest: bound(Math.floor((rule.maximum ?? 1_000_000) / step) * step, rule.maximum !== undefined),
  };
};

const create: readonly OperationName[] = ['paymentIntents.create'];

export const limitPromises: readonly Promised[] = [
  {
    id: 'limits/below-minimum',
    title: 'an amount below the minimum of its currency is refused with nothing sent',
    operations: create,
    levers: ['requests'],
    prove: async (scene) => {
      for (const currency of testedCurrencies(scene)) {
        const { amount } = amountBounds(scene, currency).smallest;
        await refusesAmount(scene, { ...amount, minorUnits: amount.minorUnits - 1 }, 'an amount below the minimum');
      }
    },
  },
  {
    id: 'limits/above-maximum',
    title: 'an amount above the maximum of its currency is refused with nothing sent',
    operations: create,
    when: ({ harness }) => harness.adapter.limits.amounts.value.every.maximum !== undefined,
    levers: ['requests'],
    prove: async (scene) => {
      for (const currency of testedCurrencies(scene)) {
        const { amount } = amountBounds(scene, currency).largest;
        await refusesAmount(scene, { ...amount, minorUnits: amount.minorUnits + 1 }, 'an amount above the maximum');
      }
    },
  },
  {
    id: 'limits/at-the-bounds',
    title: 'the smallest and the largest amount of each currency are taken as they are',
    operations: create,
    fields: ['paymentIntents.create.confirm'],
    levers: ['succeeds', 'ledger'],
    prove: async (scene) => {
      for (const currency of testedCurrencies(scene))
        for (const { amount, units, isDeclared } of Object.values(amountBounds(scene, currency))) {
          const intent = await pay(scene, 'succeeds', 100, { amount }).catch((error: unknown) => {
            // A bound that the provider has, but does not publish for this currency, may be its own refusal.
            if (PaymentError.is(error) && error.outcome === 'rejected' && !isDeclared) return null;
            throw error;
          });
          if (intent === null) continue;
          equal(intent.amount, amount, 'the amount is the one that was given');
          const { authorized, captured } = await scene.entry(intent.id);
          equal([authorized, captured], [amount.minorUnits, amount.minorUnits], `${units} of the provider's units are taken`);
        }
    },
  },
  {
    id: 'limits/currency',
    title: 'a currency that the provider does not take is refused with nothing sent',
    operations: create,
    when: ({ harness }) => harness.adapter.limits.currencies.value !== 'all',
    levers: ['requests'],
    prove: async (scene) => {
      const taken = scene.payments.limits.currencies.value;
      const currency = ['JPY', 'EUR', 'USD', 'KWD', 'XPF'].find((code) => taken !== 'all' && !taken.includes(code)) ?? 'XPF';
      await refusesAmount(scene, { minorUnits: 10_000, currency }, 'a currency that is not taken');
    },
  },
];
