import { createPayments, money } from '@oneintent/core';
import nock from 'nock';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { paypercut } from './index.js';
import { errorOf } from './testing/wire.js';
import { captured, fresh } from './testing/payloads.js';
import { capturedEvent, failedPayment, failedRefund, paidPayment, pendingRefund, savedSetup } from './testing/other-payloads.js';

const origin = 'https://api.paypercut.io';

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

const payments = createPayments({ adapter: paypercut({ apiKey: 'sk_test_1' }), retries: 0 });
const eur = (minorUnits: number) => money(minorUnits, 'EUR');

describe('saving a card', () => {
  it('says the currency in upper case, and whether the customer is there', async () => {
    nock(origin).post('/v1/setup_intents', '{"currency":"EUR","confirm":true,"off_session":"one_off"}').reply(200, savedSetup);
    expect(await payments.setupIntents.create({ currency: 'EUR', confirm: true, offSession: 'unscheduled' })).toMatchObject({
      status: 'succeeded',
      paymentMethod: savedSetup.payment_method,
      usage: 'off_session',
      lastSetupError: null,
      createdAt: '2026-06-04T07:00:00.000Z',
    });
  });

  it('that ends canceled, or without a method, has failed', async () => {
    nock(origin).post('/v1/setup_intents').reply(200, { ...savedSetup, status: 'canceled' });
    expect(await payments.setupIntents.create({ currency: 'EUR', confirm: true })).toMatchObject({ status: 'canceled', lastSetupError: { reason: 'unknown' } });
  });

  it.each([
    ['requires_payment_method', true, 'unknown'],
    ['requires_payment_method', false, undefined],
    ['canceled', false, undefined],
    ['requires_action', true, undefined],
  ])('in %s, confirm: %s, has failed for %s', async (status, confirm, reason) => {
    nock(origin).post('/v1/setup_intents', { currency: 'EUR', confirm }).reply(200, { ...savedSetup, status });
    const setup = await payments.setupIntents.create({ currency: 'EUR', confirm });
    expect([setup.status, setup.lastSetupError?.reason]).toEqual([status, reason]);
  });

  it.each([
    [{}, 'currency'],
    [{ currency: 'EUR', offSession: 'recurring' }, 'offSession'],
  ] as const)('is refused before it is sent: %j', async (input, field) => {
    expect(await errorOf(payments.setupIntents.create(input))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field }] });
  });
});

describe('a refund', () => {
  it('names the intent and always the amount', async () => {
    nock(origin)
      .post('/v1/refunds', `{"payment_intent":"${fresh.id}","amount":1000,"reason":"requested_by_customer"}`)
      .matchHeader('idempotency-key', /^[0-9a-f]{64}$/)
      .reply(200, pendingRefund);
    expect(await payments.refunds.create(fresh.id, { amount: eur(1000), reason: 'requested_by_customer' }, { reference: 'return-1' })).toMatchObject({
      status: 'pending',
      pendingReason: 'charge_pending',
      amount: eur(1000),
      paymentIntent: fresh.id,
      payment: pendingRefund.payment,
      livemode: null,
    });
  });

  it('of all that is left reads from the payment how much that is', async () => {
    nock(origin).get(`/v1/payment_intents/${fresh.id}`).reply(200, captured);
    nock(origin).get(`/v2/payments/${paidPayment.id}`).reply(200, paidPayment);
    nock(origin).post('/v1/refunds', `{"payment_intent":"${fresh.id}","amount":1599}`).reply(200, { ...pendingRefund, amount: 1599 });
    expect(await payments.refunds.create(fresh.id)).toMatchObject({ amount: eur(1599) });
  });

  it('that failed says why in the provider’s word', async () => {
    nock(origin).get(`/v1/refunds/${failedRefund.id}`).reply(200, failedRefund);
    expect(await payments.refunds.retrieve(failedRefund.id)).toMatchObject({ status: 'failed', failureReason: 'expired_or_canceled_card', reason: 'duplicate', updatedAt: null });
  });

  it.each([null, undefined, 'under_review'])('whose status is %j is unknown', async (status) => {
    nock(origin).get(`/v1/refunds/${failedRefund.id}`).reply(200, { ...failedRefund, status });
    expect(await payments.refunds.retrieve(failedRefund.id)).toMatchObject({ status: 'unknown', providerStatus: status ?? null });
  });

  it.each([
    ['AB/cd==', true],
    [null, false],
    ['', false],
  ])('is listed page after page: after a last_key of %j more comes: %s', async (last_key, hasMore) => {
    nock(origin).get('/v1/refunds?limit=2&last_key=a%2Fb%3D%3D&start_date=2026-06-01T00%3A00%3A00Z').reply(200, { items: [pendingRefund, failedRefund], last_key });
    const page = await payments.refunds.list({ limit: 2, cursor: 'a/b==', createdFrom: '2026-06-01T00:00:00Z' });
    expect(page).toMatchObject({ data: [{ id: pendingRefund.id }, { id: failedRefund.id }], hasMore, nextCursor: hasMore ? last_key : null });
  });

  it('cannot be listed by payment, and that is said', async () => {
    expect(await errorOf(payments.refunds.list({ paymentIntent: fresh.id }))).toMatchObject({ code: 'unsupported', problems: [{ field: 'paymentIntent' }] });
  });
});

