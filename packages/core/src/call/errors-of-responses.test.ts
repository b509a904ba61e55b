import { describe, expect, it } from 'vitest';
import type { AnyAdapter } from '../adapter.js';
import { money, type OperationName, type Payments } from '../index.js';
import { acme, acmeLimits, keys } from '../testing/acme.js';
import { bench, errorOf, payment, snapshot } from '../testing/client.js';
import { answer, lost, rawAnswer, type Reply } from '../testing/scripted-fetch.js';

type Verb = (payments: Payments<OperationName>) => Promise<unknown>;
const amount = money(1000, 'EUR');
const part = { amount: money(400, 'EUR') };
const reference = { reference: 'order-1' };
const good = acme();
const keyless = acme({ limits: { ...acmeLimits, ...keys({ honoured: 'no' }) } });

/** Acme, if its answer to a capture said nothing of the payment. */
const capture = good.operations['paymentIntents.capture'];
const silent: AnyAdapter = { ...good, operations: { ...good.operations, ...(capture && { 'paymentIntents.capture': { ...capture, response: () => null } }) } };

const held = snapshot({ status: 'requires_capture', amount: 2000 });
const taken = answer(200, payment({ status: 'succeeded', amount: 2000, received: 1000 }));
const dearer = answer(200, payment({ amount: 2000 }));

describe('an answer about another amount than was asked for', () => {
  it.each<readonly [string, Verb, Reply, { readonly code: string; readonly outcome: string }]>([
    ['a creation under a reference', ({ paymentIntents }) => paymentIntents.create({ amount }, reference), dearer, { code: 'idempotency_key_reused', outcome: 'rejected' }],
    ['a creation under a key of the caller’s own', ({ paymentIntents }) => paymentIntents.create({ amount }, { idempotencyKey: 'mine' }), dearer, { code: 'idempotency_key_reused', outcome: 'rejected' }],
    ['a creation under a key that nobody had used', ({ paymentIntents }) => paymentIntents.create({ amount }), dearer, { code: 'malformed_response', outcome: 'done' }],
    ['a capture of what was seen before, under a reference', ({ paymentIntents }) => paymentIntents.capture(held, part, reference), taken, { code: 'idempotency_key_reused', outcome: 'rejected' }],
    ['a capture of what nobody had seen before, under a reference', ({ paymentIntents }) => paymentIntents.capture('pi_1', part, reference), taken, { code: 'idempotency_key_reused', outcome: 'done' }],
    ['a capture under a key that nobody had used', ({ paymentIntents }) => paymentIntents.capture(held, part), taken, { code: 'malformed_response', outcome: 'done' }],
    [
      'an increment, which the provider counts in its own way, under a reference',
      ({ paymentIntents }) => paymentIntents.incrementAuthorization('pi_1', { amount: money(1500, 'EUR') }, reference),
      answer(200, payment({ status: 'requires_capture', amount: 2500 })),
      { code: 'malformed_response', outcome: 'done' },
    ],
    ['a refund under a reference', ({ refunds }) => refunds.create('pi_1', part, reference), answer(200, { id: 're_1', status: 'succeeded', amount: 300, payment: 'pi_1' }), { code: 'idempotency_key_reused', outcome: 'rejected' }],
  ])('of %s says whether money moved by it', async (_what, call, reply, told) => {
    const { payments, requests } = bench([reply]);
    const error = await errorOf(call(payments));
    expect(error).toMatchObject({ ...told, retry: 'never', resume: null });
    expect(error.subject).not.toBeNull();
    expect(requests).toHaveLength(1);
  });

  it.each<readonly [string, Verb, Reply, string]>([
    ['the amount of the intent, whatever was received of it', ({ paymentIntents }) => paymentIntents.create({ amount }, reference), answer(200, payment({ status: 'succeeded', amount: 2000, received: 500 })), 'the intent says 20.00 EUR, not 10.00 EUR'],
    ['what was captured, which need not be the amount of the intent', ({ paymentIntents }) => paymentIntents.capture(held, part, reference), taken, 'the intent says 10.00 EUR, not 4.00 EUR'],
    ['what went back', ({ refunds }) => refunds.create('pi_1', part, reference), answer(200, { id: 're_1', status: 'succeeded', amount: 300, payment: 'pi_1' }), 'the refund says 3.00 EUR, not 4.00 EUR'],
  ])('is told with both amounts: %s', async (_what, call, reply, words) => {
    expect((await errorOf(call(bench([reply]).payments))).message).toContain(words);
  });

  it.each<readonly [string, object, string]>([
    ['the reference was used before', reference, 'was used before with another amount'],
    ['one has to look, where the provider did it', {}, 'Look at error.subject before you do anything else'],
  ])('says what to make of it: %s', async (_what, options, words) => {
    expect((await errorOf(bench([dearer]).payments.paymentIntents.create({ amount }, options))).message).toContain(words);
  });
});

