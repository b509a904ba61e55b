import { describe, expect, it } from 'vitest';
import { money, type Payments, type OperationName } from '../index.js';
import { acme, keys, type AcmePayment } from '../testing/acme.js';
import { bench, errorOf, payment, snapshot, start } from '../testing/client.js';
import { answer, lost, rawAnswer, refused, silence, type Reply } from '../testing/scripted-fetch.js';

const amount = money(1000, 'EUR');
const unprotected = { adapter: acme({ limits: { ...acme().limits, ...keys({ honoured: 'no' }) } }) };
const reference = { reference: 'order-1' };
type Verb = (payments: Payments<OperationName>) => Promise<unknown>;

/** Every operation that moves money, with the intent that proves that it was done. */
const moving: readonly (readonly [string, Verb, Partial<AcmePayment>, Partial<AcmePayment>])[] = [
  ['confirm', ({ paymentIntents }) => paymentIntents.confirm('pi_1', {}, reference), { status: 'succeeded' }, {}],
  ['capture', ({ paymentIntents }) => paymentIntents.capture('pi_1', {}, reference), { status: 'succeeded' }, { status: 'requires_capture' }],
  ['partial capture', ({ paymentIntents }) => paymentIntents.capture('pi_1', { amount: money(400, 'EUR') }, reference), { status: 'succeeded', received: 400 }, { status: 'requires_capture' }],
  ['cancel', ({ paymentIntents }) => paymentIntents.cancel('pi_1', {}, reference), { status: 'canceled' }, { status: 'requires_capture' }],
  ['incrementAuthorization', ({ paymentIntents }) => paymentIntents.incrementAuthorization('pi_1', { amount: money(1500, 'EUR') }, reference), { status: 'requires_capture', amount: 1500 }, { status: 'requires_capture' }],
];

/** Answers after which it is not known what the provider did. */
const uncertain: readonly (readonly [string, Reply, string])[] = [
  ['a lost answer', lost, 'network'],
  ['a 500 in the provider’s own format', answer(500, { problem: 'provider_unavailable' }), 'provider_unavailable'],
  ['a 502 of a proxy', rawAnswer(502, '<html>'), 'provider_unavailable'],
  ['a redirect', rawAnswer(302, null, { location: 'https://elsewhere.example' }), 'malformed_response'],
  ['HTML with 200', rawAnswer(200, '<html>', { 'content-type': 'text/html' }), 'malformed_response'],
  ['half of a JSON', rawAnswer(200, '{"id":"pi_1",'), 'malformed_response'],
  ['an answer without the essentials', answer(200, { id: 'pi_1' }), 'malformed_response'],
  ['the answer about another intent', answer(200, payment({ id: 'pi_2', status: 'succeeded' })), 'malformed_response'],
  ['a request still running', answer(409, { problem: 'idempotency_in_progress' }), 'idempotency_in_progress'],
];

describe.each(moving)('%s, when its outcome is unknown and no key protects', (verb, call, done, unchanged) => {
  // A part could be taken twice, so it is looked first whether it was taken before.
  const first = verb === 'partial capture' ? [answer(200, payment(unchanged))] : [];

  it.each(uncertain)('after %s: a look-up that proves it done gives the intent, and nothing is sent again', async (_what, reply) => {
    const { payments, requests, events } = bench([...first, reply, answer(200, payment(done))], unprotected);
    expect(await call(payments)).toMatchObject({ id: 'pi_1', status: done.status });
    expect(requests.map(({ method }) => method).slice(first.length + 1)).toEqual(['GET']);
    expect(events.at(-1)).toMatchObject({ type: 'resolved', outcome: 'done' });
  });

  it.each(uncertain)('after %s: a look-up that finds nothing changed proves nothing, and nothing is sent again', async (_what, reply, code) => {
    const { payments, requests } = bench([...first, reply, answer(200, payment(unchanged))], unprotected);
    const error = await errorOf(call(payments));
    expect(error).toMatchObject({ code, outcome: 'unknown', retry: 'look_up_first', intent: { id: 'pi_1' }, resume: { v: 1, ref: 'acme:pi_1', reference: 'order-1', firstSentAt: new Date(start).toISOString() } });
    expect(requests).toHaveLength(first.length + 2);
  });

  it('a look-up that fails proves nothing either', async () => {
    const { payments } = bench([...first, lost, answer(404, { problem: 'not_found' })], unprotected);
    expect(await errorOf(call(payments))).toMatchObject({ code: 'network', outcome: 'unknown', intent: null, resume: { ref: 'acme:pi_1' } });
  });
});

