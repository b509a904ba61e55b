import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, unitsOf } from '../adapter.js';

const units = fc.maxSafeNat();
const scale = fc.integer({ min: 0, max: 20 });

describe('units as decimal text', () => {
  it.each([
    [1234, 2, '12.34'],
    [5, 2, '0.05'],
    [0, 2, '0.00'],
    [1500, 0, '1500'],
    [29, 2, '0.29'],
    [1, 3, '0.001'],
    [9007199254740991, 2, '90071992547409.91'],
  ])('are: %i of scale %i, %s', (count, digits, text) => {
    expect(decimalText({ units: count, scale: digits })).toBe(text);
    expect(unitsOf(text, digits)).toBe(count);
  });

  it('are read back as they were, whatever they are', () => {
    fc.assert(
      fc.property(units, scale, (count, digits) => {
        expect(unitsOf(decimalText({ units: count, scale: digits }), digits)).toBe(count);
      }),
    );
  });

  it('have exactly their digits, and mean the same at any larger scale', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }), (count, digits, more) => {
        const text = decimalText({ units: count, scale: digits });
        expect(text.split('.')[1]?.length ?? 0).toBe(digits);
        expect(unitsOf(text, digits + more)).toBe(count * 10 ** more);
      }),
    );
  });

  it.each([
    [-1, 2],
    [0.5, 2],
    [Number.NaN, 2],
    [2 ** 53, 2],
    [1, -1],
    [1, 0.5],
  ])('are refused: %d of scale %d', (count, digits) => {
    expect(() => decimalText({ units: count, scale: digits })).toThrow(RangeError);
  });
});

describe('decimal text as units', () => {
  it.each([
    ['12', 2, 1200],
    ['12.3', 2, 1230],
    ['12.3400', 2, 1234],
    ['0012.34', 2, 1234],
    ['1500.00', 0, 1500],
  ])('is read though it has fewer digits, or zeros more: %s', (text, digits, count) => {
    expect(unitsOf(text, digits)).toBe(count);
  });

  it.each([
    ['12.345', 2],
    ['12.5', 0],
    ['-1', 2],
    ['+1', 2],
    ['1e3', 2],
    ['1,000.00', 2],
    ['.5', 2],
    ['5.', 2],
    ['', 2],
    [' 1', 2],
    ['1\n', 2],
    ['0x10', 2],
    ['١٢', 2],
    ['90071992547409.92', 2],
    ['1', -1],
  ])('is nothing where it is not exact: %j at a scale of %d', (text, digits) => {
    expect(unitsOf(text, digits)).toBeNull();
  });

  it('is never anything but a whole number that writes the same amount, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,18}(\.\d{0,6})?$/)), scale, (text, digits) => {
        const count = unitsOf(text, digits);
        if (count === null) return;
        expect(Number.isSafeInteger(count)).toBe(true);
        const trimmed = (value: string): string => value.replace(/^0+(?=\d)/, '').replace(/\.0*$|(\.\d*?)0+$/, '$1');
        expect(trimmed(decimalText({ units: count, scale: digits }))).toBe(trimmed(text));
      }),
    );
  });
});
