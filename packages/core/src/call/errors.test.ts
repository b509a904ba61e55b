import { describe, expect, it } from 'vitest';
import { money, type OperationName, type Payments } from '../index.js';
import { acme, keys } from '../testing/acme.js';
import { bench, errorOf, payment } from '../testing/client.js';
import { answer, lost, networkError, rawAnswer, refused, silence, type Reply } from '../testing/scripted-fetch.js';

const amount = money(1000, 'EUR');
const reference = { reference: 'order-1' };
const once = { retries: 0 };
const fault = (status: number, problem: string, more: object = {}) => answer(status, { problem, ...more });
type Verb = (payments: Payments<OperationName>) => Promise<unknown>;
const confirm: Verb = ({ paymentIntents }) => paymentIntents.confirm('pi_1', {}, reference);
const retrieve: Verb = ({ paymentIntents }) => paymentIntents.retrieve('pi_1');
const failing = (call: Verb, reply: Reply, options: Parameters<typeof bench>[1] = once) => errorOf(call(bench([reply], options).payments));
const never: Reply = () => {
  throw networkError('UND_ERR_CONNECT_TIMEOUT', 'connect');
};

/** Every way in which a call can fail with nothing moved, and what may be done about it. */
const definite: readonly (readonly [what: string, call: Verb, reply: Reply, code: string, outcome: string, retry: string, advice: string])[] = [
  ['a wrong API key', confirm, fault(401, 'authentication'), 'authentication', 'rejected', 'never', 'Check the API key.'],
  ['an API key that may not do this', confirm, fault(403, 'permission'), 'permission', 'rejected', 'never', 'Check what the API key may do.'],
  ['an object that the provider does not know', confirm, fault(404, 'not_found'), 'not_found', 'rejected', 'never', 'Check the id'],
  ['an input that the provider refuses', confirm, fault(400, 'invalid_request'), 'invalid_request', 'rejected', 'never', 'Nothing happened.'],
  ['too many requests', confirm, fault(429, 'rate_limited'), 'rate_limited', 'rejected', 'after_delay', 'Nothing happened. Call again later, with the same reference and attempt.'],
  ['a key that was used for something else', confirm, fault(409, 'idempotency_key_reused'), 'idempotency_key_reused', 'rejected', 'never', 'Use a new reference for another movement'],
  ['a connection that was never made', confirm, refused, 'network', 'not_sent', 'same_key', 'Nothing was sent. Call again, with the same reference and attempt.'],
  ['a connection that was not made in time', confirm, never, 'timeout', 'not_sent', 'same_key', 'Nothing was sent. Call again, with the same reference and attempt.'],
  ['a read that was never sent', retrieve, refused, 'network', 'not_sent', 'same_key', 'Nothing was sent. Call again'],
  ['a read whose answer is lost', retrieve, lost, 'network', 'rejected', 'after_delay', 'Nothing was changed. Call again.'],
  ['a read that is not answered in time', retrieve, rawAnswer(504, ''), 'timeout', 'rejected', 'after_delay', 'Nothing was changed. Call again.'],
  ['a read at a provider in trouble', retrieve, rawAnswer(500, ''), 'provider_unavailable', 'rejected', 'after_delay', 'Nothing was changed. Call again later.'],
  ['a read that is told of a conflict', retrieve, rawAnswer(409, ''), 'idempotency_in_progress', 'rejected', 'after_delay', 'Nothing was changed. Call again later.'],
  ['a read that cannot be understood', retrieve, answer(200, { id: 'pi_1' }), 'malformed_response', 'rejected', 'never', 'Nothing happened.'],
]; // prettier-ignore

describe('an error with nothing moved', () => {
  it.each(definite)('%s says so, and what its caller may do', async (_what, call, reply, code, outcome, retry, advice) => {
    const error = await failing(call, reply);
    expect(error).toMatchObject({ code, outcome, retry, resume: null, provider: 'acme', account: 'acme' });
    expect(error.message).toContain(advice);
    expect(error.message).toMatch(/^paymentIntents\.(?:confirm|retrieve) at acme: [A-Za-z]/);
    expect(error.message).not.toMatch(/may or may not|undefined/);
  });

  it('that its caller aborted is not called again of itself, though nothing was sent', async () => {
    expect(await failing(({ paymentIntents }) => paymentIntents.confirm('pi_1', {}, { ...reference, signal: AbortSignal.abort() }), lost)).toMatchObject({ code: 'aborted', outcome: 'not_sent', retry: 'never' });
  });
});

/** Whatever the code: what may have happened is never to be started again under another name. */
const uncertain: readonly (readonly [string, Reply, string])[] = [
  ['a lost answer', lost, 'network'],
  ['an answer that never came', silence, 'timeout'],
  ['a provider in trouble', fault(500, 'provider_unavailable'), 'provider_unavailable'],
  ['a request still running', fault(409, 'idempotency_in_progress'), 'idempotency_in_progress'],
  ['a proxy that turns away', rawAnswer(429, ''), 'rate_limited'],
  ['an answer that cannot be understood', answer(200, { id: 'pi_1' }), 'malformed_response'],
];

describe('an error whose outcome is unknown', () => {
  it.each(uncertain)('after %s says that it may have happened and how to settle it, and nothing else', async (_what, reply, code) => {
    const { payments } = bench([reply, answer(404, { problem: 'not_found' })], { ...once, attemptTimeout: 50 });
    const error = await errorOf(confirm(payments));
    expect(error).toMatchObject({ code, outcome: 'unknown', retry: 'look_up_first', resume: { ref: 'acme:pi_1', reference: 'order-1', attempt: 1 } });
    expect(error.message).toMatch(/It may or may not have happened\. Store error\.resume and settle it with payments\.resume\(resume\); do not start it again/);
    expect(error.message).not.toMatch(/Nothing (?:happened|was)|Call again/);
  });
});