describe('the attempt behind an intent', () => {
  it('says what was captured, what went back, what it cost and which card it was', async () => {
    nock(origin).get(`/v2/payments/${paidPayment.id}`).reply(200, paidPayment);
    expect(await payments.attempts.retrieve(paidPayment.id)).toMatchObject({
      status: 'succeeded',
      providerStatus: 'partially_refunded',
      paymentIntent: fresh.id,
      amount: eur(2599),
      amountCaptured: eur(2599),
      amountRefunded: eur(1000),
      fee: eur(62),
      failure: null,
      paymentMethodType: 'card',
      card: { brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2030, funding: 'credit', country: 'BG' },
      authorizationExpiresAt: { at: '2026-06-09T09:14:20.900Z', source: 'payment.payment_method_details.card.capture_before' },
    });
  });

  it('tells no cost in another currency than it was charged in', async () => {
    nock(origin).get(`/v2/payments/${paidPayment.id}`).reply(200, { ...paidPayment, balance_transaction: { fee: 62 } });
    expect(await payments.attempts.retrieve(paidPayment.id)).toMatchObject({ amountCaptured: eur(2599), fee: null });
  });

  it('that failed says why, with the network’s own code', async () => {
    nock(origin).get(`/v2/payments/${failedPayment.id}`).reply(200, failedPayment);
    expect(await payments.attempts.retrieve(failedPayment.id)).toMatchObject({
      status: 'failed',
      amountCaptured: null,
      card: null,
      failure: { reason: 'card_declined', message: 'The card has insufficient funds.', providerCode: 'card_declined', networkDeclineCode: '51' },
    });
  });
});

describe('an attempt of which Paypercut says little', () => {
  const { id } = paidPayment;
  const unexplained = { reason: 'unknown', message: null, providerCode: null, networkDeclineCode: null };

  it.each([
    ['failed without saying why', { status: 'failed' }, unexplained],
    ['failed with a code alone', { status: 'failed', failure_code: 'expired_card' }, { ...unexplained, reason: 'expired_card', providerCode: 'expired_card' }],
    ['failed with what the network says alone', { status: 'failed', outcome: { network_decline_code: '51' } }, { ...unexplained, networkDeclineCode: '51' }],
    ['has a failure in a status of its own', { status: 'blocked', failure_code: 'card_declined', outcome: null }, { ...unexplained, reason: 'card_declined', providerCode: 'card_declined' }],
    ['is still running', { status: 'pending' }, null],
  ])('and that %s tells that', async (_what, more, failure) => {
    nock(origin).get(`/v2/payments/${id}`).reply(200, { ...paidPayment, ...more });
    expect(await payments.attempts.retrieve(id)).toMatchObject({ failure });
  });

  it.each([
    ['no details', null, null],
    ['no card', {}, null],
    ['a card that is null', { card: null }, null],
    ['a card without a time', { card: { last4: '4242' } }, { last4: '4242' }],
  ])('has no end of its authorisation where there is %s', async (_what, payment_method_details, card) => {
    nock(origin).get(`/v2/payments/${id}`).reply(200, { ...paidPayment, payment_method_details });
    const attempt = await payments.attempts.retrieve(id);
    expect(attempt.authorizationExpiresAt).toBeNull();
    expect(attempt.card && { last4: attempt.card.last4 }).toEqual(card);
  });
});

describe('events', () => {
  it('are read one by one, and are believed', async () => {
    nock(origin).get(`/v1/events/${capturedEvent.id}`).reply(200, capturedEvent);
    expect(await payments.events.retrieve(capturedEvent.id)).toMatchObject({ type: 'payment_intent.succeeded', trust: 'retrieved', subject: { id: captured.id, status: 'succeeded' } });
  });

  it('are listed by last_key', async () => {
    nock(origin).get('/v1/events?limit=1').reply(200, { items: [capturedEvent], last_key: 'x' });
    nock(origin).get('/v1/events?limit=1&last_key=x').reply(200, { items: [], last_key: null });
    const ids: string[] = [];
    for await (const { id } of payments.events.iterate({ limit: 1 })) ids.push(id);
    expect(ids).toEqual([capturedEvent.id]);
  });
});
