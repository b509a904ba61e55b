import type { Page } from '../index.js';
import { holds } from './assertions.js';

/** What is on the pages of a list, page after page; fifty at most, should it never end. */
export const pagesOf = async <T, Q extends { readonly limit?: number }>(list: (query?: Q) => Promise<Page<T>>, query: NoInfer<Q>): Promise<readonly T[]> => {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await list({ ...query, ...(cursor !== null && { cursor }) });
    holds(page.data.length <= (query.limit ?? Infinity), 'a page is no longer than was asked for', page.data.length);
    found.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null && found.length < 50);
  return found;
};

/** The ids of all that a list iterates over. */
export const iterated = async (items: AsyncIterable<{ readonly id: string }>): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
};

export const idsOf = (items: readonly { readonly id: string }[]): readonly string[] => items.map(({ id }) => id);
