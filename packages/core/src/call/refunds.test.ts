import { describe, expect, it } from 'vitest';
import { money, type OperationName } from '../index.js';
import { acme, acmeLimits, keys } from '../testing/acme.js';
import { bench, errorOf, payment, snapshot } from '../testing/client.js';
import { answer, lost, type Reply } from '../testing/scripted-fetch.js';

const refund = (said: object = {}) => ({ id: 're_1', status: 'succeeded', amount: 300, payment: 'pi_1', ...said });
const reference = { reference: 'return-1' };
const three = { amount: money(300, 'EUR') };
const paid = snapshot({ status: 'succeeded', amount: 1000, amountReceived: 600 });
const keyless = acme({ limits: { ...acmeLimits, ...keys({ honoured: 'no' }) } });

/** The provider wants to be told the amount of a refund. */
const demanding = (without: readonly OperationName[] = []) => {
  const adapter = acme({ without });
  const create = adapter.operations['refunds.create'];
  if (create === undefined) throw new Error('The fake provider refunds.');
  return { ...adapter, operations: { ...adapter.operations, 'refunds.create': { ...create, requires: ['amount'] as const } } };
};

describe('a refund', () => {
  it('is made of a payment, by part, under a key that the reference gives', async () => {
    const { payments, requests } = bench([answer(200, refund()), answer(200, refund())]);
    expect(await payments.refunds.create('pi_1', { ...three, reason: 'duplicate' }, reference)).toMatchObject({
      object: 'refund', ref: 'acme:re_1', status: 'succeeded', amount: money(300, 'EUR'), paymentIntent: 'pi_1',
    }); // prettier-ignore
    await payments.refunds.create('pi_1', { ...three, reason: 'duplicate' }, reference);
    expect(requests[0]?.json).toEqual({ payment: 'pi_1', amount: 300, reason: 'duplicate', metadata: { oneintent_reference: 'return-1' } });
    expect(requests[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{64}$/);
    expect(requests[1]?.headers.get('idempotency-key')).toBe(requests[0]?.headers.get('idempotency-key'));
  });

  it('of another payment, or under another reference, is another movement', async () => {
    const { payments, requests } = bench([answer(200, refund()), answer(200, refund({ payment: 'pi_2' })), answer(200, refund())]);
    await payments.refunds.create('pi_1', three, reference);
    await payments.refunds.create('pi_2', three, reference);
    await payments.refunds.create('pi_1', three, { reference: 'return-2' });
    expect(new Set(requests.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(3);
  });

  it('names no amount where all goes back and the provider knows how much that is', async () => {
    const { payments, requests } = bench([answer(200, refund({ amount: 600 }))]);
    await payments.refunds.create(paid);
    expect(requests[0]?.json).toEqual({ payment: 'pi_1' });
  });

  it.each<readonly [string, Parameters<typeof snapshot>[0], object, string]>([
    ['more than was received', { status: 'succeeded', amountReceived: 299 }, three, 'amount'],
    ['more than was captured of a payment whose rest was canceled', { status: 'canceled', amountReceived: 200 }, three, 'amount'],
    ['of a payment that was canceled unpaid', { status: 'canceled', amountReceived: 0 }, {}, 'target'],
    ['another currency than the payment’s', { status: 'succeeded', amountReceived: 1000 }, { amount: money(300, 'JPY') }, 'amount.currency'],
  ])('is refused before it is sent: %s', async (_what, said, input, field) => {
    const { payments, requests } = bench();
    expect(await errorOf(payments.refunds.create(snapshot(said), input))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field }] });
    expect(requests).toEqual([]);
  });

  it.each<readonly [string, Parameters<typeof snapshot>[0]]>([
    ['of a payment that was still open when last seen: by now it may be paid', { status: 'requires_capture', amountReceived: 0 }],
    ['of a payment of which the provider does not say what was received', { status: 'canceled', amountReceived: null }],
    ['of exactly what was received', { status: 'succeeded', amountReceived: 300 }],
  ])('is sent: %s', async (_what, said) => {
    const { payments, requests } = bench([answer(200, refund())]);
    await payments.refunds.create(snapshot(said), three);
    expect(requests).toHaveLength(1);
  });

  it('smaller than the smallest payment is a refund all the same', async () => {
    const { payments } = bench([answer(200, refund({ amount: 1 }))]);
    expect(await payments.refunds.create('pi_1', { amount: money(1, 'EUR') })).toMatchObject({ amount: money(1, 'EUR') });
  });

  it('without a status is unknown, never failed or done', async () => {
    const { payments } = bench([answer(200, refund({ status: null }))]);
    expect(await payments.refunds.create('pi_1', three)).toMatchObject({ status: 'unknown', providerStatus: null });
  });

  it('whose answer is about another payment is not believed', async () => {
    const { payments } = bench([answer(200, refund({ payment: 'pi_2' }))], { retries: 0 });
    expect(await errorOf(payments.refunds.create('pi_1', three))).toMatchObject({ code: 'malformed_response', outcome: 'unknown', resume: { ref: 'acme:pi_1' } });
  });

  it('of another amount under the same reference is a conflict, and the money did not move again', async () => {
    const { payments } = bench([answer(200, refund({ amount: 200 }))]);
    expect(await errorOf(payments.refunds.create('pi_1', three, reference))).toMatchObject({ code: 'idempotency_key_reused', outcome: 'rejected', subject: { id: 're_1' }, intent: null });
  });
});

