import { timingSafeEqual } from 'node:crypto';
import { generic, stripe as profile } from '@oneintent/adapter-generic';
import { createPayments } from '@oneintent/core';
import { createSandbox, type DueDelivery, type Sandbox } from '@oneintent/sandbox';
import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';

const bodies: Readonly<Record<Sandbox['dialect'], (sandbox: Sandbox) => readonly [path: string, type: string, body: string]>> = {
  payjp_payment_flows: ({ customer, paymentMethods: { succeeds } }) => [
    '/v2/payment_flows',
    'application/json',
    JSON.stringify({ amount: 1000, currency: 'jpy', customer_id: customer, payment_method_id: succeeds, confirm: true, description: '珈琲 ☕' }),
  ],
  payjp_payment_intents: ({ customer, paymentMethods: { succeeds } }) => [
    '/v2/payment_intents',
    'application/json',
    JSON.stringify({ amount: 1000, capture_method: 'automatic', customer, payment_method: succeeds, confirm: true, description: '珈琲 ☕' }),
  ],
  paypercut: ({ customer, paymentMethods: { succeeds } }) => [
    '/v1/payment_intents',
    'application/json',
    JSON.stringify({ amount: 1000, currency: 'eur', customer, payment_method: succeeds, confirm: true }),
  ],
  stripe: ({ paymentMethods: { succeeds } }) => [
    '/v1/payment_intents',
    'application/x-www-form-urlencoded',
    new URLSearchParams({ amount: '1000', currency: 'eur', payment_method: succeeds, confirm: 'true', description: 'café ☕ <&>' }).toString(),
  ],
};

