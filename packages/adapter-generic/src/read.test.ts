import { money, toBrowser } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { stripe } from './index.js';
import { answering, answeringAs } from './testing/wire.js';
import { authorised, canceled, captured, declined, fresh, old, redirected } from './testing/payloads.js';

const read = (json: unknown) => answering({ status: 200, json }).payments.paymentIntents.retrieve(fresh.id);
const usd = (minorUnits: number) => money(minorUnits, 'USD');

describe('an intent', () => {
  it('is read field by field, Unix seconds as ISO 8601', async () => {
    expect(await read({ ...fresh, receipt_email: 'a@example.com', statement_descriptor: 'OLIVES', setup_future_usage: 'off_session' })).toMatchObject({
      provider: 'stripe', account: 'stripe', id: fresh.id, ref: `stripe:${fresh.id}`, status: 'requires_payment_method', livemode: false,
      amount: usd(2000), amountCapturable: usd(0), amountReceived: usd(0), captureMethod: 'manual', confirmationMethod: 'automatic', customer: 'cus_Olive',
      paymentMethod: null, paymentMethodTypes: ['card'], latestPayment: null, description: 'Two bottles', receiptEmail: 'a@example.com', statementDescriptor: 'OLIVES',
      setupFutureUsage: 'off_session', metadata: { order: '42' }, createdAt: '2026-04-10T05:00:00.000Z', lastPaymentError: null, authorizationExpiresAt: null,
    }); // prettier-ignore
  });

  it('has no amounts that the service does not state: null, never zero', async () => {
    const { amount_capturable: _capturable, amount_received: _received, ...rest } = fresh;
    expect(await read(rest)).toMatchObject({ amountCapturable: null, amountReceived: null });
  });

  it('needs no more than id, status, amount and currency', async () => {
    expect(await read({ id: fresh.id, status: 'succeeded', amount: 5, currency: 'JPY' })).toMatchObject({ status: 'succeeded', amount: money(5, 'JPY'), customer: null, createdAt: null });
  });

  it.each([['latest_charge expanded', authorised], ['latest_charge by its id', { ...authorised, latest_charge: 'ch_3OlivesAndOil001' }], ['charges, newest first', old],
    ['charges as a plain list', { ...old, charges: old.charges.data }], ['charges beside an empty latest_charge', { ...old, latest_charge: null }]] as const)(
    'names its newest attempt: %s', async (_era, json) => {
      expect(await read(json)).toMatchObject({ status: 'requires_capture', latestPayment: 'ch_3OlivesAndOil001', customer: 'cus_Olive', paymentMethod: 'pm_Olive' });
    });

  it('says when its authorisation ends, and which field says so', async () => {
    const at = '2026-04-17T05:00:00.000Z';
    expect((await read(authorised)).authorizationExpiresAt).toEqual({ at, source: 'latest_charge.payment_method_details.card.capture_before' });
    expect((await read(old)).authorizationExpiresAt).toEqual({ at, source: 'charges.data[0].payment_method_details.card.capture_before' });
    expect((await read({ ...authorised, latest_charge: 'ch_1' })).authorizationExpiresAt).toBeNull();
  });

  it('has no newest attempt where charges are empty', async () => {
    expect((await read({ ...old, charges: { object: 'list', data: [] } })).latestPayment).toBeNull();
  });

  it.each([
    ['canceled', canceled, { canceledAt: '2026-04-10T06:00:00.000Z', cancellationReason: 'requested_by_customer' }],
    ['canceled by itself', { ...canceled, cancellation_reason: 'automatic' }, { cancellationReason: 'automatic' }],
    ['canceled for a reason that is new', { ...canceled, cancellation_reason: 'moon_phase' }, { cancellationReason: 'unknown' }],
    ['captured asynchronously', { ...captured, capture_method: 'automatic_async' }, { captureMethod: 'automatic_async', amountReceived: usd(1500) }],
    ['in a status that is new', { ...fresh, status: 'partially_funded' }, { status: 'unknown', providerStatus: 'partially_funded' }],
  ])('is read wide when it is %s', async (_what, json, expected) => {
    expect(await read(json)).toMatchObject(expected);
  });

  it.each([[{}], ['declined'], [7], [{ type: null, code: null, message: null }]])('that succeeded is read, and has not failed, where what stands in last_payment_error says nothing: %j', async (last_payment_error) => {
    expect(await read({ ...captured, last_payment_error })).toMatchObject({ status: 'succeeded', amountReceived: usd(1500), lastPaymentError: null });
  });

  it.each([[{}], [{ payment_method_details: null }], [{ payment_method_details: { type: 'sepa_debit' } }]])('is read whole where its charge has no card: %j', async (more) => {
    const expected = { status: 'succeeded', latestPayment: 'ch_1', authorizationExpiresAt: null };
    expect(await read({ ...captured, latest_charge: { id: 'ch_1', ...more } })).toMatchObject(expected);
  });

  it('carries the whole of its last failure', async () => {
    expect((await read(declined)).lastPaymentError).toEqual({
      reason: 'do_not_honor', advice: 'retry_later', message: 'Your card was declined.', providerCode: 'card_declined', declineCode: 'do_not_honor', networkDeclineCode: '05',
      networkAdviceCode: '02',
    }); // prettier-ignore
  });
});

