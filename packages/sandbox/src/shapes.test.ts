import { describe, expect, it } from 'vitest';
import { drive, items } from './testing/drive.js';

// The keys of each provider's documented examples, copied by hand.
const flowKeys = [
  'object', 'id', 'livemode', 'amount', 'currency', 'amount_capturable', 'amount_received', 'client_secret', 'customer_id', 'description', 'payment_method_id',
  'payment_method_options', 'payment_method_types', 'status', 'next_action', 'return_url', 'capture_method', 'last_payment_error', 'cancellation_reason', 'canceled_at',
  'expired_at', 'metadata', 'created_at', 'updated_at',
];
const bareIntentKeys = [
  'id', 'object', 'created_at', 'updated_at', 'livemode', 'amount', 'amount_capturable', 'amount_received', 'client_secret', 'confirmation_method', 'customer',
  'metadata', 'payment_method_types', 'status', 'capture_method',
];
const paypercutKeys = [
  'id', 'created', 'updated', 'amount', 'amount_capturable', 'amount_received', 'currency', 'status', 'capture_method', 'payment_method', 'customer', 'latest_payment',
  'next_action', 'canceled_at', 'cancellation_reason', 'livemode', 'setup_future_usage', 'statement_descriptor',
];
const paymentKeys = [
  'id', 'amount', 'amount_captured', 'amount_refunded', 'formatted_amount', 'currency', 'status', 'latest_status', 'captured', 'paid', 'created', 'updated', 'livemode',
  'failure_code', 'failure_message', 'payment_method', 'payment_method_details', 'customer', 'payment_intent', 'checkout_id',
];
const stripeKeys = [
  'id', 'object', 'amount', 'amount_capturable', 'amount_received', 'canceled_at', 'cancellation_reason', 'capture_method', 'client_secret', 'confirmation_method',
  'created', 'currency', 'customer', 'description', 'last_payment_error', 'latest_charge', 'livemode', 'metadata', 'next_action', 'payment_method',
  'payment_method_options', 'payment_method_types', 'processing', 'receipt_email', 'setup_future_usage', 'shipping', 'statement_descriptor', 'status',
];

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const sorted = (keys: readonly string[]) => keys.toSorted();

describe('payjp_payment_flows', () => {
  it('has every documented key, null where nothing is known', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows' });
    const { body } = await driver.create();
    expect(sorted(Object.keys(body))).toEqual(sorted(flowKeys));
    expect(body).toMatchObject({
      object: 'payment_flow', id: expect.stringMatching(/^pfw_/), client_secret: expect.stringMatching(/^pfws_/), livemode: false, currency: 'jpy', amount_capturable: null,
      amount_received: null, customer_id: null, next_action: null, metadata: {}, created_at: expect.stringMatching(iso),
    });
  });

  it('fills them as the payment goes on', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows', now: '2026-04-10T05:00:00Z' });
    const held = await driver.create({ method: 'succeeds', confirm: true, manual: true, more: { return_url: 'https://shop.example/back' } });
    expect(held.body).toMatchObject({ amount_capturable: 1000, amount_received: 0, return_url: 'https://shop.example/back', expired_at: expect.stringMatching(/^2026-04-17T05:00/) });
    const canceled = await driver.cancel(String(held.body['id']), { cancellation_reason: 'abandoned' });
    expect(canceled.body).toMatchObject({ cancellation_reason: 'abandoned', canceled_at: expect.stringMatching(iso), expired_at: null });
    const declined = await driver.create({ method: 'incorrect_cvc', confirm: true });
    expect(declined.body).toMatchObject({ type: 'https://docs.pay.jp/v2/errors/payment-failed', title: 'Payment Failed', status: 402, code: 'invalid_cvc', instance: '/v2/payment_flows' });
    const [newest] = items(await driver.list());
    expect(newest).toMatchObject({ last_payment_error: { code: 'invalid_cvc', message: expect.any(String) }, payment_method_id: null });
  });
});

