import { describe, expect, it } from 'vitest';
import { money } from '@oneintent/core';
import { intentFresh, listOf } from '../testing/payloads.js';
import { answering, client, useWire, type Answer, type Seen } from '../testing/wire.js';

useWire();

/** Keys are not honoured here, so a create that also charges could charge twice, should its answer be lost. */
const base = '/v2/payment_intents';
const payments = client('payment_intents');
const ready = { ...intentFresh, status: 'requires_confirmation', payment_method: 'pm_exA', metadata: { oneintent_reference: 'order-77' } };
const paid = { ...ready, status: 'succeeded', amount_received: 3300, amount_capturable: 0 };
const input = { amount: money(3300, 'JPY'), customer: 'cus_exA', paymentMethod: 'pm_exA', confirm: true, returnUrl: 'https://shop.example/back' } as const;

const list = (...data: readonly object[]): Answer => ({ method: 'GET', path: `${base}?limit=100`, body: listOf(base, data) });
const create: Answer = { method: 'POST', path: base, body: ready };
const confirm: Answer = { method: 'POST', path: `${base}/pi_exA1/confirm`, body: paid };
const lines = (seen: readonly Seen[]) => seen.map(({ method, path, body }) => [method, path, body].join(' ').trim());

const createBody = (metadata: string) => `{"amount":3300,"customer":"cus_exA","payment_method":"pm_exA","capture_method":"automatic"${metadata}}`;

describe('payment_intents: create with confirm is create, then confirm by id', () => {
  it('in this order, with returnUrl where it belongs', async () => {
    const seen = answering(create, confirm);
    await expect(payments.paymentIntents.create(input)).resolves.toMatchObject({ status: 'succeeded' });
    expect(lines(seen)).toEqual([`POST ${base} ${createBody('')}`, `POST ${base}/pi_exA1/confirm {"return_url":"https://shop.example/back"}`]);
  });

  it('with all options of the card in one request, so that no later one replaces them', async () => {
    const seen = answering(create, confirm);
    await payments.paymentIntents.create({ ...input, threeDSecure: 'any', providerOptions: { payjp: { requestExtendedAuthorization: 'if_available' } } });
    expect(seen.map(({ body }) => body.includes('"payment_method_options":{"card":{"request_three_d_secure":"any","request_extended_authorization":"if_available"}}')))
      .toEqual([true, false]);
    expect(seen[1]?.body).toBe('{"return_url":"https://shop.example/back"}');
  });

  it('with a reference, it is looked for first', async () => {
    const seen = answering(list(intentFresh), create, confirm);
    await expect(payments.paymentIntents.create(input, { reference: 'order-77' })).resolves.toMatchObject({ status: 'succeeded', reference: 'order-77' });
    expect(lines(seen)).toEqual([
      `GET ${base}?limit=100`,
      `POST ${base} ${createBody(',"metadata":{"oneintent_reference":"order-77"}')}`,
      `POST ${base}/pi_exA1/confirm {"return_url":"https://shop.example/back"}`,
    ]);
  });

  it('an intent that carries the reference already is confirmed, and no second one is made', async () => {
    const seen = answering(list(intentFresh, ready), confirm);
    await expect(payments.paymentIntents.create(input, { reference: 'order-77' })).resolves.toMatchObject({ id: 'pi_exA1', status: 'succeeded' });
    expect(lines(seen)).toEqual([`GET ${base}?limit=100`, `POST ${base}/pi_exA1/confirm {"return_url":"https://shop.example/back"}`]);
  });

  it('one that is paid already is returned, and nothing is sent again', async () => {
    const seen = answering(list(paid));
    await expect(payments.paymentIntents.create(input, { reference: 'order-77' })).resolves.toMatchObject({ id: 'pi_exA1', status: 'succeeded' });
    expect(lines(seen)).toEqual([`GET ${base}?limit=100`]);
  });

  it('one that carries the reference with another amount is a conflict, never a second payment', async () => {
    const seen = answering(list({ ...paid, amount: 5000 }));
    await expect(payments.paymentIntents.create(input, { reference: 'order-77' }))
      .rejects.toMatchObject({ code: 'idempotency_key_reused', outcome: 'rejected', intent: { amount: { minorUnits: 5000 } } });
    expect(lines(seen)).toEqual([`GET ${base}?limit=100`]);
  });

  it('another attempt is another payment', async () => {
    const second = { ...ready, metadata: { oneintent_reference: 'order-77', oneintent_attempt: '2' } };
    const seen = answering(list(ready), { ...create, body: second }, confirm);
    await expect(payments.paymentIntents.create(input, { reference: 'order-77', attempt: 2 })).resolves.toMatchObject({ status: 'succeeded' });
    expect(seen[1]?.body).toContain('"metadata":{"oneintent_reference":"order-77","oneintent_attempt":"2"}');
  });

  it('a confirmation whose answer is lost is looked up by the id, never sent again', async () => {
    const seen = answering(create, { ...confirm, status: 502, body: '<html>gateway</html>' }, { method: 'GET', path: `${base}/pi_exA1`, body: paid });
    await expect(client('payment_intents', { retries: 2 }).paymentIntents.create(input)).resolves.toMatchObject({ status: 'succeeded' });
    expect(seen.map(({ path }) => path)).toEqual([base, `${base}/pi_exA1/confirm`, `${base}/pi_exA1`]);
  });

  it('what the confirmation would refuse is refused before the creation', async () => {
    const seen = answering();
    await expect(payments.paymentIntents.create({ ...input, providerOptions: { payjp: { requestExtendedAuthorization: 'must_extend' } } }))
      .rejects.toMatchObject({ code: 'invalid_request', outcome: 'not_sent' });
    expect(seen).toEqual([]);
  });
});

describe('payment_intents: an increment is a new total', () => {
  const held = { ...ready, status: 'requires_capture', amount_capturable: 3300, amount_received: 0 };
  const increment: Answer = { method: 'POST', path: `${base}/pi_exA1/increment_authorization`, body: { ...held, amount: 5000, amount_capturable: 5000 } };

  it('whose answer, when it says another one, is told as it is', async () => {
    answering({ ...increment, body: { ...held, amount: 8300 } });
    await expect(payments.paymentIntents.incrementAuthorization('pi_exA1', { amount: money(5000, 'JPY') }))
      .rejects.toMatchObject({ code: 'malformed_response', outcome: 'done', intent: { amount: { minorUnits: 8300 } } });
  });

  it('which is never repeated when its answer is lost, as it could count twice', async () => {
    const seen = answering({ ...increment, status: 500, body: '' }, { method: 'GET', path: `${base}/pi_exA1`, body: held });
    await expect(client('payment_intents', { retries: 2 }).paymentIntents.incrementAuthorization('pi_exA1', { amount: money(5000, 'JPY') }))
      .rejects.toMatchObject({ code: 'provider_unavailable', outcome: 'unknown' });
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });
});
