import { currencyExponent, type Money } from '../model/money.js';
import { amountLimitsOf, type Limits } from './limits.js';

const power = (digits: number): number => Number(`1e${digits}`);

/**
 * Exact conversion between two numbers of decimal digits.
 * @returns `null` when it would need a fraction, or a number too large to be exact.
 */
export const rescale = (units: number, from: number, to: number): number | null => {
  if (to === from) return Number.isSafeInteger(units) ? units : null;
  const factor = power(Math.abs(to - from));
  if (!Number.isFinite(factor)) return null;
  const result = to >= from ? units * factor : units / factor;
  return Number.isSafeInteger(result) ? result : null;
};

/**
 * Reads the amounts of one object, whose currency is looked up once: `null` for an amount that cannot be represented exactly. The provider's own `scale` wins
 * over the limits; a currency unknown to ISO 4217 keeps the provider's units.
 */
export const moneyReader = ({ currency, scale }: { readonly currency: string; readonly scale: number | null }, limits: Limits) => {
  const code = currency.toUpperCase();
  const exponent = currencyExponent(code);
  const wireExponent = scale ?? amountLimitsOf(limits, code).wireExponent ?? exponent;
  return (units: number | null): Money | null => {
    if (units === null) return null;
    const minorUnits = exponent === null || wireExponent === null ? units : rescale(units, wireExponent, exponent);
    if (minorUnits === null || !Number.isSafeInteger(minorUnits) || minorUnits < 0) return null;
    return Object.freeze({ minorUnits, currency: code });
  };
};