describe('payjp_payment_intents', () => {
  it('leaves out the optional keys that have no value', async () => {
    const driver = drive({ dialect: 'payjp_payment_intents' });
    const { body } = await driver.create({ more: { customer: driver.sandbox.customer, metadata: { order: 'A-1001' } } });
    expect(sorted(Object.keys(body))).toEqual(sorted(bareIntentKeys));
    expect(body).toMatchObject({ id: expect.stringMatching(/^pi_/), object: 'payment_intent', amount_capturable: null, amount_received: null, confirmation_method: null });
    expect(Object.keys((await driver.create()).body)).not.toContain('metadata');
  });
});

describe('paypercut', () => {
  it('has the documented keys, an object for the currency and no client secret', async () => {
    const driver = drive({ dialect: 'paypercut' });
    const { body } = await driver.create({ manual: true });
    expect(sorted(Object.keys(body))).toEqual(sorted(paypercutKeys));
    expect(body).toMatchObject({ currency: { iso: 'eur', scale: 2 }, amount_capturable: 0, amount_received: 0, latest_payment: null, customer: null, created: expect.stringMatching(iso) });
    expect(body['id']).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('shows the payment behind it as documented', async () => {
    const driver = drive({ dialect: 'paypercut' });
    const held = await driver.create({ amount: 2599, method: 'succeeds', confirm: true, manual: true });
    const payment = await driver.get(`/v2/payments/${String(held.body['latest_payment'])}`);
    expect(sorted(Object.keys(payment.body))).toEqual(sorted(paymentKeys));
    expect(payment.body).toMatchObject({ status: 'succeeded', latest_status: 'authorized', captured: false, paid: true, formatted_amount: '25.99', amount_captured: 0 });
    await driver.capture(String(held.body['id']), 1999, { final_capture: true });
    const captured = await driver.get(`/v2/payments/${String(held.body['latest_payment'])}`);
    expect(captured.body).toMatchObject({ captured: true, amount_captured: 1999, latest_status: 'succeeded' });
  });

  it('declines with code, decline, advice and network codes', async () => {
    const declined = await drive({ dialect: 'paypercut' }).create({ method: 'do_not_honor', confirm: true });
    expect(declined.body).toMatchObject({
      type: 'card_error', code: 'card_declined', decline_code: 'do_not_honor', advice_code: 'try_again_later', network_decline_code: '05', param: null, trace_id: expect.stringMatching(/^trc_/),
    });
  });
});

describe('stripe', () => {
  it('has the documented keys, and whole seconds for its times', async () => {
    const driver = drive({ dialect: 'stripe', now: '2026-01-01T00:00:00.900Z' });
    const { body, headers } = await driver.create();
    expect(Object.keys(body)).toEqual(expect.arrayContaining(stripeKeys));
    expect(body).toMatchObject({ id: expect.stringMatching(/^pi_/), object: 'payment_intent', created: 1_767_225_600, currency: 'eur', latest_charge: null });
    expect(body['client_secret']).toMatch(new RegExp(`^${String(body['id'])}_secret_`));
    expect(headers.get('request-id')).toMatch(/^req_/);
  });

  it('declines with the payment, the charge and the codes', async () => {
    const driver = drive({ dialect: 'stripe' });
    const declined = await driver.create({ method: 'insufficient_funds', confirm: true });
    expect(declined).toMatchObject({
      status: 402,
      body: {
        error: {
          type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', network_decline_code: '51', charge: expect.stringMatching(/^ch_/),
          payment_intent: { status: 'requires_payment_method', payment_method: null, last_payment_error: { code: 'card_declined', payment_method: { object: 'payment_method' } } },
        },
      },
    });
    const [newest] = items(await driver.list('?expand[]=data.latest_charge'));
    expect(newest).toMatchObject({ latest_charge: { status: 'failed', paid: false, failure_code: 'card_declined', outcome: { type: 'issuer_declined' } } });
    const charge = await driver.get(`/v1/charges/${String(Object(newest?.['latest_charge'])['id'])}`);
    expect(charge.body).toMatchObject({ object: 'charge', status: 'failed' });
  });
});
