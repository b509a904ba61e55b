import { describe, expect, it } from 'vitest';
import type { ListPaymentIntents, PaymentIntent } from '../index.js';
import { acme } from '../testing/acme.js';
import { bench, errorOf, payment } from '../testing/client.js';
import { answer, lost, rawAnswer, type Reply } from '../testing/scripted-fetch.js';

const page = (ids: readonly string[], next?: string): Reply => answer(200, { data: ids.map((id) => payment({ id })), ...(next !== undefined && { next }) });
const collect = async (replies: readonly Reply[], query?: ListPaymentIntents) => {
  const { payments, requests } = bench(replies);
  const found: PaymentIntent[] = [];
  for await (const intent of payments.paymentIntents.iterate(query)) found.push(intent);
  return { ids: found.map(({ id }) => id), requests };
};

describe('list', () => {
  it('gives a page of intents, and the cursor of the next', async () => {
    const { payments, requests } = bench([page(['pi_1', 'pi_2'], 'c1')]);
    const result = await payments.paymentIntents.list({ limit: 2, customer: 'cus_1', cursor: 'c0' });
    expect(result).toMatchObject({ data: [{ ref: 'acme:pi_1' }, { ref: 'acme:pi_2' }], hasMore: true, nextCursor: 'c1' });
    expect(requests[0]?.url.search).toBe('?limit=2&cursor=c0&customer=cus_1');
  });

  it('has no cursor at the end, and says that nothing more follows', async () => {
    expect(await bench([page([])]).payments.paymentIntents.list()).toEqual({ data: [], hasMore: false, nextCursor: null });
  });

  it('is malformed as a whole when one of its intents is, naming the field', async () => {
    const { payments } = bench([answer(200, { data: [payment(), { id: 'pi_2', amount: 5 }] })]);
    expect(await errorOf(payments.paymentIntents.list())).toMatchObject({ code: 'malformed_response', outcome: 'rejected', problems: [{ field: 'status' }] });
  });

  it('is repeated when its answer is lost, as it only reads', async () => {
    const { payments, requests } = bench([lost, rawAnswer(503, ''), page(['pi_1'])]);
    expect((await payments.paymentIntents.list()).data).toHaveLength(1);
    expect(requests).toHaveLength(3);
  });
});

describe('iterate', () => {
  it('gives all intents of all pages, in order', async () => {
    const { ids, requests } = await collect([page(['a', 'b'], 'c1'), page([], 'c2'), page(['c'])], { limit: 2 });
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(requests.map(({ url }) => url.search)).toEqual(['?limit=2', '?limit=2&cursor=c1', '?limit=2&cursor=c2']);
  });

  it('begins where it is told', async () => {
    expect((await collect([page(['z'])], { cursor: 'c9' })).requests[0]?.url.search).toBe('?cursor=c9');
  });

  it('gives nothing for an empty list', async () => {
    expect((await collect([page([])])).ids).toEqual([]);
  });

  it('fetches a page only when it is needed', async () => {
    const { payments, requests } = bench([page(['a', 'b'], 'c1')]);
    for await (const { id } of payments.paymentIntents.iterate()) if (id === 'b') break;
    expect(requests).toHaveLength(1);
  });

  it.each<readonly [string, readonly Reply[], number]>([
    ['stands still', [page(['a'], 'c1'), page(['b'], 'c1')], 2],
    ['turns in a circle', [page(['a'], 'c1'), page(['b'], 'c2'), page(['c'], 'c1')], 3],
    ['comes back to where it began', [page(['a'], 'c0')], 1],
  ])('ends when the cursor %s', async (how, replies, expected) => {
    const { ids } = await collect(replies, how.startsWith('comes') ? { cursor: 'c0' } : {});
    expect(ids).toHaveLength(expected);
  });

  it('ends with the error of the page that fails, after what came before', async () => {
    const { payments } = bench([page(['a'], 'c1'), answer(401, { problem: 'authentication' })]);
    const seen: string[] = [];
    const consume = async () => {
      for await (const { id } of payments.paymentIntents.iterate()) seen.push(id);
    };
    expect(await errorOf(consume())).toMatchObject({ code: 'authentication', operation: 'paymentIntents.list' });
    expect(seen).toEqual(['a']);
  });

  it('is there only with a list', () => {
    expect(Object.keys(bench([], { adapter: acme({ without: ['paymentIntents.list'] }) }).payments.paymentIntents)).not.toContain('iterate');
  });
});
