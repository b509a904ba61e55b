import { describe, expect, it } from 'vitest';
import type { AnyAdapter } from '../adapter.js';
import { createPayments, money, supports, type OperationName } from '../index.js';
import { acme } from '../testing/acme.js';
import { bench, errorOf, payment } from '../testing/client.js';
import { answer, scriptedFetch, type Reply } from '../testing/scripted-fetch.js';

/** The provider wants to be told the amount of a refund, and perhaps more. */
const demanding = (more: readonly 'reason'[] = [], without: readonly OperationName[] = []): AnyAdapter => {
  const adapter = acme({ without });
  const create = adapter.operations['refunds.create'];
  if (create === undefined) throw new Error('The fake provider refunds.');
  return { ...adapter, operations: { ...adapter.operations, 'refunds.create': { ...create, requires: ['amount', ...more] } } };
};

const adapter = demanding();
const reference = { reference: 'return-1' };
const refund = (amount: number) => answer(200, { id: 're_1', status: 'succeeded', amount, payment: 'pi_1' });
const looks = (attempt: object = { captured: 1000, refunded: 300 }): readonly Reply[] => [
  answer(200, payment({ status: 'succeeded', attempt: 'at_1' })),
  answer(200, { id: 'at_1', status: 'succeeded', amount: 1000, ...attempt }),
];

describe('a refund at a provider that wants to be told the amount', () => {
  it('gives back the amount that was given, never all that is left, and reads nothing before', async () => {
    const { payments, requests } = bench([refund(200)], { adapter });
    expect(await payments.refunds.create('pi_1', { amount: money(200, 'EUR') }, reference)).toMatchObject({ amount: money(200, 'EUR') });
    expect(requests.map(({ method, json }) => [method, json])).toEqual([['POST', expect.objectContaining({ amount: 200 })]]);
  });

  it.each<readonly [string, object | undefined]>([
    ['no input', undefined],
    ['an amount that is undefined', { amount: undefined }],
  ])('gives back what is left where there is %s', async (_what, input) => {
    const { payments, requests } = bench([...looks(), refund(700)], { adapter });
    expect(await payments.refunds.create('pi_1', input as never, reference)).toMatchObject({ amount: money(700, 'EUR') });
    expect(requests[2]?.json).toMatchObject({ payment: 'pi_1', amount: 700 });
  });

  it('refuses null as input, nothing read', async () => {
    const { payments, requests } = bench([], { adapter });
    expect(await errorOf(payments.refunds.create('pi_1', null as never))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'input' }] });
    expect(requests).toEqual([]);
  });

  it('asks for what else the provider requires before it reads anything', async () => {
    const { payments, requests } = bench(looks(), { adapter: demanding(['reason']) });
    expect(await errorOf(payments.refunds.create('pi_1'))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'reason', problem: 'is missing' }] });
    expect(requests).toEqual([]);
  });

  it('reads for the connected account to which the money belongs', async () => {
    const { payments, requests } = bench([...looks(), refund(700)], { adapter });
    await payments.refunds.create('pi_1', {}, { ...reference, connectedAccount: 'acct_1' });
    expect(requests.map(({ headers }) => headers.get('acme-account'))).toEqual(['acct_1', 'acct_1', 'acct_1']);
  });

  it.each([1, 2])('gives nothing back, and asks no more, once its caller has given up: after answer %i', async (answers) => {
    const caller = new AbortController();
    let seen = 0;
    const onExchange = ({ type }: { readonly type: string }): void => {
      if (type === 'response' && (seen += 1) === answers) caller.abort();
    };
    const { payments, requests } = bench([...looks(), refund(700)], { adapter, onExchange });
    expect(await errorOf(payments.refunds.create('pi_1', {}, { ...reference, signal: caller.signal }))).toMatchObject({ code: 'aborted', outcome: 'not_sent', resume: null });
    expect(requests).toHaveLength(answers);
  });
});

describe('the caller is asked for the amount', () => {
  const asked = { code: 'invalid_request', outcome: 'not_sent', provider: 'acme', account: 'shop', operation: 'refunds.create' };

  it.each<readonly [string, readonly Reply[], readonly OperationName[], string]>([
    ['attempts cannot be read', [], ['attempts.retrieve'], 'cannot be read at this provider'],
    ['the intent names no attempt', [answer(200, payment({ status: 'succeeded' }))], [], 'names no attempt'],
    ['the attempt does not say what was captured', looks({ refunded: 0 }), [], 'does not say what was captured'],
    ['the attempt does not say what went back', looks({ captured: 1000 }), [], 'does not say what was captured'],
  ])('where %s, and told why', async (_why, replies, without, problem) => {
    const { payments, requests } = bench(replies, { adapter: demanding([], without), account: 'shop' });
    const error = await errorOf(payments.refunds.create('pi_1'));
    expect(error).toMatchObject({ ...asked, problems: [{ field: 'amount', problem: expect.stringContaining(problem), remedy: 'Give the amount.' }] });
    expect(error.message).toContain('Nothing was sent.');
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('where intents cannot be read, and told why', async () => {
    const { fetch, requests } = scriptedFetch();
    const payments = createPayments({ adapter: demanding([], ['paymentIntents.retrieve']), account: 'shop', fetch });
    if (!supports(payments, 'refunds.create')) throw new Error('The fake provider refunds.');
    expect(await errorOf(payments.refunds.create('pi_1'))).toMatchObject({ ...asked, problems: [{ field: 'amount', problem: expect.stringContaining('cannot be read at this provider') }] });
    expect(requests).toEqual([]);
  });

  it.each<readonly [string, object]>([
    ['all went back', { captured: 1000, refunded: 1000 }],
    ['nothing was captured', { captured: 0, refunded: 0 }],
    ['more went back than was captured', { captured: 1000, refunded: 1200 }],
  ])('never where %s: nothing is left, and nothing is sent', async (_why, attempt) => {
    const { payments, requests } = bench(looks(attempt), { adapter, account: 'shop' });
    const error = await errorOf(payments.refunds.create('pi_1'));
    expect(error).toMatchObject({ ...asked, code: 'invalid_state', retry: 'never', subject: { object: 'payment_intent', id: 'pi_1' } });
    expect(error.message).toMatch(/nothing is left to give back\. Nothing was sent\./);
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});
