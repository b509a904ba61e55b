import { money, toBrowser } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { charge, event, refund, setup } from './testing/other-payloads.js';
import { answering, answeringAs, errorOf } from './testing/wire.js';
import { stripe } from './index.js';

const ok = (json: unknown) => ({ status: 200, json });
const eur = (minorUnits: number) => money(minorUnits, 'EUR');

describe('saving a card', () => {
  it('says what Stripe takes, in its words, and reads what comes', async () => {
    const { payments, requests } = answering(ok(setup));
    const created = await payments.setupIntents.create({
      customer: 'cus_1', paymentMethod: 'pm_1', paymentMethodTypes: ['card'], usage: 'off_session', confirm: true, returnUrl: 'https://shop.example/back', threeDSecure: 'any', metadata: { order: '1' },
    }); // prettier-ignore
    expect(requests[0]).toMatchObject({ method: 'POST', url: 'https://api.stripe.com/v1/setup_intents' });
    expect([...new URLSearchParams(String(requests[0]?.body))]).toEqual([
      ['customer', 'cus_1'],
      ['payment_method', 'pm_1'],
      ['payment_method_options[card][request_three_d_secure]', 'any'],
      ['payment_method_types[0]', 'card'],
      ['usage', 'off_session'],
      ['confirm', 'true'],
      ['return_url', 'https://shop.example/back'],
      ['metadata[order]', '1'],
    ]);
    expect(created).toMatchObject({ status: 'requires_confirmation', customer: 'cus_1', usage: 'off_session', createdAt: '2026-04-10T05:00:00.000Z' });
    expect(toBrowser(created).clientSecret).toBe('seti_1_secret_hunted');
  });

  it('is confirmed, changed, canceled, read and listed at its own paths', async () => {
    const { payments, requests } = answering(ok(setup), ok(setup), ok({ ...setup, status: 'canceled', cancellation_reason: 'abandoned' }), ok(setup), ok({ data: [setup], has_more: false }));
    await payments.setupIntents.confirm('seti_1', { paymentMethod: 'pm_2', returnUrl: 'https://shop.example/back' });
    await payments.setupIntents.update('seti_1', { metadata: { order: null } });
    expect(await payments.setupIntents.cancel('seti_1', { reason: 'abandoned' })).toMatchObject({ cancellationReason: 'abandoned' });
    await payments.setupIntents.retrieve('seti_1');
    await payments.setupIntents.list({ customer: 'cus_1', limit: 3 });
    expect(requests.map(({ method, url, body }) => [method, url.slice('https://api.stripe.com/v1/'.length), body])).toEqual([
      ['POST', 'setup_intents/seti_1/confirm', 'payment_method=pm_2&return_url=https%3A%2F%2Fshop.example%2Fback'],
      ['POST', 'setup_intents/seti_1', 'metadata[order]='],
      ['POST', 'setup_intents/seti_1/cancel', 'cancellation_reason=abandoned'],
      ['GET', 'setup_intents/seti_1', null],
      ['GET', 'setup_intents?limit=3&customer=cus_1', null],
    ]);
  });

  it('that was declined is a value, with the setup that the error carries', async () => {
    const failed = { ...setup, status: 'requires_payment_method' };
    const { payments, requests } = answering({ status: 402, json: { error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', message: 'No.', setup_intent: failed } } });
    expect(await payments.setupIntents.confirm('seti_1')).toMatchObject({ status: 'requires_payment_method', lastSetupError: { reason: 'insufficient_funds', providerCode: 'card_declined' } });
    expect(requests).toHaveLength(1);
  });

  it('takes a return address only together with the confirmation', async () => {
    const { payments } = answering();
    expect(await errorOf(payments.setupIntents.create({ returnUrl: 'https://shop.example/back' }))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'returnUrl' }] });
  });
});

describe('a refund', () => {
  it('names the payment, and a part only where one is given', async () => {
    const { payments, requests } = answering(ok(refund), ok({ ...refund, amount: 1000 }));
    expect(await payments.refunds.create('pi_1', { amount: eur(400), reason: 'requested_by_customer' })).toMatchObject({
      status: 'pending', pendingReason: 'processing', amount: eur(400), paymentIntent: 'pi_1', payment: 'ch_1', reason: 'requested_by_customer',
    }); // prettier-ignore
    await payments.refunds.create('pi_1');
    expect(requests.map(({ body }) => body)).toEqual(['payment_intent=pi_1&amount=400&reason=requested_by_customer', 'payment_intent=pi_1']);
  });

  it('is changed, stopped, read and listed by payment and time', async () => {
    const { payments, requests } = answering(ok(refund), ok({ ...refund, status: 'canceled' }), ok({ ...refund, status: 'failed', failure_reason: 'expired_or_canceled_card' }), ok({ data: [], has_more: false }));
    await payments.refunds.update('re_1', { metadata: { note: 'x' } });
    expect(await payments.refunds.cancel('re_1')).toMatchObject({ status: 'canceled' });
    expect(await payments.refunds.retrieve('re_1')).toMatchObject({ status: 'failed', failureReason: 'expired_or_canceled_card' });
    await payments.refunds.list({ paymentIntent: 'stripe:pi_1', createdFrom: '2026-04-10T05:00:00Z' });
    expect(requests.map(({ url, body }) => [url.slice('https://api.stripe.com/v1/'.length), body])).toEqual([
      ['refunds/re_1', 'metadata[note]=x'],
      ['refunds/re_1/cancel', ''],
      ['refunds/re_1', null],
      ['refunds?payment_intent=pi_1&created[gte]=1775797200', null],
    ]);
  });

  it('of what went back already is refused as a matter of state', async () => {
    const { payments } = answering({ status: 400, json: { error: { type: 'invalid_request_error', code: 'charge_already_refunded', message: 'Gone.' } } }, { status: 404, json: {} });
    expect(await errorOf(payments.refunds.create('pi_1'))).toMatchObject({ code: 'invalid_state', outcome: 'rejected' });
  });
});

