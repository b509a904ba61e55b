import type { CallOptions } from '../contract/resources.js';
import type { NeutralOf, PageOperation } from '../contract/vocabulary.js';
import type { ClientContext } from './context.js';
import { performList } from './perform.js';

/** All items of a list, page after page, as they are consumed. A cursor that was there before ends it: it would turn in a circle. */
export async function* iterate<K extends PageOperation>(
  context: ClientContext,
  name: K,
  query: { readonly cursor?: string } = {},
  options: CallOptions = {},
): AsyncGenerator<NeutralOf<K>, void, undefined> {
  let cursor = query.cursor ?? null;
  const seen = new Set([cursor]);
  for (;;) {
    const page = await performList(context, name, { ...query, ...(cursor !== null && { cursor }) }, options);
    yield* page.data;
    if (page.nextCursor === null || seen.has(page.nextCursor)) return;
    cursor = page.nextCursor;
    seen.add(cursor);
  }
}
