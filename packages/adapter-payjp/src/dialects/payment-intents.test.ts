import { describe, expect, it } from 'vitest';
import { money } from '@oneintent/core';
import { intentAuthorised, listOf } from '../testing/payloads.js';
import { answering, apiKey, client, useWire } from '../testing/wire.js';

useWire();

const base = '/v2/payment_intents';
const { id } = intentAuthorised;
const payments = client('payment_intents');
const post = (path: string, more: object = {}) => ({ method: 'POST', path, body: { ...intentAuthorised, ...more } }) as const;

/** Everything that PAY.JP's payment intents take of an input, with the body in exact bytes. No currency is ever sent. */
const cases = [
  {
    name: 'create, with everything',
    answer: post(base),
    call: () => payments.paymentIntents.create({
      amount: money(12000, 'JPY'), customer: 'cus_exA', paymentMethod: 'pm_exA', paymentMethodTypes: ['card', 'payid'], captureMethod: 'automatic_async',
      setupFutureUsage: 'off_session', threeDSecure: 'challenge', receiptEmail: 'buyer@example.com', description: 'order 1', metadata: { order: 'A-1' },
      providerOptions: { payjp: { requestExtendedAuthorization: 'if_available' } },
    }),
    body: '{"amount":12000,"customer":"cus_exA","payment_method":"pm_exA","payment_method_options":{"card":{"request_three_d_secure":"challenge",'
      + '"request_extended_authorization":"if_available"}},"payment_method_types":["card","payid"],"capture_method":"automatic_async",'
      + '"receipt_email":"buyer@example.com","setup_future_usage":"off_session","description":"order 1","metadata":{"order":"A-1"}}',
  },
  {
    name: "create, with an amount only: captured in the call, although the provider's own default is automatic_async",
    answer: post(base),
    call: () => payments.paymentIntents.create({ amount: money(12000, 'JPY') }),
    body: '{"amount":12000,"capture_method":"automatic"}',
  },
  {
    name: 'update, with everything',
    answer: post(`${base}/${id}`, { amount: 13000 }),
    call: () => payments.paymentIntents.update(id, {
      amount: money(13000, 'JPY'), customer: 'cus_exA', paymentMethod: 'pm_exA', paymentMethodTypes: ['card'], returnUrl: 'https://shop.example/back',
      threeDSecure: 'any', receiptEmail: 'buyer@example.com', description: 'order 2', metadata: { order: 'A-2', gift: null },
      providerOptions: { payjp: { requestExtendedAuthorization: 'never' } },
    }),
    body: '{"amount":13000,"customer":"cus_exA","payment_method":"pm_exA","payment_method_options":{"card":{"request_three_d_secure":"any",'
      + '"request_extended_authorization":"never"}},"payment_method_types":["card"],"return_url":"https://shop.example/back",'
      + '"receipt_email":"buyer@example.com","description":"order 2","metadata":{"order":"A-2","gift":""}}',
  },
  {
    name: 'confirm, with everything',
    answer: post(`${base}/${id}/confirm`),
    call: () => payments.paymentIntents.confirm(id, {
      paymentMethod: 'pm_exA', paymentMethodTypes: ['card'], captureMethod: 'manual', returnUrl: 'https://shop.example/back', threeDSecure: 'automatic',
      receiptEmail: 'buyer@example.com', description: 'order 1',
    }),
    body: '{"payment_method":"pm_exA","payment_method_options":{"card":{"request_three_d_secure":"automatic"}},"payment_method_types":["card"],'
      + '"capture_method":"manual","return_url":"https://shop.example/back","receipt_email":"buyer@example.com","description":"order 1"}',
  },
  { name: 'confirm, with nothing', answer: post(`${base}/${id}/confirm`), call: () => payments.paymentIntents.confirm(id), body: '{}' },
  { name: 'capture, of less than 50 yen, for which there is no bound here', answer: post(`${base}/${id}/capture`), call: () => payments.paymentIntents.capture(id, { amount: money(1, 'JPY') }), body: '{"amount_to_capture":1}' },
  { name: 'capture, of all', answer: post(`${base}/${id}/capture`), call: () => payments.paymentIntents.capture(id), body: '{}' },
  { name: 'cancel, with a reason', answer: post(`${base}/${id}/cancel`), call: () => payments.paymentIntents.cancel(id, { reason: 'fraudulent' }), body: '{"cancellation_reason":"fraudulent"}' },
  {
    name: 'incrementAuthorization, with the new total',
    answer: post(`${base}/${id}/increment_authorization`, { amount: 15000, amount_capturable: 15000 }),
    call: () => payments.paymentIntents.incrementAuthorization(id, { amount: money(15000, 'JPY'), description: 'added options' }),
    body: '{"amount":15000,"description":"added options"}',
  },
];

describe('payment_intents: what goes over the wire', () => {
  it.each(cases)('$name; no key, as none is honoured', async ({ answer, call, body }) => {
    const seen = answering(answer);
    await expect(call()).resolves.toMatchObject({ id });
    expect(seen).toEqual([{
      method: 'POST', path: answer.path, body,
      headers: expect.objectContaining({ authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', accept: 'application/json, application/problem+json' }),
    }]);
    expect(Object.keys(seen[0]?.headers ?? {})).not.toContain('idempotency-key');
  });

  it('retrieve', async () => {
    const seen = answering({ method: 'GET', path: `${base}/${id}`, body: intentAuthorised });
    await payments.paymentIntents.retrieve(`payjp:${id}`);
    expect(seen).toMatchObject([{ method: 'GET', path: `${base}/${id}`, body: '', headers: { authorization: `Bearer ${apiKey}` } }]);
  });

  it('list and iterate go by offset, counting what has come', async () => {
    const items = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...intentAuthorised, id: name }));
    answering(
      { method: 'GET', path: `${base}?limit=2`, body: listOf(base, items.slice(0, 2), true) },
      { method: 'GET', path: `${base}?limit=2&offset=2`, body: listOf(base, items.slice(2, 4), true) },
      { method: 'GET', path: `${base}?limit=2&offset=4`, body: listOf(base, items.slice(4)) },
    );
    const ids: string[] = [];
    for await (const intent of payments.paymentIntents.iterate({ limit: 2 })) ids.push(intent.id);
    expect(ids).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('list goes on from a stored cursor; an empty page ends it, whatever it says', async () => {
    answering({ method: 'GET', path: `${base}?offset=40`, body: listOf(base, [intentAuthorised], true) }, { method: 'GET', path: `${base}?offset=41`, body: listOf(base, [], true) });
    const page = await payments.paymentIntents.list({ cursor: '40' });
    expect(page).toMatchObject({ hasMore: true, nextCursor: '41' });
    await expect(payments.paymentIntents.list({ cursor: '41' })).resolves.toMatchObject({ data: [], hasMore: false, nextCursor: null });
  });

  it.each(['pi_exA1', '-1', '1e3', '0x10', ' 2'])('list refuses %s as a cursor, nothing sent', async (cursor) => {
    await expect(payments.paymentIntents.list({ cursor })).rejects.toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'cursor' }] });
  });
});