describe('a refund whose answer was lost', () => {
  it('is found by its reference among the payment’s refunds, and is done', async () => {
    const { payments, requests } = bench([lost, answer(200, { data: [refund({ id: 're_0' }), refund({ metadata: { oneintent_reference: 'return-1' } })] })], { retries: 0 });
    expect(await payments.refunds.create('pi_1', three, reference)).toMatchObject({ id: 're_1', reference: 'return-1' });
    expect(requests[1]?.url.searchParams.get('payment')).toBe('pi_1');
  });

  it('and is not found stays unknown, names the payment, and is settled later under the same key', async () => {
    const { payments, requests } = bench([lost, answer(200, { data: [] })], { retries: 0 });
    const { resume, outcome } = await errorOf(payments.refunds.create('pi_1', three, reference));
    expect([outcome, resume?.ref]).toEqual(['unknown', 'acme:pi_1']);
    if (resume === null) throw new Error('There is no resume.');
    const later = bench([answer(200, { data: [] }), answer(200, refund()), answer(200, refund({ status: 'pending' }))]);
    expect(await later.payments.resume(JSON.parse(JSON.stringify(resume)), { input: three })).toMatchObject({ object: 'refund', id: 're_1' });
    expect(later.requests[1]?.headers.get('idempotency-key')).toBe(requests[0]?.headers.get('idempotency-key'));
    expect(later.requests[1]?.body).toBe(requests[0]?.body);
  });

  it('is not repeated when its key may be forgotten: nothing keeps the money from going back twice', async () => {
    const { payments } = bench([lost, answer(200, { data: [] })], { retries: 0 });
    const { resume } = await errorOf(payments.refunds.create('pi_1', three, reference));
    if (resume === null) throw new Error('There is no resume.');
    const later = bench([answer(200, { data: [] })]);
    later.pass(86_400_001);
    expect(await errorOf(later.payments.resume(resume, { input: three }))).toMatchObject({ code: 'unresolved', outcome: 'unknown' });
  });
});

