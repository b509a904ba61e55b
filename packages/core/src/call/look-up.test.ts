import { describe, expect, it } from 'vitest';
import type { AnyAdapter, Fact, Limits } from '../adapter.js';
import { acme, acmeLimits } from '../testing/acme.js';
import { payment, snapshot, start } from '../testing/client.js';
import { answer, lost, scriptedFetch, type Reply } from '../testing/scripted-fetch.js';
import { contextOf } from '../client/configure.js';
import { lookUpById, lookUpByReference, wasConfirmed, type ByReference } from './look-up.js';
import { callOf } from '../testing/call.js';
import type { CallContext } from './context.js';

type Kind = 'payment_intent' | 'setup_intent' | 'refund';

type Looking = Partial<Pick<CallContext, 'signal' | 'connectedAccount'>> & { readonly endsAt?: number; readonly adapter?: AnyAdapter };

/** A client's inside in the middle of a call that may last another second. Time passes only by `pass`. */
const looking = (replies: readonly Reply[], { adapter = acme(), ...more }: Looking = {}) => {
  const { fetch, requests } = scriptedFetch(...replies);
  const told: string[] = [];
  let now = start;
  const context = contextOf({ adapter, fetch, clock: () => now, retries: 0, onExchange: ({ type }) => told.push(type) });
  const call = callOf(context, { operation: 'paymentIntents.create', endsAt: start + 1_000, ...more });
  return { context, call, requests, told, pass: (milliseconds: number) => void (now += milliseconds) };
};

const fact = <T>(value: T): Fact<T> => ({ value, source: 'a fake provider', confidence: 'documented' });
const limited = (limits: Partial<Limits>): AnyAdapter => acme({ limits: { ...acmeLimits, ...limits } });

/** The provider's list of payments, changed, and the queries that it was asked for. */
const listing = (change: object, adapter: AnyAdapter = acme()) => {
  const queries: unknown[] = [];
  const list = adapter.operations['paymentIntents.list'];
  if (list === undefined) throw new Error('The fake provider lists its payments.');
  const request: typeof list.request = (query) => {
    queries.push(query);
    return list.request(query);
  };
  return { adapter: { ...adapter, operations: { ...adapter.operations, 'paymentIntents.list': { ...list, request, ...change } } }, queries };
};

/** Answers that are no success, whatever object or page they hold. */
const noSuccess = (body: object): readonly (readonly [string, Reply])[] => [
  ['a lost answer', lost],
  ['a fault', answer(500, body)],
  ['a refusal', answer(404, body)],
  ['a redirect', answer(302, body)],
  ['a decline', answer(402, { ...body, problem: 'declined' })],
  ['a success without the essentials', answer(200, { data: [{}] })],
];

describe('a look-up by id', () => {
  const found = payment({ status: 'succeeded' });
  const byId = ({ call }: ReturnType<typeof looking>, kind: Kind = 'payment_intent') => lookUpById(call, kind, 'pi_1');

  it('gives the object', async () => {
    expect(await byId(looking([answer(200, found)]))).toMatchObject({ ref: 'acme:pi_1', status: 'succeeded' });
  });

  it('looks where the call was made: in the same connected account', async () => {
    const bench = looking([answer(200, found)], { connectedAccount: 'acct_1' });
    await byId(bench);
    expect(bench.requests[0]?.headers.get('acme-account')).toBe('acct_1');
  });

  it.each([...noSuccess(found), ['another object', answer(200, { ...found, id: 'pi_2' })] as const])('proves nothing by %s', async (_what, reply) => {
    expect(await byId(looking([reply]))).toBeNull();
  });

  it.each<readonly [string, Kind]>([
    ['payments', 'payment_intent'],
    ['setups', 'setup_intent'],
    ['refunds', 'refund'],
  ])('proves nothing where the provider cannot read %s, and asks nothing', async (_what, kind) => {
    const adapter = acme({ without: ['paymentIntents.retrieve', 'setupIntents.retrieve', 'refunds.retrieve'] });
    const bench = looking([answer(200, found)], { adapter });
    expect(await byId(bench, kind)).toBeNull();
    expect(bench.requests).toEqual([]);
  });

  it.each<readonly [string, Looking]>([
    ['was aborted', { signal: AbortSignal.abort() }],
    ['has no time left', { endsAt: start }],
    ['has been over for a while', { endsAt: start - 1 }],
  ])('of a call that %s is not made, nor told to have been', async (_what, course) => {
    const bench = looking([answer(200, found)], course);
    expect(await byId(bench)).toBeNull();
    expect([bench.requests, bench.told]).toEqual([[], []]);
  });
});

