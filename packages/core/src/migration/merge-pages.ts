import { invalidInput } from '../model/payment-error.js';
import type { Page } from '../model/page.js';
import type { Side } from './directory.js';

/** What can be put in the order of time. */
interface Dated {
  readonly createdAt: string | null;
}

/** Where a merged list goes on at one side: in the page that `cursor` opens, after `skip` items; `null` at its end. */
type Place = { readonly cursor: string | null; readonly skip: number } | null;

type Places = { readonly [S in Side]: Place };

const sides = ['from', 'to'] as const;

const isPlace = (value: unknown): value is Place =>
  value === null ||
  (Array.isArray(value) === false &&
    typeof value === 'object' &&
    'skip' in value &&
    Number.isSafeInteger(value.skip) &&
    Number(value.skip) >= 0 &&
    'cursor' in value &&
    (value.cursor === null || typeof value.cursor === 'string'));

const write = (places: Places): string => encodeURIComponent(JSON.stringify(places));

const read = (cursor: string | undefined): Places => {
  if (cursor === undefined) return { from: { cursor: null, skip: 0 }, to: { cursor: null, skip: 0 } };
  try {
    const { from, to } = JSON.parse(decodeURIComponent(cursor)) as { from?: unknown; to?: unknown };
    if (isPlace(from) && isPlace(to)) return { from, to };
  } catch {
    // It is none of ours.
  }
  throw invalidInput('cursor', 'is not a cursor of this list', 'Give the nextCursor of the page before.');
};

/** What is left of one side's page. */
interface Waiting<T> {
  readonly items: readonly T[];
  readonly place: NonNullable<Place>;
  readonly nextCursor: string | null;
  taken: number;
}

const newer = <T extends Dated>(one: T | undefined, other: T | undefined): boolean => other === undefined || (one !== undefined && (one.createdAt ?? '') >= (other.createdAt ?? ''));

/**
 * One page of two lists, the newest of both first. Each item comes once: what is left of a side's page waits in the cursor. Where a side lists the oldest
 * first, each side's own order stays.
 */
export const mergePages = async <T extends Dated>(
  fetchPage: (side: Side, query: { readonly cursor?: string }) => Promise<Page<T>>,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<Page<T>> => {
  const places = read(cursor);
  const open = async (side: Side): Promise<Waiting<T> | null> => {
    const place = places[side];
    if (place === null) return null;
    const { data, nextCursor } = await fetchPage(side, place.cursor === null ? {} : { cursor: place.cursor });
    return { items: data.slice(place.skip), place, nextCursor, taken: 0 };
  };
  const [from, to] = await Promise.all(sides.map(open));
  const merged: T[] = [];
  const most = limit ?? Infinity;
  const next = (waiting: Waiting<T> | null | undefined): T | undefined => waiting?.items[waiting.taken];
  /** Whether nothing of a side is at hand although there is more: then nobody knows what comes next. */
  const isDry = (waiting: Waiting<T> | null | undefined): boolean => waiting !== null && waiting !== undefined && next(waiting) === undefined && waiting.nextCursor !== null;
  while (merged.length < most && !(merged.length > 0 && (isDry(from) || isDry(to)))) {
    const [one, other] = [next(from), next(to)];
    const chosen = one !== undefined && newer(one, other) ? { waiting: from, item: one } : { waiting: to, item: other };
    if (chosen.item === undefined || chosen.waiting === null || chosen.waiting === undefined) break;
    merged.push(chosen.item);
    chosen.waiting.taken += 1;
  }
  const after = (waiting: Waiting<T> | null | undefined): Place => {
    if (waiting === null || waiting === undefined) return null;
    if (waiting.taken < waiting.items.length) return { cursor: waiting.place.cursor, skip: waiting.place.skip + waiting.taken };
    return waiting.nextCursor === null ? null : { cursor: waiting.nextCursor, skip: 0 };
  };
  const left = { from: after(from), to: after(to) };
  const hasMore = left.from !== null || left.to !== null;
  return Object.freeze({ data: Object.freeze(merged), hasMore, nextCursor: hasMore ? write(left) : null });
};
