import { describe, expect, it } from 'vitest';
import type { AnyAdapter, OperationName } from '../adapter.js';
import { money, type Payments } from '../index.js';
import { acme, acmeLimits, keys, type AcmePayment } from '../testing/acme.js';
import { bench, errorOf, payment, snapshot, start } from '../testing/client.js';
import { answer, lost, rawAnswer, silence, type Reply } from '../testing/scripted-fetch.js';

type Verb = (payments: Payments<OperationName>) => Promise<unknown>;
const amount = money(1000, 'EUR');
const part = { amount: money(400, 'EUR') };
const reference = { reference: 'order-1' };
const good = acme();
const keyless = { adapter: acme({ limits: { ...acmeLimits, ...keys({ honoured: 'no' }) } }), retries: 0 };

const paid = (said: Partial<AcmePayment> = {}): Reply => answer(200, payment({ status: 'succeeded', ...said }));
const processing = answer(200, payment({ status: 'processing' }));
const unpaid = (said: object = {}) => payment({ status: 'requires_payment_method', ...said });
const refund = (said: object = {}) => ({ id: 're_1', status: 'pending', amount: 400, ...said });
const setup = (said: object = {}) => ({ id: 'seti_1', status: 'requires_payment_method', ...said });
const replayed = (json: object, status = 200): Reply => answer(status, json, { 'acme-replayed': 'true' });
const declined = (more: object = {}): Reply => answer(402, { problem: 'declined', ...more });
const busy = (seconds = 0): Reply => answer(429, { problem: 'rate_limited' }, { 'retry-after': String(seconds) });

const confirm: Verb = ({ paymentIntents }) => paymentIntents.confirm('pi_1', {}, reference);
const giveBack: Verb = ({ refunds }) => refunds.create('pi_1', part, reference);
const paths = ({ requests }: ReturnType<typeof bench>) => requests.map(({ method, url }) => `${method} ${url.pathname.slice('/v1'.length)}`);

/** Acme, if its answers to one operation were read in this way. */
const reading = (name: 'paymentIntents.create' | 'paymentIntents.capture' | 'paymentIntents.confirm', response: () => null): { readonly adapter: AnyAdapter } => {
  const operation = good.operations[name];
  return { adapter: { ...good, operations: { ...good.operations, ...(operation && { [name]: { ...operation, response } }) } } };
};

describe('the time of a call', () => {
  it.each<readonly [string, Verb, number, number, readonly number[]]>([
    ['a quarter of a short one is kept for a look-up', (client) => client.paymentIntents.confirm('pi_1', {}, { deadline: 4_000 }), 1, 4, [0, 1, 2]],
    ['ten seconds of a long one are', (client) => client.paymentIntents.confirm('pi_1', {}, { deadline: 60_000 }), 12, 5, [0, 12, 24, 36, 48]],
    ['nothing of a reading, which leaves nothing to look up', (client) => client.paymentIntents.retrieve('pi_1', { deadline: 4_000 }), 1, 5, [0, 1, 2, 3]],
  ])('is all for repetitions, but %s', async (_what, call, seconds, replies, expected) => {
    const { payments, events } = bench(Array.from({ length: replies }, () => busy(seconds)), { retries: 99 });
    expect(await errorOf(call(payments))).toMatchObject({ code: 'rate_limited' });
    expect(events.filter(({ type }) => type === 'request').map(({ at }) => (at - start) / 1_000)).toEqual(expected);
  });
});

