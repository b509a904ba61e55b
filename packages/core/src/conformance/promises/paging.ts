import type { Fetch, OperationName } from '../../index.js';
import { equal, fails, holds } from '../assertions.js';
import { asItWas, recording, replaying, type Recorded } from '../exchanges.js';
import { idsOf, iterated, listOf, lists, pagesOf, withoutItems, type List, type ListClient } from '../pages.js';
import { NotTested } from '../not-tested.js';
import type { Promised } from '../promise.js';
import type { Scene } from '../scene.js';

const limit = 2;

/** Makes so many, some time apart where that can be, and tells their ids where they are known. */
const makeMany = async (scene: Scene, { make }: List, count: number): Promise<readonly string[]> => {
  const made: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = await make(scene);
    if (id !== null) made.push(id);
    await scene.stage.advance?.(5);
  }
  return made;
};

/** Everything on a list, in its order, on pages as large as the suite needs. */
const whole = async (scene: Scene, client: ListClient): Promise<readonly string[]> => idsOf(await pagesOf(client.list, { limit: Math.min(scene.payments.limits.pageSize.value ?? 50, 50) }));

const isOnce = (ids: readonly string[], promise: string): void => equal(ids, [...new Set(ids)], promise);

/** Iterates to the end, or to the error. */
const iteratedInto = async (found: string[], items: AsyncIterable<{ readonly id: string }>): Promise<void> => {
  for await (const { id } of items) found.push(id);
};

const pages = async (scene: Scene, list: List): Promise<void> => {
  const client = listOf(scene.payments, list);
  const made = await makeMany(scene, list, 5);
  const all = await whole(scene, client);
  isOnce(all, 'nothing comes twice');
  if (made.length > 0) equal(all.toSorted(), made.toSorted(), 'all that was made is listed, and nothing else');
  else holds(all.length >= 5, 'all that was made is listed', all.length);
  for (const size of [1, 2]) equal(idsOf(await pagesOf(client.list, { limit: size })), all, `pages of ${size} have the same`);
  equal(await iterated(client.iterate({ limit })), all, 'iterate sees the same, in the same order');
};

const one = async (scene: Scene, list: List): Promise<void> => {
  const client = listOf(scene.payments, list);
  const made = await makeMany(scene, list, 1);
  const { data, hasMore, nextCursor } = await client.list();
  if (made.length > 0) equal(idsOf(data), made, 'what was made is listed');
  else holds(data.length > 0, 'what was made is listed');
  equal([hasMore, nextCursor], [false, null], 'a page that has room for more is the last');
  equal(await iterated(client.iterate()), idsOf(data), 'iterate sees the same');
};

const growing = async (scene: Scene, list: List): Promise<void> => {
  const client = listOf(scene.payments, list);
  await makeMany(scene, list, 3);
  const before = await whole(scene, client);
  const first = await client.list({ limit });
  await makeMany(scene, list, 1);
  const rest = first.nextCursor === null ? [] : await pagesOf(client.list, { limit, cursor: first.nextCursor });
  const seen = new Set(idsOf([...first.data, ...rest]));
  equal(before.filter((id) => !seen.has(id)), [], 'nothing that was there when the first page was read is left out');

  const old = await whole(scene, client);
  const found: string[] = [];
  for await (const { id } of client.iterate({ limit })) {
    if (found.length === 0) await makeMany(scene, list, 1);
    found.push(id);
  }
  isOnce(found, 'iterate sees nothing twice');
  equal(found.filter((id) => old.includes(id)), old, 'iterate sees all that was there, in the same order');
};

/** Only where a page is one answer can a page be made to be told otherwise. */
const onlyAnswer = ([answer, ...others]: readonly Recorded[]): Recorded => {
  if (answer === undefined || others.length > 0) throw new NotTested('a page is made of several answers');
  return answer;
};

