/** Which page of a list is wanted. */
export interface PageWish {
  readonly limit: number;
  /** Id before the first item of the page. */
  readonly after?: string | undefined;
  /** Id behind the last item of the page. */
  readonly before?: string | undefined;
  readonly offset?: number | undefined;
}

/** One page; `badCursor` names the id that is not in the list. */
export type PageResult<Item> =
  | { readonly ok: true; readonly items: readonly Item[]; readonly hasMore: boolean }
  | { readonly ok: false; readonly badCursor: 'after' | 'before' };

/** Cuts a page out of a list. `hasMore` looks away from the cursor. */
export function cutPage<Item extends { readonly id: string }>(list: readonly Item[], wish: PageWish): PageResult<Item> {
  const after = wish.after === undefined ? -1 : list.findIndex(({ id }) => id === wish.after);
  if (wish.after !== undefined && after < 0) return { ok: false, badCursor: 'after' };
  if (wish.before !== undefined) {
    const end = list.findIndex(({ id }) => id === wish.before);
    if (end < 0) return { ok: false, badCursor: 'before' };
    const start = Math.max(after + 1, end - wish.limit);
    return { ok: true, items: list.slice(start, end), hasMore: start > after + 1 };
  }
  const start = after + 1 + (wish.offset ?? 0);
  return { ok: true, items: list.slice(start, start + wish.limit), hasMore: start + wish.limit < list.length };
}
