import { describe, expect, it } from 'vitest';
import { acmeLimits, readingOf } from '../testing/acme.js';
import { normalize, normalizeEvent } from './normalize.js';
import { noFailure, type EventReading, type PaymentAttemptReading, type RefundReading, type SetupIntentReading } from './readings.js';
import { isMalformedWire } from './wire.js';

const context = { account: 'shop', adapter: { provider: 'acme' }, limits: acmeLimits };
const moment = '2026-04-10T05:00:00.000Z';
const hunted = 'hunted';

const setupReading = (said: Partial<SetupIntentReading> = {}): SetupIntentReading => ({
  id: 'seti_1',
  status: 'requires_confirmation',
  livemode: null,
  clientSecret: null,
  customer: null,
  paymentMethod: null,
  paymentMethodTypes: null,
  usage: null,
  description: null,
  metadata: null,
  returnUrl: null,
  createdAt: null,
  updatedAt: null,
  nextAction: null,
  canceledAt: null,
  cancellationReason: null,
  lastSetupError: null,
  raw: null,
  ...said,
});

const refundReading = (said: Partial<RefundReading> = {}): RefundReading => ({
  id: 're_1',
  status: 'succeeded',
  amount: 300,
  currency: 'eur',
  scale: null,
  livemode: null,
  paymentIntent: 'pi_1',
  payment: null,
  reason: null,
  pendingReason: 'charge_pending',
  failureReason: 'lost_or_stolen_card',
  metadata: null,
  createdAt: null,
  updatedAt: null,
  raw: null,
  ...said,
});

const attemptReading = (said: Partial<PaymentAttemptReading> = {}): PaymentAttemptReading => ({
  id: 'ch_1',
  status: 'succeeded',
  detailedStatus: null,
  amount: 1000,
  currency: 'eur',
  scale: null,
  amountCaptured: null,
  amountRefunded: null,
  fee: null,
  livemode: null,
  paymentIntent: null,
  failure: null,
  paymentMethodType: null,
  card: null,
  authorizationExpiresAt: null,
  createdAt: null,
  updatedAt: null,
  raw: null,
  ...said,
});

const eventReading = (said: Partial<EventReading> = {}): EventReading => ({ id: 'evt_1', providerType: 'thing.done', type: null, livemode: null, createdAt: null, subject: null, raw: null, ...said });

const lacking = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return isMalformedWire(error) ? error.fields : error;
  }
};

describe('a setup intent', () => {
  it('says whose it is, and keeps what opens it from every print', () => {
    const setup = normalize('setup_intent', setupReading({ clientSecret: hunted, raw: { hunted }, createdAt: moment, updatedAt: 1775797200, usage: 'off_session', metadata: { oneintent_reference: 'card-7' } }), context);
    expect(setup).toMatchObject({ object: 'setup_intent', ref: 'shop:seti_1', provider: 'acme', reference: 'card-7', usage: 'off_session', createdAt: moment, updatedAt: moment });
    expect(setup.clientSecret?.reveal()).toBe(hunted);
    expect(JSON.stringify(setup)).not.toContain(hunted);
    expect(Object.isFrozen(setup)).toBe(true);
  });

  it('of which nothing but the essentials is said has null for the rest', () => {
    const said = ['object', 'account', 'provider', 'id', 'ref', 'status', 'raw'];
    expect(Object.entries(normalize('setup_intent', setupReading(), context)).filter(([field, value]) => !said.includes(field) && value !== null)).toEqual([]);
  });

  it('has a next action and a cancellation only where its status has them', () => {
    const everything = { nextAction: { type: 'redirect', url: 'https://bank.example', returnUrl: null }, canceledAt: moment, cancellationReason: 'abandoned' } as const;
    const of = (status: string) => normalize('setup_intent', setupReading({ ...everything, status }), context);
    expect(of('requires_action')).toMatchObject({ status: 'requires_action', nextAction: { type: 'redirect' } });
    expect(of('canceled')).toMatchObject({ status: 'canceled', canceledAt: moment, cancellationReason: 'abandoned' });
    expect(of('on_the_moon')).toMatchObject({ status: 'unknown', providerStatus: 'on_the_moon', nextAction: { type: 'redirect' } });
    expect(['requires_action', 'on_the_moon', 'succeeded'].filter((status) => 'canceledAt' in of(status))).toEqual([]);
    expect(['canceled', 'succeeded', 'processing'].filter((status) => 'nextAction' in of(status))).toEqual([]);
  });

  it('keeps why saving failed, and the kinds of method, frozen', () => {
    const setup = normalize('setup_intent', setupReading({ lastSetupError: { ...noFailure, reason: 'expired_card', message: 'Card 4242 4242 4242 4242 has expired.' }, paymentMethodTypes: ['card'] }), context);
    expect(setup.lastSetupError).toMatchObject({ reason: 'expired_card', message: 'Card [redacted] has expired.' });
    expect([setup.paymentMethodTypes, Object.isFrozen(setup.paymentMethodTypes)]).toEqual([['card'], true]);
  });
});