describe('where no key protects, the capture of a part under a reference', () => {
  const part = { amount: money(400, 'EUR') };
  const taken = payment({ status: 'requires_capture', received: 400, capturable: 600 });

  it('is looked for first, and what was taken is not taken again', async () => {
    const { payments, requests } = bench([answer(200, taken)], unprotected);
    expect(await payments.paymentIntents.capture('pi_1', part, reference)).toMatchObject({ amountReceived: money(400, 'EUR') });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('of another amount than was taken is a conflict, and nothing is sent', async () => {
    const { payments, requests } = bench([answer(200, taken)], unprotected);
    expect(await errorOf(payments.paymentIntents.capture('pi_1', { amount: money(500, 'EUR') }, reference))).toMatchObject({ code: 'idempotency_key_reused', subject: { id: 'pi_1' } });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is not sent when it cannot be looked up whether it was taken', async () => {
    const { payments, requests } = bench([answer(500, {})], { ...unprotected, retries: 0 });
    expect(await errorOf(payments.paymentIntents.capture('pi_1', part, reference))).toMatchObject({ code: 'provider_unavailable', outcome: 'not_sent', retry: 'same_key' });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('that the caller aborts while it is looked for is told as aborted', async () => {
    const controller = new AbortController();
    const { payments } = bench(
      [
        async () => {
          controller.abort();
          return answer(500, {})({} as never);
        },
      ],
      { ...unprotected, retries: 0 },
    );
    expect(await errorOf(payments.paymentIntents.capture('pi_1', part, { ...reference, signal: controller.signal }))).toMatchObject({ code: 'aborted', outcome: 'not_sent' });
  });

  it('is not repeated on a key that is only assumed to be honoured', async () => {
    const assumed = { adapter: acme({ limits: { ...acme().limits, ...keys({ honoured: 'assumed' }) } }) };
    const open = answer(200, payment({ status: 'requires_capture' }));
    const { payments, requests } = bench([open, lost, open], assumed);
    expect(await errorOf(payments.paymentIntents.capture('pi_1', part, reference))).toMatchObject({ outcome: 'unknown' });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });
});

describe('where a key protects', () => {
  it('a lost answer is asked for again under the same key, and what comes is looked up, as it may be old', async () => {
    const { payments, requests } = bench([lost, answer(200, payment({ status: 'processing' })), answer(200, payment({ status: 'succeeded' }))]);
    expect(await payments.paymentIntents.confirm('pi_1', {}, reference)).toMatchObject({ status: 'succeeded' });
    expect(requests.map(({ method, headers }) => [method, headers.get('idempotency-key')])).toEqual([
      ['POST', requests[0]?.headers.get('idempotency-key')],
      ['POST', requests[0]?.headers.get('idempotency-key')],
      ['GET', null],
    ]);
  });

  it('an answer that the provider says is replayed is looked up', async () => {
    const { payments } = bench([answer(200, payment({ status: 'processing' }), { 'acme-replayed': 'true' }), answer(200, payment({ status: 'succeeded' }))]);
    expect(await payments.paymentIntents.confirm('pi_1')).toMatchObject({ status: 'succeeded' });
  });

  it('a replayed answer that cannot be looked up leaves unknown what has become of the intent', async () => {
    const { payments } = bench([answer(200, payment({ status: 'processing' }), { 'acme-replayed': 'true' }), answer(404, { problem: 'not_found' })]);
    expect(await errorOf(payments.paymentIntents.confirm('pi_1'))).toMatchObject({ code: 'unresolved', outcome: 'unknown', resume: { ref: 'acme:pi_1' }, intent: null });
  });

  it('a replayed answer that tells an end is given when it cannot be looked up', async () => {
    const { payments } = bench([answer(200, payment({ status: 'succeeded' }), { 'acme-replayed': 'true' }), answer(404, { problem: 'not_found' })]);
    expect(await payments.paymentIntents.confirm('pi_1')).toMatchObject({ status: 'succeeded' });
  });

  it('the same fault again and again proves nothing: it is looked up', async () => {
    const fault = answer(500, { problem: 'provider_unavailable' });
    const { payments, requests } = bench([fault, fault, fault, answer(200, payment({ status: 'succeeded' }))]);
    expect(await payments.paymentIntents.confirm('pi_1')).toMatchObject({ status: 'succeeded' });
    expect(requests).toHaveLength(4);
  });

  it('a refusal after an uncertain try stays unknown', async () => {
    const { payments } = bench([lost, answer(400, { problem: 'invalid_state' }), answer(200, payment())]);
    expect(await errorOf(payments.paymentIntents.confirm('pi_1'))).toMatchObject({ code: 'invalid_state', outcome: 'unknown', retry: 'look_up_first' });
  });

  it('a refusal after tries that never left is a refusal', async () => {
    const { payments } = bench([refused, answer(400, { problem: 'invalid_request' })]);
    expect(await errorOf(payments.paymentIntents.confirm('pi_1'))).toMatchObject({ code: 'invalid_request', outcome: 'rejected', resume: null });
  });
});

describe('a creation whose answer is lost', () => {
  const mine = payment({ metadata: { oneintent_reference: 'order-1' } });
  const create = { amount, customer: 'cus_1' };
  const noRetries = { retries: 0 };

  it('is found by its reference', async () => {
    const { payments, requests } = bench([lost, answer(200, { data: [payment({ id: 'pi_0' }), mine] })], noRetries);
    expect((await payments.paymentIntents.create(create, reference)).id).toBe('pi_1');
    expect(requests[1]?.url.search).toBe('?limit=100&customer=cus_1');
  });

  it('is found on a later page', async () => {
    const { payments } = bench([lost, answer(200, { data: [], next: 'c1' }), answer(200, { data: [mine] })], noRetries);
    expect((await payments.paymentIntents.create(create, reference)).id).toBe('pi_1');
  });

  it.each<readonly [string, Reply]>([
    ['nothing has its reference', answer(200, { data: [payment()] })],
    ['only another attempt has it', answer(200, { data: [payment({ metadata: { oneintent_reference: 'order-1', oneintent_attempt: '2' } })] })],
    ['the list cannot be read', answer(200, { data: [{}] })],
  ])('stays unknown when %s', async (_what, list) => {
    const { payments } = bench([lost, list], noRetries);
    expect(await errorOf(payments.paymentIntents.create(create, reference))).toMatchObject({ outcome: 'unknown', resume: { ref: null, operation: 'paymentIntents.create', reference: 'order-1' } });
  });

  it('stays unknown, nothing more asked, when it has no reference', async () => {
    const { payments, requests } = bench([lost], noRetries);
    expect(await errorOf(payments.paymentIntents.create(create))).toMatchObject({ outcome: 'unknown', resume: { ref: null, reference: null } });
    expect(requests).toHaveLength(1);
  });

  it('is a conflict when its reference was used for another amount', async () => {
    const { payments } = bench([lost, answer(200, { data: [{ ...mine, amount: 2000 }] })], noRetries);
    expect(await errorOf(payments.paymentIntents.create(create, reference))).toMatchObject({ code: 'idempotency_key_reused', outcome: 'rejected', intent: { amount: money(2000, 'EUR') } });
  });
});

describe('a look-up that finds an end at which the operation never happened', () => {
  it.each<readonly [string, Verb, Partial<AcmePayment>]>([
    ['a capture of what was canceled', ({ paymentIntents }) => paymentIntents.capture('pi_1'), { status: 'canceled' }],
    ['a cancellation of what has succeeded', ({ paymentIntents }) => paymentIntents.cancel('pi_1'), { status: 'succeeded' }],
  ])('%s is told as rejected, with the intent', async (_what, call, found) => {
    const { payments } = bench([lost, answer(200, payment(found))], { ...unprotected });
    expect(await errorOf(call(payments))).toMatchObject({ code: 'invalid_state', outcome: 'rejected', currentStatus: found.status });
  });
});

describe('an answer with another amount than was asked for', () => {
  it('under a reference says that the reference was used before', async () => {
    const { payments } = bench([answer(200, payment({ amount: 2000 }))]);
    expect(await errorOf(payments.paymentIntents.create({ amount }, reference))).toMatchObject({ code: 'idempotency_key_reused', retry: 'never', intent: { amount: money(2000, 'EUR') } });
  });

  it('under a fresh key is no reuse: money may have moved, and not as wanted', async () => {
    const { payments } = bench([answer(200, payment({ status: 'succeeded', amount: 2000 }))]);
    expect(await errorOf(payments.paymentIntents.create({ amount, confirm: true }))).toMatchObject({ code: 'malformed_response', outcome: 'done', intent: { amount: money(2000, 'EUR') } });
    const captured = bench([answer(200, payment({ status: 'succeeded', received: 1000 }))]);
    const call = captured.payments.paymentIntents.capture(snapshot({ status: 'requires_capture' }), { amount: money(400, 'EUR') });
    expect(['done', 'unknown']).toContain((await errorOf(call)).outcome);
  });

  it('of an increment is told as done, with the intent', async () => {
    const { payments } = bench([answer(200, payment({ status: 'requires_capture', amount: 2500 }))]);
    expect(await errorOf(payments.paymentIntents.incrementAuthorization('pi_1', { amount: money(1500, 'EUR') }))).toMatchObject({ code: 'malformed_response', outcome: 'done', intent: { amount: money(2500, 'EUR') } });
  });
});

describe('what never left, or only reads', () => {
  it('is not sent, and may be called again under the same key', async () => {
    const { payments } = bench([refused], { retries: 0 });
    expect(await errorOf(payments.paymentIntents.confirm('pi_1'))).toMatchObject({ code: 'network', outcome: 'not_sent', retry: 'same_key', resume: null, cause: { code: 'ECONNREFUSED' } });
  });

  it('is never unknown when it reads', async () => {
    const { payments } = bench([lost, lost, lost]);
    expect(await errorOf(payments.paymentIntents.retrieve('pi_1'))).toMatchObject({ code: 'network', outcome: 'rejected', resume: null });
  });

  it('may simply be called later when a read is told of a conflict: there is nothing to look up', async () => {
    const conflict = answer(409, { problem: 'idempotency_in_progress' });
    const error = await errorOf(bench([conflict, conflict, conflict]).payments.paymentIntents.retrieve('pi_1'));
    expect(error).toMatchObject({ code: 'idempotency_in_progress', outcome: 'rejected', retry: 'after_delay', resume: null, message: expect.stringContaining('Call again later.') });
  });

  it('is refused too many times without having happened', async () => {
    const busy = answer(429, { problem: 'rate_limited' }, { 'retry-after': '2' });
    const { payments, slept } = bench([busy, busy, busy], unprotected);
    expect(await errorOf(payments.paymentIntents.confirm('pi_1'))).toMatchObject({ code: 'rate_limited', outcome: 'rejected', retry: 'after_delay', retryAfter: 2 });
    expect(slept).toEqual([2_000, 2_000]);
  });
});

describe('an aborted call', () => {
  it('sends nothing when it is aborted before', async () => {
    const { payments, requests } = bench();
    expect(await errorOf(payments.paymentIntents.confirm('pi_1', {}, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'aborted', outcome: 'not_sent', resume: null });
    expect(requests).toHaveLength(0);
  });

  it('is unknown when it is aborted after, and nothing is looked up against the caller’s wish', async () => {
    const controller = new AbortController();
    const reply: Reply = (received) => {
      queueMicrotask(() => controller.abort());
      return silence(received);
    };
    const { payments, requests } = bench([reply]);
    expect(await errorOf(payments.paymentIntents.confirm('pi_1', {}, { signal: controller.signal }))).toMatchObject({ code: 'aborted', outcome: 'unknown', resume: { ref: 'acme:pi_1' } });
    expect(requests).toHaveLength(1);
  });
});

describe('time', () => {
  it('is kept for a look-up: repetitions end before the deadline', async () => {
    const { payments, events } = bench([lost, lost, lost, answer(200, payment({ status: 'succeeded' }))], { retries: 9 });
    await payments.paymentIntents.confirm('pi_1', {}, { deadline: 1_000 });
    const last = events.findLast(({ type }) => type === 'request');
    expect(last).toMatchObject({ step: 'paymentIntents.retrieve', operation: 'paymentIntents.confirm' });
    expect((last?.at ?? 0) - start).toBeLessThanOrEqual(1_000);
  });

  it('that is over after a silence leaves the outcome unknown', async () => {
    const { payments } = bench([silence, answer(200, payment())], { attemptTimeout: 5, retries: 0 });
    expect(await errorOf(payments.paymentIntents.confirm('pi_1'))).toMatchObject({ code: 'timeout', outcome: 'unknown' });
  });
});
