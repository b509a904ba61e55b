import { createPayments, money } from '@oneintent/core';
import nock from 'nock';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { paypercut } from './index.js';
import { authorised, canceled, captured, challenged, fresh } from './testing/payloads.js';

const origin = 'https://api.paypercut.io';
const id = fresh.id;
const method = challenged.payment_method;
const result = { cryptogram: 'AAABBEg0VhI0VniQEjRWAAAAAAA=', transactionId: '97267598-fae6-4ae6', version: '2.2.0', electronicCommerceIndicator: '05' } as const;

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

const payments = createPayments({ adapter: paypercut({ apiKey: 'sk_test_1' }), retries: 0 }).paymentIntents;

/** Expects one request, of exactly these bytes, and gives the headers that came with it. */
const expectRequest = (verb: 'get' | 'post', path: string, body: string | undefined, json: nock.Body) => {
  const seen: Record<string, unknown> = {};
  nock(origin)[verb](path, body).reply(function answer() {
    Object.assign(seen, this.req.headers);
    return [200, json];
  });
  return seen;
};

const headers = { accept: 'application/json, application/problem+json', authorization: 'Bearer sk_test_1', host: 'api.paypercut.io' };
const posted = { ...headers, 'content-type': 'application/json', 'idempotency-key': expect.stringMatching(/^[0-9a-f]{64}$/) };

