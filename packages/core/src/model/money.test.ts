import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../testing/client.js';
import { money, parseMoney } from './make-money.js';
import { currencies, currencyExponent, formatMoney, sameMoney } from './money.js';

/**
 * ICU follows what is in circulation (CLDR), ISO 4217 what is accounted. For these the two differ, in this or in another version of ICU, because the
 * minor unit exists on paper only: ISO 4217 gives them 2 (IQD 3), ICU none.
 */
const circulatesWithoutMinorUnit: Readonly<Record<string, number>> = {
  AFN: 2, ALL: 2, COP: 2, HUF: 2, IDR: 2, IQD: 3, IRR: 2, KPW: 2, LAK: 2, LBP: 2, MGA: 2, MMK: 2, PKR: 2, RSD: 2, SOS: 2, SYP: 2, YER: 2,
}; // prettier-ignore

const exponentOfIcu = (code: string): number | undefined =>
  new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits;

const currency = fc.constantFrom(...currencies());
const minorUnits = fc.maxSafeNat();

describe('currencies', () => {
  it.each(currencies().map((code) => [code]))('%s has the exponent of ISO 4217, as ICU knows it but for the known exceptions', (code) => {
    const onPaper = circulatesWithoutMinorUnit[code];
    expect(currencyExponent(code)).toBe(onPaper ?? exponentOfIcu(code));
    expect(onPaper === undefined ? [currencyExponent(code)] : [onPaper, 0]).toContain(exponentOfIcu(code));
  });

  it('are all that ISO 4217 lists: 17 without decimals, 7 with three, 2 with four, the others with two', () => {
    const withExponent = (exponent: number) => currencies().filter((code) => currencyExponent(code) === exponent).length;
    expect([0, 3, 4].map(withExponent)).toEqual([17, 7, 2]);
    expect(currencies()).toEqual(expect.arrayContaining(['SLE', 'VED', 'VES', 'XCG', 'ZWG', 'STN', 'MRU', 'UYW', 'CHE', 'XAD']));
  });

  it.each(['HRK', 'SLL', 'ZWL', 'CUC', 'XAU', 'XDR', 'XXX', 'XTS', 'BTC', 'EURO', '', 'toString', '__proto__'])('%s is none', (code) => {
    expect(currencyExponent(code)).toBeNull();
    expect(thrownBy(() => money(1, code)).problems[0]?.field).toBe('currency');
  });

  it('are accepted in lower case and kept in upper case', () => {
    fc.assert(
      fc.property(minorUnits, currency, (units, code) => {
        expect(money(units, code.toLowerCase())).toEqual({ minorUnits: units, currency: code });
      }),
    );
  });
});

describe('money', () => {
  it('reads as the documentation says', () => {
    expect(formatMoney(money(1000, 'JPY'))).toBe('1000');
    expect(formatMoney(money(1000, 'EUR'))).toBe('10.00');
    expect(parseMoney('12.34', 'EUR').minorUnits).toBe(1234);
    expect(parseMoney('1.5', 'KWD').minorUnits).toBe(1500);
    expect(parseMoney('12.340', 'EUR').minorUnits).toBe(1234);
    expect(formatMoney({ minorUnits: 7, currency: 'POINTS' })).toBe('7');
  });

  it('that is written is read back as it was, in every currency', () => {
    fc.assert(
      fc.property(minorUnits, currency, (units, code) => {
        expect(parseMoney(formatMoney(money(units, code)), code)).toEqual(money(units, code));
      }),
    );
  });

  it.each([0.1, 10.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e21, 2 ** 53, '1000', 1000n, null, undefined, {}, [1000]])(
    'is never made of %s',
    (value) => {
      const error = thrownBy(() => money(value as number, 'EUR'));
      expect(error).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'minorUnits' }] });
    },
  );

  it('has no negative zero', () => {
    expect(Object.is(money(-0, 'EUR').minorUnits, 0)).toBe(true);
  });

  it.each(['', ' ', '-1', '+1', '1e3', '1,000', '1.', '.5', '0x10', 'NaN', '1 000', '12.34 ', '１２', '12.34\n', '1.2.3'])('is not parsed from %j', (text) => {
    expect(thrownBy(() => parseMoney(text, 'EUR')).problems[0]?.field).toBe('text');
  });

  it.each([
    ['12.345', 'EUR'],
    ['0.1', 'JPY'],
    ['1.2345', 'KWD'],
  ])('is never rounded: %s %s is refused', (text, code) => {
    expect(thrownBy(() => parseMoney(text, code)).message).toContain('more decimal digits');
  });

  it.each(['9007199254740992', '90071992547409920', '9'.repeat(400)])('is refused beyond what can be exact: %s', (text) => {
    expect(thrownBy(() => parseMoney(text, 'JPY')).code).toBe('invalid_request');
  });

  it('never shows the refused value', () => {
    expect(thrownBy(() => parseMoney('4242-secret', 'EUR')).message).not.toContain('4242');
  });

  it('is plain and frozen, and equal only in number and currency', () => {
    const amount = money(5, 'EUR');
    expect(Object.isFrozen(amount)).toBe(true);
    expect(JSON.parse(JSON.stringify(amount))).toEqual(amount);
    expect([sameMoney(amount, money(5, 'EUR')), sameMoney(amount, money(5, 'USD')), sameMoney(amount, money(6, 'EUR'))]).toEqual([true, false, false]);
  });
});
