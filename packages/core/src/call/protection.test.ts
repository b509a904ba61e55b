import { describe, expect, it } from 'vitest';
import { money, type OperationName, type Payments } from '../index.js';
import { acme, acmeLimits, keys } from '../testing/acme.js';
import { bench, errorOf, payment, snapshot } from '../testing/client.js';
import { answer, lost, type Reply } from '../testing/scripted-fetch.js';

type Verb = (payments: Payments<OperationName>) => Promise<unknown>;
const amount = money(1000, 'EUR');
const part = { amount: money(400, 'EUR') };
const assumed = { adapter: acme({ limits: { ...acmeLimits, ...keys({ honoured: 'assumed' }) } }) };
const held = answer(200, payment({ status: 'requires_capture' }));

describe('where keys are only assumed to be honoured', () => {
  it.each<readonly [string, Verb, Reply]>([
    ['a confirmation', ({ paymentIntents }) => paymentIntents.confirm('pi_1'), answer(200, payment({ status: 'succeeded' }))],
    ['a capture of all', ({ paymentIntents }) => paymentIntents.capture('pi_1'), answer(200, payment({ status: 'succeeded', received: 1000 }))],
    ['a cancellation', ({ paymentIntents }) => paymentIntents.cancel('pi_1'), answer(200, payment({ status: 'canceled' }))],
    ['a change of the amount that is still to be paid', ({ paymentIntents }) => paymentIntents.update('pi_1', { amount }), answer(200, payment())],
  ])('%s is sent again when its answer is lost, under its key: the object itself keeps it from being done twice', async (_what, call, reply) => {
    const { payments, requests } = bench([lost, reply, reply], assumed);
    await call(payments);
    expect(requests[1]).toMatchObject({ method: requests[0]?.method, url: requests[0]?.url, body: requests[0]?.body });
    expect(requests[1]?.headers.get('idempotency-key')).toBe(requests[0]?.headers.get('idempotency-key'));
    expect(requests.map(({ headers }) => headers.has('idempotency-key'))).toEqual([true, true, false]);
  });

  it.each<readonly [string, Verb]>([
    ['a creation', ({ paymentIntents }) => paymentIntents.create({ amount })],
    ['a capture of a part', ({ paymentIntents }) => paymentIntents.capture('pi_1', part)],
    ['a capture of a part of what was seen', ({ paymentIntents }) => paymentIntents.capture(snapshot({ status: 'requires_capture' }), part)],
    ['an increment', ({ paymentIntents }) => paymentIntents.incrementAuthorization('pi_1', { amount: money(1500, 'EUR') })],
    ['a refund', ({ refunds }) => refunds.create('pi_1', part)],
    ['a setup', ({ setupIntents }) => setupIntents.create({ customer: 'cus_1', confirm: true })],
  ])('%s is never sent again: nothing would keep it from being done twice', async (_what, call) => {
    const { payments, requests } = bench([lost, held], assumed);
    expect(await errorOf(call(payments))).toMatchObject({ code: 'network', outcome: 'unknown', retry: 'look_up_first' });
    expect(requests.filter(({ method }) => method !== 'GET')).toHaveLength(1);
  });

  it.each<readonly [string, Verb, object, Reply, number]>([
    ['a capture of all, beyond the key’s window', ({ paymentIntents }) => paymentIntents.capture('pi_1'), {}, answer(200, payment({ status: 'succeeded', received: 1000 })), 1],
    ['a capture of a part, not even within it', ({ paymentIntents }) => paymentIntents.capture('pi_1', part), part, held, 0],
  ])('resuming with the input sends again what the object protects: %s', async (_what, call, input, reply, writes) => {
    const first = bench([lost, held], { ...assumed, retries: 0 });
    const { resume } = await errorOf(call(first.payments));
    if (resume === null) throw new Error('There is no resume.');
    const later = bench([held, reply, reply], assumed);
    later.pass(writes === 0 ? 1_000 : 86_400_001);
    await later.payments.resume(resume, { input }).catch(() => undefined);
    expect(later.requests.filter(({ method }) => method === 'POST')).toHaveLength(writes);
  });
});

describe('a list', () => {
  it('that the provider declines is told as the decline that it was, and has moved nothing', async () => {
    const { payments } = bench([answer(402, { problem: 'declined', message: 'No.' })]);
    expect(await errorOf(payments.paymentIntents.list())).toMatchObject({ code: 'payment_declined', outcome: 'rejected', operation: 'paymentIntents.list', resume: null });
  });

  it.each<readonly [string, { readonly hasMore: boolean; readonly nextCursor: string | null }]>([
    ['says that more follows, and not where', { hasMore: true, nextCursor: null }],
    ['says that nothing follows, and gives a cursor all the same', { hasMore: false, nextCursor: 'c1' }],
  ])('ends where the provider %s', async (_what, said) => {
    const good = acme();
    const list = good.operations['paymentIntents.list'];
    if (list === undefined) throw new Error('The fake provider lists.');
    const adapter = { ...good, operations: { ...good.operations, 'paymentIntents.list': { ...list, response: () => ({ items: [], ...said }) } } };
    const { payments } = bench([answer(200, {})], { adapter });
    expect(await payments.paymentIntents.list()).toEqual({ data: [], hasMore: false, nextCursor: null });
  });
});
