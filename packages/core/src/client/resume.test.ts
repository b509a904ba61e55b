import { describe, expect, it } from 'vitest';
import { money, type Resume } from '../index.js';
import { acme, apiKey, keys } from '../testing/acme.js';
import { bench, errorOf, payment, type Bench } from '../testing/client.js';
import { answer, lost, refused, type Reply } from '../testing/scripted-fetch.js';

const input = { amount: money(1000, 'EUR'), customer: 'cus_1', description: 'a person’s name' };
const reference = { reference: 'order-1', attempt: 2 };
const wrong = (value: unknown) => value as never;

/** The resume of a call whose answer was lost, through JSON, and what that call had sent. */
const lose = async (call: (payments: Bench['payments']) => Promise<unknown>, look: readonly Reply[] = [answer(200, payment())]) => {
  const { payments, requests } = bench([lost, ...look], { retries: 0 });
  const { resume } = await errorOf(call(payments));
  if (resume === null) throw new Error('The call has no resume.');
  return { resume: JSON.parse(JSON.stringify(resume)) as Resume, first: requests[0] };
};
const lostConfirm = () => lose(({ paymentIntents }) => paymentIntents.confirm('pi_1', { paymentMethod: 'pm_1' }, reference));
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

  it('without the input sends nothing again: what is unproven stays unknown, with the same resume', async () => {
    const { resume } = await lostConfirm();
    const { payments, requests } = bench([answer(200, payment())]);
    expect(await errorOf(payments.resume(resume))).toMatchObject({ code: 'unresolved', outcome: 'unknown', retry: 'look_up_first', resume, intent: { id: 'pi_1' } });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('by a clock that is a day behind repeats no creation: how old its key is cannot be known', async () => {
    const { resume } = await lostCreate();
    const { payments, requests, pass } = bench([answer(200, { data: [] })]);
    pass(-86_400_000);
    expect(await errorOf(payments.resume(resume, { input }))).toMatchObject({ code: 'unresolved', outcome: 'unknown' });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it.each<readonly [string, typeof lostConfirm, object, readonly Reply[]]>([
    ['a confirmation', lostConfirm, { paymentMethod: 'pm_1' }, [answer(200, payment()), answer(200, payment({ status: 'processing' })), answer(200, payment({ status: 'succeeded' }))]],
    ['a creation', lostCreate, input, [answer(200, { data: [] }), answer(200, payment()), answer(200, payment({ status: 'succeeded' }))]],
  ])('with the input, in the key’s window, sends the very same request again, and looks, as the answer may be old: %s', async (_what, lose_, again, replies) => {
    const { resume, first } = await lose_();
    const { payments, requests, pass } = bench(replies);
    pass(3_600_000);
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

  it('stays unknown where a creation and its confirmation cannot be begun anew', async () => {
    const adapter = acme({ limits: { ...acme().limits, ...keys({ honoured: 'no' }) } });
    const confirmed = { ...input, confirm: true };
    const first = bench([answer(200, { data: [] }), lost, answer(200, { data: [] })], { adapter, retries: 0 });
    const { resume } = await errorOf(first.payments.paymentIntents.create(confirmed, reference));
    if (resume === null) throw new Error('The call has no resume.');
    const { payments } = bench([answer(200, { data: [] }), answer(200, { data: [] }), refused], { adapter, retries: 0 });
    expect(await errorOf(payments.resume(resume, { input: confirmed }))).toMatchObject({ code: 'unresolved', outcome: 'unknown', resume });
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

  it('refuses another input, nothing sent', async () => {
    const { resume } = await lostConfirm();
    const { payments, requests } = bench();
    expect(await errorOf(payments.resume(resume, { input: { paymentMethod: 'pm_2' } }))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'input' }] });
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

  it.each<readonly [string, unknown, string]>([
    ['of another account', { account: 'shop-eu' }, 'resume.account'],
    ['of another provider', { provider: 'other' }, 'resume.account'],
    ['of a later version', { v: 2 }, 'resume'],
    ['without a key', { key: '' }, 'resume'],
    ['of no operation', { operation: 'paymentIntents.explode' }, 'resume.operation'],
    ['of a list', { operation: 'paymentIntents.list' }, 'resume.operation'],
    ['about no object', { ref: 'nonsense' }, 'resume.ref'],
    ['about another account’s object', { ref: 'shop-eu:pi_1' }, 'resume.ref'],
  ])('refuses one %s, nothing sent', async (_what, change, field) => {
    const { resume } = await lostConfirm();
    const { payments, requests } = bench();
    expect(await errorOf(payments.resume({ ...resume, ...(change as object) }))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field }] });
    expect(requests).toHaveLength(0);
  });

  it.each([null, undefined, 'text', {}, []])('refuses %j', async (given) => {
    expect(await errorOf(bench().payments.resume(wrong(given)))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'resume' }] });
  });

  it.each(['text', { novel: 1 }, { reference: 'order-2' }, { connectedAccount: 'acct_2' }, { deadline: -1 }])('refuses %j in the place of its options, nothing sent', async (options) => {
    const { resume } = await lostConfirm();
    const { payments, requests } = bench();
    expect(await errorOf(payments.resume(resume, wrong(options)))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent' });
    expect(requests).toHaveLength(0);
  });
});
