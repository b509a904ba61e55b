import { describe, expect, it } from 'vitest';
import { money, type CallOptions } from '../index.js';
import { acme, keys } from '../testing/acme.js';
import { bench, errorOf, payment } from '../testing/client.js';
import { answer } from '../testing/scripted-fetch.js';

const amount = money(1000, 'EUR');
/** As untyped callers give them. */
const given = (options: unknown) => options as CallOptions;
const withoutKeys = acme({ limits: { ...acme().limits, ...keys({ honoured: 'no' }) } });
// Where nothing has metadata, no limit of the provider comes before the library's own.
const withoutMetadata = acme({ limits: { ...acme().limits, metadata: { value: null, source: 'a letter', confidence: 'documented' } } });
const about = { provider: 'acme', account: 'shop', operation: 'paymentIntents.create' };

describe('an option of a call that is wrong', () => {
  const noReference = ['is not a text of 1 to 500 printable characters', 'Name the movement of money'] as const;
  const noKey = ['is not a key that acme takes', 'Use at most 64 characters that match [A-Za-z0-9_-]+, or give a reference.'] as const;
  const noTime = ['is not a number of milliseconds above zero', 'for the whole call'] as const;
  const noAccount = ['is not an account id', 'that the provider gave'] as const;

  it.each<readonly [object, string, string, string]>([
    [{ refrence: 'order-1' }, 'refrence', 'is not a call option', 'Call options are reference, attempt, idempotencyKey, signal, deadline, connectedAccount.'],
    [{ toString: 'order-1' }, 'toString', 'is not a call option', 'Call options are'],
    [{ reference: '' }, 'reference', ...noReference],
    [{ reference: 42 }, 'reference', ...noReference],
    [{ reference: null }, 'reference', ...noReference],
    [{ reference: 'order\u0007' }, 'reference', ...noReference],
    [{ reference: 'order-1', attempt: 0 }, 'attempt', 'is not a whole number from 1', 'Count attempts'],
    [{ reference: 'order-1', attempt: 1.5 }, 'attempt', 'is not a whole number from 1', 'Count attempts'],
    [{ reference: 'order-1', attempt: '2' }, 'attempt', 'is not a whole number from 1', 'Count attempts'],
    [{ attempt: 2 }, 'attempt', 'is given without a reference', 'Give the reference'],
    [{ idempotencyKey: '' }, 'idempotencyKey', ...noKey],
    [{ idempotencyKey: 7 }, 'idempotencyKey', ...noKey],
    [{ idempotencyKey: 'two words' }, 'idempotencyKey', ...noKey],
    [{ idempotencyKey: 'key\n' }, 'idempotencyKey', ...noKey],
    [{ idempotencyKey: 'k'.repeat(65) }, 'idempotencyKey', ...noKey],
    [{ reference: 'order-1', idempotencyKey: 'key' }, 'idempotencyKey', 'is given beside a reference', 'Give one of the two.'],
    [{ signal: {} }, 'signal', 'is not an AbortSignal', 'AbortController'],
    [{ deadline: 0 }, 'deadline', ...noTime],
    [{ deadline: -1 }, 'deadline', ...noTime],
    [{ deadline: '5000' }, 'deadline', ...noTime],
    [{ deadline: Number.NaN }, 'deadline', ...noTime],
    [{ deadline: Number.POSITIVE_INFINITY }, 'deadline', ...noTime],
    [{ connectedAccount: '' }, 'connectedAccount', ...noAccount],
    [{ connectedAccount: 7 }, 'connectedAccount', ...noAccount],
    [{ connectedAccount: 'acct 1' }, 'connectedAccount', ...noAccount],
    [{ connectedAccount: 'acct_1\r\nx: y' }, 'connectedAccount', ...noAccount],
  ])('%j is named with its problem and what to do, and nothing is sent', async (options, field, problem, remedy) => {
    const { payments, requests } = bench([], { account: 'shop' });
    const error = await errorOf(payments.paymentIntents.create({ amount }, given(options)));
    expect(error).toMatchObject({ ...about, code: 'invalid_request', outcome: 'not_sent', retry: 'never' });
    expect(error.problems).toEqual([{ field, problem: expect.stringContaining(problem), remedy: expect.stringContaining(remedy) }]);
    expect(error.message).toMatch(/Nothing was sent\.$/);
    expect(requests).toHaveLength(0);
  });

  it('is a reference of more than 500 characters, also where the provider has no limit of its own', async () => {
    const { payments, requests } = bench([], { adapter: withoutMetadata });
    expect((await errorOf(payments.paymentIntents.create({ amount }, { reference: 'r'.repeat(501) }))).problems).toMatchObject([{ field: 'reference', problem: noReference[0] }]);
    expect(requests).toHaveLength(0);
  });

  it('is told together with all the others', async () => {
    const error = await errorOf(bench().payments.paymentIntents.create({ amount }, given({ refrence: 'a', attempt: 0, deadline: 0, connectedAccount: 5 })));
    expect(error.problems.map(({ field }) => field)).toEqual(['refrence', 'attempt', 'attempt', 'deadline', 'connectedAccount']);
  });

  it('is a connected account where the provider has none: unsupported, and nothing is sent in the name of another', async () => {
    const { payments, requests } = bench([], { adapter: acme({ connectedAccountHeader: null }), account: 'shop' });
    const error = await errorOf(payments.paymentIntents.create({ amount }, { connectedAccount: 'acct_1' }));
    expect(error).toMatchObject({ ...about, code: 'unsupported', outcome: 'not_sent', problems: [{ field: 'connectedAccount', problem: 'is not something that acme has', remedy: 'Leave it out.' }] });
    expect(requests).toHaveLength(0);
  });

  it('is a key where the provider honours none: it would not keep money from moving twice', async () => {
    const { payments, requests } = bench([], { adapter: withoutKeys });
    const error = await errorOf(payments.paymentIntents.create({ amount }, { idempotencyKey: 'key' }));
    expect(error.problems).toEqual([{ field: 'idempotencyKey', problem: 'would have no effect: acme does not honour keys here', remedy: expect.stringContaining('Give a reference') }]);
    expect(requests).toHaveLength(0);
  });

  it('is a key of the wrong kind where the provider honours none: it is to be left out', async () => {
    const error = await errorOf(bench([], { adapter: withoutKeys }).payments.paymentIntents.retrieve('pi_1', given({ idempotencyKey: 7 })));
    expect(error.problems).toEqual([{ field: 'idempotencyKey', problem: 'is not a key that acme takes', remedy: 'Leave it out, or give a reference.' }]);
  });
});

