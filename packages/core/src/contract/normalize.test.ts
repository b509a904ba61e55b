import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureAdvices, failureReasons } from '../index.js';
import { readingOf } from '../testing/acme.js';
import { snapshot } from '../testing/client.js';
import { rescale } from './amounts.js';
import type { Limits } from './limits.js';
import { normalize } from './normalize.js';
import { noFailure } from './readings.js';
import { redactFailure, redactText } from './redact.js';
import { isMalformedWire } from './wire.js';
import { acmeLimits } from '../testing/acme.js';

const limitsWith = (byCurrency: Limits['amounts']['value']['byCurrency']): Limits => ({
  ...acmeLimits,
  amounts: { ...acmeLimits.amounts, value: { every: {}, ...(byCurrency && { byCurrency }) } },
});
const amountOf = (amount: number, currency: string, scale: number | null, limits = limitsWith({ ISK: { wireExponent: 2 } })) => {
  try {
    return normalize('payment_intent', readingOf({ amount, currency, scale }), { account: 'shop', adapter: { provider: 'acme' }, limits }).amount;
  } catch (error) {
    return isMalformedWire(error) ? error.fields : error;
  }
};

describe('an amount on the wire', () => {
  it.each<readonly [number, string, number | null, unknown]>([
    [1000, 'jpy', null, { minorUnits: 1000, currency: 'JPY' }],
    [1000, 'EUR', null, { minorUnits: 1000, currency: 'EUR' }],
    [100_000, 'isk', null, { minorUnits: 1000, currency: 'ISK' }],
    [1000, 'isk', 0, { minorUnits: 1000, currency: 'ISK' }],
    [1000, 'eur', 3, { minorUnits: 100, currency: 'EUR' }],
    [12, 'eur', 0, { minorUnits: 1200, currency: 'EUR' }],
    [1000, 'kwd', 2, { minorUnits: 10_000, currency: 'KWD' }],
    [7, 'points', null, { minorUnits: 7, currency: 'POINTS' }],
    [7, 'points', 2, { minorUnits: 7, currency: 'POINTS' }],
  ])('%d %s with the scale %s is read exactly', (amount, currency, scale, expected) => {
    expect(amountOf(amount, currency, scale)).toEqual(expected);
  });

  it.each<readonly [string, number, string, number | null]>([
    ['a fraction of the unit', 1050, 'isk', null],
    ['a fraction by its scale', 1001, 'eur', 3],
    ['more than is exact', Number.MAX_SAFE_INTEGER, 'eur', 0],
    ['a scale beyond all numbers', 5, 'eur', 400],
    ['a scale that is no whole number', 5, 'eur', 0.5],
    ['a number that is none', Number.NaN, 'eur', null],
    ['a fraction', 10.5, 'eur', null],
    ['a debt', -5, 'eur', null],
  ])('is malformed, naming the amount, when it is %s', (_what, amount, currency, scale) => {
    expect(amountOf(amount, currency, scale)).toEqual(['amount']);
  });

  it('is converted there and back without a loss, or not at all', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat({ max: 6 }), fc.nat({ max: 6 }), (units, from, to) => {
        const there = rescale(units, from, to);
        const exact = BigInt(units) * 10n ** BigInt(to);
        const divisor = 10n ** BigInt(from);
        const representable = exact % divisor === 0n && exact / divisor <= BigInt(Number.MAX_SAFE_INTEGER);
        expect(there).toBe(representable ? Number(exact / divisor) : null);
      }),
    );
  });

  it('that is beside the essential one and cannot be read is null, not a lost payment', () => {
    const { amount, amountCapturable, amountReceived } = snapshot({ currency: 'isk', amount: 100_000, amountCapturable: 50, amountReceived: -1 });
    expect([amount.minorUnits, amountCapturable, amountReceived]).toEqual([1000, null, null]);
  });
});