describe('a refund', () => {
  it('says whose money goes back, how much and why', () => {
    expect(normalize('refund', refundReading({ reason: 'duplicate', payment: 'ch_1', createdAt: moment, metadata: { oneintent_reference: 'return-7', shelf: 'a' } }), context)).toMatchObject({
      object: 'refund',
      ref: 'shop:re_1',
      provider: 'acme',
      amount: { minorUnits: 300, currency: 'EUR' },
      paymentIntent: 'pi_1',
      payment: 'ch_1',
      reason: 'duplicate',
      reference: 'return-7',
      metadata: { shelf: 'a' },
      createdAt: moment,
      status: 'succeeded',
    });
  });

  it.each<readonly [string | null, object]>([
    ['pending', { status: 'pending', pendingReason: 'charge_pending' }],
    ['failed', { status: 'failed', failureReason: 'lost_or_stolen_card' }],
    ['requires_action', { status: 'requires_action' }],
    ['succeeded', { status: 'succeeded' }],
    ['canceled', { status: 'canceled' }],
    ['on_the_moon', { status: 'unknown', providerStatus: 'on_the_moon' }],
    [null, { status: 'unknown', providerStatus: null }],
  ])('of the status %s says what belongs to it and nothing else', (status, expected) => {
    const refund = normalize('refund', refundReading({ status }), context);
    const ofTheStatus = Object.entries(refund).filter(([field]) => ['status', 'pendingReason', 'failureReason', 'providerStatus'].includes(field));
    expect(Object.fromEntries(ofTheStatus)).toEqual(expected);
    expect(Object.isFrozen(refund)).toBe(true);
  });

  it('of an amount that cannot be exact is malformed, never rounded', () => {
    expect(lacking(() => normalize('refund', refundReading({ amount: 10.5 }), context))).toEqual(['amount']);
  });
});

describe('a payment attempt', () => {
  it('says what was taken, what went back and what the provider kept, each in its own currency', () => {
    const attempt = normalize(
      'payment_attempt',
      attemptReading({ amountCaptured: 900, amountRefunded: 0, fee: { amount: 40, currency: 'jpy', scale: null }, authorizationExpiresAt: { at: moment, source: 'expired_at' }, createdAt: moment, updatedAt: moment }),
      context,
    );
    expect(attempt).toMatchObject({
      object: 'payment_attempt',
      ref: 'shop:ch_1',
      provider: 'acme',
      amount: { minorUnits: 1000, currency: 'EUR' },
      amountCaptured: { minorUnits: 900, currency: 'EUR' },
      amountRefunded: { minorUnits: 0, currency: 'EUR' },
      fee: { minorUnits: 40, currency: 'JPY' },
      authorizationExpiresAt: { at: moment, source: 'expired_at' },
      createdAt: moment,
      updatedAt: moment,
    });
  });

  it('of which nothing but the essentials is said has null for the rest, never zero', () => {
    const said = ['object', 'account', 'provider', 'id', 'ref', 'status', 'providerStatus', 'amount', 'raw'];
    expect(Object.entries(normalize('payment_attempt', attemptReading(), context)).filter(([field, value]) => !said.includes(field) && value !== null)).toEqual([]);
  });

  it.each<readonly [string, string | null, object]>([
    ['succeeded', 'captured', { status: 'succeeded', providerStatus: 'captured' }],
    ['failed', null, { status: 'failed', providerStatus: 'failed' }],
    ['on_the_moon', null, { status: 'unknown', providerStatus: 'on_the_moon' }],
  ])('of the status %s, more finely %s, has a shared word and the provider’s own', (status, detailedStatus, expected) => {
    expect(normalize('payment_attempt', attemptReading({ status, detailedStatus }), context)).toMatchObject(expected);
  });

  it('keeps why it failed, without a card number, and of the card only what a receipt may say', () => {
    const card = { brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2030, funding: null, country: 'JP' };
    const attempt = normalize('payment_attempt', attemptReading({ card, failure: { ...noFailure, reason: 'card_declined', message: '4242 4242 4242 4242 was declined' } }), context);
    expect(attempt).toMatchObject({ card, failure: { reason: 'card_declined', message: '[redacted] was declined' } });
    expect([Object.isFrozen(attempt), Object.isFrozen(attempt.card)]).toEqual([true, true]);
  });

  it('of an amount that cannot be exact is malformed, never rounded', () => {
    expect(lacking(() => normalize('payment_attempt', attemptReading({ amount: -1 }), context))).toEqual(['amount']);
  });
});

describe('an event', () => {
  it.each<readonly [string, EventReading['subject'], object]>([
    ['payment', { kind: 'payment_intent', reading: readingOf() }, { object: 'payment_intent', ref: 'shop:pi_1' }],
    ['saved method', { kind: 'setup_intent', reading: setupReading() }, { object: 'setup_intent', ref: 'shop:seti_1' }],
    ['refund', { kind: 'refund', reading: refundReading() }, { object: 'refund', ref: 'shop:re_1' }],
  ])('carries its %s', (_what, subject, expected) => {
    expect(normalizeEvent(eventReading({ subject }), context, 'signed').subject).toMatchObject(expected);
  });

  it('is told although what it happened to cannot be read', () => {
    const event = normalizeEvent(eventReading({ createdAt: moment, subject: { kind: 'refund', reading: refundReading({ amount: 10.5 }) } }), context, 'signed');
    expect(event).toMatchObject({ object: 'event', ref: 'shop:evt_1', provider: 'acme', type: 'unknown', providerType: 'thing.done', createdAt: moment, subject: null, trust: 'signed' });
  });

  it('that was fetched by id is believed as fetched, and keeps its type', () => {
    expect(normalize('event', eventReading({ type: 'refund.updated' }), context)).toMatchObject({ type: 'refund.updated', trust: 'retrieved' });
  });
});

it('every kind of object is normalized as what it is', () => {
  const objects = [
    normalize('payment_intent', readingOf(), context),
    normalize('setup_intent', setupReading(), context),
    normalize('refund', refundReading(), context),
    normalize('payment_attempt', attemptReading(), context),
    normalize('event', eventReading(), context),
  ];
  expect(objects.map(({ object }) => object)).toEqual(['payment_intent', 'setup_intent', 'refund', 'payment_attempt', 'event']);
});