const shrinking = async (scene: Scene, list: List): Promise<void> => {
  await makeMany(scene, list, 5);
  const { fetch, exchanges } = recording(scene.stage.fetch);
  const client = listOf(scene.client({ fetch }), list);
  const { data, nextCursor } = await client.list({ limit });
  const first = onlyAnswer(exchanges);
  holds(nextCursor !== null, 'more follows');
  const all = idsOf([...data, ...(nextCursor === null ? [] : await pagesOf(client.list, { limit, cursor: nextCursor }))]);
  const [, second, ...others] = exchanges;
  if (second === undefined || others.length === 0) throw new NotTested('the list has not three pages');
  const onSecond = all.slice(limit, 2 * limit);
  for (const gone of [...onSecond.map((id) => [id]), onSecond]) {
    const shrunken = [first, withoutItems(second, onSecond, gone), ...others];
    const again = (): ListClient => listOf(scene.client({ fetch: replaying(shrunken, asItWas).fetch, retries: 0 }), list);
    const found = await iterated(again().iterate({ limit }));
    equal(found, idsOf(await pagesOf(again().list, { limit })), 'iterate ends, with what the pages have');
    // An empty page may be the last, where its cursor would have been an item of its own.
    equal(found, all.slice(0, gone.length < onSecond.length || found.length > limit ? all.length : limit).filter((id) => !gone.includes(id)), 'what is still there comes once');
  }
};

/** More requests than a client needs to see that it is led in a circle. */
const patience = 400;

const samePageAgain = async (scene: Scene, list: List): Promise<void> => {
  await makeMany(scene, list, 3);
  const { fetch, exchanges } = recording(scene.stage.fetch);
  const page = await listOf(scene.client({ fetch }), list).list({ limit });
  holds(page.nextCursor !== null, 'more follows');
  const recorded = onlyAnswer(exchanges);
  let requests = 0;
  const stuck: Fetch = (_, init) => {
    requests += 1;
    if (requests > patience) return Promise.reject(new TypeError('nobody asks so often'));
    return Promise.resolve(asItWas(recorded, init));
  };
  const found: string[] = [];
  const client = listOf(scene.client({ fetch: stuck, retries: 0 }), list);
  await fails(() => iteratedInto(found, client.iterate({ limit })), { code: ['malformed_response'], outcome: ['rejected'] }, 'a list that begins anew with every page');
  equal(found, idsOf(page.data), 'what was on the page comes once');
};

const cursorElsewhere = async (scene: Scene, list: List): Promise<void> => {
  const client = listOf(scene.payments, list);
  await makeMany(scene, list, 4);
  const first = await client.list({ limit });
  holds(first.nextCursor !== null, 'more follows');
  const { cursor }: { readonly cursor: string } = JSON.parse(JSON.stringify({ cursor: first.nextCursor }));
  const second = idsOf((await listOf(scene.client({}), list).list({ limit, cursor })).data);
  const begin = first.data.length;
  // A page may be shorter than was asked for.
  holds(second.length > 0, 'the page behind the cursor has something on it');
  equal(second, (await whole(scene, client)).slice(begin, begin + second.length), 'the page behind the cursor is the second');
};

const limitBounds = async (scene: Scene, list: List): Promise<void> => {
  const client = listOf(scene.payments, list);
  await makeMany(scene, list, 1);
  const all = idsOf((await client.list()).data);
  const largest = scene.payments.limits.pageSize.value;
  if (largest !== null) equal(idsOf((await client.list({ limit: largest })).data), all, 'the largest page that is declared is given');
  const before = await scene.seen();
  for (const refused of [0, -1, 1.5, ...(largest === null ? [] : [largest + 1])])
    await fails(() => client.list({ limit: refused }), { code: ['invalid_request'], outcome: ['not_sent'] }, `a page of ${refused}`);
  equal(await scene.seen(), before, 'nothing was sent');
};

const abortedBetweenPages = async (scene: Scene, list: List): Promise<void> => {
  await makeMany(scene, list, 3);
  const first = idsOf((await listOf(scene.payments, list).list({ limit })).data);
  const caller = new AbortController();
  const { fetch, exchanges } = recording(scene.stage.fetch);
  const found: string[] = [];
  let sent = 0;
  const consume = async (): Promise<void> => {
    for await (const { id } of listOf(scene.client({ fetch }), list).iterate({ limit }, { signal: caller.signal })) {
      found.push(id);
      caller.abort();
      sent = exchanges.length;
    }
  };
  await fails(consume, { code: ['aborted'], outcome: ['not_sent'] }, 'the next page after an abort');
  equal([found, exchanges.length], [first, sent], 'what was read is given, and no further page is asked for');
};

