import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPayments, money } from '@oneintent/core';
import { payjp } from '../index.js';
import { flowSucceeded, listOf } from '../testing/payloads.js';
import { answering, apiKey, client, useWire } from '../testing/wire.js';

useWire();

const base = '/v2/payment_flows';
const id = flowSucceeded.id;
const payments = client('payment_flows');
const post = (path: string) => ({ method: 'POST', path, body: flowSucceeded }) as const;

/** Everything that PAY.JP's payment flows take of an input, with the body in exact bytes. */
const cases = [
  {
    name: 'create, with everything',
    answer: post(base),
    call: () => payments.paymentIntents.create({
      amount: money(5400, 'JPY'), customer: 'cus_exC', paymentMethod: 'pm_exC', paymentMethodTypes: ['card', 'apple_pay'], captureMethod: 'manual',
      confirm: true, returnUrl: 'https://shop.example/back', threeDSecure: 'any', description: 'order 77', metadata: { order: '77', gift: true, items: 3 },
      providerOptions: { payjp: { requestExtendedAuthorization: 'must_extend' } },
    }),
    body: '{"amount":5400,"currency":"jpy","customer_id":"cus_exC","payment_method_id":"pm_exC","payment_method_options":{"card":'
      + '{"request_three_d_secure":"any","request_extended_authorization":"must_extend"}},"payment_method_types":["card","apple_pay"],'
      + '"capture_method":"manual","confirm":true,"return_url":"https://shop.example/back","description":"order 77",'
      + '"metadata":{"order":"77","gift":true,"items":3}}',
  },
  {
    name: 'create, with an amount only: the capture method is always said',
    answer: post(base),
    call: () => payments.paymentIntents.create({ amount: money(50, 'JPY') }),
    body: '{"amount":50,"currency":"jpy","capture_method":"automatic"}',
    returns: { ...flowSucceeded, amount: 50 },
  },
  {
    name: 'update, with everything: null deletes a metadata key by an empty text, and no currency is sent',
    answer: post(`${base}/${id}`),
    call: () => payments.paymentIntents.update(id, {
      amount: money(6000, 'JPY'), customer: 'cus_exC', paymentMethod: 'pm_exC', paymentMethodTypes: ['paypay'], returnUrl: 'https://shop.example/back',
      threeDSecure: 'automatic', description: 'order 78', metadata: { order: '78', gift: null },
      providerOptions: { payjp: { requestExtendedAuthorization: 'never' } },
    }),
    body: '{"amount":6000,"customer_id":"cus_exC","payment_method_id":"pm_exC","payment_method_options":{"card":{"request_three_d_secure":"automatic",'
      + '"request_extended_authorization":"never"}},"payment_method_types":["paypay"],"return_url":"https://shop.example/back",'
      + '"description":"order 78","metadata":{"order":"78","gift":""}}',
    returns: { ...flowSucceeded, amount: 6000 },
  },
  {
    name: 'confirm, with everything',
    answer: post(`${base}/${id}/confirm`),
    call: () => payments.paymentIntents.confirm(id, {
      paymentMethod: 'pm_exC', paymentMethodTypes: ['card'], captureMethod: 'automatic', returnUrl: 'https://shop.example/back', threeDSecure: 'any',
      description: 'order 77', providerOptions: { payjp: { requestExtendedAuthorization: 'if_available' } },
    }),
    body: '{"payment_method_id":"pm_exC","payment_method_options":{"card":{"request_three_d_secure":"any","request_extended_authorization":"if_available"}},'
      + '"payment_method_types":["card"],"capture_method":"automatic","return_url":"https://shop.example/back","description":"order 77"}',
  },
  {
    name: 'confirm, with nothing: the capture method chosen at the creation stays',
    answer: post(`${base}/${id}/confirm`),
    call: () => payments.paymentIntents.confirm(id),
    body: '{}',
  },
  { name: 'capture, of a part', answer: post(`${base}/${id}/capture`), call: () => payments.paymentIntents.capture(id, { amount: money(5000, 'JPY') }), body: '{"amount_to_capture":5000}', returns: { ...flowSucceeded, amount_received: 5000 } },
  { name: 'capture, of all', answer: post(`${base}/${id}/capture`), call: () => payments.paymentIntents.capture(id), body: '{}' },
  { name: 'cancel, with a reason', answer: post(`${base}/${id}/cancel`), call: () => payments.paymentIntents.cancel(id, { reason: 'abandoned' }), body: '{"cancellation_reason":"abandoned"}', returns: { ...flowSucceeded, status: 'canceled' } },
  { name: 'cancel, without one', answer: post(`${base}/${id}/cancel`), call: () => payments.paymentIntents.cancel(id), body: '{}', returns: { ...flowSucceeded, status: 'canceled' } },
];

