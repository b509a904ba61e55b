import { createPayments, money, type CreatePaymentIntent } from '@oneintent/core';
import { runConformance } from '@oneintent/core/conformance';
import { describe, expect, it } from 'vitest';
import { openKontor } from './kontor-server.js';
import { openStage } from './kontor-stage.js';
import { kontor } from './kontor/index.js';

const card: CreatePaymentIntent = { amount: money(1234, 'EUR'), paymentMethod: 'card_fine', confirm: true };

const open = () => {
  const provider = openKontor();
  const adapter = kontor({ apiKey: provider.apiKey });
  const { fetch, now, webhookSecret } = provider;
  return { provider, adapter, payments: createPayments({ adapter, fetch, webhookSecret, clock: now }) };
};

/** A client whose provider gives these answers, the last one again and again. */
const answering = (...answers: readonly { readonly status: number; readonly body: unknown }[]) => {
  const sent: { readonly url: string; readonly body: unknown }[] = [];
  const payments = createPayments({
    adapter: kontor({ apiKey: 'sk_test_1' }),
    sleep: () => Promise.resolve(),
    fetch: (url, init) => {
      const answer = answers[Math.min(sent.length, answers.length - 1)];
      sent.push({ url: String(url), body: init?.body });
      return Promise.resolve(new Response(JSON.stringify(answer?.body), { status: answer?.status ?? 500 }));
    },
  });
  return { payments, sent };
};

const least = { id: 'pay_1', state: { phase: 'paid' }, amount: '12.34', currency: 'EUR' };
const reading = (body: object) => answering({ status: 200, body }).payments.paymentIntents.retrieve('pay_1');

describe('amounts', () => {
  it.each([
    [money(1234, 'EUR'), '12.34'],
    [money(100_05, 'PLN'), '100.05'],
    [money(100, 'CZK'), '1.00'],
    [money(1500, 'JPY'), '1500.00'],
  ])('of %j are written as %s, and read back', async (amount, written) => {
    const { currency } = amount;
    const { payments, sent } = answering({ status: 201, body: { ...least, amount: written, currency } });
    expect((await payments.paymentIntents.create({ amount })).amount).toEqual(amount);
    expect(sent).toEqual([{ url: 'https://api.kontor.example/payments', body: JSON.stringify({ amount: written, currency, capture: 'at_once' }) }]);
  });

  it.each([1234, '12.345', '.5', '1e3', '1,234.00', '-1.00', '', null])('are not read from %j', async (amount) => {
    await expect(reading({ ...least, amount })).rejects.toMatchObject({ code: 'malformed_response' });
  });

  it('of a yen that is not whole are not read', async () => {
    await expect(reading({ ...least, amount: '12.50', currency: 'JPY' })).rejects.toMatchObject({ code: 'malformed_response' });
  });
});

describe('a payment', () => {
  it('is read from its essentials alone', async () => {
    expect(await reading(least)).toMatchObject({ id: 'pay_1', status: 'succeeded', amount: money(1234, 'EUR'), customer: null, amountReceived: null });
  });

  it.each([{ id: null }, { state: null }, { state: {} }, { amount: undefined }, { currency: undefined }])('is not read with %j', async (without) => {
    await expect(reading({ ...least, ...without })).rejects.toMatchObject({ code: 'malformed_response' });
  });

  it.each([
    ['open', 'no_method', 'requires_payment_method'],
    ['open', 'declined', 'requires_payment_method'],
    ['open', 'ready', 'requires_confirmation'],
    ['open', 'customer_needed', 'requires_action'],
    ['working', null, 'processing'],
    ['held', 'until_sunday', 'requires_capture'],
    ['paid', 'with_a_bonus', 'succeeded'],
    ['closed', null, 'canceled'],
  ])('that is %s (%s) is %s', async (phase, detail, status) => {
    expect((await reading({ ...least, state: { phase, detail } })).status).toBe(status);
  });

  it.each([
    ['asleep', 'deeply', 'asleep'],
    ['open', 'moon_phase_wrong', 'moon_phase_wrong'],
    ['open', null, 'open'],
  ])('that is %s (%s) is unknown, with the word that nobody knows', async (phase, detail, providerStatus) => {
    expect(await reading({ ...least, state: { phase, detail } })).toMatchObject({ status: 'unknown', providerStatus });
  });

  it.each([
    ['double', 'duplicate'],
    ['ran_out', 'expired'],
    ['inventory', 'unknown'],
  ])('that is closed for %s is canceled as %s', async (detail, cancellationReason) => {
    expect(await reading({ ...least, state: { phase: 'closed', detail } })).toMatchObject({ status: 'canceled', cancellationReason });
  });
});

