import { describe, expect, it } from 'vitest';
import { money, toBrowser, type CreateRefund } from '@oneintent/core';
import { earlySetup, event, listOf, refunds, setupSaved } from '../testing/payloads.js';
import { answering, client, rejection, useWire } from '../testing/wire.js';

useWire();

const payments = client('payment_flows');
const refund = refunds.today;

describe('payment_flows: saving a card', () => {
  it('is begun with what PAY.JP takes, and goes on in the browser', async () => {
    const seen = answering({ method: 'POST', path: '/v2/setup_flows', body: { ...setupSaved, status: 'requires_payment_method', payment_method_id: null } });
    const setup = await payments.setupIntents.create({ customer: 'cus_exC', paymentMethodTypes: ['card'], usage: 'off_session', threeDSecure: 'any', description: 'card', metadata: { a: 1 } });
    expect(seen[0]?.body).toBe(
      '{"customer_id":"cus_exC","payment_method_options":{"card":{"request_three_d_secure":"any"}},"payment_method_types":["card"],"description":"card","metadata":{"a":1},"usage":"off_session"}',
    );
    expect(toBrowser(setup)).toMatchObject({ id: 'sflw_exC', clientSecret: 'sflw_secret_EXAMPLE_C', status: 'requires_payment_method' });
  });

  it('ends with the method that was saved', async () => {
    answering({ method: 'GET', path: '/v2/setup_flows/sflw_exC', body: setupSaved });
    expect(await payments.setupIntents.retrieve('sflw_exC')).toMatchObject({
      object: 'setup_intent', status: 'succeeded', customer: 'cus_exC', paymentMethod: 'pm_exC2', usage: null, returnUrl: 'https://shop.example/card-saved',
      createdAt: '2026-04-10T06:00:00.000Z', updatedAt: '2026-04-10T06:01:00.000Z',
    }); // prettier-ignore
  });

  it('is read as it was before 2025-12-10 too', async () => {
    answering({ method: 'GET', path: '/v2/setup_flows/sflw_exB', body: earlySetup });
    expect(await payments.setupIntents.retrieve('sflw_exB')).toMatchObject({ customer: 'cus_exB', paymentMethod: 'pm_exB', lastSetupError: { reason: 'card_declined' } });
    answering({ method: 'GET', path: '/v2/setup_flows/sflw_exB', body: { ...earlySetup, status: 'canceled' } });
    expect(await payments.setupIntents.retrieve('sflw_exB')).toMatchObject({ status: 'canceled', cancellationReason: 'abandoned', canceledAt: null });
  });

  it('is changed, canceled and listed', async () => {
    const seen = answering(
      { method: 'POST', path: '/v2/setup_flows/sflw_exC', body: setupSaved },
      { method: 'POST', path: '/v2/setup_flows/sflw_exC/cancel', body: { ...setupSaved, status: 'canceled', cancellation_reason: 'duplicate' } },
      { method: 'GET', path: '/v2/setup_flows?limit=2&starting_after=sflw_exA', body: listOf('/v2/setup_flows', [setupSaved]) },
    );
    await payments.setupIntents.update('sflw_exC', { metadata: { a: null } });
    expect(await payments.setupIntents.cancel('sflw_exC', { reason: 'duplicate' })).toMatchObject({ cancellationReason: 'duplicate' });
    expect((await payments.setupIntents.list({ limit: 2, cursor: 'sflw_exA' })).data).toHaveLength(1);
    expect(seen.map(({ body }) => body)).toEqual(['{"metadata":{"a":""}}', '{"cancellation_reason":"duplicate"}', '']);
  });

  it('that a Checkout Session owns is ended with the session, and the error says so', async () => {
    answering(
      { method: 'POST', path: '/v2/setup_flows/sflw_exC/cancel', status: 400, body: { type: 'about:blank', title: 'Invalid Status', status: 400, code: 'invalid_status' } },
      { method: 'GET', path: '/v2/setup_flows/sflw_exC', body: { ...setupSaved, status: 'requires_payment_method' } },
    );
    expect(await rejection(payments.setupIntents.cancel('sflw_exC'))).toMatchObject({
      code: 'invalid_state', currentStatus: 'requires_payment_method', message: expect.stringContaining('expiring that session'),
    }); // prettier-ignore
  });

  it('does not take what PAY.JP does not have for it', async () => {
    expect(await rejection(payments.setupIntents.create({ threeDSecure: 'challenge' }))).toMatchObject({ code: 'unsupported', problems: [{ field: 'threeDSecure' }] });
    expect(await rejection(payments.setupIntents.cancel('sflw_exC', { reason: 'fraudulent' }))).toMatchObject({ code: 'unsupported', problems: [{ field: 'reason' }] });
  });
});

