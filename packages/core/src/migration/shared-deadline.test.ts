import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPayments, money, PaymentError, supports, type Fetch, type OperationName, type Payments } from '../index.js';
import { createMigration, memoryMigrationDirectory } from '../migration.js';
import { acme } from '../testing/acme.js';
import { sharedDeadline } from './shared-deadline.js';

beforeEach(async () => {
  await import('ofetch');
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('sharedDeadline', () => {
  it('gives each call what is left', () => {
    const left = sharedDeadline({ deadline: 1_000, reference: 'order-1' });
    expect(left()).toEqual({ deadline: 1_000, reference: 'order-1' });
    vi.advanceTimersByTime(400);
    expect(left()).toEqual({ deadline: 600, reference: 'order-1' });
    vi.advanceTimersByTime(4_000);
    expect(left()).toEqual({ deadline: 1, reference: 'order-1' });
  });

  it.each([undefined, {}, { deadline: -1 }, { deadline: Number.NaN }])('passes on what is no deadline: %j', (options) => {
    expect(sharedDeadline(options)()).toEqual(options ?? {});
  });
});

describe('a migration', () => {
  /** A connection that is refused after a while, so that a create fails over, and a list asks both sides. */
  const refusing: Fetch = async (_, init) => {
    await new Promise<void>((done, fail) => {
      setTimeout(done, 700);
      init?.signal?.addEventListener('abort', () => fail(Object.assign(new Error('aborted'), { neverSent: true })), { once: true });
    });
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
  };
  const slow: Fetch = async () => {
    await new Promise((done) => { setTimeout(done, 700); }); // prettier-ignore
    return new Response('{"data":[]}');
  };
  const side = (account: string, fetch: Fetch): Payments<OperationName> => {
    const payments = createPayments({ adapter: acme(), account, fetch });
    if (!supports(payments, 'paymentIntents.retrieve')) throw new Error('The fake provider retrieves.');
    return payments as unknown as Payments<OperationName>;
  };

  it.each<readonly [string, Fetch, (migration: Payments<OperationName>) => Promise<unknown>]>([
    ['a create that fails over', refusing, ({ paymentIntents }) => paymentIntents.create({ amount: money(1000, 'EUR') }, { reference: 'order-1', deadline: 1_000 })],
    ['a list of both sides', slow, ({ paymentIntents }) => paymentIntents.list({}, { deadline: 1_000 })],
  ])('ends %s by the deadline of the call', async (_what, fetch, call) => {
    const migration = createMigration({ from: side('old', fetch), to: side('new', fetch), rollout: 100, directory: memoryMigrationDirectory(), singleProcess: true, failOver: true });
    let end: unknown = 'never';
    void call(migration).then(
      () => (end = 'an object'),
      (error: unknown) => (end = error),
    );
    await vi.advanceTimersByTimeAsync(1_050);
    expect(end === 'an object' || PaymentError.is(end)).toBe(true);
  });
});
