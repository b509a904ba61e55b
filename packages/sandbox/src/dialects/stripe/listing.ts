import * as z from 'zod';
import { unixTime } from '../../engine/clock.js';
import type { Json } from '../../engine/json.js';
import { cutPage } from '../../engine/paging.js';
import type { Store } from '../../engine/store.js';
import { success, type Answer } from '../../http/answer.js';
import type { Call } from '../definition.js';
import { readWith } from '../reading.js';
import { refuse } from './errors.js';
import { integer, text } from './fields.js';
import { parseForm } from './form.js';

const time = integer;
const limit = integer.refine((value) => value >= 1 && value <= 100, 'parameter_invalid_integer');

interface Range {
  readonly gt?: number | undefined;
  readonly gte?: number | undefined;
  readonly lt?: number | undefined;
  readonly lte?: number | undefined;
}

const created = z.union(
  [time.transform((at): Range => ({ gte: at, lte: at })), z.strictObject({ gt: time.optional(), gte: time.optional(), lt: time.optional(), lte: time.optional() })],
  'Must be a time or a range of times.',
);

const page = z
  .strictObject({ created: created.optional(), ending_before: text.optional(), limit: limit.optional(), starting_after: text.optional() })
  .refine((query) => query.starting_after === undefined || query.ending_before === undefined, {
    path: ['ending_before'],
    message: 'it may not be given together with starting_after.',
  });

const ofPage = new Set(['created', 'ending_before', 'limit', 'starting_after']);

const within = ({ gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity }: Range, at: number): boolean =>
  at > gt && at >= gte && at < lt && at <= lte;

/** What one list has of its own. */
interface Listing<Item, Filters> {
  readonly url: string;
  /** Of the query, without what every list has. */
  readonly filters: z.ZodType<Filters>;
  /** In order of creation. */
  readonly items: (store: Store) => Iterable<Item>;
  readonly matches: (item: Item, filters: Filters) => boolean;
  readonly render: (call: Call, item: Item) => Json;
}

/** A list: filtered, by time of creation too, and cut into pages by cursor. */
export const listHandler =
  <Item extends { readonly id: string; readonly createdAt: number }, Filters>({ url, filters, items, matches, render }: Listing<Item, Filters>) =>
  (call: Call): Answer => {
    const query = Object.entries(parseForm(call.query.toString()));
    const wish = readWith(page, Object.fromEntries(query.filter(([name]) => ofPage.has(name))));
    if (!wish.ok) return refuse(call, wish.refusal);
    const asked = readWith(filters, Object.fromEntries(query.filter(([name]) => !ofPage.has(name))));
    if (!asked.ok) return refuse(call, asked.refusal);
    const { created: range = {}, limit: most = 10, starting_after: after, ending_before: before } = wish.input;
    const found = [...items(call.store)].filter((item) => within(range, unixTime(item.createdAt)) && matches(item, asked.input));
    const cut = cutPage(call.store.switches.listOrder === 'newest_first' ? found.toReversed() : found, { limit: most, after, before });
    if (!cut.ok) {
      const [parameter, id = ''] = cut.badCursor === 'after' ? ['starting_after', after] : ['ending_before', before];
      return refuse(call, { kind: 'bad_cursor', parameter, id });
    }
    return success({ object: 'list', data: cut.items.map((item) => render(call, item)), has_more: cut.hasMore, url });
  };
