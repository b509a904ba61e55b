import { createSandbox, serve, type Sandbox, type Served } from '@oneintent/sandbox';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/** The official SDK, unchanged, against the sandbox on loopback. */
describe('the official stripe package drives the sandbox', () => {
  const sandbox: Sandbox = createSandbox({ dialect: 'stripe' });
  const { customer, paymentMethods } = sandbox;
  let served: Served;
  let stripe: Stripe;

  beforeAll(async () => {
    served = await serve(sandbox);
    stripe = new Stripe(sandbox.apiKey, { protocol: 'http', host: '127.0.0.1', port: Number(new URL(served.origin).port), telemetry: false });
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => served.close());

  const held = (amount = 2000) =>
    stripe.paymentIntents.create({ amount, currency: 'eur', customer, payment_method: paymentMethods.succeeds, confirm: true, capture_method: 'manual' });

  it('creates, with nested parameters, and retrieves with expansion', async () => {
    const created = await stripe.paymentIntents.create({
      amount: 2000,
      currency: 'eur',
      customer,
      payment_method: paymentMethods.succeeds,
      description: 'Tea & cake + more',
      metadata: { oneintent_reference: 'order-42', 'odd key': 'a=b&c' },
      payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    });
    expect(created).toMatchObject({ status: 'requires_confirmation', description: 'Tea & cake + more' });
    expect(created.lastResponse.requestId).toMatch(/^req_/);
    const again = await stripe.paymentIntents.retrieve(created.id, { expand: ['customer', 'payment_method'] });
    expect(again).toMatchObject({ customer: { id: customer }, payment_method: { object: 'payment_method' }, metadata: { oneintent_reference: 'order-42' } });
    expect(sandbox.ledger()[0]?.reference).toBe('order-42');
  });

  it('confirms: paid at once, with the charge expanded', async () => {
    const created = await stripe.paymentIntents.create({ amount: 2000, currency: 'eur' });
    const paid = await stripe.paymentIntents.confirm(created.id, { payment_method: paymentMethods.succeeds, expand: ['latest_charge'] });
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 2000, latest_charge: { paid: true } });
  });

  it('captures a part and releases the rest', async () => {
    const { id } = await held();
    expect(await stripe.paymentIntents.capture(id, { amount_to_capture: 1500 })).toMatchObject({ status: 'succeeded', amount_received: 1500 });
    expect(sandbox.ledger()[0]).toMatchObject({ captured: 1500, released: 500 });
  });

  it('captures without parameters', async () => {
    const { id } = await held();
    expect(await stripe.paymentIntents.capture(id)).toMatchObject({ status: 'succeeded', amount_received: 2000 });
  });

  it('cancels with a reason, and is told when it is too late', async () => {
    const { id } = await held();
    const canceled = await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    await expect(stripe.paymentIntents.cancel(id)).rejects.toMatchObject({ type: 'StripeInvalidRequestError', code: 'payment_intent_unexpected_state', statusCode: 400 });
  });

  it('updates and increments', async () => {
    const { id } = await held();
    expect(await stripe.paymentIntents.update(id, { metadata: { a: 'b' } })).toMatchObject({ metadata: { a: 'b' } });
    expect(await stripe.paymentIntents.incrementAuthorization(id, { amount: 2500 })).toMatchObject({ amount: 2500, amount_capturable: 2500 });
  });

  it('lists page by page, newest first', async () => {
    for (const amount of [1000, 2000, 3000, 4000, 5000]) await stripe.paymentIntents.create({ amount, currency: 'eur' });
    const amounts: number[] = [];
    for await (const { amount } of stripe.paymentIntents.list({ limit: 2, created: { gte: 1 } })) amounts.push(amount);
    expect(amounts).toEqual([5000, 4000, 3000, 2000, 1000]);
  });

  it('is declined with the payment intent in the error', async () => {
    const decline = stripe.paymentIntents.create({ amount: 2000, currency: 'eur', payment_method: paymentMethods.insufficient_funds, confirm: true });
    await expect(decline).rejects.toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      payment_intent: { status: 'requires_payment_method' },
    });
    expect(sandbox.ledger()[0]).toMatchObject({ authorized: 0, confirmations: 1 });
  });

  it('goes through 3-D Secure', async () => {
    const waiting = await stripe.paymentIntents.create({
      amount: 2000,
      currency: 'eur',
      payment_method: paymentMethods.three_d_secure,
      confirm: true,
      return_url: 'https://shop.example/back',
    });
    expect(waiting).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
    await fetch(`${served.origin}/_sandbox/actions/${waiting.id}/complete`, { method: 'POST' });
    expect(await stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({ status: 'succeeded' });
  });

  it('replays under its key, and conflicts with other content', async () => {
    const options = { idempotencyKey: 'order-42' };
    const first = await stripe.paymentIntents.create({ amount: 2000, currency: 'eur' }, options);
    const second = await stripe.paymentIntents.create({ amount: 2000, currency: 'eur' }, options);
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(stripe.paymentIntents.create({ amount: 3000, currency: 'eur' }, options)).rejects.toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
  });

  it('is told of a wrong key, an unknown parameter and a missing payment as at Stripe', async () => {
    const stranger = new Stripe('sk_test_wrong', { protocol: 'http', host: '127.0.0.1', port: Number(new URL(served.origin).port), telemetry: false });
    await expect(stranger.paymentIntents.list()).rejects.toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 });
    await expect(stripe.paymentIntents.retrieve('pi_nope')).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing' });
    await expect(stripe.paymentIntents.create({ amount: 10, currency: 'eur' })).rejects.toMatchObject({ code: 'amount_too_small', param: 'amount' });
  });
});
