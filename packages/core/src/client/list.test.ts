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

const endOf = async (replies: readonly Reply[], query?: ListPaymentIntents) => {
  const { payments, requests } = bench(replies);
  const found: string[] = [];
  const error = await errorOf(
    (async () => {
      for await (const { id } of payments.paymentIntents.iterate(query)) found.push(id);
    })(),
  );
  return { found, error, requests };
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

  it.each<readonly [string, readonly Reply[], readonly string[]]>([
    ['stands still', [page(['a'], 'c1'), page(['b'], 'c1')], ['a', 'b']],
    ['turns in a circle', [page(['a'], 'c1'), page(['b'], 'c2'), page(['c'], 'c1')], ['a', 'b', 'c']],
    ['comes back to where it began', [page(['a'], 'c0')], ['a']],
    ['stands still at a page that comes again', [page(['a'], 'c1'), page(['a'], 'c1')], ['a']],
  ])('says that the list is not whole when the cursor %s, after what came before', async (how, replies, expected) => {
    const { found, error } = await endOf(replies, how.startsWith('comes') ? { cursor: 'c0' } : {});
    expect(found).toEqual(expected);
    expect(error).toMatchObject({ code: 'malformed_response', outcome: 'rejected', retry: 'never', provider: 'acme', account: 'acme', operation: 'paymentIntents.list' });
    expect(error.problems).toEqual([{ field: 'nextCursor', problem: 'is one that was there before', remedy: expect.stringContaining("adapter's author") }]);
    expect(error.message).toMatch(/^paymentIntents\.list at acme: .*something may be missing\. Nothing was changed\.$/);
  });

  it.each<readonly [string, readonly string[], number]>([
    ['the same page', ['a', 'b'], 101],
    ['an empty page', [], 100],
  ])('ends with an error after a hundred pages in vain, not never, when each new cursor leads to %s', async (_, ids, pages) => {
    const { found, error, requests } = await endOf(Array.from({ length: 300 }, (__, index) => page(ids, `c${index}`)));
    expect(found).toEqual(ids);
    expect(error).toMatchObject({ code: 'malformed_response', outcome: 'rejected', problems: [{ field: 'nextCursor', problem: expect.stringContaining('100 pages') }] });
    expect(requests).toHaveLength(pages);
  });

  it('ends as a list when a hundred pages in vain are all that there was', async () => {
    expect((await collect([page(['a'], 'c'), ...Array.from({ length: 99 }, (_, index) => page([], `c${index}`)), page([])])).ids).toEqual(['a']);
  });

  it('goes on after empty pages, and after pages of what was there before, while now and then something is new', async () => {
    const replies = Array.from({ length: 250 }, (_, index) => page(index % 50 === 0 ? [`pi_${index}`] : [], `c${index}`));
    expect((await collect([...replies, page([])])).ids).toEqual(['pi_0', 'pi_50', 'pi_100', 'pi_150', 'pi_200']);
  });

  it('gives what new items push on to the next page once', async () => {
    expect((await collect([page(['d', 'c'], '2'), page(['c', 'b'], '4'), page(['c', 'b'], '6'), page(['a'])])).ids).toEqual(['d', 'c', 'b', 'a']);
  });

  it('remembers no more than a few thousand of them, however long the list is', async () => {
    const many = Array.from({ length: 11_000 }, (_, index) => `pi_${index}`);
    const { ids } = await collect([page(many, 'c1'), page(['pi_10999', 'pi_0'])]);
    expect(ids.slice(11_000)).toEqual(['pi_0']);
  });

  it('remembers ten thousand of them whole', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `pi_${index}`);
    expect((await collect([page(many, 'c1'), page(['pi_0'])])).ids).toHaveLength(10_000);
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

  it('ends with aborted, and sends nothing more, when the caller gives up between two pages', async () => {
    const { payments, requests } = bench([page(['a'], 'c1'), page(['b'])]);
    const caller = new AbortController();
    const seen: string[] = [];
    const consume = async () => {
      for await (const { id } of payments.paymentIntents.iterate({}, { signal: caller.signal })) {
        seen.push(id);
        caller.abort();
      }
    };
    expect(await errorOf(consume())).toMatchObject({ code: 'aborted', outcome: 'not_sent' });
    expect([seen, requests.length]).toEqual([['a'], 1]);
  });

  it('is there only with a list', () => {
    expect(Object.keys(bench([], { adapter: acme({ without: ['paymentIntents.list'] }) }).payments.paymentIntents)).not.toContain('iterate');
  });
});
