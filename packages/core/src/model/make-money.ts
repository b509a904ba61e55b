import { currencyExponent, type Money } from './money.js';
import { invalidInput } from './payment-error.js';

const knownExponent = (currency: unknown): number => {
  const exponent = typeof currency === 'string' ? currencyExponent(currency) : null;
  if (exponent === null)
    throw invalidInput('currency', 'is not an active ISO 4217 currency with a minor unit', "Use a three-letter code such as 'JPY' or 'EUR'.");
  return exponent;
};

/**
 * Money from a whole number of minor units: `money(1000, 'JPY')` is ¥1000, `money(1000, 'EUR')` is €10.00.
 * @throws PaymentError `invalid_request` when the number is not a safe whole number that is at least 0, or the currency is not an active ISO 4217 code. Nothing is sent.
 */
export const money = (minorUnits: number, currency: string): Money => {
  knownExponent(currency);
  if (!Number.isSafeInteger(minorUnits) || minorUnits < 0)
    throw invalidInput(
      'minorUnits',
      'is not a whole number between 0 and 9007199254740991',
      "Give minor units (1234 for 12.34 EUR), or use parseMoney('12.34', 'EUR').",
    );
  return Object.freeze({ minorUnits: minorUnits === 0 ? 0 : minorUnits, currency: currency.toUpperCase() });
};

const decimal = /^(\d+)(?:\.(\d+))?$/;

/**
 * Money from a decimal string, exactly: `parseMoney('12.34', 'EUR')` is 1234 cents, `parseMoney('1000', 'JPY')` is ¥1000.
 * Digits beyond the currency's own are accepted only when they are zero (`'12.340'` in EUR); nothing is ever rounded.
 * @throws PaymentError `invalid_request` when the text is not a plain decimal number or does not fit the currency. Nothing is sent.
 */
export const parseMoney = (text: string, currency: string): Money => {
  const exponent = knownExponent(currency);
  const [, whole, fraction = ''] = (typeof text === 'string' ? decimal.exec(text) : null) ?? [];
  if (whole === undefined) throw invalidInput('text', 'is not a plain decimal number', "Write digits with an optional point, such as '12.34'.");
  if (/[1-9]/.test(fraction.slice(exponent)))
    throw invalidInput('text', `has more decimal digits than ${currency.toUpperCase()} has (${exponent})`, 'Round it first, by your own rule.');
  return money(Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0')), currency);
};
