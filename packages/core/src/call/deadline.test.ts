import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyAdapter } from '../adapter.js';
import { createPayments, money, operationDefinitions, operationNames, PaymentError, supports, type Fetch, type OperationName, type Payments, type Resume } from '../index.js';
import { acme, acmeLimits, keys } from '../testing/acme.js';
import { payment } from '../testing/client.js';

const amount = money(1000, 'EUR');
const part = { amount: money(400, 'EUR') };
const deadline = 1_000;

const keyless = acme({ limits: { ...acmeLimits, ...keys({ honoured: 'no' }) } });
const demanding = (adapter: AnyAdapter): AnyAdapter => {
  const create = adapter.operations['refunds.create'];
  if (create === undefined) throw new Error('The fake provider refunds.');
  return { ...adapter, operations: { ...adapter.operations, 'refunds.create': { ...create, requires: ['amount'] } } };
};

const resume: Resume = {
  v: 1,
  operation: 'paymentIntents.create',
  provider: 'acme',
  account: 'acme',
  key: 'a'.repeat(64),
  reference: 'order-1',
  attempt: 1,
  connectedAccount: null,
  ref: null,
  amount,
  confirm: true,
  inputDigest: '',
  firstSentAt: '2026-04-10T05:00:00.000Z',
};

type Call = (payments: Payments<OperationName>) => Promise<unknown>;
const named = { reference: 'order-1', deadline };

/** Every operation, called by its name with the least that it takes. */
const everyOperation = operationNames.map((name): readonly [string, Call, AnyAdapter] => {
  const { target, page } = operationDefinitions[name];
  const input = { amount, metadata: { a: 'b' } };
  const fields = Object.keys(operationDefinitions[name].fields);
  const needed = Object.fromEntries(Object.entries(input).filter(([field]) => fields.includes(field) && acme().operations[name]?.accepts.some((one) => one === field)));
  const options = page || operationDefinitions[name].effect === 'reads' ? { deadline } : named;
  const args: readonly unknown[] = target === null ? [page ? {} : needed, options] : operationDefinitions[name].effect === 'reads' ? ['x_1', options] : ['x_1', needed, options];
  const [resource = '', verb = ''] = name.split('.');
  // Any operation is called like this from JavaScript.
  const call: Call = (payments) => (Reflect.get(Reflect.get(payments, resource), verb) as (...all: readonly unknown[]) => Promise<unknown>)(...args);
  return [name, call, acme()];
});

/** The calls that take several requests, by the strategy that makes them. */
const strategies: readonly (readonly [string, Call, AnyAdapter])[] = [
  ['a creation that is split into look, create and confirm', ({ paymentIntents }) => paymentIntents.create({ amount, confirm: true }, named), keyless],
  ['a creation without a reference that is split', ({ paymentIntents }) => paymentIntents.create({ amount, confirm: true }, { deadline }), keyless],
  ['the capture of a part that is looked for first', ({ paymentIntents }) => paymentIntents.capture('pi_1', part, named), keyless],
  ['a refund that is looked for first', ({ refunds }) => refunds.create('pi_1', part, named), keyless],
  ['a refund whose amount is read first', ({ refunds }) => refunds.create('pi_1', {}, named), demanding(acme())],
  ['a refund whose amount is read, and that is looked for first', ({ refunds }) => refunds.create('pi_1', {}, named), demanding(keyless)],
  ['resume without input', (payments) => payments.resume(resume, { deadline }), acme()],
  ['resume without input, where no keys are honoured', (payments) => payments.resume(resume, { deadline }), keyless],
  ['waitFor', ({ paymentIntents }) => paymentIntents.waitFor('pi_1', { until: ['succeeded'], deadline }), acme()],
  ['the first page of iterate', async ({ paymentIntents }) => { for await (const _ of paymentIntents.iterate({}, { deadline })) break; }, acme()],
]; // prettier-ignore

/** What the provider answers, by path. Every object is as it was before, so that no look-up proves anything. */
const bodyFor = (path: string): object => {
  if (/\/attempts\//.test(path)) return { id: 'at_1', status: 'succeeded', amount: 1000, captured: 1000, refunded: 0 };
  if (/\/payments\/?$|\/refunds\/?$|\/setups\/?$|\/events\/?$/.test(path)) return { data: [] };
  return payment({ id: path.split('/')[3] ?? 'pi_1', status: 'processing', attempt: 'at_1' });
};

const wait = (milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> =>
  new Promise((done, fail) => {
    setTimeout(done, milliseconds);
    signal?.addEventListener('abort', () => fail(new DOMException('aborted', 'AbortError')), { once: true });
  });

/** What can be wrong with the network, and with a fetch. */
const networks: readonly (readonly [string, Fetch])[] = [
  ['a fetch that never settles, whatever its signal says', () => new Promise<Response>(() => undefined)],
  ['a body that never ends, whatever the signal says', async () => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }), { status: 200 })],
  ['400 ms for every response', async (input, init) => {
    await wait(400, init?.signal);
    return new Response(JSON.stringify(bodyFor(new URL(String(input)).pathname)), { status: init?.method === 'GET' ? 200 : 500 });
  }],
  ['300 ms for every response, all of them good', async (input, init) => {
    await wait(300, init?.signal);
    return new Response(JSON.stringify(bodyFor(new URL(String(input)).pathname)), { status: 200 });
  }],
  ['connections that are refused after 200 ms', async (_, init) => {
    await wait(200, init?.signal);
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
  }],
  ['an endless request to wait', async () => new Response('{"problem":"rate_limited"}', { status: 429, headers: { 'retry-after': '3600' } })],
]; // prettier-ignore

/** Milliseconds until a call has ended, and how; time is not real, so it is exact. */
const ended = async (call: Call, adapter: AnyAdapter, fetch: Fetch, clock?: () => number): Promise<{ readonly after: number; readonly end: unknown }> => {
  const payments = createPayments({ adapter, fetch, ...(clock && { clock }) });
  if (!supports(payments, 'paymentIntents.retrieve')) throw new Error('The fake provider retrieves.');
  const startedAt = performance.now();
  let after: number | null = null;
  const running = call(payments as unknown as Payments<OperationName>).then(
    () => 'an object',
    (error: unknown) => error,
  );
  void running.then(() => (after = performance.now() - startedAt));
  await vi.advanceTimersByTimeAsync(deadline + 200);
  return { after: after ?? Number.POSITIVE_INFINITY, end: after === null ? 'never' : await running };
};

beforeEach(async () => {
  // The first exchange loads ofetch, which takes real time.
  await import('ofetch');
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe.each(networks)('with %s', (_network, fetch) => {
  it.each([...everyOperation, ...strategies])('%s ends by its deadline', async (_what, call, adapter) => {
    const { after, end } = await ended(call, adapter, fetch);
    expect(after).toBeLessThanOrEqual(deadline);
    expect(end === 'an object' || end === undefined || PaymentError.is(end)).toBe(true);
  });
});

it.each<readonly [string, () => number]>([
  ['stands still', () => 1_775_797_200_000],
  ['runs backwards', () => 1_775_797_200_000 - performance.now()],
])('a call ends by its deadline though its clock %s', async (_how, clock) => {
  const [, never] = networks[0] ?? [];
  const [, slow] = networks[2] ?? [];
  for (const fetch of [never, slow]) for (const [, call, adapter] of strategies.slice(0, 7)) expect((await ended(call, adapter, fetch as Fetch, clock)).after).toBeLessThanOrEqual(deadline);
});