describe('amounts are counted as Stripe counts them', () => {
  it.each([['isk', 50_000, 500], ['ugx', 1_000_000, 10_000], ['kwd', 1230, 1230], ['jpy', 500, 500], ['mga', 300, 30_000]])('%s %i is %i minor units', async (currency, amount, minorUnits) => {
    expect((await read({ ...fresh, currency, amount, amount_capturable: null, amount_received: null })).amount).toEqual({ minorUnits, currency: currency.toUpperCase() });
  });

  it.each([[money(500, 'ISK'), 'amount=50000&currency=isk'], [money(10_000, 'UGX'), 'amount=1000000&currency=ugx'], [money(30_000, 'MGA'), 'amount=300&currency=mga'], [money(1230, 'KWD'), 'amount=1230&currency=kwd']])(
    '%o is sent as %s', async (amount, body) => {
      const { payments, requests } = answering({ status: 200, json: fresh });
      await payments.paymentIntents.create({ amount }).catch(() => null);
      expect(requests[0]?.body).toBe(`${body}&capture_method=automatic`);
    });

  it.each([[money(1234, 'KWD'), 'multiple'], [money(49, 'USD'), 'minimum'], [money(100_000_000, 'EUR'), 'maximum'], [money(30_001, 'MGA'), 'exactly']])('%o is refused, nothing sent', async (amount, why) => {
    const { payments, requests } = answering();
    await expect(payments.paymentIntents.create({ amount })).rejects.toMatchObject({ code: 'invalid_request', outcome: 'not_sent', message: expect.stringContaining(why) });
    expect(requests).toEqual([]);
  });
});