describe('where keys are not honoured, a refund under a reference', () => {
  it('is looked for first, and not given again', async () => {
    const { payments, requests } = bench([answer(200, { data: [refund({ metadata: { oneintent_reference: 'return-1' } })] })], { adapter: keyless });
    expect(await payments.refunds.create('pi_1', three, reference)).toMatchObject({ id: 're_1' });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is given although another payment has one under the same reference', async () => {
    const another = refund({ id: 're_0', payment: 'pi_2', metadata: { oneintent_reference: 'return-1' } });
    const { payments } = bench([answer(200, { data: [another] }), answer(200, refund())], { adapter: keyless });
    expect(await payments.refunds.create('pi_1', three, reference)).toMatchObject({ id: 're_1' });
  });

  it('is given when there is none', async () => {
    const { payments, requests } = bench([answer(200, { data: [] }), answer(200, refund())], { adapter: keyless });
    expect(await payments.refunds.create('pi_1', three, reference)).toMatchObject({ id: 're_1' });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('is not sent when it cannot be looked for', async () => {
    const { payments, requests } = bench([answer(500, {})], { adapter: keyless, retries: 0 });
    expect(await errorOf(payments.refunds.create('pi_1', three, reference))).toMatchObject({ code: 'provider_unavailable', outcome: 'not_sent', retry: 'same_key' });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('of another amount is a conflict', async () => {
    const { payments } = bench([answer(200, { data: [refund({ amount: 200, metadata: { oneintent_reference: 'return-1' } })] })], { adapter: keyless });
    expect(await errorOf(payments.refunds.create('pi_1', three, reference))).toMatchObject({ code: 'idempotency_key_reused', outcome: 'rejected' });
  });
});

describe('where the provider wants to be told the amount', () => {
  const looks = (attempt: object): readonly Reply[] => [
    answer(200, payment({ status: 'succeeded', attempt: 'at_1' })),
    answer(200, { id: 'at_1', status: 'succeeded', amount: 1000, ...attempt }),
  ];

  it('what is left is read from the attempt: what was captured less what went back', async () => {
    const { payments, requests } = bench([...looks({ captured: 1000, refunded: 300 }), answer(200, refund({ amount: 700 }))], { adapter: demanding() });
    expect(await payments.refunds.create('pi_1', {}, reference)).toMatchObject({ amount: money(700, 'EUR') });
    expect(requests.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(['GET /v1/payments/pi_1', 'GET /v1/attempts/at_1', 'POST /v1/refunds']);
    expect(requests[2]?.json).toMatchObject({ amount: 700 });
  });

  it('a lost answer is resumed with the amount that was found out then, though by now nothing is left', async () => {
    const { payments } = bench([...looks({ captured: 1000, refunded: 300 }), lost, answer(200, { data: [] })], { adapter: demanding(), retries: 0 });
    const { resume } = await errorOf(payments.refunds.create('pi_1', {}, reference));
    if (resume === null) throw new Error('There is no resume.');
    const later = bench([answer(200, { data: [] }), answer(200, refund({ amount: 700 })), answer(200, refund({ amount: 700 }))], { adapter: demanding() });
    expect(await later.payments.resume(resume, { input: {} })).toMatchObject({ amount: money(700, 'EUR') });
  });

  it('nothing is sent when nothing is left', async () => {
    const { payments, requests } = bench(looks({ captured: 1000, refunded: 1000 }), { adapter: demanding() });
    expect(await errorOf(payments.refunds.create('pi_1'))).toMatchObject({ code: 'invalid_state', outcome: 'not_sent', intent: { id: 'pi_1' } });
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it.each<readonly [string, readonly Reply[], readonly OperationName[]]>([
    ['the attempt does not say what was captured', looks({ refunded: 0 }), []],
    ['the attempt does not say what went back', looks({ captured: 1000 }), []],
    ['the payment names no attempt', [answer(200, payment({ status: 'succeeded' }))], []],
    ['attempts cannot be read here', [], ['attempts.retrieve']],
  ])('the caller is asked for it when %s', async (_why, replies, without) => {
    const { payments, requests } = bench(replies, { adapter: demanding(without) });
    expect(await errorOf(payments.refunds.create('pi_1'))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'amount', remedy: 'Give the amount.' }] });
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('what else is wrong is said before anything is read', async () => {
    const { payments, requests } = bench([], { adapter: demanding() });
    expect(await errorOf(payments.refunds.create('pi_1', { reason: 'misspelt' as never }))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'reason' }] });
    expect(requests).toEqual([]);
  });
});

describe('the other operations on refunds', () => {
  it('read, change and stop one', async () => {
    const { payments, requests } = bench([answer(200, refund({ status: 'pending' })), answer(200, refund()), answer(200, refund({ status: 'canceled' }))]);
    const pending = await payments.refunds.retrieve('acme:re_1');
    await payments.refunds.update(pending, { metadata: { note: null } });
    expect(await payments.refunds.cancel(pending)).toMatchObject({ status: 'canceled' });
    expect(requests.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(['GET /v1/refunds/re_1', 'PATCH /v1/refunds/re_1', 'POST /v1/refunds/re_1/cancel']);
    expect(requests[1]?.json).toEqual({ metadata: { note: null } });
  });

  it('a refund that has gone out cannot be stopped, and nothing is sent', async () => {
    const { payments, requests } = bench([answer(200, refund({ status: 'failed' }))]);
    const failed = await payments.refunds.retrieve('re_1');
    expect(await errorOf(payments.refunds.cancel(failed))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'target' }] });
    expect(requests).toHaveLength(1);
  });

  it('the refunds of a payment are listed by its ref as well', async () => {
    const { payments, requests } = bench([answer(200, { data: [refund()], next: 'more' }), answer(200, { data: [refund({ id: 're_2' })] })]);
    const ids: string[] = [];
    for await (const { id } of payments.refunds.iterate({ paymentIntent: 'acme:pi_1' })) ids.push(id);
    expect(ids).toEqual(['re_1', 're_2']);
    expect(requests.map(({ url }) => url.searchParams.get('payment'))).toEqual(['pi_1', 'pi_1']);
  });

  it('waiting ends when the refund is no longer pending', async () => {
    const { payments } = bench([answer(200, refund({ status: null })), answer(200, refund({ status: 'pending' })), answer(200, refund({ status: 'failed' }))]);
    expect(await payments.refunds.waitFor('re_1')).toMatchObject({ status: 'failed' });
  });

  it('a payment is not taken for a refund', async () => {
    const { payments, requests } = bench();
    expect(await errorOf(payments.refunds.retrieve(paid as never))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'target', problem: 'is a payment_intent, where a refund is wanted' }] });
    expect(requests).toEqual([]);
  });
});

describe('the attempt behind a payment', () => {
  it('is read by the payment that names it', async () => {
    const { payments, requests } = bench([answer(200, { id: 'at_1', status: 'succeeded', amount: 1000, captured: 600, refunded: 0 })]);
    expect(await payments.attempts.retrieve(snapshot({ latestPayment: 'at_1' }))).toMatchObject({
      object: 'payment_attempt', ref: 'acme:at_1', status: 'succeeded', amountCaptured: money(600, 'EUR'), amountRefunded: money(0, 'EUR'), card: { last4: '4242' },
    }); // prettier-ignore
    expect(requests[0]?.url.pathname).toBe('/v1/attempts/at_1');
  });

  it('of a payment that nobody has tried to pay is refused, nothing sent', async () => {
    const { payments, requests } = bench();
    expect(await errorOf(payments.attempts.retrieve(snapshot()))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent' });
    expect(requests).toEqual([]);
  });
});