describe('create', () => {
  it('sends the amount in minor units, the currency in upper case, and always how to capture', async () => {
    const seen = expectRequest('post', '/v1/payment_intents', '{"amount":2599,"currency":"EUR","capture_method":"automatic"}', fresh);
    await payments.create({ amount: money(2599, 'EUR') });
    expect(seen).toEqual(posted);
  });

  it('sends every field that Paypercut has, in its words', async () => {
    const body =
      `{"amount":1250,"currency":"EUR","customer":"${fresh.customer}","payment_method":"${method}",` +
      '"payment_method_options":{"card":{"request_three_d_secure":"challenge","three_d_secure":{"cryptogram":"AAABBEg0VhI0VniQEjRWAAAAAAA=",' +
      '"transaction_id":"97267598-fae6-4ae6","version":"2.2.0","ares_trans_status":"Y","electronic_commerce_indicator":"05","exemption_indicator":"none"}}},' +
      '"capture_method":"manual","confirm":true,"off_session":"recurring","setup_future_usage":"off_session"}';
    const seen = expectRequest('post', '/v1/payment_intents', body, { ...authorised, amount: 1250 });
    await payments.create({
      amount: money(1250, 'EUR'),
      customer: fresh.customer,
      paymentMethod: method,
      captureMethod: 'manual',
      confirm: true,
      offSession: 'recurring',
      setupFutureUsage: 'off_session',
      threeDSecure: 'challenge',
      providerOptions: { paypercut: { threeDSecureResult: { ...result, aresTransStatus: 'Y', exemptionIndicator: 'none' } } },
    });
    expect(seen).toEqual(posted);
  });

  it.each([
    ['unscheduled', ',"off_session":"one_off"'],
    ['recurring', ',"off_session":"recurring"'],
    [false, ''],
  ] as const)('says of a customer who is away (%s) what Paypercut calls it', async (offSession, member) => {
    expectRequest('post', '/v1/payment_intents', `{"amount":100,"currency":"RON","payment_method":"${method}","capture_method":"automatic","confirm":true${member}}`, {
      ...captured,
      amount: 100,
      currency: 'RON',
    });
    expect((await payments.create({ amount: money(100, 'RON'), paymentMethod: method, confirm: true, offSession })).status).toBe('succeeded');
  });

  it('makes the same key of the same reference, and another of the next attempt', async () => {
    const keys: unknown[] = [];
    for (const attempt of [1, 1, 2]) {
      const seen = expectRequest('post', '/v1/payment_intents', '{"amount":2599,"currency":"EUR","capture_method":"automatic"}', fresh);
      await payments.create({ amount: money(2599, 'EUR') }, { reference: 'order-42', attempt });
      keys.push(seen['idempotency-key']);
    }
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it("acts for a connected account in Paypercut's header", async () => {
    const seen = expectRequest('post', '/v1/payment_intents', '{"amount":2599,"currency":"EUR","capture_method":"automatic"}', fresh);
    await payments.create({ amount: money(2599, 'EUR') }, { connectedAccount: '01KAKB000000000000000000AC' });
    expect(seen).toEqual({ ...posted, 'paypercut-account': '01KAKB000000000000000000AC' });
  });
});

describe('retrieve', () => {
  it('asks without a body, a key or an expansion', async () => {
    const seen = expectRequest('get', `/v1/payment_intents/${id}`, undefined, fresh);
    await payments.retrieve(id);
    expect(seen).toEqual(headers);
  });

  it('lets no id reach another path', async () => {
    expectRequest('get', '/v1/payment_intents/..%2Fcustomers%3Fa%3D1', undefined, { ...fresh, id: '../customers?a=1' });
    expect((await payments.retrieve('../customers?a=1')).id).toBe('../customers?a=1');
  });
});

describe('confirm', () => {
  it('sends an empty object when there is nothing to say', async () => {
    const seen = expectRequest('post', `/v1/payment_intents/${id}/confirm`, '{}', challenged);
    await payments.confirm(id);
    expect(seen).toEqual(posted);
  });

  it('sends every field that Paypercut has, in its words', async () => {
    const body =
      `{"payment_method":"${method}","payment_method_options":{"card":{"request_three_d_secure":"any","three_d_secure":{` +
      '"cryptogram":"AAABBEg0VhI0VniQEjRWAAAAAAA=","transaction_id":"97267598-fae6-4ae6","version":"2.2.0","electronic_commerce_indicator":"05"}}},' +
      '"setup_future_usage":"on_session"}';
    expectRequest('post', `/v1/payment_intents/${id}/confirm`, body, challenged);
    const providerOptions = { paypercut: { threeDSecureResult: result } };
    expect((await payments.confirm(id, { paymentMethod: method, setupFutureUsage: 'on_session', threeDSecure: 'any', providerOptions })).status).toBe('requires_action');
  });
});

describe('capture', () => {
  it('takes everything with an empty object', async () => {
    const seen = expectRequest('post', `/v1/payment_intents/${id}/capture`, '{}', { ...captured, amount_received: 2599 });
    await payments.capture(id);
    expect(seen).toEqual(posted);
  });

  it('says of a part that it is final, so that the rest is released', async () => {
    const seen = expectRequest('post', `/v1/payment_intents/${id}/capture`, '{"amount_to_capture":1999,"final_capture":true}', captured);
    await payments.capture(id, { amount: money(1999, 'EUR') });
    expect(seen).toEqual(posted);
  });
});

describe('cancel', () => {
  it('always sends the body that Paypercut requires', async () => {
    const seen = expectRequest('post', `/v1/payment_intents/${canceled.id}/cancel`, '{}', canceled);
    await payments.cancel(canceled.id);
    expect(seen).toEqual(posted);
  });

  it('sends the reason', async () => {
    expectRequest('post', `/v1/payment_intents/${canceled.id}/cancel`, '{"cancellation_reason":"abandoned"}', { ...canceled, cancellation_reason: 'abandoned' });
    expect(await payments.cancel(canceled.id, { reason: 'abandoned' })).toMatchObject({ status: 'canceled', cancellationReason: 'abandoned' });
  });
});

it('talks to the address that it is given', async () => {
  nock('https://paypercut.example').get(`/gateway/v1/payment_intents/${id}`).reply(200, fresh);
  const elsewhere = createPayments({ adapter: paypercut({ apiKey: 'sk_test_1', baseUrl: 'https://paypercut.example/gateway' }) });
  expect((await elsewhere.paymentIntents.retrieve(id)).id).toBe(id);
});
