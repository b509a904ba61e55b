import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOff, retryAfterSeconds } from './back-off.js';

const now = Date.parse('2026-04-10T05:00:00Z');

describe('Retry-After', () => {
  it.each<readonly [string | null, number | null]>([
    ['3', 3],
    ['0', 0],
    ['1.5', 1.5],
    ['1.25', 1.25],
    [' 7 ', 7],
    ['Fri, 10 Apr 2026 05:00:30 GMT', 30],
    ['Fri, 10 Apr 2026 04:59:30 GMT', 0],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%j means %s seconds', (value, seconds) => {
    expect(retryAfterSeconds(value, now)).toBe(seconds);
  });

  it('never asks for less than nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(retryAfterSeconds(text, now) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the pause before a repetition', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('is a random part of a limit that doubles from half a second to eight', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), random, (next, fraction) => {
        const pause = backOff(next, fraction, null);
        expect(pause).toBeGreaterThanOrEqual(0);
        expect(pause).toBeLessThanOrEqual(Math.min(8_000, 500 * 2 ** (next - 2)));
      }),
    );
    expect([2, 3, 4, 5, 6, 7].map((next) => backOff(next, 0.5, null))).toEqual([250, 500, 1000, 2000, 4000, 4000]);
  });

  it('is never shorter than the provider asked for', () => {
    fc.assert(
      fc.property(random, fc.integer({ min: 0, max: 1000 }), (fraction, seconds) => {
        expect(backOff(2, fraction, seconds)).toBeGreaterThanOrEqual(seconds * 1000);
      }),
    );
  });
});
