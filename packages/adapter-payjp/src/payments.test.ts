import { describe, expect, it } from 'vitest';
import { createPayments, money, toBrowser } from '@oneintent/core';
import { createSandbox } from '@oneintent/sandbox';
import { dialectNames } from './dialects/index.js';
import { payjp } from './index.js';

/** Whole payments against a provider that is a second reading of the same facts. */
describe.each(dialectNames)('%s: a payment from its beginning to its end', (dialect) => {
  const shop = () => {
    const sandbox = createSandbox({ dialect: `payjp_${dialect}` });
    const payments = createPayments({ adapter: payjp({ apiKey: sandbox.apiKey, dialect }), account: 'jp', fetch: sandbox.fetch, retries: 0 });
    const method = (name: keyof typeof sandbox.paymentMethods) => ({ customer: sandbox.customer, paymentMethod: sandbox.paymentMethods[name] });
    return { sandbox, method, verbs: payments.paymentIntents };
  };
  const yen = (minorUnits: number) => money(minorUnits, 'JPY');
  const returnUrl = 'https://shop.example/back';

  it('3-D Secure, a hold, and the capture of a part: the rest is released', async () => {
    const { sandbox, verbs, method } = shop();
    const waiting = await verbs.create(
      { amount: yen(5400), ...method('three_d_secure'), captureMethod: 'manual', confirm: true, returnUrl, metadata: { order: '77', gift: true, items: 3 } },
      { reference: 'order-77' },
    );
    expect(waiting).toMatchObject({ status: 'requires_action', reference: 'order-77', returnUrl, metadata: { order: '77', gift: true, items: 3 } });
    expect(toBrowser(waiting)).toMatchObject({ clientSecret: expect.stringMatching(/./), nextAction: { type: 'opaque', data: { opaque: 'unverified shape' } } });

    sandbox.completeAction(waiting.id);
    const held = await verbs.waitFor(waiting.ref, { until: ['requires_capture'] });
    expect(held).toMatchObject({ status: 'requires_capture', amountCapturable: yen(5400), amountReceived: yen(0) });

    const paid = await verbs.capture(held, { amount: yen(5000) }, { reference: 'order-77' });
    expect(paid).toMatchObject({ status: 'succeeded', amount: yen(5400), amountReceived: yen(5000), amountCapturable: yen(0) });
    expect(sandbox.ledger()).toMatchObject([{ authorized: 5400, captured: 5000, released: 400, confirmations: 1, reference: 'order-77' }]);
    await expect(verbs.confirm(paid)).rejects.toMatchObject({ code: 'invalid_request', outcome: 'not_sent' });
    await expect(verbs.cancel({ id: paid.id })).rejects.toMatchObject({ code: 'invalid_state', outcome: 'rejected', currentStatus: 'succeeded' });
  });

  it('3-D Secure that fails asks for another method, and says why where the dialect does', async () => {
    const { sandbox, verbs, method } = shop();
    const waiting = await verbs.create({ amount: yen(800), ...method('three_d_secure'), confirm: true });
    sandbox.failAction(waiting.id);
    expect(await verbs.retrieve(waiting)).toMatchObject({
      status: 'requires_payment_method',
      lastPaymentError: dialect === 'payment_flows' ? { reason: 'authentication_failed', advice: 'authenticate', providerCode: 'three_d_secure_failed' } : null,
    });
  });

  it('a decline is a value, and another method pays the same intent', async () => {
    const { sandbox, verbs, method } = shop();
    const created = await verbs.create({ amount: yen(1000), ...method('expired_card') }, { reference: 'order-78' });
    expect(created.status).toBe('requires_confirmation');
    const declined = await verbs.confirm(created, {}, { reference: 'order-78' });
    expect(declined).toMatchObject({ status: 'requires_payment_method', lastPaymentError: { reason: 'expired_card', providerCode: 'expired_card' } });
    const paid = await verbs.confirm(declined, { paymentMethod: method('succeeds').paymentMethod }, { reference: 'order-78', attempt: 2 });
    expect(paid).toMatchObject({ status: 'succeeded', amountReceived: yen(1000) });
    expect(sandbox.ledger()).toMatchObject([{ captured: 1000, confirmations: 2 }]);
  });

  it('a decline of the creation itself charges nothing; the second attempt charges once, however often it is sent', async () => {
    const { sandbox, verbs, method } = shop();
    const input = { amount: yen(1000), ...method('card_declined'), confirm: true } as const;
    const first = await verbs.create(input, { reference: 'order-79' }).catch((error: unknown) => error);
    expect(first).toMatchObject(
      dialect === 'payment_flows'
        ? { code: 'payment_declined', outcome: 'rejected', retry: 'new_attempt', failure: { reason: 'card_declined' } }
        : { status: 'requires_payment_method', lastPaymentError: { reason: 'card_declined' } },
    );
    const again = { ...input, ...method('succeeds') };
    const paid = await verbs.create(again, { reference: 'order-79', attempt: 2 });
    const repeated = await verbs.create(again, { reference: 'order-79', attempt: 2 });
    expect([paid, repeated]).toMatchObject([{ status: 'succeeded' }, { id: paid.id, status: 'succeeded' }]);
    expect(sandbox.ledger().map(({ captured }) => captured).reduce((sum, captured) => sum + captured, 0)).toBe(1000);
  });

  it.each([['processing_succeeds', 'succeeded'], ['processing_fails', 'requires_payment_method']] as const)(
    '%s: processing, and later %s', async (name, status) => {
      const { sandbox, verbs, method } = shop();
      const working = await verbs.create({ amount: yen(1000), ...method(name), confirm: true });
      expect(working.status).toBe('processing');
      sandbox.advance(120);
      expect(await verbs.waitFor(working)).toMatchObject({ id: working.id, status });
    });

  it('a hold is canceled with a reason, and everything is released', async () => {
    const { sandbox, verbs, method } = shop();
    const held = await verbs.create({ amount: yen(1000), ...method('succeeds'), captureMethod: 'manual', confirm: true });
    const canceled = await verbs.cancel(held, { reason: 'requested_by_customer' });
    expect(canceled).toMatchObject({ status: 'canceled', cancellationReason: dialect === 'payment_flows' ? 'requested_by_customer' : null });
    expect(sandbox.ledger()).toMatchObject([{ captured: 0, released: 1000 }]);
  });

  it('what is not yet paid can be changed', async () => {
    const { verbs, method } = shop();
    const created = await verbs.create({ amount: yen(1000), metadata: { order: '80', gift: true } });
    const changed = await verbs.update(created, { amount: yen(1200), ...method('succeeds'), description: 'order 80', metadata: { gift: null, items: 2 } });
    expect(changed).toMatchObject({ status: 'requires_confirmation', amount: yen(1200), description: 'order 80', metadata: { order: '80', items: 2 } });
    expect(changed.metadata).not.toHaveProperty('gift');
  });

  it('a list is gone through over its pages, each payment once', async () => {
    const { sandbox, verbs } = shop();
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) made.push((await verbs.create({ amount: yen(100 + index) })).id);
    const page = await verbs.list({ limit: 3 });
    expect(page).toMatchObject({ hasMore: true, nextCursor: expect.any(String) });
    expect(page.data).toHaveLength(3);
    const found: string[] = [];
    for await (const intent of verbs.iterate({ limit: 3 })) found.push(intent.id);
    expect(found).toEqual(made.toReversed());
    expect(sandbox.requests().filter(({ method }) => method === 'GET')).toHaveLength(4);
  });

  it('a wrong key is said to be wrong', async () => {
    const { sandbox } = shop();
    const payments = createPayments({ adapter: payjp({ apiKey: 'sk_test_other', dialect }), fetch: sandbox.fetch });
    await expect(payments.paymentIntents.list()).rejects.toMatchObject({ code: 'authentication', outcome: 'rejected' });
  });
});

