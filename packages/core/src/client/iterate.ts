import type { CallOptions } from '../operations/verbs.js';
import type { ResultOf, PageOperation } from '../operations/index.js';
import { PaymentError, type PaymentErrorDetails } from '../model/payment-error.js';
import type { Page } from '../model/page.js';
import type { ClientContext } from '../call/context.js';
import { callList } from '../call/index.js';

/** How many items are remembered: one that has moved on to a later page moved by no more than were made meanwhile. */
const remembered = 10_000;

/** How many pages in a row may bring nothing new. A provider that answers every cursor with the same page would bring nothing new for ever. */
const mostPagesInVain = 100;

/** Which list is iterated, for its errors. */
export type IteratedList = Pick<PaymentErrorDetails, 'provider' | 'account'> & { readonly operation: PageOperation };

const endless = (list: IteratedList, problem: string): PaymentError =>
  new PaymentError({
    ...list,
    code: 'malformed_response',
    outcome: 'rejected',
    message: `${list.operation}${list.provider ? ` at ${list.provider}` : ''}: ${problem}, so that the list would never end. What came before is right, and something may be missing. Nothing was changed.`,
    problems: [{ field: 'nextCursor', problem, remedy: "Report it to the adapter's author." }],
  });

/**
 * Each item of a list once, page after page, fetched as they are consumed, also where new ones push others on to a later page.
 * @throws PaymentError what `fetchPage` throws; `malformed_response` after the items that came, when a cursor comes again or page after page brings nothing new.
 */
export async function* everyItem<T extends { readonly ref: string }>(
  list: IteratedList,
  fetchPage: (cursor: string | null) => Promise<Page<T>>,
  first: string | null,
): AsyncGenerator<T, void, undefined> {
  const cursors = new Set([first]);
  const refs = new Set<string>();
  let cursor = first;
  let inVain = 0;
  for (;;) {
    const { data, nextCursor } = await fetchPage(cursor);
    inVain += 1;
    for (const item of data) {
      if (refs.has(item.ref)) continue;
      refs.add(item.ref);
      inVain = 0;
      yield item;
    }
    for (const ref of refs) {
      if (refs.size <= remembered) break;
      refs.delete(ref);
    }
    if (nextCursor === null) return;
    if (cursors.has(nextCursor)) throw endless(list, 'is one that was there before');
    if (inVain >= mostPagesInVain) throw endless(list, `has led to ${inVain} pages in a row without anything new`);
    cursor = nextCursor;
    cursors.add(cursor);
  }
}

/** All items of a list of one account. */
export const iterate = <K extends PageOperation>(
  context: ClientContext,
  name: K,
  query: { readonly cursor?: string } = {},
  options: CallOptions = {},
): AsyncGenerator<ResultOf<K>, void, undefined> =>
  everyItem(
    { operation: name, provider: context.adapter.provider, account: context.account },
    (cursor) => callList(context, name, { ...query, ...(cursor !== null && { cursor }) }, options),
    query.cursor ?? null,
  );
