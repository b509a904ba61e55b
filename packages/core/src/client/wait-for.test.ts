import { describe, expect, it } from 'vitest';
import { bench, errorOf, payment, start } from '../testing/client.js';
import { answer, lost, rawAnswer, refused, type Reply } from '../testing/scripted-fetch.js';

const status = (word: string): Reply => answer(200, payment({ status: word }));
const wrong = (value: unknown) => value as never;

describe('waitFor', () => {
  it('retrieves until the provider is no longer working', async () => {
    const { payments, slept } = bench([status('processing'), status('processing'), status('succeeded')]);
    expect((await payments.paymentIntents.waitFor('pi_1')).status).toBe('succeeded');
    expect(slept).toEqual([1_000, 2_000]);
  });

  it('waits for the statuses, or the condition, that it is told', async () => {
    const script = [status('requires_action'), status('requires_capture')];
    expect((await bench(script).payments.paymentIntents.waitFor('pi_1', { until: ['requires_capture', 'succeeded'] })).status).toBe('requires_capture');
    expect((await bench(script).payments.paymentIntents.waitFor('pi_1', { until: (intent) => intent.status === 'requires_capture' })).status).toBe('requires_capture');
  });

  it('returns the last snapshot at its deadline, which is no failure', async () => {
    const { payments, slept } = bench(Array.from({ length: 10 }, () => status('processing')));
    expect((await payments.paymentIntents.waitFor('pi_1', { deadline: 8_000 })).status).toBe('processing');
    expect(slept).toEqual([1_000, 2_000, 4_000]);
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
  ])('waits out %s', async (_what, fault) => {
    const { payments } = bench([fault, status('succeeded')], { retries: 0 });
    expect((await payments.paymentIntents.waitFor('pi_1')).status).toBe('succeeded');
  });

  it('throws what does not pass by itself', async () => {
    const { payments, requests } = bench([status('processing'), answer(404, { problem: 'not_found' })]);
    expect(await errorOf(payments.paymentIntents.waitFor('pi_1'))).toMatchObject({ code: 'not_found' });
    expect(requests).toHaveLength(2);
  });

  it('throws at its deadline when it has never seen the intent', async () => {
    const { payments } = bench(Array.from({ length: 20 }, () => refused), { retries: 0 });
    expect(await errorOf(payments.paymentIntents.waitFor('pi_1', { deadline: 5_000 }))).toMatchObject({ code: 'network', outcome: 'not_sent' });
  });

  it('ends as an aborted call, in the midst of a pause too', async () => {
    const controller = new AbortController();
    const sleep = async (): Promise<void> => {
      controller.abort();
      throw new DOMException('aborted', 'AbortError');
    };
    const { payments, requests } = bench([status('processing')], { sleep });
    expect(await errorOf(payments.paymentIntents.waitFor('pi_1', {}, { signal: controller.signal }))).toMatchObject({ code: 'aborted', operation: 'paymentIntents.retrieve' });
    expect(requests).toHaveLength(1);
  });

  it('ends by the deadline of the call where that is nearer', async () => {
    const { payments, events } = bench(Array.from({ length: 10 }, () => status('processing')));
    await payments.paymentIntents.waitFor('pi_1', {}, { deadline: 2_500 });
    expect(Math.max(...events.map(({ at }) => at)) - start).toBeLessThanOrEqual(2_500);
  });

  it.each<readonly [object, string]>([
    [{ deadline: 0 }, 'deadline'],
    [{ deadline: Number.NaN }, 'deadline'],
    [{ deadline: Number.POSITIVE_INFINITY }, 'deadline'],
    [{ until: 'succeeded' }, 'until'],
    [{ until: ['paid'] }, 'until'],
    [{ untill: ['succeeded'] }, 'untill'],
  ])('refuses %j, nothing sent', async (wait, field) => {
    const { payments, requests } = bench([status('succeeded')]);
    expect(await errorOf(payments.paymentIntents.waitFor('pi_1', wrong(wait)))).toMatchObject({ code: 'invalid_request', problems: [{ field }] });
    expect(requests).toHaveLength(0);
  });
});
