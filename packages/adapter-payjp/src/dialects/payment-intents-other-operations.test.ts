import { describe, expect, it } from 'vitest';
import { money } from '@oneintent/core';
import { listOf, refunds, setupIntent } from '../testing/payloads.js';
import { answering, client, useWire } from '../testing/wire.js';

useWire();

const payments = client('payment_intents');
const refund = refunds['2025-08-05'];

describe('payment_intents: saving a card', () => {
  it('is begun, confirmed and ended by the back end', async () => {
    const seen = answering(
      { method: 'POST', path: '/v2/setup_intents', body: setupIntent },
      { method: 'POST', path: '/v2/setup_intents/seti_exA', body: setupIntent },
      { method: 'POST', path: '/v2/setup_intents/seti_exA/confirm', body: { ...setupIntent, status: 'succeeded' } },
      { method: 'POST', path: '/v2/setup_intents/seti_exA/cancel', body: { ...setupIntent, status: 'canceled' } },
    );
    await payments.setupIntents.create({ customer: 'cus_exA', paymentMethod: 'pm_exA', usage: 'on_session', confirm: true, returnUrl: 'https://shop.example/back' });
    await payments.setupIntents.update('seti_exA', { paymentMethod: 'pm_exB', description: 'card' });
    expect(await payments.setupIntents.confirm('seti_exA', { paymentMethod: 'pm_exA', threeDSecure: 'automatic', returnUrl: 'https://shop.example/back' })).toMatchObject({ status: 'succeeded', metadata: null });
    await payments.setupIntents.cancel('seti_exA');
    expect(seen.map(({ body }) => body)).toEqual([
      '{"customer":"cus_exA","payment_method":"pm_exA","usage":"on_session","confirm":true,"return_url":"https://shop.example/back"}',
      '{"payment_method":"pm_exB","description":"card"}',
      '{"payment_method":"pm_exA","payment_method_options":{"card":{"request_three_d_secure":"automatic"}},"return_url":"https://shop.example/back"}',
      '{}',
    ]);
  });
});

describe('payment_intents: giving money back', () => {
  it('names the payment as that date did, and can be stopped', async () => {
    const seen = answering(
      { method: 'GET', path: '/v2/refunds', body: listOf('/v2/refunds', []) },
      { method: 'POST', path: '/v2/refunds', body: refund },
      { method: 'POST', path: '/v2/refunds/re_exA/cancel', body: { ...refund, status: 'canceled' } },
    );
    await payments.refunds.list();
    expect(await payments.refunds.create('pi_exA1', { amount: money(3300, 'JPY') })).toMatchObject({ id: 're_exA', paymentIntent: 'pi_exA1' });
    expect(await payments.refunds.cancel('re_exA')).toMatchObject({ status: 'canceled' });
    expect(seen.map(({ body }) => body)).toEqual(['', '{"payment_intent":"pi_exA1","amount":3300}', '{}']);
  });

  it('is listed by offset', async () => {
    answering({ method: 'GET', path: '/v2/refunds?limit=1&offset=3', body: listOf('/v2/refunds', [refund], true) });
    expect(await payments.refunds.list({ limit: 1, cursor: '3' })).toMatchObject({ hasMore: true, nextCursor: '4' });
  });
});

describe('payment_intents: events', () => {
  it('are listed since a time, by offset', async () => {
    const event = { id: 'evt_a', type: 'payment_intent.succeeded', livemode: false, data: {}, created_at: '2025-08-21T00:00:00Z' };
    answering({ method: 'GET', path: '/v2/events?offset=10&since=2025-08-20T00%3A00%3A00Z', body: listOf('/v2/events', [event]) });
    expect((await payments.events.list({ cursor: '10', createdFrom: '2025-08-20T00:00:00Z' })).data).toMatchObject([{ id: 'evt_a', subject: null, type: 'payment_intent.succeeded' }]);
  });
});
