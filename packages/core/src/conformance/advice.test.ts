import { describe, expect, it } from 'vitest';
import type { AnyAdapter } from '../adapter.js';
import { money, type OperationName, type Payments } from '../index.js';
import { acme } from '../testing/acme.js';
import { bench } from '../testing/client.js';
import { failureOf } from './advice.js';
import { fails, failure } from './assertions.js';

const paid = { id: 'pay_1', status: 'succeeded', amount: 10_000, received: 10_000 };
const eur = (minorUnits: number) => money(minorUnits, 'EUR');

const clientOf = (adapter: AnyAdapter, answer: object = paid, status = 200): Payments<OperationName> =>
  bench([], { adapter, retries: 0, fetch: async () => Response.json(answer, { status }) }).payments;

const { 'paymentIntents.create': create } = acme().operations;
if (create === undefined) throw new Error('acme creates payments');
const demanding: AnyAdapter = { ...acme(), operations: { ...acme().operations, 'paymentIntents.create': { ...create, requires: ['description'] } } };
const strict: AnyAdapter = { ...acme(), check: () => [{ field: 'customer', problem: 'is longer than 3 characters', remedy: 'Give a name of three.' }] };

/** What an adapter's user would be told of what a call throws, in a promise about creating payments. */
const toldOf = async (call: () => Promise<unknown>, id = 'paymentIntents.create/not-found') => failureOf(id, await failure(call, 'the call'), null);

describe('an error that nobody expected', () => {
  it('is shown with its code, its outcome and its sentence', async () => {
    const { about, expected, seen } = await toldOf(() => clientOf(demanding).paymentIntents.create({ amount: eur(10_000) }));
    expect({ about, expected, seen }).toEqual({
      about: 'no error stops it',
      expected: 'no error',
      seen: 'invalid_request, not_sent: paymentIntents.create: description is missing. paymentIntents.create needs it. Nothing was sent.',
    });
  });

  it.each<readonly [string, string, () => Promise<unknown>]>([
    ['requires', 'src/operations.ts', () => clientOf(demanding).paymentIntents.create({ amount: eur(10_000) })],
    ['accepts', 'src/operations.ts', () => clientOf(acme()).paymentIntents.create({ amount: eur(10_000), receiptEmail: 'payer@example.com' })],
    ['the operations that there are', 'src/operations.ts', () => clientOf(acme({ without: ['paymentIntents.cancel'] })).paymentIntents.cancel('pay_1')],
    ['check', 'src/write.ts', () => clientOf(strict).paymentIntents.create({ amount: eur(10_000) })],
    ['the currencies', 'src/limits.ts', () => clientOf(acme()).paymentIntents.create({ amount: money(10_000, 'USD') })],
    ['the smallest amount', 'src/limits.ts', () => clientOf(acme()).paymentIntents.create({ amount: eur(49) })],
    ['the largest amount', 'src/limits.ts', () => clientOf(acme()).paymentIntents.create({ amount: eur(1_000_001) })],
    ['the step of amounts', 'src/limits.ts', () => clientOf(acme()).paymentIntents.create({ amount: money(1001, 'KWD') })],
    ['the length of metadata', 'src/limits.ts', () => clientOf(acme()).paymentIntents.create({ amount: eur(10_000), metadata: { order: 'x'.repeat(51) } })],
    ['the number of metadata', 'src/limits.ts', () => clientOf(acme()).paymentIntents.create({ amount: eur(10_000), metadata: { a: '1', b: '1', c: '1', d: '1', e: '1', f: '1' } })],
    ['the type of metadata', 'src/limits.ts', () => clientOf(acme()).paymentIntents.create({ amount: eur(10_000), metadata: { gift: true } })],
    ['the size of pages', 'src/limits.ts', () => clientOf(acme()).paymentIntents.list({ limit: 101 })],
    ['the status that was read', 'src/read.ts', async () => { const { paymentIntents } = clientOf(acme()); await paymentIntents.confirm(await paymentIntents.retrieve('pay_1')); }],
    ['an answer that is not read', 'src/read.ts', () => clientOf(acme(), { id: 7 }).paymentIntents.retrieve('pay_1')],
  ])('that comes of %s leads to %s', async (_what, file, call) => {
    expect((await toldOf(call)).open).toBe(file);
  });

  it('that the provider tells leads where promises of its kind do, and so does an answer that a fault has spoilt', async () => {
    const refusing = clientOf(acme(), { problem: 'not_found' }, 404);
    expect((await toldOf(() => refusing.paymentIntents.retrieve('pay_1'))).open).toBe('src/errors.ts');
    expect((await toldOf(() => clientOf(acme(), { id: 7 }).paymentIntents.retrieve('pay_1'), 'faults/capture/reset-after')).open).toBe('src/errors.ts');
  });

  it('in place of another one is quoted too, and leads to what has made it', async () => {
    const call = () => clientOf(demanding).paymentIntents.create({ amount: eur(10_000) });
    const broken = await fails(call, { code: ['malformed_response'], outcome: ['unknown'] }, 'a redirect').catch((error: unknown) => error);
    expect(failureOf('traits/redirect', broken, null)).toMatchObject({
      about: "a redirect: the error's code",
      expected: 'one of ["malformed_response"]',
      seen: expect.stringMatching(/^invalid_request, not_sent: .*description is missing/),
      open: 'src/operations.ts',
    });
  });

  it('is quoted where a promise that tries several things says which of them it was', async () => {
    const cause = await failure(() => clientOf(demanding).paymentIntents.create({ amount: eur(10_000) }), 'the call');
    const { about, seen, open } = failureOf('races/capture', new Error(`in turn: ${cause.message}`, { cause }), null);
    expect({ about, seen, open }).toEqual({ about: 'in turn: no error stops it', seen: expect.stringMatching(/^invalid_request, not_sent: /), open: 'src/operations.ts' });
  });
});

it('what is no PaymentError is said as it is', () => {
  expect(failureOf('limits/currency', new RangeError('out of range'), null)).toMatchObject({ seen: 'out of range', open: 'src/limits.ts' });
});
