import { createHmac } from 'node:crypto';
import { createPayments } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { event, refund, setup } from './testing/other-payloads.js';
import { apiKey, thrownBy } from './testing/wire.js';
import { generic, stripe } from './index.js';
import type { Profile } from './index.js';

const readerOf = (profile: Profile) => {
  const { webhooks } = generic(profile, { apiKey });
  if (webhooks === null) throw new Error('The profile has webhooks.');
  return webhooks.readEvent;
};

describe('an event of Stripe', () => {
  it.each([
    ['refund.updated', refund, 'refund.updated', 'refund'],
    ['setup_intent.setup_failed', setup, 'setup_intent.setup_failed', 'setup_intent'],
    ['payment_intent.succeeded', { id: 'pi_1', status: 'succeeded', amount: 1000, currency: 'eur' }, 'payment_intent.succeeded', 'payment_intent'],
    ['payment_intent.partially_funded', { id: 'pi_1', status: 'requires_action', amount: 1000, currency: 'eur' }, null, 'payment_intent'],
  ])('%s is told with its object', (type, object, expected, kind) => {
    expect(readerOf(stripe)({ ...event, type, data: { object } })).toMatchObject({ providerType: type, type: expected, subject: { kind, reading: { id: object.id } } });
  });

  it.each(['charge.refunded', 'customer.created', 'something.new'])('%s is told without an object that this model does not have', (type) => {
    expect(readerOf(stripe)({ ...event, type })).toMatchObject({ providerType: type, type: null, subject: null });
  });

  it.each([undefined, null, 7, {}, { object: { id: 're_1' } }])('whose object cannot be read is told all the same: %j', (data) => {
    expect(readerOf(stripe)({ ...event, data })).toMatchObject({ id: 'evt_1', type: 'refund.updated', subject: null });
  });
});

describe('a profile', () => {
  it('that says nothing of webhooks has none, and one made for payment intents alone still does', async () => {
    const adapter = generic({ name: 'acme', baseUrl: 'https://api.acme.example', operations: ['paymentIntents.create'] }, { apiKey });
    expect(adapter.webhooks).toBeNull();
    const payments = createPayments({ adapter, webhookSecret: 'x' });
    await expect(payments.webhooks.verify({ body: '{}', headers: {} })).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('names the events of its service in its own words', () => {
    const profile: Profile = {
      ...stripe,
      name: 'acme',
      webhooks: { scheme: { type: 'standard_webhooks', headerPrefix: 'webhook-' }, sends: [{ providerType: 'returned', type: 'refund.updated' }] },
    };
    expect(readerOf(profile)({ ...event, type: 'returned' })).toMatchObject({ type: 'refund.updated', subject: { reading: { id: 're_1' } } });
  });

  it('says which events its service sends: its own, or those of Stripe', () => {
    const sends = [{ providerType: 'returned', type: 'refund.updated' }] as const;
    const scheme = { type: 'standard_webhooks', headerPrefix: 'webhook-' } as const;
    expect(generic({ ...stripe, webhooks: { scheme, sends } }, { apiKey }).webhooks?.sends).toMatchObject({ value: sends, confidence: 'documented' });
    expect(generic({ ...stripe, webhooks: { scheme } }, { apiKey }).webhooks?.sends.value).toContainEqual({ providerType: 'refund.updated', type: 'refund.updated' });
  });

  it('may know of an event without knowing what it means: its object is told by the name of the event', () => {
    const sends = [{ providerType: 'refund.moved', type: 'unknown' }] as const;
    const profile: Profile = { ...stripe, webhooks: { scheme: { type: 'standard_webhooks', headerPrefix: 'webhook-' }, sends } };
    expect(readerOf(profile)({ ...event, type: 'refund.moved' })).toMatchObject({ providerType: 'refund.moved', type: null, subject: { kind: 'refund', reading: { id: 're_1' } } });
  });

  it('of a service that signs its address with the body believes a delivery at that address only', async () => {
    const profile: Profile = { ...stripe, name: 'acme', webhooks: { scheme: { type: 'hmac', in: 'header', name: 'X-Signature', encoding: 'base64', over: 'address_and_body' } } };
    const payments = createPayments({ adapter: generic(profile, { apiKey }), webhookSecret: 'test_secret' });
    const [url, body] = ['https://shop.example/hook', JSON.stringify(event)];
    const headers = { 'x-signature': createHmac('sha256', 'test_secret').update(url + body).digest('base64') };
    await expect(payments.webhooks.verify({ body, headers, url })).resolves.toMatchObject({ trust: 'signed' });
    await expect(payments.webhooks.verify({ body, headers, url: `${url}/elsewhere` })).rejects.toMatchObject({ code: 'webhook_unverified' });
  });

  it('with a scheme that does not exist is refused, and says which there are', () => {
    const profile = { ...stripe, webhooks: { scheme: { type: 'rot13', header: 'X' } } } as unknown as Profile;
    expect(thrownBy(() => generic(profile, { apiKey }))).toMatchObject({ code: 'configuration', message: expect.stringContaining('timestamped_hmac') });
  });

  it('with other names for its resources asks for these', async () => {
    const adapter = generic({ ...stripe, resources: { refunds: 'returns' } }, { apiKey });
    expect(adapter.operations['refunds.retrieve'].request({ id: 're_1' }).path).toBe('/v1/returns/re_1');
  });
});
