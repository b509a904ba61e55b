import type { Problem } from '../model/payment-error.js';
import { currencyExponent, formatMoney, type Money } from '../model/money.js';
import { attemptKey, referenceKey, type MetadataChange, type MetadataValue } from '../model/metadata.js';
import { amountLimitsOf, type Limits, type MetadataLimits } from '../contract/limits.js';
import { rescale } from '../contract/amounts.js';
import type { OperationName } from '../operations/index.js';

/** What is wrong with an input by a provider's limits: values that it lacks altogether, and values beyond its bounds. */
export interface LimitProblems {
  readonly unsupported: readonly Problem[];
  readonly invalid: readonly Problem[];
}

/** The number of decimal digits of the unit in which a provider counts a currency. */
export const wireExponentOf = (limits: Limits, currency: string): number => amountLimitsOf(limits, currency).wireExponent ?? currencyExponent(currency) ?? 0;

/** An amount in the provider's units; `null` when it cannot be said exactly. */
export const wireUnits = (limits: Limits, { minorUnits, currency }: Money): number | null =>
  rescale(minorUnits, currencyExponent(currency) ?? 0, wireExponentOf(limits, currency));

const inMoney = (limits: Limits, units: number, currency: string): string => {
  const minorUnits = rescale(units, wireExponentOf(limits, currency), currencyExponent(currency) ?? 0);
  return minorUnits === null ? `${units} of the provider's units` : `${formatMoney({ minorUnits, currency })} ${currency}`;
};

const currencyProblems = ({ currencies }: Limits, field: string, currency: string): readonly Problem[] =>
  currencies.value === 'all' || currencies.value.includes(currency)
    ? []
    : [
        {
          field,
          problem: `is ${currency}, which this provider does not take`,
          remedy: `It takes ${currencies.value.join(', ')}.`,
        },
      ];

const amountProblems = (limits: Limits, operation: OperationName, amount: Money): readonly Problem[] => {
  const { minimum = 1, maximum, multipleOf = 1 } = amountLimitsOf(limits, amount.currency);
  // A part may be smaller than a whole payment.
  const smallest = operation === 'paymentIntents.capture' ? (limits.captureMinimum.value ?? 1) : operation === 'refunds.create' ? 1 : minimum;
  const units = wireUnits(limits, amount);
  const say = (problem: string, remedy: string): readonly Problem[] => [{ field: 'amount', problem, remedy }];
  if (units === null) return say('cannot be said exactly in the units that the provider counts', 'Give an amount without a fraction of them.');
  if (units < smallest) return say(`is below the provider's minimum of ${inMoney(limits, smallest, amount.currency)}`, 'Give a larger amount.');
  if (maximum !== undefined && units > maximum) return say(`is above the provider's maximum of ${inMoney(limits, maximum, amount.currency)}`, 'Give a smaller amount.');
  if (units % multipleOf !== 0) return say(`is not a multiple of ${inMoney(limits, multipleOf, amount.currency)}`, 'Round it, by your own rule.');
  return [];
};

const inWords: { readonly [T in MetadataLimits['valueTypes'][number]]: string } = { string: 'text', integer: 'a whole number', boolean: 'true or false' };
const typeOf = (value: MetadataValue): keyof typeof inWords => (typeof value === 'number' ? 'integer' : typeof value === 'boolean' ? 'boolean' : 'string');

const metadataProblems = (limits: MetadataLimits, metadata: MetadataChange, ownKeys: number): LimitProblems => {
  const entries = Object.entries(metadata);
  const problem = (key: string, says: string, remedy: string): Problem => ({ field: `metadata.${key}`, problem: says, remedy });
  const { maximumKeys, maximumKeyLength, maximumValueLength, valueTypes } = limits;
  const kept = entries.flatMap(([key, value]) => (value === null ? [] : [[key, typeOf(value)] as const]));
  return {
    unsupported: kept
      .filter(([, type]) => !valueTypes.includes(type))
      .map(([key, type]) => problem(key, `is ${inWords[type]}, which this provider does not keep as it is`, type === 'string' ? 'Leave it out.' : 'Write it as text.')),
    invalid: [
      ...(maximumKeys !== null && kept.length + ownKeys > maximumKeys
        ? [{ field: 'metadata', problem: `has too many keys: the provider keeps ${maximumKeys}${ownKeys > 0 ? `, of which the reference takes ${ownKeys}` : ''}`, remedy: 'Give fewer.' }]
        : []),
      ...entries.flatMap(([key, value]) => [
        ...(key === referenceKey || key === attemptKey ? [problem(key, 'is reserved for the reference', 'Give it as the call option `reference`.')] : []),
        ...(value === '' ? [problem(key, 'is an empty text, which deletes the key at the provider', 'Leave it out, or give null in an update.')] : []),
        ...(maximumKeyLength !== null && key.length > maximumKeyLength ? [problem(key, `is a key longer than ${maximumKeyLength} characters`, 'Shorten it.')] : []),
        ...(maximumValueLength !== null && String(value).length > maximumValueLength
          ? [problem(key, `is longer than ${maximumValueLength} characters`, 'Shorten it.')]
          : []),
      ]),
    ],
  };
};

/** The part of an input that limits speak about. */
export interface Limited {
  readonly amount?: Money;
  readonly currency?: string;
  readonly captureMethod?: string;
  readonly reason?: string;
  readonly metadata?: MetadataChange;
  readonly limit?: number;
}

const notOffered = (field: string, value: string | undefined, offered: readonly string[]): readonly Problem[] =>
  value === undefined || offered.includes(value)
    ? []
    : [{ field, problem: 'has a value that this provider does not take', remedy: offered.length === 0 ? 'Leave it out.' : `It takes ${offered.join(', ')}.` }];

const reasonsOf = ({ cancellationReasons, setupCancellationReasons, refundReasons }: Limits, operation: OperationName): readonly string[] =>
  (operation === 'refunds.create' ? refundReasons : operation === 'setupIntents.cancel' ? setupCancellationReasons : cancellationReasons).value;

/** Holds an input against a provider's limits. `ownKeys` is how many metadata keys the reference takes. */
export const limitProblems = (limits: Limits, operation: OperationName, input: Limited, ownKeys: number): LimitProblems => {
  const { amount, captureMethod, reason, metadata, limit } = input;
  const currency = amount === undefined ? [] : currencyProblems(limits, 'amount.currency', amount.currency);
  const metadataLimits = limits.metadata.value;
  const ofMetadata = metadata === undefined || metadataLimits === null ? { unsupported: [], invalid: [] } : metadataProblems(metadataLimits, metadata, ownKeys);
  const largest = limits.pageSize.value;
  return {
    unsupported: [
      ...currency,
      ...(input.currency === undefined ? [] : currencyProblems(limits, 'currency', input.currency)),
      ...notOffered('captureMethod', captureMethod, limits.captureMethods.value),
      ...notOffered('reason', reason, reasonsOf(limits, operation)),
      ...ofMetadata.unsupported,
    ],
    invalid: [
      ...(amount === undefined || currency.length > 0 ? [] : amountProblems(limits, operation, amount)),
      ...ofMetadata.invalid,
      ...(limit !== undefined && largest !== null && limit > largest
        ? [{ field: 'limit', problem: `is above the provider's largest page of ${largest}`, remedy: 'Give a smaller one, or use iterate().' }]
        : []),
    ],
  };
};
