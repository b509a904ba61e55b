import { currencyExponents } from './currencies.js';

/**
 * An exact amount of money. Plain, frozen data: `{ minorUnits: 1000, currency: 'JPY' }` is ¥1000, `{ minorUnits: 1000, currency: 'EUR' }` is €10.00.
 * Make one with `money` or `parseMoney`.
 */
export interface Money {
  /** A whole number of the currency's ISO 4217 minor units (cents, yen, fils). Never a fraction. */
  readonly minorUnits: number;
  /** The ISO 4217 code, upper case. */
  readonly currency: string;
}

/**
 * The number of decimal digits that ISO 4217 gives a currency: 0 for JPY, 2 for EUR, 3 for KWD.
 * @returns `null` for a code that is not an active currency with a minor unit.
 */
export const currencyExponent = (currency: string): number | null => currencyExponents.get(currency.toUpperCase()) ?? null;

/** The codes that `money` accepts, in alphabetical order. */
export const currencies = (): readonly string[] => [...currencyExponents.keys()].toSorted();

/**
 * The amount as an exact decimal string without a currency sign: `'12.34'`, `'1000'`. The opposite of `parseMoney`.
 * A currency unknown to ISO 4217 (possible only in what a provider sent) is written in minor units.
 */
export const formatMoney = (amount: Money): string => {
  const exponent = currencyExponent(amount.currency) ?? 0;
  if (exponent === 0) return String(amount.minorUnits);
  const digits = String(amount.minorUnits).padStart(exponent + 1, '0');
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
};

/** Whether two amounts are the same number of the same currency. */
export const sameMoney = (left: Money, right: Money): boolean => left.minorUnits === right.minorUnits && left.currency === right.currency;