describe('what a look-up came to is told to whoever observes', () => {
  const mine = payment({ metadata: { oneintent_reference: 'order-1' } });

  it.each<readonly [string, Verb, Reply, string]>([
    ['done', confirm, paid(), 'done'],
    ['nothing proven', confirm, answer(200, payment()), 'unknown'],
    ['could not look', confirm, answer(500, {}), 'unknown'],
    ['it can never be done any more', ({ paymentIntents }) => paymentIntents.cancel('pi_1', {}, reference), paid(), 'rejected'],
    ['another amount was taken', ({ paymentIntents }) => paymentIntents.create({ amount }, reference), answer(200, { data: [{ ...mine, amount: 2000 }] }), 'rejected'],
  ])('as the outcome of the call: %s', async (_what, call, look, outcome) => {
    const { payments, events } = bench([lost, look], keyless);
    await call(payments).catch(() => undefined);
    const operation = events[0]?.operation;
    expect(events.filter(({ type }) => type === 'resolved')).toEqual([{ provider: 'acme', account: 'acme', operation, step: operation, try: 1, at: start, type: 'resolved', outcome }]);
  });

  it('is nothing where the caller gave up: then nothing was looked up', async () => {
    const caller = new AbortController();
    const hanging: Reply = (request) => {
      queueMicrotask(() => caller.abort());
      return silence(request);
    };
    const { payments, events } = bench([hanging]);
    expect(await errorOf(payments.paymentIntents.confirm('pi_1', {}, { signal: caller.signal }))).toMatchObject({ code: 'aborted', outcome: 'unknown' });
    expect(events.map(({ type }) => type)).toEqual(['request', 'response']);
  });

  it('says in words that it did not happen where the object is at another end', async () => {
    const { payments } = bench([lost, answer(200, payment({ status: 'canceled' }))], keyless);
    const { message } = await errorOf(payments.paymentIntents.capture('pi_1'));
    expect(message).toMatch(/^paymentIntents\.capture at acme: the object is canceled; the operation did not happen and no longer can/);
  });
});

describe('an answer that is not about what was asked for', () => {
  it.each<readonly [string, Verb, Reply, string]>([
    ['another intent', confirm, paid({ id: 'pi_2' }), 'id'],
    ['what was made for another reference', ({ paymentIntents }) => paymentIntents.create({ amount }, reference), answer(200, payment({ metadata: { oneintent_reference: 'order-2' } })), 'metadata'],
    ['the refund of another payment', giveBack, answer(200, refund({ payment: 'pi_2' })), 'payment_intent'],
  ])('is not believed, and says by what: %s', async (_what, call, reply, field) => {
    const { payments } = bench([reply, answer(404, { problem: 'not_found' })]);
    expect(await errorOf(call(payments))).toMatchObject({ code: 'malformed_response', outcome: 'unknown', subject: null, problems: [{ field }], resume: { reference: 'order-1' } });
  });

  it.each<readonly [string, Verb, object]>([
    ['a refund that does not say of which payment', giveBack, refund()],
    ['a refund that carries the reference of its payment, where it has none itself', ({ refunds }) => refunds.create('pi_1', part), refund({ metadata: { oneintent_reference: 'order-1' } })],
  ])('is none of these, and nothing more is asked: %s', async (_what, call, told) => {
    const used = bench([answer(200, told)]);
    expect(await call(used.payments)).toMatchObject({ id: 're_1' });
    expect(used.requests).toHaveLength(1);
  });

  it('to a reading is an error that leaves nothing open, and nothing is asked again', async () => {
    const used = bench([answer(200, payment({ id: 'pi_2' })), answer(200, payment())]);
    expect(await errorOf(used.payments.paymentIntents.retrieve('pi_1'))).toMatchObject({ code: 'malformed_response', outcome: 'rejected', subject: null, resume: null, problems: [{ field: 'id' }] });
    expect(used.requests).toHaveLength(1);
  });

  it('is unknown too where the adapter fails to read it, and says that the body was not understood', async () => {
    const { adapter } = reading('paymentIntents.confirm', () => {
      throw new RangeError('a fault of the adapter');
    });
    const { payments } = bench([paid(), answer(404, { problem: 'not_found' })], { adapter });
    expect(await errorOf(confirm(payments))).toMatchObject({ code: 'malformed_response', outcome: 'unknown', problems: [{ field: 'body' }], resume: { ref: 'acme:pi_1' } });
  });
});

