import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalize } from '../contract/normalize.js';
import type { NextActionReading, PaymentIntentReading } from '../contract/readings.js';
import { acmeLimits, readingOf } from '../testing/acme.js';
import { snapshot, thrownBy } from '../testing/client.js';
import { paymentIntentStatuses, type PaymentIntent } from './payment-intent.js';
import { readStoredPaymentIntent, storePaymentIntent, type StoredSecret } from './stored.js';
import { toBrowser } from './to-browser.js';

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', ''));
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary);
const time = fc.oneof(fc.integer({ min: 0, max: 4e9 }), fc.constant('2026-04-10T05:00:00+09:00'));
const units = fc.nat({ max: 10_000 }).map((value) => value * 100);
const word = (...words: readonly string[]) => optional(fc.oneof(fc.constantFrom(...words), text));

/** What JSON can say: it has no negative zero. */
const anyJson = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

const nextAction: fc.Arbitrary<NextActionReading> = fc.oneof(
  fc.record({ type: fc.constant('redirect' as const), url: text, returnUrl: optional(text) }),
  fc.record({ type: fc.constant('provider_sdk' as const), data: anyJson }),
  fc.record({ type: fc.constant('three_d_secure' as const), flow: word('method', 'challenge', 'frictionless'), data: anyJson }),
  fc.record({ type: fc.constant('display' as const), kind: text, data: anyJson }),
  fc.record({ type: fc.constant('opaque' as const), providerType: optional(text), data: anyJson }),
);