describe('the attempt behind a payment', () => {
  it('is the charge, asked for with its fee where the profile says that answers can be expanded', async () => {
    const { payments, requests } = answering(ok(charge));
    expect(await payments.attempts.retrieve('ch_1')).toMatchObject({
      status: 'succeeded', amountCaptured: eur(1000), amountRefunded: eur(400), fee: eur(44), failure: null, paymentMethodType: 'card',
      card: { brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2030, funding: 'credit', country: 'BG' },
      authorizationExpiresAt: { at: '2026-04-17T05:00:00.000Z', source: 'charge.payment_method_details.card.capture_before' },
    }); // prettier-ignore
    expect(requests[0]?.url).toBe('https://api.stripe.com/v1/charges/ch_1?expand[0]=balance_transaction');
    const plain = answeringAs({ ...stripe, expand: false }, ok({ ...charge, balance_transaction: 'txn_1' }));
    expect(await plain.payments.attempts.retrieve('ch_1')).toMatchObject({ fee: null });
    expect(plain.requests[0]?.url).toBe('https://api.stripe.com/v1/charges/ch_1');
  });

  it.each([
    ['no fee', { id: 'txn_1', currency: 'eur' }],
    ['a fee without a currency', { id: 'txn_1', fee: 44 }],
    ['nothing of it', undefined],
  ])('has no fee where the service states %s: null, never zero or a guess', async (_what, balance_transaction) => {
    expect(await answering(ok({ ...charge, balance_transaction })).payments.attempts.retrieve('ch_1')).toMatchObject({ status: 'succeeded', amount: eur(1000), fee: null });
  });

  it.each([
    ['no details', null, { paymentMethodType: null }],
    ['no card', { type: 'sepa_debit' }, { paymentMethodType: 'sepa_debit' }],
  ])('with %s is read all the same', async (_what, payment_method_details, expected) => {
    const { payments } = answering(ok({ ...charge, payment_method_details }));
    expect(await payments.attempts.retrieve('ch_1')).toMatchObject({ status: 'succeeded', card: null, authorizationExpiresAt: null, ...expected });
  });

  it('that failed says why, with the network’s own codes', async () => {
    const { payments } = answering(
      ok({ ...charge, status: 'failed', amount_captured: 0, failure_code: 'card_declined', failure_message: 'No.', outcome: { reason: 'insufficient_funds', network_decline_code: '51', network_advice_code: '02' } }),
    );
    expect(await payments.attempts.retrieve('ch_1')).toMatchObject({
      status: 'failed', failure: { reason: 'insufficient_funds', message: 'No.', providerCode: 'card_declined', declineCode: 'insufficient_funds', networkDeclineCode: '51', networkAdviceCode: '02' },
    }); // prettier-ignore
  });
});

describe('a charge that failed, where the service says nothing of the network', () => {
  it.each([
    ['says why by its own code', 'expired_card', 'expired_card'],
    ['keeps the code that nobody knows', 'moon_phase', 'unknown'],
    ['has failed, though there is no code', null, 'unknown'],
  ])('%s', async (_what, failure_code, reason) => {
    const { payments } = answering(ok({ ...charge, status: 'failed', amount_captured: 0, failure_code, outcome: null }));
    expect(await payments.attempts.retrieve('ch_1')).toMatchObject({ status: 'failed', failure: { reason, providerCode: failure_code, declineCode: null, networkDeclineCode: null, networkAdviceCode: null } });
  });
});

it('a charge that carries a failure code tells it, whatever its status', async () => {
  const { payments } = answering(ok({ ...charge, status: 'pending', failure_code: 'expired_card', outcome: null }));
  expect(await payments.attempts.retrieve('ch_1')).toMatchObject({ providerStatus: 'pending', failure: { reason: 'expired_card' } });
});

describe('events', () => {
  it('are read one by one, and listed by type and time', async () => {
    const { payments, requests } = answering(ok(event), ok({ data: [event], has_more: true }));
    expect(await payments.events.retrieve('evt_1')).toMatchObject({ type: 'refund.updated', trust: 'retrieved', subject: { object: 'refund', id: 're_1' } });
    expect(await payments.events.list({ providerType: 'refund.updated', createdBefore: '2026-04-10T05:00:00Z' })).toMatchObject({ nextCursor: 'evt_1' });
    expect(requests[1]?.url).toBe('https://api.stripe.com/v1/events?type=refund.updated&created[lt]=1775797200');
  });
});