const reset = (): Promise<never> => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) }));

const lostPage = async (scene: Scene, list: List): Promise<void> => {
  await makeMany(scene, list, 5);
  const all = await whole(scene, listOf(scene.payments, list));
  const losing = (isLost: (request: number) => boolean): Fetch => {
    let requests = 0;
    return async (input, init) => {
      requests += 1;
      const isNow = isLost(requests);
      const response = await scene.stage.fetch(input, init);
      return isNow ? reset() : response;
    };
  };
  equal(await iterated(listOf(scene.client({ fetch: losing((request) => request === 2) }), list).iterate({ limit })), all, 'a page that is lost once is read again');
  const found: string[] = [];
  const broken = listOf(scene.client({ fetch: losing((request) => request >= 3), retries: 1 }), list);
  await fails(() => iteratedInto(found, broken.iterate({ limit })), { code: ['network'], outcome: ['rejected'] }, 'a page that stays lost');
  equal(found, all.slice(0, found.length), 'what came before is right');
};

const empty = async (scene: Scene, list: List): Promise<void> => {
  const client = listOf(scene.payments, list);
  equal(await client.list(), { data: [], hasMore: false, nextCursor: null }, 'there is nothing');
  equal(await iterated(client.iterate()), [], 'there is nothing to iterate over');
};

/** What is promised of one list. */
const promisesOf = (list: List): readonly Promised[] => {
  const { resource, things, needs } = list;
  const operation: OperationName = `${resource}.list`;
  const common = { ...needs, alone: true, operations: [...needs.operations, operation] } as const;
  const paged = { ...common, fields: [...needs.fields, `${operation}.limit`, `${operation}.cursor`] } as const;
  const by = (prove: (scene: Scene, list: List) => Promise<void>) => ({ prove: (scene: Scene) => prove(scene, list) });
  return [
    { id: `${operation}/empty`, title: 'an empty list is an empty page at its end', alone: true, operations: [operation], levers: [], ...by(empty) },
    { id: `${operation}/one`, title: 'a page that has room for more is the last, and says so', ...common, ...by(one) },
    { id: `${operation}/pages`, title: `on pages of 1, of 2 and on one are the same ${things} in the same order, none twice and none left out, and iterate sees them all`, ...paged, ...by(pages) },
    { id: `${operation}/growing`, title: `while new ${things} come between two pages, none that was there is left out, and iterate sees none twice`, ...paged, ...by(growing) },
    { id: `${operation}/shrinking`, title: `when ${things} of the next page are gone, or the page is empty, iterate ends, and what is still there comes once`, ...paged, ...by(shrinking) },
    { id: `${operation}/same-page-again`, title: 'a provider that gives the same page for ever is told as malformed_response: iterate ends', ...paged, ...by(samePageAgain) },
    { id: `${operation}/cursor-elsewhere`, title: 'a cursor that was stored as JSON gives the next page to another process', ...paged, ...by(cursorElsewhere) },
    { id: `${operation}/limit-bounds`, title: 'the largest page that is declared is given; a larger one, and one of nothing, is refused with nothing sent', ...common, fields: [...needs.fields, `${operation}.limit`], levers: [...needs.levers, 'requests'], ...by(limitBounds) },
    { id: `${operation}/aborted-between-pages`, title: 'iterate ends with aborted when its caller gives up between two pages, and asks for no further page', ...paged, ...by(abortedBetweenPages) },
    { id: `${operation}/lost-page`, title: `a page that is lost once is read again, so that no ${things} are missing or come twice; one that stays lost is an error, not the end`, ...paged, ...by(lostPage) },
  ];
};

/** The pages of every list: empty, of one and of many, growing, shrinking, lost, and without an end. */
export const pagingPromises: readonly Promised[] = lists.flatMap(promisesOf);