describe('a reading', () => {
  it('with words that this version does not know keeps them as unknown', () => {
    const intent = snapshot({ status: 'on_the_moon', captureMethod: 'later', confirmationMethod: 'odd', setupFutureUsage: 'odd' });
    expect(intent).toMatchObject({ status: 'unknown', providerStatus: 'on_the_moon', captureMethod: 'unknown', confirmationMethod: 'unknown', setupFutureUsage: 'unknown' });
    expect(snapshot({ status: 'canceled', cancellationReason: 'odd' })).toMatchObject({ cancellationReason: 'unknown' });
    expect(snapshot({ status: 'requires_action', nextAction: { type: 'three_d_secure', flow: 'odd', data: {} } })).toMatchObject({ nextAction: { flow: 'unknown' } });
  });

  it('never turns a status that looks inherited into a known one', () => {
    expect(['toString', '__proto__', 'SUCCEEDED', 'paid', ''].map((status) => snapshot({ status }).status)).toEqual(Array(5).fill('unknown'));
  });

  it('of which nothing but the essentials is said has null for the rest, never zero or none', () => {
    const said = ['object', 'account', 'provider', 'id', 'ref', 'livemode', 'amount', 'status', 'raw'];
    expect(Object.entries(snapshot()).filter(([field, value]) => !said.includes(field) && value !== null)).toEqual([]);
  });

  it('has the fields of a next action and a cancellation only where its status has them', () => {
    const nextAction = { type: 'redirect', url: 'https://bank.example', returnUrl: null } as const;
    expect(snapshot({ status: 'succeeded', nextAction, canceledAt: 1 })).not.toHaveProperty('nextAction');
    expect(snapshot({ status: 'succeeded', nextAction, canceledAt: 1 })).not.toHaveProperty('canceledAt');
    expect(snapshot({ status: 'odd', nextAction })).toHaveProperty('nextAction.type', 'redirect');
  });

  it('reads times, and the expiry of an authorisation with its source', () => {
    const intent = snapshot({ createdAt: 1775797200, updatedAt: 'nonsense', authorizationExpiresAt: { at: '2026-04-17T05:00:00Z', source: 'expired_at' } });
    expect(intent).toMatchObject({ createdAt: '2026-04-10T05:00:00.000Z', updatedAt: null, authorizationExpiresAt: { at: '2026-04-17T05:00:00.000Z', source: 'expired_at' } });
    expect(snapshot({ authorizationExpiresAt: { at: 'nonsense', source: 'expired_at' } }).authorizationExpiresAt).toBeNull();
  });

  it('reports a reason that this version does not know as unknown, and no advice that it does not know', () => {
    const lastPaymentError = { ...noFailure, reason: 'reason_of_tomorrow', advice: 'advice_of_tomorrow' } as unknown as typeof noFailure;
    expect(snapshot({ lastPaymentError }).lastPaymentError).toMatchObject({ reason: 'unknown', advice: null });
    for (const reason of failureReasons) expect(snapshot({ lastPaymentError: { ...noFailure, reason } }).lastPaymentError?.reason).toBe(reason);
    for (const advice of failureAdvices) expect(snapshot({ lastPaymentError: { ...noFailure, advice } }).lastPaymentError?.advice).toBe(advice);
  });

  it('keeps a failure beside any status', () => {
    expect(snapshot({ status: 'canceled', lastPaymentError: { ...noFailure, reason: 'expired_card' } }).lastPaymentError?.reason).toBe('expired_card');
  });

  it('becomes frozen data', () => {
    expect(Object.isFrozen(snapshot({ paymentMethodTypes: ['card'] }))).toBe(true);
    expect(Object.isFrozen(snapshot({ paymentMethodTypes: ['card'] }).paymentMethodTypes)).toBe(true);
  });
});

describe('a provider’s sentence', () => {
  it.each([
    'Card 4242424242424242 was declined.',
    'Card 4242 4242 4242 4242 was declined.',
    'Card 4242-4242-4242-4242 was declined.',
    'Card 378282246310005 was declined.',
    'Key sk_test_abc123 may not.',
    'Key sk_live_abc-123 may not.',
    'Secret pi_1_secret_xyz is of another account.',
  ])('is scrubbed: %s', (sentence) => {
    expect(redactText(sentence)).not.toMatch(/4242|3782|abc|xyz/);
    expect(redactFailure({ ...noFailure, message: sentence }).message).toBe(redactText(sentence));
  });

  it('keeps what is no secret', () => {
    expect(redactText('Order 12345 of 2026-04-10 was declined (code 51).')).toBe('Order 12345 of 2026-04-10 was declined (code 51).');
  });
});
