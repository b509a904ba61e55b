import { PaymentError } from '../../index.js';
import { equal, holds, oneOf } from '../assertions.js';
import { changed, membersOf, placeOf, withBody, withMore } from '../exchanges.js';
import { again, type Rehearsed } from '../rehearsal.js';

/** What must not change, of an object or of each object on a page. */
const essence = (value: unknown): unknown => {
  const { data, id, status, amount }: { readonly data?: unknown; readonly id?: unknown; readonly status?: unknown; readonly amount?: unknown } = Object(value);
  return Array.isArray(data) ? data.map(essence) : [id, status ?? null, amount ?? null];
};

/** The object that was read, or those on a page. */
export const essencesOf = (value: unknown): readonly unknown[] => {
  const { data }: { readonly data?: unknown } = Object(value);
  return Array.isArray(data) ? data : [value];
};

interface Answer {
  readonly body: unknown;
  readonly members: ReturnType<typeof membersOf>;
}

const lastAnswer = ({ exchanges }: Rehearsed): Answer => {
  const body: unknown = JSON.parse(exchanges.at(-1)?.text ?? 'null');
  return { body, members: membersOf(body) };
};

/** The result, or the PaymentError: anything else that is thrown is a crash. */
const outcome = async (rehearsed: Rehearsed, body: unknown, promise: string): Promise<{ readonly value: unknown } | null> => {
  try {
    return { value: await again(rehearsed, withBody(body)) };
  } catch (error) {
    holds(PaymentError.is(error), `${promise}: no crash`, String(error));
    if (PaymentError.is(error)) equal(error.code, 'malformed_response', promise);
    return null;
  }
};

const newWord = 'a_word_of_tomorrow';
const isWord = (value: unknown): value is string => typeof value === 'string' && /^[a-z]+([_.-][a-z]+)*$/.test(value);

/** An amount as some providers write it: `12.34`. */
const isDecimal = (value: unknown): boolean => typeof value === 'string' && /^\d+\.\d+$/.test(value);

/** Whether a member says, or holds, what an object cannot do without: its id, amount or currency. */
export const isEssential = (value: unknown, results: readonly unknown[]): boolean => {
  if (typeof value === 'object' && value !== null) return Object.values(value).some((member) => isEssential(member, results));
  return results.some((result) => {
    const { id, amount, status, providerType }: { readonly providerType?: unknown; readonly id?: unknown; readonly status?: unknown; readonly amount?: { readonly currency: string; readonly minorUnits: number } } = Object(result);
    return value === id || value === status || value === providerType || (amount !== undefined && (typeof value === 'number' || isDecimal(value) || (typeof value === 'string' && value.toUpperCase() === amount.currency) || value === String(amount.minorUnits)));
  });
};

/** Members whose word decides the status: with another one, it is unknown. */
const statusPlaces = async (rehearsed: Rehearsed, { body, members }: Answer): Promise<ReadonlySet<string>> => {
  const results = essencesOf(rehearsed.result);
  const places = new Set<string>();
  for (const { path, value } of members.filter((member) => isWord(member.value) && !isEssential(member.value, results.map((result) => ({ ...Object(result), status: undefined }))))) {
    const promise = `with another word for ${path.join('.')}`;
    const read = await outcome(rehearsed, changed(body, new Map([[placeOf(path), newWord]])), promise);
    holds(read !== null, `${promise} the answer is read`, value);
    const unknown = essencesOf(read?.value).filter((result) => Reflect.get(Object(result), 'status') === 'unknown');
    if (unknown.length > 0) {
      // An attempt may have a finer word beside it.
      const words = [newWord, ...members.map((member) => member.value)];
      for (const result of unknown) oneOf(Reflect.get(Object(result), 'providerStatus'), words, `${promise} the provider's own word is kept`);
      places.add(placeOf(path));
    } else equal(essence(read?.value), essence(rehearsed.result), `${promise} nothing else changes`);
  }
  return places;
};

/** Whatever word stands for another, the answer is read: an unknown status is `unknown`, with the provider's word, and nothing else changes. */
export const readsOtherWords = async (rehearsed: Rehearsed): Promise<void> => {
  const places = await statusPlaces(rehearsed, lastAnswer(rehearsed));
  const withStatus = essencesOf(rehearsed.result).filter((result) => Reflect.has(Object(result), 'status'));
  holds(places.size >= withStatus.length, 'a status that nobody knows is unknown', places.size);
};

const isSameOrUnknown = (seen: readonly unknown[], expected: readonly unknown[], promise: string): void =>
  seen.forEach((one, index) => {
    const status: unknown = Reflect.get(Object(one), 'status');
    equal(essence(status === 'unknown' ? { ...Object(one), status: Reflect.get(Object(expected[index]), 'status') } : one), essence(expected[index]), promise);
  });

/** All optional members null, gone, or beside new ones: the answer says the same. An essential one gone: it says so, or the same. */
export const readsWithoutOptionals = async (rehearsed: Rehearsed): Promise<void> => {
  const answer = lastAnswer(rehearsed);
  const { body, members } = answer;
  const results = essencesOf(rehearsed.result);
  // A status may have other words at the provider, and stand inside another member.
  const decisive = [...(await statusPlaces(rehearsed, answer))].map((place): readonly unknown[] => JSON.parse(place));
  const decides = (path: readonly unknown[]): boolean => decisive.some((place) => path.every((part, index) => part === place[index]));
  const essential = members.filter(({ path, value }) => isEssential(value, results) || decides(path));
  const kept = new Set(essential.map(({ path }) => placeOf(path)));
  const optional = members.filter(({ path }) => !kept.has(placeOf(path)));
  for (const [how, instead] of [['null', null], ['missing', undefined]] as const) {
    const read = await outcome(rehearsed, changed(body, new Map(optional.map(({ path }) => [placeOf(path), instead]))), `with everything optional ${how}`);
    holds(read !== null, `with everything optional ${how} the answer is read`, optional.map(({ path }) => path.join('.')));
    equal(essence(read?.value), essence(rehearsed.result), `with everything optional ${how} the answer says the same`);
    for (const { path } of essential) {
      const without = await outcome(rehearsed, changed(body, new Map([[placeOf(path), instead]])), `with ${path.join('.')} ${how}`);
      if (without !== null) isSameOrUnknown(essencesOf(without.value), results, `with ${path.join('.')} ${how} the answer is malformed, or says the same, or that its status is unknown`);
    }
  }
  const more = await outcome(rehearsed, withMore(body), 'with new members');
  equal(essence(more?.value), essence(rehearsed.result), 'with new members the answer says the same');
};
