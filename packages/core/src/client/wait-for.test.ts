import { describe, expect, it } from 'vitest';
import type { PaymentIntent, WaitFor } from '../index.js';
import { bench, errorOf, payment, start } from '../testing/client.js';
import { answer, lost, rawAnswer, refused, silence, type Reply } from '../testing/scripted-fetch.js';

const status = (word: string): Reply => answer(200, payment({ status: word }));
const wrong = (value: unknown) => value as never;

describe('waitFor', () => {
  it('retrieves until the provider is no longer working', async () => {
    const { payments, slept } = bench([status('processing'), status('processing'), status('succeeded')]);
    expect((await payments.paymentIntents.waitFor('pi_1')).status).toBe('succeeded');
    expect(slept).toEqual([1_000, 2_000]);
  });

  it.each<readonly [string, WaitFor<PaymentIntent>, readonly string[]]>([
    ['one of the statuses', { until: ['requires_capture', 'succeeded'] }, ['requires_action', 'requires_capture']],
    ['the only status', { until: ['canceled'] }, ['succeeded', 'canceled']],
    ['a status that is not known', { until: ['unknown'] }, ['succeeded', 'novel']],
    ['the condition', { until: ({ status: found }) => found === 'requires_capture' }, ['requires_action', 'requires_capture']],
    ['no work of the provider, where a step of the customer is due', {}, ['requires_action']],
    ['no work of the provider, where the status is not known', {}, ['novel']],
  ])('waits for %s, and no longer', async (_what, wait, words) => {
    const { payments, requests, slept } = bench([...words, 'processing'].map(status));
    const found = await payments.paymentIntents.waitFor('pi_1', wait);
    expect(found.status).toBe(words.at(-1) === 'novel' ? 'unknown' : words.at(-1));
    expect([requests.length, slept.length]).toEqual([words.length, words.length - 1]);
  });

  it.each([['pending'], [null]])('waits while a refund is %j', async (word) => {
    const { payments, slept } = bench([answer(200, { id: 're_1', amount: 5, status: word }), answer(200, { id: 're_1', amount: 5, status: 'succeeded' })]);
    expect((await payments.refunds.waitFor('re_1')).status).toBe('succeeded');
    expect(slept).toEqual([1_000]);
  });

  it.each<readonly [number, readonly number[]]>([
    [999, []],
    [1_000, []],
    [1_001, [1_000]],
    [3_000, [1_000]],
    [3_001, [1_000, 2_000]],
    [8_000, [1_000, 2_000, 4_000]],
  ])('returns the last snapshot at its deadline of %d, which is no failure, and begins no pause that would reach it', async (deadline, expected) => {
    const { payments, slept } = bench(Array.from({ length: 10 }, () => status('processing')));
    expect((await payments.paymentIntents.waitFor('pi_1', { deadline })).status).toBe('processing');
    expect(slept).toEqual(expected);
  });

  it('returns the last snapshot at its deadline too when the latest look failed in passing', async () => {
    const { payments, requests } = bench([status('processing'), refused], { retries: 0 });
    expect((await payments.paymentIntents.waitFor('pi_1', { deadline: 3_000 })).status).toBe('processing');
    expect(requests).toHaveLength(2);
  });

  it('waits for a minute where no deadline is given', async () => {
    const { payments, slept } = bench(Array.from({ length: 20 }, () => status('processing')));
    await payments.paymentIntents.waitFor('pi_1');
    expect(slept).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000]);
  });

  it('pauses no longer than ten seconds', async () => {
    const { payments, slept } = bench(Array.from({ length: 20 }, () => status('processing')));
    await payments.paymentIntents.waitFor('pi_1');
    expect(Math.max(...slept)).toBe(10_000);
  });

  it.each<readonly [string, Reply]>([
    ['a lost answer', lost],
    ['a connection refused', refused],
    ['a fault of the provider', rawAnswer(502, '')],
    ['too many requests', answer(429, { problem: 'rate_limited' })],
    ['an answer that does not come in time', silence],
  ])('waits out %s', async (_what, fault) => {
    const { payments } = bench([fault, status('succeeded')], { retries: 0, attemptTimeout: 50 });
    expect((await payments.paymentIntents.waitFor('pi_1')).status).toBe('succeeded');
  });

  it('throws what does not pass by itself', async () => {
    const { payments, requests } = bench([status('processing'), answer(404, { problem: 'not_found' })]);
    expect(await errorOf(payments.paymentIntents.waitFor('pi_1'))).toMatchObject({ code: 'not_found' });
    expect(requests).toHaveLength(2);
  });

  it.each<readonly [number, readonly number[]]>([
    [1_000, []],
    [1_001, [1_000]],
    [5_000, [1_000, 2_000]],
  ])('throws at its deadline of %d when it has never seen the intent', async (deadline, expected) => {
    const { payments, slept } = bench(Array.from({ length: 20 }, () => refused), { retries: 0 });
    expect(await errorOf(payments.paymentIntents.waitFor('pi_1', { deadline }))).toMatchObject({ code: 'network', outcome: 'not_sent' });
    expect(slept).toEqual(expected);
  });

  it('ends as an aborted call, in the midst of a pause too', async () => {
    const controller = new AbortController();
    const sleep = async (): Promise<void> => {
      controller.abort();
      throw new DOMException('aborted', 'AbortError');
    };
    const { payments, requests } = bench([status('processing')], { sleep });
    expect(await errorOf(payments.paymentIntents.waitFor('pi_1', {}, { signal: controller.signal }))).toMatchObject({
      code: 'aborted',
      outcome: 'not_sent',
      retry: 'never',
      operation: 'paymentIntents.retrieve',
      provider: 'acme',
      account: 'acme',
      message: expect.stringContaining('the caller aborted the waiting'),
      subject: { ref: 'acme:pi_1' },
      currentStatus: 'processing',
    });
    expect(requests).toHaveLength(1);
  });

  it('ends by the deadline of the call where that is nearer', async () => {
    const { payments, events } = bench(Array.from({ length: 10 }, () => status('processing')));
    await payments.paymentIntents.waitFor('pi_1', {}, { deadline: 2_500 });
    expect(Math.max(...events.map(({ at }) => at)) - start).toBeLessThanOrEqual(2_500);
  });

  const noTime = { field: 'deadline', problem: 'is not a number of milliseconds above zero', remedy: 'Give milliseconds.' };
  const noStatus = { field: 'until', problem: 'is neither a list of statuses nor a function', remedy: expect.stringMatching(/requires_capture, .*succeeded.* and unknown\./) };

  it.each<readonly [object, object]>([
    [{ deadline: 0 }, noTime],
    [{ deadline: -1 }, noTime],
    [{ deadline: Number.NaN }, noTime],
    [{ deadline: Number.POSITIVE_INFINITY }, noTime],
    [{ deadline: '5000' }, noTime],
    [{ until: 'succeeded' }, noStatus],
    [{ until: [] }, noStatus],
    [{ until: ['paid'] }, noStatus],
    [{ until: ['succeeded', 'paid'] }, noStatus],
    [{ untill: ['succeeded'] }, { field: 'untill', problem: 'is nothing that waitFor takes', remedy: expect.stringContaining('until and deadline') }],
    [{ signal: new AbortController().signal }, { field: 'signal', problem: 'is nothing that waitFor takes', remedy: expect.stringContaining('call options come after') }],
  ])('refuses %j with what to do, nothing sent', async (wait, problem) => {
    const { payments, requests } = bench([status('succeeded')]);
    const error = await errorOf(payments.paymentIntents.waitFor('pi_1', wrong(wait)));
    expect(error).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', provider: 'acme', account: 'acme', operation: 'paymentIntents.retrieve' });
    expect(error.problems).toEqual([problem]);
    expect(requests).toHaveLength(0);
  });
});