describe('the sentence of an error', () => {
  /** A caller that gives up at the first answer. */
  const impatient = () => {
    const caller = new AbortController();
    return { options: { ...reference, signal: caller.signal }, onExchange: ({ type }: { readonly type: string }) => void (type === 'response' && caller.abort()) };
  };

  it('says that nothing was sent, and why, where it cannot be looked up whether it was done before', async () => {
    const { payments } = bench([rawAnswer(500, '')], { adapter: keyless, retries: 0 });
    const error = await errorOf(payments.refunds.create('pi_1', part, reference));
    expect(error).toMatchObject({ code: 'provider_unavailable', outcome: 'not_sent', resume: null });
    expect(error.message).toMatch(/^refunds\.create at acme: .*could not be looked up.* Nothing was sent\. Call again, with the same reference/);
  });

  it('says that nothing was sent where the caller gave up while it was looked for', async () => {
    const { options, onExchange } = impatient();
    const { payments, requests } = bench([rawAnswer(500, '')], { adapter: keyless, retries: 0, onExchange });
    const error = await errorOf(payments.paymentIntents.create({ amount, confirm: true }, options));
    expect(error).toMatchObject({ code: 'aborted', outcome: 'not_sent', retry: 'same_key', resume: null });
    expect(error.message).toMatch(/^paymentIntents\.create at acme: the caller aborted the call\. Nothing was sent/);
    expect(requests).toHaveLength(1);
  });

  it('says how to settle it where an old answer could not be looked up', async () => {
    const { payments } = bench([answer(200, payment({ status: 'processing' }), { 'acme-replayed': 'true', 'acme-request': 'req_1' }), answer(404, { problem: 'not_found' })]);
    const error = await errorOf(payments.paymentIntents.confirm('pi_1', {}, reference));
    expect(error).toMatchObject({ code: 'unresolved', outcome: 'unknown', retry: 'look_up_first', requestId: 'req_1', resume: { ref: 'acme:pi_1', reference: 'order-1' } });
    expect(error.message).toMatch(/^paymentIntents\.confirm at acme: the answer may be an old one.*payments\.resume\(resume\)/);
  });

  it('says that it was accepted, and how to settle it, where the object could not be read anew', async () => {
    const { payments } = bench([rawAnswer(204, null, { 'acme-request': 'req_1' }), lost, lost, lost], { adapter: silent });
    const error = await errorOf(payments.paymentIntents.capture('pi_1', {}, reference));
    expect(error).toMatchObject({ code: 'unresolved', outcome: 'unknown', requestId: 'req_1', resume: { ref: 'acme:pi_1', reference: 'order-1' } });
    expect(error.message).toMatch(/^paymentIntents\.capture at acme: it was accepted, and what has become of the object could not be looked up\..*payments\.resume\(resume\)/);
  });

  it('says that it was accepted where the caller gave up before the object was read anew', async () => {
    const { options, onExchange } = impatient();
    const { payments } = bench([rawAnswer(204, null)], { adapter: silent, onExchange });
    const error = await errorOf(payments.paymentIntents.capture('pi_1', {}, options));
    expect(error).toMatchObject({ code: 'aborted', outcome: 'unknown' });
    expect(error.message).toMatch(/it was accepted, and the caller aborted the call before the object was read anew\..*payments\.resume\(resume\)/);
  });
});