describe('what only one dialect has', () => {
  it('payment_intents: an authorisation is raised to a new total', async () => {
    const sandbox = createSandbox({ dialect: 'payjp_payment_intents' });
    const { paymentIntents } = createPayments({ adapter: payjp({ apiKey: sandbox.apiKey, dialect: 'payment_intents' }), fetch: sandbox.fetch });
    const held = await paymentIntents.create({ amount: money(1000, 'JPY'), paymentMethod: sandbox.paymentMethods.succeeds, captureMethod: 'manual', confirm: true });
    expect(await paymentIntents.incrementAuthorization(held, { amount: money(1500, 'JPY') })).toMatchObject({ amount: money(1500, 'JPY'), amountCapturable: money(1500, 'JPY') });
    expect(sandbox.ledger()).toMatchObject([{ authorized: 1500 }]);
  });

  it('payment_flows: a list of one customer', async () => {
    const sandbox = createSandbox({ dialect: 'payjp_payment_flows' });
    const { paymentIntents } = createPayments({ adapter: payjp({ apiKey: sandbox.apiKey }), fetch: sandbox.fetch });
    await paymentIntents.create({ amount: money(1000, 'JPY') });
    const theirs = await paymentIntents.create({ amount: money(1000, 'JPY'), customer: sandbox.customer });
    expect((await paymentIntents.list({ customer: sandbox.customer })).data.map(({ id }) => id)).toEqual([theirs.id]);
  });

  it('payment_flows: a hold that runs out is canceled by itself, which a capture is told', async () => {
    const sandbox = createSandbox({ dialect: 'payjp_payment_flows' });
    const { paymentIntents } = createPayments({ adapter: payjp({ apiKey: sandbox.apiKey }), fetch: sandbox.fetch });
    const input = { amount: money(1000, 'JPY'), customer: sandbox.customer, paymentMethod: sandbox.paymentMethods.succeeds, captureMethod: 'manual', confirm: true } as const;
    const held = await paymentIntents.create(input);
    expect(held.authorizationExpiresAt).toMatchObject({ source: 'payment_flow.expired_at' });
    sandbox.advance(8 * 86_400);
    await expect(paymentIntents.capture(held)).rejects.toMatchObject({ code: 'invalid_state', currentStatus: 'canceled', intent: { cancellationReason: 'expired' } });
  });
});