describe('the next action', () => {
  const actionOf = async (next_action: unknown) => toBrowser(await read({ ...redirected, next_action })).nextAction;
  const qr = { hosted_instructions_url: 'https://pay.example', qr_code: { data: 'x' } };

  it.each([
    ['redirect_to_url', redirected.next_action, { type: 'redirect', url: 'https://bank.example/hunted-step', returnUrl: 'https://shop.example/back' }],
    ['use_stripe_sdk', { type: 'use_stripe_sdk', use_stripe_sdk: { source: 'src_1' } }, { type: 'provider_sdk', data: { source: 'src_1' } }],
    ['alipay_handle_redirect', { type: 'alipay_handle_redirect', alipay_handle_redirect: { url: 'https://ali.example', native_url: 'x' } }, { type: 'redirect', url: 'https://ali.example', returnUrl: null }],
    ['a redirect without an address', { type: 'alipay_handle_redirect', alipay_handle_redirect: { native_data: 'x' } }, { type: 'display', kind: 'alipay_handle_redirect', data: { native_data: 'x' } }],
    ['oxxo_display_details', { type: 'oxxo_display_details', oxxo_display_details: { number: '1' } }, { type: 'display', kind: 'oxxo_display_details', data: { number: '1' } }],
    ['wechat_pay_display_qr_code', { type: 'wechat_pay_display_qr_code', wechat_pay_display_qr_code: qr }, { type: 'display', kind: 'wechat_pay_display_qr_code', data: qr }],
    ['a redirect or a QR code', { type: 'swish_handle_redirect_or_display_qr_code', swish_handle_redirect_or_display_qr_code: qr }, { type: 'display', kind: 'swish_handle_redirect_or_display_qr_code', data: qr }],
    ['display_bank_transfer_instructions', { type: 'display_bank_transfer_instructions', display_bank_transfer_instructions: qr }, { type: 'display', kind: 'display_bank_transfer_instructions', data: qr }],
    ['verify_with_microdeposits', { type: 'verify_with_microdeposits', verify_with_microdeposits: qr }, { type: 'display', kind: 'verify_with_microdeposits', data: qr }],
    ['a kind that is new', { type: 'dance', dance: { steps: 3 } }, { type: 'opaque', providerType: 'dance', data: { steps: 3 } }],
    ['a kind without contents', { type: 'blik_authorize' }, { type: 'opaque', providerType: 'blik_authorize', data: { type: 'blik_authorize' } }],
    ['redirect_to_url without an address', { type: 'redirect_to_url', redirect_to_url: {} }, { type: 'opaque', providerType: 'redirect_to_url', data: {} }],
    ['one that says nothing', {}, { type: 'opaque', providerType: null, data: {} }],
    ['an address alone, which may be no place for the customer', { url: 'https://x.example' }, { type: 'opaque', providerType: null, data: { url: 'https://x.example' } }],
    ['text', 'redirect_to_url', null],
    ['none', null, null],
  ])('%s', async (_kind, wire, expected) => {
    expect(await actionOf(wire)).toEqual(expected);
  });

  const contents = { url: 'https://x.example' };
  it.each<readonly [string, object]>([
    ['oxxo_display_details', { type: 'display', kind: 'oxxo_display_details', data: contents }],
    ['use_stripe_sdk', { type: 'provider_sdk', data: contents }],
    ...['dance', 'later_redirect_to_url', 'redirect_to_url_later', 'app_handle_redirect_later'].map((type) => [type, { type: 'opaque', providerType: type, data: contents }] as const),
  ])('%s sends the customer nowhere, though there is an address in it', async (type, expected) => {
    expect(await actionOf({ type, [type]: contents })).toEqual(expected);
  });
});

describe('other names', () => {
  const profile = { ...stripe, aliases: { customer: ['payer', 'customer_id'], amount: ['total'] } } as const;
  const readAs = (json: unknown) => answeringAs(profile, { status: 200, json }).payments.paymentIntents.retrieve(fresh.id);

  it('count where the first name is missing or null, in their order', async () => {
    const { amount: _amount, ...rest } = fresh;
    expect(await readAs({ ...rest, total: 700, customer: null, customer_id: 'c2', payer: 'c1' })).toMatchObject({ amount: usd(700), customer: 'c1' });
    expect(await readAs({ ...rest, total: 700, customer: null, payer: null, customer_id: 'c2' })).toMatchObject({ customer: 'c2' });
    expect(await readAs({ ...fresh, total: 700, customer_id: 'c2' })).toMatchObject({ amount: usd(2000), customer: 'cus_Olive' });
  });

  it('leave the object of the service as it came', async () => {
    const json = { ...fresh, customer: null, payer: 'c1' };
    expect((await readAs(json)).raw.reveal()).toEqual(json);
  });
});
