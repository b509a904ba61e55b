import { createPayments, type CallOptions, type ListPaymentIntents, type OperationName, type Page, type PaymentIntent, type Payments } from '@oneintent/core';
import type { PageReading } from '@oneintent/core/adapter';
import { flows, intents, withPage, withRequest, type Good } from './breaking.ts';

type List = Payments<'paymentIntents.list'>['paymentIntents']['list'];
type Iterate = (list: List, query: ListPaymentIntents, options: CallOptions | undefined) => AsyncIterable<PaymentIntent>;

/** A client whose lists of payments are otherwise. `change` begins anew in each process of the application. */
const withLists = (good: Good, change: () => (list: List) => { readonly list?: List; readonly iterate?: (query?: ListPaymentIntents, options?: CallOptions) => AsyncIterable<PaymentIntent> }): Good => ({
  ...good,
  connect: (options) => {
    // Which verbs are there follows from the adapter.
    const client = createPayments(options) as unknown as Payments<OperationName>;
    const { list } = client.paymentIntents;
    const changed = Object.entries(change()(list)).map(([name, value]) => [name, { value, enumerable: true }] as const);
    const paymentIntents: object = Object.create(client.paymentIntents, Object.fromEntries(changed));
    const broken: Payments<OperationName> = Object.create(client, { paymentIntents: { value: paymentIntents } });
    return broken;
  },
});

const withIterate = (good: Good, iterate: Iterate): Good => withLists(good, () => (list) => ({ iterate: (query = {}, options) => iterate(list, query, options) }));

/** Page after page, until `isEnd` says so. */
const untilEnd = (isEnd: (page: Page<PaymentIntent>, query: ListPaymentIntents, cursors: readonly string[]) => boolean): Iterate =>
  async function* (list, query, options) {
    const cursors: string[] = [];
    for (;;) {
      const cursor = cursors.at(-1);
      const page = await list({ ...query, ...(cursor !== undefined && { cursor }) }, options);
      yield* page.data;
      if (page.nextCursor === null || isEnd(page, query, cursors)) return;
      cursors.push(page.nextCursor);
    }
  };

const asTold = untilEnd(() => false);

const untilError: Iterate = async function* (list, query, options) {
  try {
    yield* asTold(list, query, options);
  } catch {
    // What is broken is that nobody is told.
  }
};

const withoutQuery = (good: Good, member: string): Good =>
  withRequest(good, 'list', (request) => ({ ...request, query: Object.fromEntries(Object.entries(request.query ?? {}).filter(([name]) => name !== member)) }));

const furtherBy = (count: number) => (page: PageReading): PageReading => ({ ...page, nextCursor: page.nextCursor === null ? null : String(Number(page.nextCursor) + count) });

/** Cursors that stand for others, by number. */
const numbered = () => {
  const cursors: string[] = [];
  return (list: List): { readonly list: List } => ({
    list: async ({ cursor, ...query } = {}, options) => {
      const known = cursor === undefined ? undefined : cursors[Number(cursor)];
      const page = await list({ ...query, ...(known !== undefined && { cursor: known }) }, options);
      return page.nextCursor === null ? page : { ...page, nextCursor: String(cursors.push(page.nextCursor) - 1) };
    },
  });
};

/** Defects of lists: in what an adapter says of pages, and in how a client goes from one to the next. */
export const defectsInPaging: Readonly<Record<string, Good>> = {
  'the cursor is not sent': withoutQuery(flows, 'starting_after'),
  'the size of a page is not sent': withoutQuery(flows, 'limit'),
  'the cursor is the last id of the page but one': withPage(flows, (page) => ({ ...page, nextCursor: page.items.at(-2)?.id ?? page.nextCursor })),
  'the offset is one too far': withPage(intents, furtherBy(1)),
  'the offset is one too near': withPage(intents, furtherBy(-1)),
  'every page says that more follows': withPage(flows, (page) => ({ ...page, hasMore: true })),
  'every page of events says that it is the last': withPage(flows, (page) => ({ ...page, hasMore: false }), 'events.list'),
  'iterating by offset gives again what new payments have pushed on to the next page': withIterate(intents, asTold),
  'iterating never ends where the provider gives the same page for ever': withIterate(flows, asTold),
  'iterating just ends where the provider leads in a circle': withIterate(flows, untilEnd(({ nextCursor }, _, cursors) => nextCursor !== null && cursors.includes(nextCursor))),
  'iterating ends at the first page that is shorter than was asked for': withIterate(flows, untilEnd(({ data }, { limit = 10 }) => data.length < limit)),
  'a page that stays lost is taken for the end': withIterate(flows, untilError),
  'iterating does not hear that its caller has given up': withIterate(flows, (list, query) => asTold(list, query, undefined)),
  'a cursor is known to one process only': withLists(flows, numbered),
};