describe('an error tells what the provider said', () => {
  it('its code, the field at fault, the status, the id of the exchange and the time to wait, but its sentence only to who asks', async () => {
    const said = { message: 'hunted 4242', field: 'card[cvc]', trace_id: 'trace_7' };
    const error = await failing(confirm, answer(429, { problem: 'rate_limited', ...said }, { 'retry-after': '3' }));
    expect(error).toMatchObject({ httpStatus: 429, providerCode: 'rate_limited', requestId: 'trace_7', retryAfter: 3 });
    expect(error.problems).toEqual([{ field: 'card[cvc]', problem: 'was refused by the provider', remedy: 'See providerCode.' }]);
    expect(error.message).toContain('Too many requests. (HTTP 429 rate_limited, field card[cvc])');
    expect(error.providerMessage?.reveal()).toBe('hunted 4242');
    expect(`${JSON.stringify(error)} ${error.message}`).not.toContain('hunted');
  });

  it('and what to do about it, where the adapter knows more', async () => {
    const adapter = acme({ readError: () => ({ kind: 'fault', code: 'invalid_request', providerCode: null, message: null, field: null, hint: 'Give the customer too.' }) });
    const error = await failing(confirm, answer(400, {}), { adapter });
    expect(error.message).toContain('(HTTP 400) Give the customer too. Nothing happened.');
    expect(error).toMatchObject({ providerCode: null, providerMessage: null });
  });

  it('nothing more than the status, where it said nothing in its own format', async () => {
    const error = await failing(confirm, rawAnswer(403, '<html>'));
    expect(error).toMatchObject({ httpStatus: 403, providerCode: null, providerMessage: null, requestId: null, retryAfter: null, problems: [] });
    expect(error.message).toBe('paymentIntents.confirm at acme: The API key may not do this. (HTTP 403) Check what the API key may do.');
  });

  it.each<readonly [string, Reply, string]>([
    ['with the code of the cause', refused, 'The connection failed. (ECONNREFUSED) Nothing'],
    ['without one where the cause has none', () => { throw new TypeError('hunted'); }, 'The connection failed. Nothing'],
  ])('or that there was no answer, %s', async (_what, reply, sentence) => {
    const error = await failing(retrieve, reply);
    expect(error.message).toContain(sentence);
    expect(error).toMatchObject({ httpStatus: null, providerCode: null, problems: [] });
    expect(JSON.stringify(error)).not.toContain('hunted');
  }); // prettier-ignore

  it('which fields of an answer could not be read, and that its adapter is at fault', async () => {
    const error = await failing(retrieve, answer(200, { id: 'pi_1', trace_id: 'trace_7' }));
    expect(error).toMatchObject({ code: 'malformed_response', httpStatus: 200, requestId: 'trace_7' });
    expect(error.problems.map(({ field }) => field)).toEqual(['status', 'amount']);
    for (const { problem, remedy } of error.problems) expect([problem, remedy]).toEqual(['is missing or of another type in the answer', "Report it to the adapter's author."]);
    expect(error.message).toContain('could not be understood (status, amount).');
  });

  it.each<readonly [string, object, string | undefined]>([
    ['its sentence', { message: 'hunted 4242' }, 'hunted 4242'],
    ['that it gave none', {}, undefined],
  ])('of a decline without an intent: the reason, the next attempt and, to who asks, %s', async (_what, more, sentence) => {
    const again = { reference: 'order-1', attempt: 3 };
    const error = await failing(({ paymentIntents }) => paymentIntents.create({ amount, confirm: true }, again), answer(402, { problem: 'declined', trace_id: 'trace_7', ...more }));
    expect(error).toMatchObject({ code: 'payment_declined', outcome: 'rejected', retry: 'new_attempt', requestId: 'trace_7', failure: { reason: 'insufficient_funds' } });
    expect(error.message).toContain('The payment was declined (insufficient_funds). Nothing was charged. For another try give attempt: 4 with the same reference.');
    expect(error.providerMessage?.reveal()).toBe(sentence);
    expect(error.message).not.toContain('hunted');
  });
});

describe('an error of one of the two steps of a creation with its confirmation', () => {
  const unprotected = { adapter: acme({ limits: { ...acme().limits, ...keys({ honoured: 'no' }) } }), ...once };
  const both: Verb = ({ paymentIntents }) => paymentIntents.create({ amount, confirm: true }, reference);
  const none = answer(200, { data: [] });

  it('is the creation’s own, and cannot be resumed where nothing is open', async () => {
    const { payments } = bench([none, answer(200, payment()), fault(400, 'invalid_request')], unprotected);
    expect(await errorOf(both(payments))).toMatchObject({ operation: 'paymentIntents.create', outcome: 'rejected', resume: null });
  });

  it('resumes the creation with what it has made, where the confirmation is unknown', async () => {
    const { payments } = bench([none, answer(200, payment()), lost, answer(404, { problem: 'not_found' })], unprotected);
    expect(await errorOf(both(payments))).toMatchObject({ operation: 'paymentIntents.create', outcome: 'unknown', resume: { operation: 'paymentIntents.create', confirm: true, ref: 'acme:pi_1' } });
  });
});