/** What a sandbox posts after one payment: the last delivery. */
async function lastDelivery(sandbox: Sandbox): Promise<DueDelivery> {
  const [path, type, body] = bodies[sandbox.dialect](sandbox);
  const answer = await sandbox.fetch(`${sandbox.origin}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': type },
    body,
  });
  const delivery = (await sandbox.deliveries()).at(-1);
  if (delivery === undefined) throw new Error(`Nothing is due after ${answer.status}.`);
  return delivery;
}

const header = ({ headers }: DueDelivery, name: string): string => headers[name] ?? '';

describe('the official stripe package checks what the sandbox delivers', () => {
  const stripe = new Stripe('sk_test_sandbox', { telemetry: false });
  const construct = (sandbox: Sandbox, delivery: DueDelivery, secret = sandbox.webhookSecret, at = sandbox.now()) =>
    stripe.webhooks.constructEvent(delivery.body, header(delivery, 'stripe-signature'), secret, 300, undefined, at);

  it('accepts it, whatever characters it has, and reads the event', async () => {
    const sandbox = createSandbox({ dialect: 'stripe' });
    const event = construct(sandbox, await lastDelivery(sandbox));
    expect(event).toMatchObject({ object: 'event', type: 'payment_intent.succeeded', data: { object: { status: 'succeeded', description: 'café ☕ <&>' } } });
    expect(sandbox.events().map(({ id }) => id)).toContain(event.id);
  });

  it('accepts what arrives by POST, byte for byte, and a retry signed anew', async () => {
    const sandbox = createSandbox({ dialect: 'stripe', now: '2030-01-01T00:00:00Z' });
    await lastDelivery(sandbox);
    const accepted: string[] = [];
    let statuses = [500, 500, 200, 200];
    const receive = async (request: Request): Promise<Response> => {
      const raw = Buffer.from(await request.arrayBuffer());
      accepted.push(stripe.webhooks.constructEvent(raw, request.headers.get('stripe-signature') ?? '', sandbox.webhookSecret, 300, undefined, sandbox.now()).type);
      const [status] = statuses;
      statuses = statuses.slice(1);
      return new Response(null, { status: status ?? 200 });
    };
    await sandbox.deliver(receive);
    sandbox.advance(3600);
    await sandbox.deliver(receive);
    expect(accepted).toEqual(['payment_intent.created', 'payment_intent.succeeded', 'payment_intent.created', 'payment_intent.succeeded']);
  });

  it('refuses another body, another secret, and a delivery that is too old', async () => {
    const sandbox = createSandbox({ dialect: 'stripe' });
    const delivery = await lastDelivery(sandbox);
    expect(() => construct(sandbox, { ...delivery, body: delivery.body.replace('1000', '9000') })).toThrow(Stripe.errors.StripeSignatureVerificationError);
    expect(() => construct(sandbox, { ...delivery, body: JSON.stringify(JSON.parse(delivery.body)) })).toThrow(Stripe.errors.StripeSignatureVerificationError);
    expect(() => construct(sandbox, delivery, 'whsec_other')).toThrow(Stripe.errors.StripeSignatureVerificationError);
    expect(() => construct(sandbox, delivery, sandbox.webhookSecret, sandbox.now() + 302_000)).toThrow('Timestamp outside the tolerance zone');
  });

  it('lists and retrieves the events that were delivered', async () => {
    const sandbox = createSandbox({ dialect: 'stripe' });
    const { eventId, body } = await lastDelivery(sandbox);
    const client = new Stripe(sandbox.apiKey, { telemetry: false, httpClient: Stripe.createFetchHttpClient(sandbox.fetch) });
    expect(await client.events.retrieve(eventId)).toMatchObject(JSON.parse(body));
    const listed: string[] = [];
    for await (const { type } of client.events.list({ limit: 1, types: ['payment_intent.created', 'payment_intent.succeeded'] })) listed.push(type);
    expect(listed).toEqual(['payment_intent.succeeded', 'payment_intent.created']);
  });
});

describe("the official stripe package's test headers pass our verifier", () => {
  const official = new Stripe('sk_test_sandbox', { telemetry: false });
  const now = Date.parse('2026-04-10T05:00:00Z');
  const payments = createPayments({ adapter: generic(profile, { apiKey: 'sk_test_sandbox' }), webhookSecret: ['whsec_old', 'whsec_new'], clock: () => now });
  const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', created: now / 1000, livemode: false, data: { object: { id: 'pi_1', object: 'payment_intent', status: 'succeeded', amount: 1000, currency: 'eur' } } });
  const verify = (secret: string, timestamp: number, body = payload) =>
    payments.webhooks.verify({ body, headers: { 'stripe-signature': official.webhooks.generateTestHeaderString({ payload, secret, timestamp }) } });

  it.each(['whsec_old', 'whsec_new'])('under either secret, and read as the event that they are of: %s', async (secret) => {
    expect(await verify(secret, now / 1000)).toMatchObject({ type: 'payment_intent.succeeded', id: 'evt_1', trust: 'signed', subject: { id: 'pi_1', status: 'succeeded' } });
  });

  it('and not under another secret, of another time, or for another body', async () => {
    for (const refused of [verify('whsec_other', now / 1000), verify('whsec_new', now / 1000 - 301), verify('whsec_new', now / 1000 + 301), verify('whsec_new', now / 1000, `${payload} `)])
      await expect(refused).rejects.toMatchObject({ code: 'webhook_unverified' });
  });
});

describe("Paypercut's signature is of the same kind, so the stripe package checks it too", () => {
  const stripe = new Stripe('sk_test_sandbox', { telemetry: false });

  it('accepts what the sandbox delivers, and refuses it altered', async () => {
    const sandbox = createSandbox({ dialect: 'paypercut' });
    const delivery = await lastDelivery(sandbox);
    const verify = (body: string) =>
      stripe.webhooks.signature?.verifyHeader(body, header(delivery, 'paypercut-signature'), sandbox.webhookSecret, 300, undefined, sandbox.now());
    expect(verify(delivery.body)).toBe(true);
    expect(() => verify(`${delivery.body} `)).toThrow(Stripe.errors.StripeSignatureVerificationError);
  });

  it('reproduces the known example of timestamp, secret and body', () => {
    const payload = '{"id":"evt-1","type":"payment_intent.captured"}';
    const made = stripe.webhooks.generateTestHeaderString({ payload, secret: 'test_webhook_secret', timestamp: 1_780_391_710 });
    expect(made).toBe('t=1780391710,v1=accf0ed9c1cdff3b1daf46174c8ca5c9c18d01f6ff7c61ad07ea99016203c072');
  });
});

describe.each(['payjp_payment_flows', 'payjp_payment_intents'] as const)("%s: the check of PAY.JP's sample server", (dialect) => {
  /** As it is done there: the same length first, then a comparison in constant time. */
  const authentic = (token: string, expected: string): boolean => {
    const [given, wanted] = [Buffer.from(token), Buffer.from(expected)];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  };

  it.each(['provider', 'payjp_cli'] as const)('passes with the token of the account, and with no other (delivered by: %s)', async (deliveredBy) => {
    const sandbox = createSandbox({ dialect, webhookSecret: 'whook_test_account', switches: { deliveredBy } });
    const delivery = await lastDelivery(sandbox);
    const token = header(delivery, 'x-payjp-webhook-token');
    expect(authentic(token, 'whook_test_account')).toBe(true);
    expect(authentic(token, 'whook_test_accounT')).toBe(false);
    expect(JSON.parse(delivery.body)).toMatchObject({ object: 'event', id: delivery.eventId, data: { status: 'succeeded', amount: 1000 } });
  });
});
