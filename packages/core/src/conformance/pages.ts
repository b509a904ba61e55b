import type { CallOptions, OperationName, Page, Payments } from '../index.js';
import { holds } from './assertions.js';
import { membersOf, type Recorded } from './exchanges.js';
import { NotTested } from './not-tested.js';
import type { Promised } from './promise.js';
import { giveBack, openIntent, pay, prepareSetup, type Scene } from './scene.js';

/** More pages than any list of the suite has. */
const mostPages = 100;

/** What is on the pages of a list, page after page, from `cursor` on where the query has one. A list that does not end breaks the promise. */
export const pagesOf = async <T, Q extends { readonly limit?: number }>(list: (query?: Q) => Promise<Page<T>>, query: NoInfer<Q>): Promise<readonly T[]> => {
  const found: T[] = [];
  let cursor: string | null = null;
  for (let count = 0; count < mostPages; count += 1) {
    const page: Page<T> = await list({ ...query, ...(cursor !== null && { cursor }) });
    holds(page.data.length <= (query.limit ?? Infinity), 'a page is no longer than was asked for', page.data.length);
    holds(page.hasMore === (page.nextCursor !== null), 'a page has a cursor where more follows, and only there', page.hasMore);
    found.push(...page.data);
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
  holds(false, `a list of a few things ends before ${mostPages} pages`, found.length);
  return found;
};

/** The ids of all that a list iterates over. */
export const iterated = async (items: AsyncIterable<{ readonly id: string }>): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
};

export const idsOf = (items: readonly { readonly id: string }[]): readonly string[] => items.map(({ id }) => id);

interface Query {
  readonly limit?: number;
  readonly cursor?: string;
}

/** Any list of a client, whatever is on it. */
export interface ListClient {
  list(query?: Query, options?: CallOptions): Promise<Page<{ readonly id: string }>>;
  iterate(query?: Query, options?: CallOptions): AsyncIterable<{ readonly id: string }>;
}

/** One list of the operationDefinitions, and how something comes to stand on it. */
export interface List {
  readonly resource: 'paymentIntents' | 'setupIntents' | 'refunds' | 'events';
  /** What stands on it, in the plural. */
  readonly things: string;
  /** What has to be there to make one. */
  readonly needs: { readonly operations: readonly OperationName[]; readonly fields: NonNullable<Promised['fields']>; readonly levers: Promised['levers'] };
  /** Makes one, and answers with its id; `null` where nobody says how many come of it. */
  readonly make: (scene: Scene) => Promise<string | null>;
}

const paid = { operations: ['paymentIntents.create'], fields: ['paymentIntents.create.confirm'], levers: ['succeeds'] } as const satisfies List['needs'];

/** Every list that there is. */
export const lists: readonly List[] = [
  {
    resource: 'paymentIntents',
    things: 'payments',
    needs: { operations: ['paymentIntents.create'], fields: [], levers: [] },
    make: async (scene) => (await openIntent(scene)).id,
  },
  {
    resource: 'setupIntents',
    things: 'setups',
    needs: { operations: ['setupIntents.create'], fields: [], levers: [] },
    make: async (scene) => (await prepareSetup(scene, null)).id,
  },
  {
    resource: 'refunds',
    things: 'refunds',
    needs: { ...paid, operations: [...paid.operations, 'refunds.create'] },
    make: async (scene) => (await giveBack(scene, await pay(scene, 'succeeds', 100))).id,
  },
  {
    resource: 'events',
    things: 'events',
    needs: paid,
    make: async (scene) => {
      await pay(scene, 'succeeds', 100);
      return null;
    },
  },
];

/** The list of a client. */
export const listOf = (payments: Payments<OperationName>, { resource }: List): ListClient => payments[resource];

const isOf = (item: unknown, id: string): boolean => JSON.stringify(item).includes(JSON.stringify(id));

/** A page as it would have been without some of its items. `ids` are all that it has. */
export const withoutItems = (page: Recorded, ids: readonly string[], gone: readonly string[]): Recorded => {
  const body: unknown = JSON.parse(page.text);
  const items = [body, ...membersOf(body).map(({ value }) => value)].find(
    (value): value is readonly unknown[] => Array.isArray(value) && value.length === ids.length && ids.every((id) => value.some((item) => isOf(item, id))),
  );
  if (items === undefined) throw new NotTested('the items of a page are not found in what the provider answers');
  const kept = items.filter((item) => !gone.some((id) => isOf(item, id)));
  return { ...page, text: JSON.stringify(body, (_, member: unknown) => (member === items ? kept : member)) };
};