describe('payment_flows: what goes over the wire', () => {
  it.each(cases)('$name', async ({ answer, call, body, returns = answer.body }) => {
    const seen = answering({ ...answer, body: returns });
    await expect(call()).resolves.toMatchObject({ id, account: 'payjp', provider: 'payjp' });
    expect(seen).toEqual([{
      method: 'POST', path: answer.path, body,
      headers: expect.objectContaining({
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        accept: 'application/json, application/problem+json',
        'idempotency-key': expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    }]);
  });

  it('retrieve: a GET without a body, a content type or a key, the id percent-encoded', async () => {
    const strange = 'pfw/1 ?#%';
    const seen = answering({ method: 'GET', path: `${base}/pfw%2F1%20%3F%23%25`, body: { ...flowSucceeded, id: strange } });
    await expect(payments.paymentIntents.retrieve(strange)).resolves.toMatchObject({ id: strange });
    expect(seen).toEqual([{ method: 'GET', path: `${base}/pfw%2F1%20%3F%23%25`, body: '', headers: expect.objectContaining({ authorization: `Bearer ${apiKey}` }) }]);
    expect(Object.keys(seen[0]?.headers ?? {}).filter((name) => ['content-type', 'idempotency-key'].includes(name))).toEqual([]);
  });

  it('list: page size, cursor and customer in the query, nothing else', async () => {
    const paths = [base, `${base}?limit=100&starting_after=pfw_exC1&customer_id=cus_exC`];
    const seen = answering(...paths.map((path) => ({ method: 'GET', path, body: listOf(base, [flowSucceeded]) }) as const));
    await payments.paymentIntents.list();
    await payments.paymentIntents.list({ limit: 100, cursor: 'pfw_exC1', customer: 'cus_exC' });
    expect(seen.map(({ method, path, body }) => ({ method, path, body }))).toEqual(paths.map((path) => ({ method: 'GET', path, body: '' })));
    expect(seen.every(({ headers }) => !('idempotency-key' in headers))).toBe(true);
  });

  it('iterate: goes on after the last id of each page, and ends where the provider says so', async () => {
    answering(
      { method: 'GET', path: `${base}?limit=2`, body: listOf(base, [{ ...flowSucceeded, id: 'a' }, { ...flowSucceeded, id: 'b' }], true) },
      { method: 'GET', path: `${base}?limit=2&starting_after=b`, body: listOf(base, [{ ...flowSucceeded, id: 'c' }]) },
    );
    const ids: string[] = [];
    for await (const intent of payments.paymentIntents.iterate({ limit: 2 })) ids.push(intent.id);
    expect(ids).toEqual(['a', 'b', 'c']);
  });

  it('a reference makes the same key on every machine and is written to the metadata; the next attempt makes another', async () => {
    const body = (more: string) => `{"amount":5400,"currency":"jpy","capture_method":"automatic","metadata":{"order":"77","oneintent_reference":"order-77"${more}}}`;
    const key = (attempt: number) => createHash('sha256').update(JSON.stringify(['jp', false, 'paymentIntents.create', null, 'order-77', attempt])).digest('hex');
    const seen = answering(post(base), post(base), post(base));
    for (const attempt of [1, 1, 2])
      await createPayments({ adapter: payjp({ apiKey }), account: 'jp' })
        .paymentIntents.create({ amount: money(5400, 'JPY'), metadata: { order: '77' } }, { reference: 'order-77', attempt });
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual([key(1), key(1), key(2)]);
    expect(seen.map((request) => request.body)).toEqual([body(''), body(''), body(',"oneintent_attempt":"2"')]);
  });

  it("an application's own key is sent as it is; one with other characters than PAY.JP takes is refused", async () => {
    const seen = answering(post(`${base}/${id}/capture`));
    await payments.paymentIntents.capture(id, {}, { idempotencyKey: 'Order_77-capture' });
    expect(seen[0]?.headers['idempotency-key']).toBe('Order_77-capture');
    for (const idempotencyKey of ['order:77', 'order.77', 'x'.repeat(256), ''])
      await expect(payments.paymentIntents.capture(id, {}, { idempotencyKey })).rejects.toMatchObject({ code: 'invalid_request', outcome: 'not_sent' });
  });

  it('who does not rely on keys says so in the limits: a creation that confirms becomes two requests', async () => {
    const adapter = payjp({ apiKey });
    const { idempotency } = adapter.limits;
    const careful = createPayments({ adapter, retries: 0, limits: { idempotency: { ...idempotency, value: { honoured: 'assumed', place: { header: 'Idempotency-Key' }, alphabet: '[A-Za-z0-9_-]+', maximumLength: 255, window: null } } } });
    const seen = answering({ ...post(base), body: { ...flowSucceeded, status: 'requires_confirmation' } }, post(`${base}/${id}/confirm`));
    const input = { amount: money(5400, 'JPY'), customer: 'cus_exC', paymentMethod: 'pm_exC', confirm: true } as const;
    await expect(careful.paymentIntents.create(input)).resolves.toMatchObject({ status: 'succeeded' });
    expect(seen.map(({ path }) => path)).toEqual([base, `${base}/${id}/confirm`]);
  });

  it('another address is used with its path and without a doubled slash', async () => {
    const elsewhere = createPayments({ adapter: payjp({ apiKey, baseUrl: 'https://api.pay.jp/mirror/' }) });
    answering({ method: 'GET', path: '/mirror/v2/payment_flows/pfw_exC1', body: flowSucceeded });
    await expect(elsewhere.paymentIntents.retrieve(id)).resolves.toMatchObject({ id });
  });
});