describe('an option of a call that is right', () => {
  it('is a reference of 500 characters', async () => {
    const { payments, requests } = bench([answer(200, payment())], { adapter: withoutMetadata });
    await payments.paymentIntents.create({ amount }, { reference: 'r'.repeat(500) });
    expect(requests).toHaveLength(1);
  });

  it('is the longest key that the provider takes, sent as it is', async () => {
    const { payments, requests } = bench([answer(200, payment())]);
    await payments.paymentIntents.create({ amount }, { idempotencyKey: 'k'.repeat(64) });
    expect(requests[0]?.headers.get('idempotency-key')).toBe('k'.repeat(64));
  });

  it("is a key in any script that the provider's own alphabet has", async () => {
    const adapter = acme({ limits: { ...acme().limits, ...keys({ place: { member: 'key' }, alphabet: '[\\p{L}0-9]+' }) } });
    const { payments, requests } = bench([answer(200, payment())], { adapter });
    await payments.paymentIntents.create({ amount }, { idempotencyKey: '注文1' });
    expect(requests[0]?.json).toMatchObject({ key: '注文1' });
  });

  it('is a key for what only reads, where the provider honours none: there is nothing to protect', async () => {
    const { payments, requests } = bench([answer(200, payment())], { adapter: withoutKeys });
    await payments.paymentIntents.retrieve('pi_1', { idempotencyKey: 'key' });
    expect(requests[0]?.headers.has('idempotency-key')).toBe(false);
  });

  it('is a connected account, in whose name the request is sent', async () => {
    const { payments, requests } = bench([answer(200, payment())]);
    await payments.paymentIntents.create({ amount }, { connectedAccount: 'acct_1' });
    expect(requests[0]?.headers.get('acme-account')).toBe('acct_1');
  });

  it.each([undefined, null, {}, { reference: undefined, deadline: undefined, connectedAccount: undefined, refrence: undefined }])('may be left out: %j', async (options) => {
    const { payments, requests } = bench([answer(200, payment())]);
    expect((await payments.paymentIntents.create({ amount }, given(options))).id).toBe('pi_1');
    expect(requests).toHaveLength(1);
  });
});