describe('a look-up by reference', () => {
  const mine = payment({ metadata: { oneintent_reference: 'order-1' } });
  const order: ByReference = { reference: 'order-1', attempt: 1, confirm: false, customer: undefined, paymentIntent: undefined };
  const search = ({ call }: ReturnType<typeof looking>, more: Partial<ByReference> = {}, kind: Kind = 'payment_intent') =>
    lookUpByReference(call, kind, { ...order, ...more });
  const ids = (found: Awaited<ReturnType<typeof search>>) => found?.map(({ id }) => id);
  const page = (next: string | null, ...data: readonly object[]) => answer(200, { data, next });

  it.each(noSuccess({ data: [mine] }))('proves nothing by %s: the list could not be read, and the next page is not asked for', async (_what, reply) => {
    const bench = looking([reply, page(null)]);
    expect(await search(bench)).toBeNull();
    expect(bench.requests).toHaveLength(1);
  });

  it('believes no page after the one that could not be read', async () => {
    const bench = looking([page('c1', mine), answer(500, {})]);
    expect(await search(bench, { confirm: true })).toBeNull();
  });

  it.each([
    ['no list', acme({ without: ['paymentIntents.list'] })],
    ['no metadata', limited({ metadata: fact(null) })],
  ])('finds nothing, and asks nothing, where the provider has %s', async (_what, adapter) => {
    const bench = looking([page(null, mine)], { adapter });
    expect(await search(bench)).toEqual([]);
    expect(bench.requests).toEqual([]);
  });

  it('reads three pages at most, one after the other', async () => {
    const bench = looking([page('c1'), page('c2'), page('c3', mine), page(null, { ...mine, id: 'pi_4' })]);
    expect(ids(await search(bench))).toEqual(['pi_1']);
    expect(bench.requests.map(({ url }) => url.searchParams.get('cursor'))).toEqual([null, 'c1', 'c2']);
  });

  it('gives up after three pages without it', async () => {
    const bench = looking([page('c1'), page('c2'), page('c3'), page(null, mine)]);
    expect(await search(bench)).toEqual([]);
    expect(bench.requests).toHaveLength(3);
  });

  it.each([
    ['the provider says it is the last', { hasMore: false, nextCursor: 'c1' }],
    ['it names no next one', { hasMore: true, nextCursor: null }],
  ])('ends at a page when %s', async (_what, end) => {
    const { adapter } = listing({ response: () => ({ items: [], ...end }) });
    const bench = looking([page(null), page(null)], { adapter });
    expect(await search(bench)).toEqual([]);
    expect(bench.requests).toHaveLength(1);
  });

  it('does not begin anew after a page that promises more and does not name it', async () => {
    const nextOf = (json: unknown) => (Object(json).next === 'c1' ? 'c1' : null);
    const { adapter } = listing({ response: ({ json }: { readonly json: unknown }) => ({ items: [], hasMore: true, nextCursor: nextOf(json) }) });
    const bench = looking([page('c1'), page(null), page(null)], { adapter });
    expect(await search(bench)).toEqual([]);
    expect(bench.requests).toHaveLength(2);
  });

  it('ends when the next page would be the same again', async () => {
    const bench = looking([page('c1'), page('c1'), page(null, mine)]);
    expect(await search(bench)).toEqual([]);
    expect(bench.requests).toHaveLength(2);
  });

  it.each<readonly [string, Looking]>([
    ['was aborted', { signal: AbortSignal.abort() }],
    ['has no time left', { endsAt: start }],
  ])('of a call that %s is not made, nor told to have been', async (_what, course) => {
    const bench = looking([page(null, mine)], course);
    expect(await search(bench)).toBeNull();
    expect([bench.requests, bench.told]).toEqual([[], []]);
  });

  it('ends between two pages when the time is over, and proves nothing', async () => {
    const slow: Reply = (request) => {
      bench.pass(1_000);
      return page('c1')(request);
    };
    const bench = looking([slow, page(null, mine)]);
    expect(await search(bench)).toBeNull();
    expect(bench.requests).toHaveLength(1);
  });

  it('ends between two pages when the caller aborts, and proves nothing', async () => {
    const controller = new AbortController();
    const last: Reply = (request) => {
      controller.abort();
      return page('c1')(request);
    };
    const bench = looking([last, page(null, mine)], { signal: controller.signal });
    expect(await search(bench)).toBeNull();
    expect(bench.told).toEqual(['request', 'response']);
  });

  it.each<readonly [string, boolean, object, number]>([
    ['looks further for one that was confirmed', true, mine, 2],
    ['is content with one that was confirmed', true, { ...mine, status: 'processing' }, 1],
    ['is content with one whose attempt to pay failed', true, { ...mine, status: 'requires_payment_method', failure: 'no' }, 1],
    ['is content with any where none was to be confirmed', false, mine, 1],
  ])('%s', async (_what, confirm, first, asked) => {
    const bench = looking([page('c1', first), page(null, { ...mine, id: 'pi_2', status: 'succeeded' })]);
    expect(ids(await search(bench, { confirm }))).toEqual(['pi_1', 'pi_2'].slice(0, asked));
    expect(bench.requests).toHaveLength(asked);
  });

  it('is content with a setup that carries it, confirmed or not', async () => {
    const bench = looking([page('c1', { ...mine, id: 'seti_1' }), page(null)]);
    expect(ids(await search(bench, { confirm: true }, 'setup_intent'))).toEqual(['seti_1']);
    expect(bench.requests).toHaveLength(1);
  });

  it.each<readonly [string, object, boolean]>([
    ['the reference and attempt', { oneintent_reference: 'order-1', oneintent_attempt: '1' }, true],
    ['another reference', { oneintent_reference: 'order-2' }, false],
    ['another attempt', { oneintent_reference: 'order-1', oneintent_attempt: '2' }, false],
    ['none', {}, false],
  ])('of what carries %s finds only its own', async (_what, metadata, isFound) => {
    expect(await search(looking([page(null, payment({ metadata }))]))).toHaveLength(isFound ? 1 : 0);
  });

  it.each<readonly [string, string | undefined, object, boolean]>([
    ['of the payment', 'pi_1', { payment: 'pi_1' }, true],
    ['of another payment', 'pi_1', { payment: 'pi_2' }, false],
    ['that does not say of which payment', 'pi_1', {}, true],
    ['of any payment, where none is named', undefined, { payment: 'pi_2' }, true],
  ])('among refunds takes one %s as it should', async (_what, paymentIntent, said, isFound) => {
    const bench = looking([page(null, { id: 're_1', amount: 300, metadata: mine.metadata, ...said })]);
    expect(await search(bench, { paymentIntent }, 'refund')).toHaveLength(isFound ? 1 : 0);
    expect(bench.requests[0]?.url.searchParams.get('payment')).toBe(paymentIntent ?? null);
  });

  it.each<readonly [string, object, AnyAdapter, Partial<ByReference>, object]>([
    ['the largest page', {}, acme(), {}, { limit: 100 }],
    ['no size of page, where the provider has none', {}, limited({ pageSize: fact(null) }), {}, {}],
    ['the customer', {}, acme(), { customer: 'cus_1' }, { limit: 100, customer: 'cus_1' }],
    ['no customer where the list takes none', { accepts: ['limit', 'cursor'] }, acme(), { customer: 'cus_1' }, { limit: 100 }],
    ['no payment, which a list of payments does not take', {}, acme(), { paymentIntent: 'pi_1' }, { limit: 100 }],
    ['the payment where the list takes one', { accepts: ['limit', 'cursor', 'paymentIntent'] }, acme(), { paymentIntent: 'pi_1' }, { limit: 100, paymentIntent: 'pi_1' }],
    ['nothing that was not said', { accepts: ['limit', 'cursor', 'customer', 'paymentIntent'] }, acme(), {}, { limit: 100 }],
  ])('asks an adapter for %s', async (_what, change, base, more, query) => {
    const { adapter, queries } = listing(change, base);
    await search(looking([page('c1'), page(null)], { adapter }), more);
    expect(queries).toStrictEqual([query, { ...query, cursor: 'c1' }]);
  });
});

describe('an attempt to pay', () => {
  it.each<readonly [Parameters<typeof snapshot>[0], boolean]>([
    [{ status: 'requires_payment_method' }, false],
    [{ status: 'requires_confirmation' }, false],
    [{ status: 'requires_action' }, true],
    [{ status: 'succeeded' }, true],
    [{ status: 'canceled' }, true],
    [{ status: 'on_the_moon' }, true],
  ])('with %j: it is %s that one was made', (said, made) => {
    expect(wasConfirmed(snapshot(said))).toBe(made);
  });
});
