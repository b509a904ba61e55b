import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from './time.js';

const lastOf9999 = Date.parse('9999-12-31T23:59:59.999Z');
const moment = fc.integer({ min: Date.parse('0001-01-01T00:00:00Z'), max: lastOf9999 });
const inOffset = (milliseconds: number, minutes: number, colon: boolean): string => {
  const local = new Date(milliseconds + minutes * 60_000).toISOString().slice(0, -1);
  const digits = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, '0'));
  return `${local}${minutes < 0 ? '-' : '+'}${digits.join(colon ? ':' : '')}`;
};

describe('readTime', () => {
  it('reads ISO 8601 with any offset as the same moment in UTC', () => {
    const recent = fc.integer({ min: Date.parse('1990-01-01T00:00:00Z'), max: Date.parse('2100-01-01T00:00:00Z') });
    fc.assert(
      fc.property(recent, fc.integer({ min: -14 * 60, max: 14 * 60 }), fc.boolean(), (milliseconds, minutes, colon) => {
        expect(readTime(inOffset(milliseconds, minutes, colon))).toBe(new Date(milliseconds).toISOString());
      }),
    );
  });

  it('reads its own writing back unchanged', () => {
    fc.assert(
      fc.property(moment, (milliseconds) => {
        const text = new Date(milliseconds).toISOString();
        expect(readTime(text)).toBe(text);
      }),
    );
  });

  it('reads Unix seconds, as a number or as digits', () => {
    const seconds = fc.integer({ min: 100_000_000, max: 99_999_999_999 });
    fc.assert(
      fc.property(seconds, (value) => {
        const expected = new Date(value * 1000).toISOString();
        expect([readTime(value), readTime(String(value))]).toEqual([expected, expected]);
      }),
    );
  });

  it.each([
    ['2026-04-10T05:00:00', '2026-04-10T05:00:00.000Z'],
    ['2026-04-10 05:00:00', '2026-04-10T05:00:00.000Z'],
    ['2026-04-10T05:00:00.123456', '2026-04-10T05:00:00.123Z'],
    ['2026-04-10T05:00Z', '2026-04-10T05:00:00.000Z'],
    ['2026-04-10t05:00:00z', '2026-04-10T05:00:00.000Z'],
    ['2026-04-10T14:00:00+09:00', '2026-04-10T05:00:00.000Z'],
    ['2026-04-10T14:00:00+0900', '2026-04-10T05:00:00.000Z'],
    [' 2026-04-10T05:00:00Z ', '2026-04-10T05:00:00.000Z'],
    [1775797200, '2026-04-10T05:00:00.000Z'],
    [1775797200.5, '2026-04-10T05:00:00.500Z'],
    [0, '1970-01-01T00:00:00.000Z'],
  ])('reads %j', (value, expected) => {
    expect(readTime(value)).toBe(expected);
  });

  it.each([
    null, undefined, '', ' ', 'yesterday', '2026', '2026-04-10', '2026-13-01T00:00:00Z', '2026-04-10T25:00:00Z', 'Fri, 10 Apr 2026 05:00:00 GMT', '12',
    '1775797200000', Number.NaN, Number.POSITIVE_INFINITY, 1e300, true, {}, [1775797200], new Date(0),
  ])('gives null for %j, as a time is never worth losing a payment for', (value) => {
    expect(readTime(value)).toBeNull();
  }); // prettier-ignore

  it('gives null for milliseconds in place of seconds, rather than a year beyond 9999', () => {
    expect([readTime(1_775_797_200_000), readTime(-1e12)]).toEqual([null, null]);
  });

  it('never throws, and gives only what sorts as text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.double()), (value) => {
        expect(readTime(value) ?? '2026-04-10T05:00:00.000Z').toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      }),
    );
  });
});
