import { describe, expect, it } from 'vitest';
import { money, type Resume } from '../index.js';
import { acme, apiKey, keys } from '../testing/acme.js';
import { bench, errorOf, payment, start, type Bench } from '../testing/client.js';
import { answer, lost, refused, type Reply } from '../testing/scripted-fetch.js';

const input = { amount: money(1000, 'EUR'), customer: 'cus_1', description: 'a person’s name' };
const reference = { reference: 'order-1', attempt: 2 };
const held = answer(200, payment({ status: 'requires_capture' }));
const named = payment({ metadata: { oneintent_reference: 'order-1', oneintent_attempt: '2' } });
const wrong = (value: unknown) => value as never;

/** The resume of a call whose answer was lost, through JSON, and what that call had sent. */
const lose = async (call: (payments: Bench['payments']) => Promise<unknown>, look: readonly Reply[] = [answer(200, payment())]) => {
  const { payments, requests } = bench([lost, ...look], { retries: 0 });
  const { resume } = await errorOf(call(payments));
  if (resume === null) throw new Error('The call has no resume.');
  return { resume: JSON.parse(JSON.stringify(resume)) as Resume, first: requests[0] };
};
const lostConfirm = () => lose(({ paymentIntents }) => paymentIntents.confirm('pi_1', { paymentMethod: 'pm_1' }, reference));
const lostCapture = () => lose(({ paymentIntents }) => paymentIntents.capture('pi_1', { amount: money(400, 'EUR') }, reference), [held]);
const lostRefund = () => lose(({ refunds }) => refunds.create('pi_1', { amount: money(400, 'EUR') }, reference), [answer(200, { data: [] })]);
const lostWholeRefund = () => lose(({ refunds }) => refunds.create('pi_1', {}, reference), [answer(200, { data: [] })]);
const lostCreate = () => lose(({ paymentIntents }) => paymentIntents.create(input, reference), [answer(200, { data: [] })]);

describe('error.resume', () => {
  it('is plain JSON without a secret and without personal data', async () => {
    const { resume } = await lostCreate();
    expect(resume).toEqual({
      v: 1, operation: 'paymentIntents.create', provider: 'acme', account: 'acme', key: expect.stringMatching(/^[0-9a-f]{64}$/), reference: 'order-1', attempt: 2, connectedAccount: null, ref: null,
      amount: money(1000, 'EUR'), confirm: false, inputDigest: expect.stringMatching(/^[0-9a-f]{64}$/), firstSentAt: '2026-04-10T05:00:00.000Z',
    }); // prettier-ignore
    expect(JSON.stringify(resume)).not.toMatch(new RegExp(`${apiKey}|person|cus_1`));
  });
});

