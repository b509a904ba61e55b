import * as z from 'zod';
import type { Json } from '../../engine/json.js';
import { cutPage } from '../../engine/paging.js';
import { success, type Answer } from '../../http/answer.js';
import type { Call } from '../definition.js';
import { readWith } from '../reading.js';
import { refuse } from './errors.js';

const cursorOf = (id: string): string => btoa(JSON.stringify({ lastId: id }));

const one = <Input>(schema: z.ZodType<Input, string>) => z.tuple([schema], 'Must be given once.').transform(([value]) => value).optional();
const many = z.array(z.string()).optional();

const cursor = z.string().transform((text, context) => {
  try {
    return z.object({ lastId: z.string() }).parse(JSON.parse(atob(text))).lastId;
  } catch {
    context.addIssue({ code: 'custom', message: 'Must be the last_key of a page.' });
    return z.NEVER;
  }
});
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const limit = z.string().regex(/^\d+$/, 'Must be an integer.').transform(Number).pipe(z.int().min(1).max(100));

const query = z.strictObject({
  currency: many,
  customer: many,
  end_date: one(time),
  id: one(z.string()),
  last_key: one(cursor),
  limit: one(limit),
  start_date: one(time),
  status: many,
});

/** A repeated key, a comma list, or `name[]`. */
function valuesByName(search: URLSearchParams): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const [name, value] of search) {
    const plain = name.replace(/\[\d*\]$/, '');
    found.set(plain, [...(found.get(plain) ?? []), ...value.split(',')]);
  }
  return Object.fromEntries(found);
}

/** What one item of a list is filtered by. */
interface Traits {
  readonly id: string;
  readonly createdAt: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly status: string | null;
  readonly customer: string | null;
}

/** A list, newest first, cut into pages by an opaque cursor. */
export const listHandler =
  <Item>(items: (call: Call) => Iterable<Item>, traits: (call: Call, item: Item) => Traits, render: (call: Call, item: Item) => Json) =>
  (call: Call): Answer => {
    const reading = readWith(query, valuesByName(call.query));
    if (!reading.ok) return refuse(call, reading.refusal);
    const { limit: most = 10, last_key: after, start_date: since = -Infinity, end_date: until = Infinity, id, currency, customer, status } = reading.input;
    const wanted = (among: readonly string[] | undefined, value: string | null): boolean => among === undefined || (value !== null && among.includes(value));
    const found = [...items(call)]
      .map((item) => ({ item, ...traits(call, item) }))
      .filter((each) => each.createdAt >= since && each.createdAt <= until && (id === undefined || each.id === id))
      .filter((each) => wanted(currency?.map((code) => code.toUpperCase()), each.currency) && wanted(customer, each.customer) && wanted(status, each.status));
    const page = cutPage(call.store.switches.listOrder === 'newest_first' ? found.toReversed() : found, { limit: most, after });
    if (!page.ok) return refuse(call, { kind: 'bad_cursor', parameter: 'last_key', id: after ?? '' });
    const last = page.items.at(-1);
    return success({ items: page.items.map(({ item }) => render(call, item)), last_key: page.hasMore && last !== undefined ? cursorOf(last.id) : null });
  };
