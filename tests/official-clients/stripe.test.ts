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

  it('refunds a part and the rest, and shows it on the charge', async () => {
    const paid = await stripe.paymentIntents.create({ amount: 2000, currency: 'eur', payment_method: paymentMethods.succeeds, confirm: true });
    const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 500, reason: 'requested_by_customer', metadata: { by: 'staff' } });
    expect(refund).toMatchObject({ object: 'refund', amount: 500, status: 'succeeded', charge: paid.latest_charge, metadata: { by: 'staff' } });
    expect(await stripe.refunds.update(refund.id, { metadata: { by: '', note: 'x' } })).toMatchObject({ metadata: { note: 'x' } });
    await stripe.refunds.create({ charge: String(paid.latest_charge) });
    const amounts: number[] = [];
    for await (const { amount } of stripe.refunds.list({ payment_intent: paid.id, limit: 1 })) amounts.push(amount);
    expect(amounts).toEqual([1500, 500]);
    const charge = await stripe.charges.retrieve(String(paid.latest_charge), { expand: ['balance_transaction', 'refunds'] });
    expect(charge).toMatchObject({ refunded: true, amount_refunded: 2000, balance_transaction: { object: 'balance_transaction' }, refunds: { data: [{}, { id: refund.id }] } });
    await expect(stripe.refunds.create({ payment_intent: paid.id })).rejects.toMatchObject({ type: 'StripeInvalidRequestError', code: 'charge_already_refunded' });
    expect(sandbox.ledger()[0]).toMatchObject({ refunded: 2000 });
  });

  it('calls off a refund that is pending, and not one that is settled', async () => {
    sandbox.setSwitches({ refundsSettle: 'later' });
    const paid = await stripe.paymentIntents.create({ amount: 2000, currency: 'eur', payment_method: paymentMethods.succeeds, confirm: true });
    const refund = await stripe.refunds.create({ payment_intent: paid.id });
    expect(refund).toMatchObject({ status: 'pending', amount: 2000 });
    expect(await stripe.refunds.cancel(refund.id)).toMatchObject({ status: 'canceled' });
    await expect(stripe.refunds.cancel(refund.id)).rejects.toMatchObject({ statusCode: 400 });
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'canceled' });
  });

  it('saves a card: created, updated, confirmed through 3-D Secure, listed', async () => {
    const setup = await stripe.setupIntents.create({ customer, usage: 'off_session', payment_method_options: { card: { request_three_d_secure: 'automatic' } } });
    expect(setup).toMatchObject({ object: 'setup_intent', status: 'requires_payment_method', usage: 'off_session' });
    expect(await stripe.setupIntents.update(setup.id, { description: 'card on file' })).toMatchObject({ description: 'card on file' });
    const waiting = await stripe.setupIntents.confirm(setup.id, { payment_method: paymentMethods.three_d_secure, return_url: 'https://shop.example/back' });
    expect(waiting).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
    sandbox.completeAction(setup.id);
    expect(await stripe.setupIntents.retrieve(setup.id, { expand: ['payment_method'] })).toMatchObject({ status: 'succeeded', payment_method: { id: paymentMethods.three_d_secure } });
    expect((await stripe.setupIntents.list({ customer })).data).toMatchObject([{ id: setup.id }]);
    expect(sandbox.setups()[0]?.saved).toMatchObject({ customer, paymentMethod: paymentMethods.three_d_secure });
  });

  it('is declined with the setup intent in the error, and cancels it', async () => {
    const declined: unknown = await stripe.setupIntents.create({ customer, payment_method: paymentMethods.expired_card, confirm: true }).catch((error: unknown) => error);
    expect(declined).toMatchObject({ type: 'StripeCardError', code: 'expired_card', setup_intent: { status: 'requires_payment_method', last_setup_error: { code: 'expired_card' } } });
    const [{ id } = { id: 'none' }] = sandbox.setups();
    expect(await stripe.setupIntents.cancel(id, { cancellation_reason: 'abandoned' })).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    await expect(stripe.setupIntents.confirm(id)).rejects.toMatchObject({ code: 'setup_intent_unexpected_state' });
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