describe('resuming, by another client on another machine', () => {
  it('without the input only looks: what it finds done is returned', async () => {
    const { resume } = await lostConfirm();
    const { payments, requests, events } = bench([answer(200, payment({ status: 'succeeded' }))]);
    expect(await payments.resume(resume)).toMatchObject({ id: 'pi_1', status: 'succeeded' });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
    expect(events.at(-1)).toMatchObject({ type: 'resolved', outcome: 'done' });
  });

  it.each<readonly [string, () => ReturnType<typeof lose>, Reply, object | null]>([
    ['a confirmation', lostConfirm, answer(200, payment()), { id: 'pi_1' }],
    ['a creation', lostCreate, answer(200, { data: [] }), null],
    ['the capture of a part', lostCapture, held, { id: 'pi_1' }],
    ['a refund', lostRefund, answer(200, { data: [] }), null],
    ['a refund of everything', lostWholeRefund, answer(200, { data: [] }), null],
  ])('without the input sends nothing again: what is unproven stays unknown, with the same resume: %s', async (_what, lose_, look, subject) => {
    const { resume } = await lose_();
    const { payments, requests, events } = bench([look]);
    const error = await errorOf(payments.resume(resume));
    expect(error).toMatchObject({ code: 'unresolved', outcome: 'unknown', retry: 'look_up_first', resume, subject });
    expect(error.message).toMatch(/still unknown after looking again\. Resume it later, or give the input so that the same request can be sent again under its key\.$/);
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
    expect(events.at(-1)).toMatchObject({ type: 'resolved', outcome: 'unknown' });
  });

  it.each<readonly [string, () => ReturnType<typeof lose>, object, Reply, object]>([
    ['the intent was canceled before it was captured', lostCapture, { amount: money(400, 'EUR') }, answer(200, payment({ status: 'canceled', received: 0 })), { code: 'invalid_state', outcome: 'rejected' }],
    ['another amount was captured', lostCapture, { amount: money(400, 'EUR') }, answer(200, payment({ status: 'succeeded', received: 1000 })), { code: 'idempotency_key_reused' }],
    ['its reference made another payment', lostCreate, input, answer(200, { data: [{ ...named, amount: 2000 }] }), { code: 'idempotency_key_reused', outcome: 'rejected' }],
  ])('with the input sends nothing again where the look-up says that it cannot be done any more: %s', async (_what, lose_, again, look, expected) => {
    const { resume } = await lose_();
    const { payments, requests } = bench([look]);
    expect(await errorOf(payments.resume(resume, { input: again }))).toMatchObject({ ...expected, subject: { id: 'pi_1' }, resume: null });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('takes a refund of everything again without an amount, as it was', async () => {
    const { resume, first } = await lostWholeRefund();
    const refunded = answer(200, { id: 're_1', status: 'succeeded', amount: 1000 });
    const { payments, requests } = bench([answer(200, { data: [] }), refunded, refunded]);
    expect(await payments.resume(resume, { input: {} })).toMatchObject({ object: 'refund', amount: money(1000, 'EUR') });
    expect([requests[1]?.body, requests[1]?.headers.get('idempotency-key')]).toEqual([first?.body, resume.key]);
  });

  it.each([
    ['a day', 86_400_000],
    ['a minute', 60_000],
  ])('by a clock that is %s behind repeats no creation: how old its key is cannot be known', async (_what, behind) => {
    const { resume } = await lostCreate();
    const { payments, requests, pass } = bench([answer(200, { data: [] })]);
    pass(-behind);
    const error = await errorOf(payments.resume(resume, { input }));
    expect(error).toMatchObject({ code: 'unresolved', outcome: 'unknown', resume });
    expect(error.message).toMatch(/still unknown after looking again\. Resume it later\.$/);
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it.each<readonly [string, typeof lostConfirm, object, number, readonly Reply[]]>([
    ['a confirmation', lostConfirm, { paymentMethod: 'pm_1' }, 3_600_000, [answer(200, payment()), answer(200, payment({ status: 'processing' })), answer(200, payment({ status: 'succeeded' }))]],
    ['a creation', lostCreate, input, 3_600_000, [answer(200, { data: [] }), answer(200, payment()), answer(200, payment({ status: 'succeeded' }))]],
    ['by a clock that is not quite a minute behind', lostCreate, input, -59_999, [answer(200, { data: [] }), answer(200, payment()), answer(200, payment({ status: 'succeeded' }))]],
  ])('with the input, in the key’s window, sends the very same request again, and looks, as the answer may be old: %s', async (_what, lose_, again, later, replies) => {
    const { resume, first } = await lose_();
    const { payments, requests, pass } = bench(replies);
    pass(later);
    expect(await payments.resume(resume, { input: again })).toMatchObject({ id: 'pi_1', status: 'succeeded' });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
    const second = requests[1];
    expect([second?.method, String(second?.url), second?.body, second?.headers.get('idempotency-key')]).toEqual([first?.method, String(first?.url), first?.body, resume.key]);
  });

  it.each<readonly [string, Reply]>([
    ['is not sent', refused],
    ['is refused', answer(400, { problem: 'invalid_request' })],
    ['comes too often', answer(429, { problem: 'rate_limited' })],
    ['gets an old answer that cannot be looked up', answer(200, payment({ status: 'processing' }))],
  ])('stays unknown, with the same resume, when the request %s the second time: that says nothing about the first', async (_what, reply) => {
    const { resume } = await lostConfirm();
    const { payments } = bench([answer(200, payment()), reply, answer(500, {})], { retries: 0 });
    expect(await errorOf(payments.resume(resume, { input: { paymentMethod: 'pm_1' } }))).toMatchObject({ outcome: 'unknown', retry: 'look_up_first', resume });
  });

  it('with the input does not repeat a creation beyond the key’s window', async () => {
    const { resume } = await lostCreate();
    const { payments, requests, pass } = bench([answer(200, { data: [] })]);
    pass(86_400_000);
    expect(await errorOf(payments.resume(resume, { input }))).toMatchObject({ code: 'unresolved', outcome: 'unknown' });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('with the input never repeats an increment beyond the window, and never anything without keys', async () => {
    const more = { amount: money(1500, 'EUR') };
    const { resume } = await lose(({ paymentIntents }) => paymentIntents.incrementAuthorization('pi_1', more), [answer(200, payment({ status: 'requires_capture' }))]);
    const open = answer(200, payment({ status: 'requires_capture' }));
    const late = bench([open]);
    late.pass(86_400_000);
    expect((await errorOf(late.payments.resume(resume, { input: more }))).code).toBe('unresolved');
    const keyless = bench([open], { adapter: acme({ limits: { ...acme().limits, ...keys({ honoured: 'no' }) } }) });
    expect((await errorOf(keyless.payments.resume(resume, { input: more }))).code).toBe('unresolved');
    expect([late.requests.length, keyless.requests.length]).toEqual([1, 1]);
  });

  it.each<readonly [string, () => ReturnType<typeof lose>, object]>([
    ['another payment method', lostConfirm, { paymentMethod: 'pm_2' }],
    ['another amount', lostRefund, { amount: money(500, 'EUR') }],
    ['no amount, where a part was taken', lostCapture, {}],
  ])('refuses another input, nothing sent: %s', async (_what, lose_, other) => {
    const { resume } = await lose_();
    const { payments, requests } = bench();
    const problems = [{ field: 'input', problem: 'is not the input of the first call', remedy: expect.stringContaining('only looks') }];
    expect(await errorOf(payments.resume(resume, { input: other }))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems });
    expect(requests).toHaveLength(0);
  });

  it('takes the same input in another order', async () => {
    const { resume } = await lostCreate();
    const { payments } = bench([answer(200, { data: [] }), answer(200, payment()), answer(200, payment())]);
    const { description, customer, amount } = input;
    expect((await payments.resume(resume, { input: { description, customer, amount } })).id).toBe('pi_1');
  });

  it('acts for the connected account of the first call', async () => {
    const { resume, first } = await lose(({ paymentIntents }) => paymentIntents.create(input, { ...reference, connectedAccount: 'acct_1' }), [answer(200, { data: [] })]);
    expect(first?.headers.get('acme-account')).toBe('acct_1');
    const { payments, requests } = bench([answer(200, { data: [] }), answer(200, payment()), answer(200, payment())]);
    await payments.resume(resume, { input });
    expect(requests.map(({ headers }) => headers.get('acme-account'))).toEqual(['acct_1', 'acct_1', 'acct_1']);
  });

  it.each<readonly [string, unknown, string, string, string]>([
    ['of another account', { account: 'shop-eu' }, 'resume.account', "is 'shop-eu' at acme", "that account's client"],
    ['of another provider', { provider: 'other' }, 'resume.account', "is 'acme' at other", "that account's client"],
    ['of a later version', { v: 2 }, 'resume', 'is not what error.resume was', 'unchanged'],
    ['without a key', { key: '' }, 'resume', 'is not what error.resume was', 'unchanged'],
    ['of no operation', { operation: 'paymentIntents.explode' }, 'resume.operation', 'is not an operation that can be resumed', 'what error.resume was'],
    ['of a list', { operation: 'paymentIntents.list' }, 'resume.operation', 'is not an operation that can be resumed', 'what error.resume was'],
    ['about no object', { ref: 'nonsense' }, 'resume.ref', 'is not a ref of the account beside it', 'what error.resume was'],
    ['about another account’s object', { ref: 'shop-eu:pi_1' }, 'resume.ref', 'is not a ref of the account beside it', 'what error.resume was'],
  ])('refuses one %s, nothing sent', async (_what, change, field, problem, remedy) => {
    const { resume } = await lostConfirm();
    const { payments, requests } = bench();
    const refusal = { code: 'invalid_request', outcome: 'not_sent', problems: [{ field, problem, remedy: expect.stringContaining(remedy) }] };
    expect(await errorOf(payments.resume({ ...resume, ...(change as object) }))).toMatchObject(refusal);
    expect(requests).toHaveLength(0);
  });

  it('refuses one that has lost its object, where the operation needs one, nothing sent', async () => {
    const { resume } = await lostConfirm();
    const { payments, requests } = bench();
    expect(await errorOf(payments.resume({ ...resume, ref: null }, { input: { paymentMethod: 'pm_1' } }))).toMatchObject({ outcome: 'not_sent', problems: [{ field: 'target', problem: 'is missing' }] });
    expect(requests).toHaveLength(0);
  });

  it.each([null, undefined, 'text', {}, []])('refuses %j', async (given) => {
    expect(await errorOf(bench().payments.resume(wrong(given)))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'resume' }] });
  });

  it.each<readonly [unknown, string]>([
    [{ deadline: -1 }, 'deadline'],
    ['text', '0'],
    [{ novel: 1 }, 'novel'],
    [{ reference: 'order-2' }, 'reference'],
    [{ idempotencyKey: 'mine' }, 'idempotencyKey'],
    [{ connectedAccount: 'acct_2' }, 'connectedAccount'],
  ])('refuses %j in the place of its options, nothing sent', async (options, field) => {
    const { resume } = await lostConfirm();
    const { payments, requests } = bench();
    const problems = [{ field, remedy: field === 'deadline' ? 'Give milliseconds for the whole call.' : 'It takes input, signal and deadline.' }];
    expect(await errorOf(payments.resume(resume, wrong(options)))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems });
    expect(requests).toHaveLength(0);
  });

  it('ends by the deadline that it is given', async () => {
    const { resume } = await lostConfirm();
    const { payments, events } = bench(Array.from({ length: 5 }, () => answer(429, { problem: 'rate_limited' }, { 'retry-after': '1' })), { retries: 99 });
    expect(await errorOf(payments.resume(resume, { deadline: 3_000 }))).toMatchObject({ code: 'unresolved', resume });
    expect(events.filter(({ type }) => type === 'request').map(({ at }) => at - start)).toEqual([0, 1_000, 2_000]);
  });

  it('asks nothing once its caller has given up', async () => {
    const { resume } = await lostConfirm();
    const { payments, requests } = bench([answer(200, payment({ status: 'succeeded' }))]);
    expect(await errorOf(payments.resume(resume, { signal: AbortSignal.abort() }))).toMatchObject({ outcome: 'unknown', resume });
    expect(requests).toHaveLength(0);
  });
});

describe('resuming a creation and its confirmation where no key protects', () => {
  const adapter = acme({ limits: { ...acme().limits, ...keys({ honoured: 'no' }) } });
  const confirmed = { ...input, confirm: true };
  const none = answer(200, { data: [] });
  const charged = payment({ status: 'succeeded' });
  const begin = async (replies: readonly Reply[], options: object = reference): Promise<Resume> => {
    const { resume } = await errorOf(bench(replies, { adapter, retries: 0 }).payments.paymentIntents.create(confirmed, options));
    if (resume === null) throw new Error('The call has no resume.');
    return JSON.parse(JSON.stringify(resume)) as Resume;
  };
  const lostCreation = () => begin([none, lost, none]);
  const lostConfirmation = (options?: object) => begin([...(options === undefined ? [none] : []), answer(200, payment()), lost, answer(200, payment())], options);
  const paths = ({ requests }: Bench) => requests.map(({ method, url }) => `${method} ${url.pathname.slice('/v1'.length)}`);

  it('begins both anew where the creation was lost: nothing can have been charged', async () => {
    const resume = await lostCreation();
    const later = bench([none, none, answer(200, payment()), answer(200, charged)], { adapter });
    expect(await later.payments.resume(resume, { input: confirmed })).toMatchObject({ id: 'pi_1', status: 'succeeded' });
    expect(paths(later)).toEqual(['GET /payments', 'GET /payments', 'POST /payments', 'POST /payments/pi_1/confirm']);
  });

  it.each<readonly [string, readonly Reply[]]>([
    ['looked for', [none, answer(500, {})]],
    ['sent', [none, none, refused]],
  ])('stays unknown, with the same resume, where it could not be %s this time', async (_what, replies) => {
    const resume = await lostCreation();
    const { payments } = bench(replies, { adapter, retries: 0 });
    expect(await errorOf(payments.resume(resume, { input: confirmed }))).toMatchObject({ code: 'unresolved', outcome: 'unknown', resume });
  });

  it.each<readonly [string, readonly Reply[], object]>([
    ['was refused', [answer(400, { problem: 'invalid_request' })], { code: 'invalid_request', outcome: 'rejected', resume: null }],
    ['was lost once more', [lost, none], { code: 'network', outcome: 'unknown', resume: { operation: 'paymentIntents.create', ref: null } }],
    ['was lost at its confirmation', [answer(200, payment()), lost, answer(200, payment())], { code: 'network', outcome: 'unknown', resume: { operation: 'paymentIntents.create', ref: 'acme:pi_1' } }],
  ])('tells what the new beginning came to: it %s', async (_what, replies, expected) => {
    const resume = await lostCreation();
    const { payments } = bench([none, none, ...replies], { adapter, retries: 0 });
    expect(await errorOf(payments.resume(resume, { input: confirmed }))).toMatchObject(expected);
  });

  it('makes no second payment where the confirmation was lost, though the list does not show the first', async () => {
    const resume = await lostConfirmation();
    const later = bench([answer(200, payment()), none, none, answer(200, payment({ id: 'pi_2' })), answer(200, payment({ id: 'pi_2', status: 'succeeded' }))], { adapter });
    expect(await errorOf(later.payments.resume(resume, { input: confirmed }))).toMatchObject({ code: 'unresolved', outcome: 'unknown', subject: { id: 'pi_1' }, resume });
    expect(paths(later)).toEqual(['GET /payments/pi_1', 'GET /payments']);
  });

  it.each<readonly [string, object | undefined, readonly Reply[]]>([
    ['under a reference, also where the list does not show it', undefined, [none]],
    ['under a reference, also where the list cannot be read', undefined, [answer(500, {})]],
    ['without a reference', {}, []],
  ])('finds by its id what was created %s', async (_what, options, list) => {
    const resume = await lostConfirmation(options);
    const later = bench([answer(200, charged), ...list], { adapter, retries: 0 });
    expect(await later.payments.resume(resume)).toMatchObject({ id: 'pi_1', status: 'succeeded' });
    expect(paths(later)).toEqual(['GET /payments/pi_1', ...list.map(() => 'GET /payments')]);
  });

  it('finds by its reference what was charged, where what it knows by its id was not', async () => {
    const resume = await lostConfirmation();
    const later = bench([answer(200, payment()), answer(200, { data: [{ ...named, id: 'pi_2', status: 'succeeded' }] })], { adapter });
    expect(await later.payments.resume(resume)).toMatchObject({ id: 'pi_2', status: 'succeeded' });
  });
});

describe('resuming a creation that is known by its id where a key protects', () => {
  it('sends it again under its key where nothing is proven yet, and believes what it is told of it', async () => {
    const look = answer(200, { data: [named] });
    const { resume, first } = await lose(({ paymentIntents }) => paymentIntents.create({ ...input, confirm: true }, reference), [look]);
    const charged = answer(200, { ...named, status: 'succeeded' });
    const { payments, requests } = bench([answer(200, named), look, charged, charged]);
    expect(await payments.resume(resume, { input: { ...input, confirm: true } })).toMatchObject({ id: 'pi_1', status: 'succeeded' });
    expect([requests[2]?.body, requests[2]?.headers.get('idempotency-key'), requests.length]).toEqual([first?.body, resume.key, 4]);
  });
});