describe('a success that says nothing of the object', () => {
  it('is unknown where the call made the object: nobody knows which it is, and none is guessed at', async () => {
    const used = bench([rawAnswer(204, null), paid()], reading('paymentIntents.create', () => null));
    expect(await errorOf(used.payments.paymentIntents.create({ amount }, reference))).toMatchObject({ code: 'unresolved', outcome: 'unknown', resume: { ref: null, reference: 'order-1' } });
    expect(used.requests).toHaveLength(1);
  });

  it.each<readonly [string, readonly Reply[]]>([
    ['that came at the second try', [lost, rawAnswer(204, null)]],
    ['that was replayed', [rawAnswer(204, null, { 'acme-replayed': 'true' })]],
  ])('is read anew once: what was read just now is not old, even of an answer %s', async (_what, replies) => {
    const used = bench([...replies, processing], reading('paymentIntents.capture', () => null));
    expect(await used.payments.paymentIntents.capture('pi_1', {}, reference)).toMatchObject({ status: 'processing' });
    expect(used.requests).toHaveLength(replies.length + 1);
  });
});

describe('an answer that may be an old one', () => {
  const told = unpaid({ failure: 'expired', updated: '2026-04-10T05:00:00Z' });

  it.each<readonly [string, readonly Reply[]]>([
    ['it was replayed', [replayed(payment({ status: 'processing' }))]],
    ['an earlier try was lost', [lost, processing]],
    ['an earlier try was turned away', [busy(), processing]],
  ])('is held against the object as it is now: %s', async (_what, replies) => {
    const { payments } = bench([...replies, paid()]);
    expect(await confirm(payments)).toMatchObject({ status: 'succeeded' });
  });

  it('is given where the object could not be read, and no earlier try can have done anything', async () => {
    const { payments } = bench([busy(), processing, answer(404, { problem: 'not_found' })]);
    expect(await confirm(payments)).toMatchObject({ status: 'processing' });
  });

  it('is kept where the object, read anew, is the older of the two', async () => {
    const { payments } = bench([
      replayed(payment({ status: 'processing', updated: '2026-04-10T05:00:02Z' })),
      answer(200, payment({ status: 'requires_action', updated: '2026-04-10T05:00:01Z' })),
    ]);
    expect(await confirm(payments)).toMatchObject({ status: 'processing' });
  });

  it.each<readonly [string, object, object]>([
    ['and nothing has changed since: its decline is kept', unpaid({ updated: told.updated }), { status: 'requires_payment_method', lastPaymentError: { providerCode: 'expired' } }],
    ['and nothing says what came first: what is there now is told alone', payment({ status: 'requires_action' }), { status: 'requires_action', lastPaymentError: null }],
    ['and it was paid since: no decline is told beside that', payment({ status: 'succeeded', updated: '2026-04-10T05:00:01Z' }), { status: 'succeeded', lastPaymentError: null }],
  ])('told a decline, %s', async (_what, now, expected) => {
    const { payments } = bench([replayed(told), answer(200, now)]);
    expect(await confirm(payments)).toMatchObject(expected);
  });

  it('told the decline of a setup, and nothing has changed since: its decline is kept', async () => {
    const { payments } = bench([replayed(setup({ failure: 'expired' })), answer(200, setup())]);
    expect(await payments.setupIntents.confirm('seti_1')).toMatchObject({ status: 'requires_payment_method', lastSetupError: { providerCode: 'expired' } });
  });

  it.each<readonly [string, Parameters<typeof acme>[0], object]>([
    ['is given where its provider has no way to read it', { without: ['refunds.retrieve'] }, { status: 'pending' }],
    ['is unknown where its provider has one, and did not answer', {}, { code: 'unresolved', outcome: 'unknown' }],
  ])('about a refund under way %s', async (_what, facts, expected) => {
    const { payments } = bench([replayed(refund()), answer(404, { problem: 'not_found' })], { adapter: acme(facts) });
    expect(await giveBack(payments).catch((error: unknown) => error)).toMatchObject(expected);
  });
});

