import { rescale } from '../../contract/amounts.js';
import { amountLimitsOf, type Limits } from '../../contract/limits.js';
import { currencyExponent, formatMoney } from '../../model/money.js';
import { gapOf, type MigrationGap, type PlanInput } from './gap.js';
import { currenciesOf, useOfCurrency, useOfField, type MigrationUsage, type Use } from './usage.js';

const takes = ({ currencies }: Limits, code: string): boolean => currencies.value === 'all' || currencies.value.includes(code);

/** One provider's bounds in minor units; `null` where it has none. */
interface Bounds {
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly multipleOf: number;
}

const minorUnitBounds = (limits: Limits, code: string): Bounds => {
  const { wireExponent, minimum, maximum, multipleOf = 1 } = amountLimitsOf(limits, code);
  const exponent = currencyExponent(code) ?? 0;
  const inMinorUnits = (units: number | undefined): number | null => (units === undefined ? null : rescale(units, wireExponent ?? exponent, exponent));
  // Where the provider counts in smaller units than the currency has, every amount can be said.
  return { minimum: inMinorUnits(minimum), maximum: inMinorUnits(maximum), multipleOf: inMinorUnits(multipleOf) ?? 1 };
};

/** Stands for every currency that is named nowhere. */
const anyOther = 'every';

const comparedCurrencies = ({ from, to, usage }: PlanInput): readonly string[] => {
  const named = [from, to].flatMap(({ limits: { currencies, amounts } }) => [
    ...(currencies.value === 'all' ? [] : currencies.value),
    ...Object.keys(amounts.value.byCurrency ?? {}),
  ]);
  const both = [...new Set([...named, ...currenciesOf(usage)])].filter((code) => takes(from.limits, code) && takes(to.limits, code)).toSorted();
  return from.limits.currencies.value === 'all' && to.limits.currencies.value === 'all' ? [...both, anyOther] : both;
};

/** What speaks for an amount that lies beyond a bound. Of the amounts that were seen only the extremes are known. */
const useBeyond = (usage: MigrationUsage, code: string, beyond: (extreme: { readonly smallest?: number; readonly largest?: number; readonly multipleOf?: number }) => boolean): Use => {
  const declared = Object.hasOwn(usage.amounts ?? {}, code) ? usage.amounts?.[code] : undefined;
  const seen = Object.hasOwn(usage.observed?.currencies ?? {}, code) ? usage.observed?.currencies[code] : undefined;
  return { observed: usage.observed === undefined ? null : seen !== undefined && beyond(seen) ? 1 : 0, declared: declared !== undefined && beyond(declared) };
};

const written = (units: number, code: string): string => (code === anyOther ? `${units} minor units` : `${formatMoney({ minorUnits: units, currency: code })} ${code}`);

const boundGaps = ({ from, to, usage }: PlanInput, code: string): readonly MigrationGap[] => {
  const [before, after] = [minorUnitBounds(from.limits, code), minorUnitBounds(to.limits, code)];
  const { minimum, maximum, multipleOf } = after;
  const about = (bound: keyof Bounds) => ({
    id: `limits/amounts/${code}/${bound}`,
    subject: code === anyOther ? 'amounts in any other currency' : `amounts in ${code}`,
    worst: 'blocks' as const,
    from: { ...from.limits.amounts, value: before[bound] },
    to: { ...to.limits.amounts, value: after[bound] },
  });
  const remedy = 'Keep such payments at the old provider, or do not take them.';
  const gaps: MigrationGap[] = [];
  if (minimum !== null && minimum > (before.minimum ?? 1)) {
    const use = useBeyond(usage, code, ({ smallest }) => smallest !== undefined && smallest < minimum);
    gaps.push(gapOf({ ...about('minimum'), use, what: `The new provider takes nothing below ${written(minimum, code)}.`, remedy }));
  }
  if (maximum !== null && maximum < (before.maximum ?? Infinity)) {
    const use = useBeyond(usage, code, ({ largest }) => largest !== undefined && largest > maximum);
    gaps.push(gapOf({ ...about('maximum'), use, what: `The new provider takes nothing above ${written(maximum, code)}.`, remedy }));
  }
  if (before.multipleOf % multipleOf !== 0) {
    const use = useBeyond(usage, code, (extreme) => [extreme.smallest, extreme.largest, extreme.multipleOf].some((units) => units !== undefined && units % multipleOf !== 0));
    gaps.push(gapOf({ ...about('multipleOf'), use, what: `The new provider takes only multiples of ${written(multipleOf, code)}.`, remedy: 'Round, by your own rule.' }));
  }
  return gaps;
};

const currencyGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  const [before, after] = [from.limits.currencies, to.limits.currencies];
  if (after.value === 'all') return [];
  const [old, fresh] = [before.value, after.value];
  const lost = old === 'all' ? null : old.filter((code) => !fresh.includes(code));
  const none = old !== 'all' && lost !== null && lost.length > 0 && lost.length === old.length;
  const used = currenciesOf(usage).filter((code) => !fresh.includes(code));
  const uses = used.map((code) => useOfCurrency(usage, code));
  const general: MigrationGap = {
    id: 'limits/currencies',
    // A payment always has a currency, so this needs no use.
    severity: none ? 'blocks' : 'differs',
    subject: 'currencies',
    what: none
      ? `The two providers have no currency in common: the old one takes ${old.join(', ')}, the new one ${fresh.join(', ')}.`
      : lost === null
        ? `The new provider takes only ${fresh.join(', ')}.`
        : `The new provider does not take ${lost.join(', ')}.`,
    evidence: {
      observed: usage.observed === undefined ? null : uses.reduce((sum, { observed }) => sum + (observed ?? 0), 0),
      declared: uses.some(({ declared }) => declared),
      from: before,
      to: after,
    },
    remedy: none ? 'Take payments in a currency of the new provider, or choose another provider: nothing can be moved as it is.' : 'Keep payments in other currencies at the old provider.',
  };
  return [
    ...(lost?.length === 0 ? [] : [general]),
    ...used.map((code) =>
      gapOf({
        id: `limits/currencies/${code}`,
        subject: `currency ${code}`,
        worst: 'blocks',
        use: useOfCurrency(usage, code),
        from: { ...before, value: takes(from.limits, code) },
        to: { ...after, value: false },
        what: `The new provider does not take ${code}.`,
        remedy: `Keep payments in ${code} at the old provider.`,
      }),
    ),
  ];
};

const captureMinimumGaps = ({ from, to, usage }: PlanInput): readonly MigrationGap[] => {
  const [before, after] = [from.limits.captureMinimum, to.limits.captureMinimum];
  return after.value === null || after.value <= (before.value ?? 1)
    ? []
    : [
        gapOf({
          id: 'limits/captureMinimum',
          subject: 'paymentIntents.capture.amount',
          worst: 'degrades',
          use: useOfField(usage, 'paymentIntents.capture', 'amount'),
          from: before,
          to: after,
          what: `The new provider captures no part below ${after.value} of its units.`,
          remedy: 'Capture at least that, or cancel.',
        }),
      ];
};

/** Which money the new provider takes. */
export const amountGaps = (input: PlanInput): readonly MigrationGap[] => [
  ...currencyGaps(input),
  ...comparedCurrencies(input).flatMap((code) => boundGaps(input, code)),
  ...captureMinimumGaps(input),
];