describe('a fault in Kontor’s own words', () => {
  const failing = (status: number, fault: object) => {
    const { payments, sent } = answering({ status, body: { fault, ticket: 'tkt_7' } });
    return { sent, call: payments.paymentIntents.cancel('pay_1') };
  };

  it.each([
    [400, 'bad_request', 'invalid_request', 'rejected'],
    [401, 'no_access', 'authentication', 'rejected'],
    [403, 'not_allowed', 'permission', 'rejected'],
    [404, 'not_there', 'not_found', 'rejected'],
    [409, 'wrong_state', 'invalid_state', 'rejected'],
    [429, 'too_many', 'rate_limited', 'rejected'],
    [500, 'broken', 'provider_unavailable', 'unknown'],
    [418, 'teapot', 'invalid_request', 'rejected'],
    [503, 'teapot', 'provider_unavailable', 'unknown'],
  ])('of status %i and kind %s is %s, and the outcome %s', async (status, kind, code, outcome) => {
    await expect(failing(status, { kind }).call).rejects.toMatchObject({ code, outcome, requestId: 'tkt_7', providerCode: kind });
  });

  it('names the member', async () => {
    await expect(failing(400, { kind: 'bad_request', member: 'reason' }).call).rejects.toMatchObject({ problems: [{ field: 'reason' }] });
  });

  it('that is a decline without a payment is thrown, as nothing can be returned', async () => {
    const { payments } = answering({ status: 402, body: { fault: { kind: 'declined', code: 'no_funds' } } });
    await expect(payments.paymentIntents.create({ amount: money(1234, 'EUR') })).rejects.toMatchObject({ code: 'payment_declined', failure: { reason: 'insufficient_funds' } });
  });
});

describe('a delivery', () => {
  it('with its signature in the address is verified and read', async () => {
    const { provider, payments } = open();
    const paid = await payments.paymentIntents.create(card);
    for (const { url, body } of provider.deliveries()) {
      const event = await payments.webhooks.verify({ body, headers: {}, url });
      expect(event).toMatchObject({ trust: 'signed', subject: { id: paid.id } });
    }
  });

  it('is verified as a Request too', async () => {
    const { provider, payments } = open();
    await payments.paymentIntents.create(card);
    for (const { kind, url, body } of provider.deliveries()) {
      const event = await payments.webhooks.verify(new Request(url, { method: 'POST', body }));
      expect(event).toMatchObject({ trust: 'signed', providerType: kind });
    }
  });

  it.each([
    ['another signature', (url: string) => url.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['an empty one', (url: string) => url.replace(/=.*$/, '=')],
    ['none', (url: string) => url.replace(/\?.*$/, '')],
    ['two', (url: string) => `${url}&${url.split('?')[1]}`],
  ])('with %s is refused', async (_what, forge) => {
    const { provider, payments } = open();
    await payments.paymentIntents.create(card);
    const [{ url, body } = { url: '', body: '' }] = provider.deliveries();
    await expect(payments.webhooks.verify({ body, headers: {}, url: forge(url) })).rejects.toMatchObject({ code: 'webhook_unverified' });
  });

  it('of every kind that is declared does come', async () => {
    const { provider, adapter, payments } = open();
    const pay = (paymentMethod: string, captureMethod: 'automatic' | 'manual' = 'automatic') => payments.paymentIntents.create({ ...card, paymentMethod, captureMethod });
    await payments.refunds.create(await pay('card_fine'));
    await payments.paymentIntents.cancel(await pay('card_fine', 'manual'));
    for (const method of ['card_refused', 'card_careful', 'transfer']) await pay(method);
    expect(new Set(provider.deliveries().map(({ kind }) => kind))).toEqual(new Set(adapter.webhooks?.sends.value.map(({ providerType }) => providerType)));
  });
});

describe('the adapter', () => {
  it('refuses an address to come back to without a charge, nothing sent', async () => {
    const { provider, payments } = open();
    await expect(payments.paymentIntents.create({ amount: card.amount, returnUrl: 'https://shop.example' })).rejects.toMatchObject({ outcome: 'not_sent', problems: [{ field: 'returnUrl' }] });
    expect(provider.requests).toEqual([]);
  });

  it.each(['', 'pk_test_1', 'sk_test_', 'sk_test_a b'])('refuses %j as a key', (apiKey) => {
    expect(() => kontor({ apiKey })).toThrow(expect.objectContaining({ code: 'configuration' }));
  });

  it('keeps what the suite promises of keys, were Kontor to take them in its bodies', async () => {
    const { adapter } = open();
    const behavior = { stores: 'unknown', inFlight: 'unknown', repetition: 'unknown' } as const;
    const value = { honoured: 'documented', place: { member: 'once' }, alphabet: '[0-9a-f]+', maximumLength: 64, window: null, ...behavior } as const;
    const keyed = { ...adapter, limits: { ...adapter.limits, idempotency: { ...adapter.limits.idempotency, value } } };
    const proven: string[] = [];
    for await (const { id, result } of runConformance({ name: 'kontor', adapter: keyed, open: () => openStage('EUR') }, { only: /^\w+\.\w+\/key$/ })) if (result === 'proven') proven.push(id);
    expect(proven.toSorted()).toEqual(Object.keys(adapter.operations).map((name) => `${name}/key`).toSorted());
  });

  it('creates, then confirms by id, as Kontor does not honour keys', async () => {
    const { provider, payments } = open();
    const paid = await payments.paymentIntents.create(card, { reference: 'order-1' });
    expect(provider.requests).toEqual(['GET /payments', 'POST /payments', `POST /payments/${paid.id}/confirm`]);
  });
});