describe('a decline', () => {
  it('of a creation carries what was made, as a value, and nothing more is asked', async () => {
    const used = bench([declined({ payment: unpaid() })]);
    expect(await used.payments.paymentIntents.create({ amount, confirm: true })).toMatchObject({ id: 'pi_1', lastPaymentError: { reason: 'insufficient_funds' } });
    expect(used.requests).toHaveLength(1);
  });

  it('that names no object is thrown, and nothing is asked about none', async () => {
    const used = bench([declined()]);
    expect(await errorOf(used.payments.paymentIntents.create({ amount, confirm: true }))).toMatchObject({ code: 'payment_declined', outcome: 'rejected' });
    expect(used.requests).toHaveLength(1);
  });

  it.each<readonly [string, readonly Reply[]]>([
    ['after a try that was turned away', [busy(), declined({ payment: unpaid() })]],
    ['after a try that was lost', [lost, declined({ payment: unpaid() })]],
    ['that was replayed', [replayed({ problem: 'declined', payment: unpaid() }, 402)]],
  ])('%s may be an old one: it is told with the object as it is now', async (_what, replies) => {
    const used = bench([...replies, answer(200, unpaid({ attempt: 'ch_2' }))]);
    expect(await confirm(used.payments)).toMatchObject({ latestPayment: 'ch_2', lastPaymentError: { reason: 'insufficient_funds' } });
    expect(paths(used).at(-1)).toBe('GET /payments/pi_1');
  });

  it('of a setup keeps the failure that the setup itself tells', async () => {
    const { payments } = bench([declined(), answer(200, setup({ failure: 'expired' }))]);
    expect(await payments.setupIntents.confirm('seti_1')).toMatchObject({ lastSetupError: { reason: 'card_declined', providerCode: 'expired' } });
  });

  it('of a setup gives the setup its failure where that tells none', async () => {
    const { payments } = bench([declined(), answer(200, setup())]);
    expect(await payments.setupIntents.confirm('seti_1')).toMatchObject({ lastSetupError: { reason: 'insufficient_funds' } });
  });

  it.each<readonly [string, readonly Reply[], object]>([
    ['is a failure', [declined()], { outcome: 'rejected', retry: 'new_attempt', resume: null }],
    ['after a try that was lost proves nothing: the money may have gone back', [lost, declined()], { outcome: 'unknown', retry: 'look_up_first', resume: { operation: 'refunds.create', ref: 'acme:pi_1', reference: 'order-1' } }],
  ])('of a refund %s', async (_what, replies, expected) => {
    const used = bench(replies);
    expect(await errorOf(giveBack(used.payments))).toMatchObject({ code: 'payment_declined', ...expected });
    expect(used.requests).toHaveLength(replies.length);
  });

  it('after a try that was lost names the payment that was found, though nothing is proven of it', async () => {
    const found = payment({ metadata: { oneintent_reference: 'order-1' } });
    const { payments } = bench([lost, declined(), answer(200, { data: [found] })]);
    expect(await errorOf(payments.paymentIntents.create({ amount, confirm: true }, reference))).toMatchObject({
      code: 'payment_declined', outcome: 'unknown', subject: { id: 'pi_1' }, resume: { operation: 'paymentIntents.create', ref: 'acme:pi_1' },
    }); // prettier-ignore
  });
});

describe('a refusal for the status shows the object as it is now', () => {
  it.each<readonly [string, Verb, object, object]>([
    ['a setup', ({ setupIntents }) => setupIntents.confirm('seti_1'), setup({ status: 'succeeded' }), { object: 'setup_intent', status: 'succeeded' }],
    ['a refund', ({ refunds }) => refunds.cancel('re_1'), refund({ status: 'succeeded' }), { object: 'refund', status: 'succeeded' }],
    ['the payment of a refund', giveBack, payment({ status: 'processing' }), { object: 'payment_intent', status: 'processing' }],
    ['a payment', ({ paymentIntents }) => paymentIntents.capture(snapshot({ status: 'requires_capture' })), payment({ status: 'canceled' }), { object: 'payment_intent', status: 'canceled' }],
  ])('%s', async (_what, call, now, subject) => {
    const used = bench([answer(400, { problem: 'invalid_state' }), answer(200, now)]);
    expect(await errorOf(call(used.payments))).toMatchObject({ code: 'invalid_state', outcome: 'rejected', subject, resume: null });
    expect(used.requests).toHaveLength(2);
  });

  it('and asks nothing where the refusal was of another kind', async () => {
    const used = bench([answer(400, { problem: 'invalid_request' }), paid()]);
    expect(await errorOf(confirm(used.payments))).toMatchObject({ code: 'invalid_request', outcome: 'rejected', subject: null });
    expect(used.requests).toHaveLength(1);
  });
});