const metadata = fc
  .uniqueArray(fc.tuple(text, fc.oneof(text, fc.integer(), fc.boolean())), { selector: ([key]) => key })
  .map((entries): unknown => JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`));

const reading = (status: string): fc.Arbitrary<PaymentIntentReading> =>
  fc
    .record({
      id: fc.string({ minLength: 1 }),
      amount: units,
      currency: fc.constantFrom('eur', 'JPY', 'isk', 'points', 'usdc'),
      amountCapturable: optional(units),
      amountReceived: optional(units),
      livemode: optional(fc.boolean()),
      captureMethod: word('automatic', 'manual'),
      confirmationMethod: word('automatic', 'manual'),
      clientSecret: optional(text),
      customer: optional(text),
      paymentMethodTypes: optional(fc.array(text)),
      description: optional(text),
      setupFutureUsage: word('on_session'),
      metadata: optional(metadata),
      createdAt: optional(time),
      updatedAt: optional(time),
      authorizationExpiresAt: optional(fc.record({ at: time, source: text })),
      nextAction: optional(nextAction),
      canceledAt: optional(time),
      cancellationReason: word('duplicate', 'abandoned'),
      lastPaymentError: optional(
        fc.record({
          reason: fc.constantFrom('card_declined' as const, 'unknown' as const),
          advice: optional(fc.constantFrom('retry_later' as const, 'authenticate' as const)),
          message: optional(text),
          providerCode: optional(text),
          declineCode: optional(text),
          networkDeclineCode: optional(text),
          networkAdviceCode: optional(text),
        }),
      ),
      raw: fc.jsonValue(),
    })
    .map((said) => readingOf({ ...said, status }));

const intents = (status: string): fc.Arbitrary<PaymentIntent> =>
  reading(status).map((said) => normalize('payment_intent', said, { account: 'shop-eu', adapter: { provider: 'acme' }, limits: acmeLimits }));

const everySecret: readonly StoredSecret[] = ['clientSecret', 'nextAction', 'raw'];
const throughJson = (intent: PaymentIntent, include: readonly StoredSecret[] = []): PaymentIntent =>
  readStoredPaymentIntent(JSON.parse(JSON.stringify(storePaymentIntent(intent, { include }))));

/** Everything about an intent, its secrets too, as plain data. */
const opened = (intent: PaymentIntent) => ({ ...(JSON.parse(JSON.stringify(intent)) as object), browser: toBrowser(intent), raw: JSON.stringify(intent.raw.reveal()) });

const intent = snapshot({ status: 'requires_action', clientSecret: 'hunted', nextAction: { type: 'redirect', url: 'https://hunted.example', returnUrl: null }, raw: { hunted: 1 } });

describe('an intent that is stored as JSON', () => {
  it.each([...paymentIntentStatuses, 'never_heard_of'])('comes back as it was when it is %s and its secrets are named', (status) => {
    fc.assert(
      fc.property(intents(status), (original) => {
        expect(opened(throughJson(original, everySecret))).toEqual(opened(original));
      }),
    );
  });

  it('leaves its secrets out unless they are named', () => {
    expect(JSON.stringify(storePaymentIntent(intent))).not.toContain('hunted');
    expect(opened(throughJson(intent))).toMatchObject({ browser: { clientSecret: null, nextAction: null }, raw: 'null' });
  });

  it.each<readonly [StoredSecret, object]>([
    ['clientSecret', { clientSecret: 'hunted', nextAction: null, raw: null }],
    ['nextAction', { clientSecret: null, nextAction: { type: 'redirect', url: 'https://hunted.example', returnUrl: null }, raw: null }],
    ['raw', { clientSecret: null, nextAction: null, raw: { hunted: 1 } }],
  ])('holds the %s alone when that is named', (secret, held) => {
    expect(storePaymentIntent(intent, { include: [secret] })).toMatchObject(held);
  });

  it('has the form of version 1', () => {
    expect(storePaymentIntent(snapshot({ status: 'succeeded', amount: 1234 }))).toMatchObject({ v: 1, object: 'payment_intent', ref: 'acme:pi_1', amount: { minorUnits: 1234, currency: 'EUR' } });
  });

  it('is read when a later version has added a field', () => {
    expect(readStoredPaymentIntent({ ...storePaymentIntent(intent), added: 'later' })).not.toHaveProperty('added');
  });

  it.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
    ['another version', { v: 2 }, 'v'],
    ['another object', { object: 'refund' }, 'object'],
    ['a status that is no word', { status: 7 }, 'status'],
    ['no status', { status: undefined }, 'status'],
    ['a fraction', { amount: { minorUnits: 1.5, currency: 'EUR' } }, 'amount.minorUnits'],
    ['a negative amount', { amountReceived: { minorUnits: -1, currency: 'EUR' } }, 'amountReceived.minorUnits'],
    ['a currency in lower case', { amount: { minorUnits: 1, currency: 'eur' } }, 'amount.currency'],
    ['a time without a zone', { createdAt: '2026-04-10T05:00:00' }, 'createdAt'],
    ['nested metadata', { metadata: { a: { b: 1 } } }, 'metadata.a'],
    ['another account than its ref says', { account: 'other' }, 'ref'],
    ['another id than its ref says', { id: 'pi_2' }, 'ref'],
    ['an account that is no name', { account: 'Shop EU' }, 'account'],
    ['a missing field', { customer: undefined }, 'customer'],
  ])('is refused with %s, naming the field', (_what, change, field) => {
    const error = thrownBy(() => readStoredPaymentIntent({ ...storePaymentIntent(intent), ...change }));
    expect(error).toMatchObject({ code: 'invalid_request', outcome: 'not_sent' });
    expect(error.problems.map((problem) => problem.field)).toContain(field);
  });

  it.each([null, undefined, 'text', 7, [], {}])('is refused in place of %j', (json) => {
    expect(thrownBy(() => readStoredPaymentIntent(json)).code).toBe('invalid_request');
  });

  it('shows no value of what is refused', () => {
    const stored = storePaymentIntent(intent, { include: ['clientSecret', 'raw', 'nextAction'] });
    expect(JSON.stringify(thrownBy(() => readStoredPaymentIntent({ ...stored, amount: 'hunted', status: 'hunted' })))).not.toContain('hunted');
  });

  it('is frozen when it is read', () => {
    expect(Object.isFrozen(throughJson(intent))).toBe(true);
  });
});