describe('payment_flows: giving money back', () => {
  it.each([
    ['a part', { amount: money(400, 'JPY'), reason: 'requested_by_customer' as const, metadata: { by: 'staff-3' } }, '{"payment_flow_id":"pfw_exC1","amount":400,"reason":"requested_by_customer","metadata":{"by":"staff-3"}}'],
    ['all', {}, '{"payment_flow_id":"pfw_exC1"}'],
    ['one yen, which is the least', { amount: money(1, 'JPY') }, '{"payment_flow_id":"pfw_exC1","amount":1}'],
  ] satisfies readonly (readonly [string, CreateRefund, string])[])('%s, with exactly what was said', async (_what, input: CreateRefund, body) => {
    const seen = answering({ method: 'POST', path: '/v2/payment_refunds', body: { ...refund, amount: input.amount?.minorUnits ?? 400 } });
    expect(await payments.refunds.create('pfw_exC1', input)).toMatchObject({ object: 'refund', status: 'pending', paymentIntent: 'pfw_exC1', amount: { currency: 'JPY' } });
    expect(seen[0]?.body).toBe(body);
  });

  it.each(Object.entries(refunds))('is read as it was on %s', async (_date, body) => {
    answering({ method: 'GET', path: `/v2/payment_refunds/${body.id}`, body });
    const found = await payments.refunds.retrieve(body.id);
    expect(found).toMatchObject({ id: body.id, status: body.status, amount: { minorUnits: body.amount, currency: 'JPY' }, reason: body.reason });
    expect(found.paymentIntent).toMatch(/^p(?:i|fw)_ex/);
  });

  it('is listed by payment at the payment, otherwise in all', async () => {
    answering(
      { method: 'GET', path: '/v2/payment_flows/pfw_exC1/refunds?limit=5', body: listOf('/x', [refund]) },
      { method: 'GET', path: '/v2/payment_refunds?starting_after=pyr_exC', body: listOf('/x', []) },
    );
    expect((await payments.refunds.list({ paymentIntent: 'pfw_exC1', limit: 5 })).data).toHaveLength(1);
    expect((await payments.refunds.list({ cursor: 'pyr_exC' })).data).toEqual([]);
  });

  it('changes its metadata', async () => {
    const seen = answering({ method: 'POST', path: '/v2/payment_refunds/pyr_exC', body: refund });
    await payments.refunds.update('pyr_exC', { metadata: { by: null, why: 'x' } });
    expect(seen[0]?.body).toBe('{"metadata":{"by":"","why":"x"}}');
  });

  it.each([
    ['Already Refunded', 'invalid_state', []],
    ['Refund Exceeds Payment', 'invalid_request', [{ field: 'amount' }]],
  ])('%s is %s, and nothing went back', async (title, code, problems) => {
    answering({ method: 'POST', path: '/v2/payment_refunds', status: 400, body: { type: 'about:blank', title, status: 400 } });
    if (code === 'invalid_state') answering({ method: 'GET', path: '/v2/payment_flows/pfw_exC1', status: 404, body: { type: 'x', title: 'Not Found', status: 404 } });
    expect(await rejection(payments.refunds.create('pfw_exC1'))).toMatchObject({ code, outcome: 'rejected', problems });
  });
});

describe('payment_flows: events', () => {
  it('are read one by one, and listed by type and object', async () => {
    answering(
      { method: 'GET', path: '/v2/events/evt_ex1', body: event },
      { method: 'GET', path: '/v2/events?limit=1&type=payment_flow.succeeded&resource_id=pfw_exC1', body: listOf('/v2/events', [event], true) },
    );
    expect(await payments.events.retrieve('evt_ex1')).toMatchObject({ type: 'payment_intent.succeeded', trust: 'retrieved', subject: { id: 'pfw_exC1', status: 'succeeded' }, createdAt: '2026-04-10T05:00:05.000Z' });
    expect(await payments.events.list({ limit: 1, providerType: 'payment_flow.succeeded', subject: 'payjp:pfw_exC1' })).toMatchObject({ hasMore: true, nextCursor: 'evt_ex1' });
  });
});
