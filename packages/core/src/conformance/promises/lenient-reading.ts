import { PaymentError, type PaymentErrorShape } from '../../index.js';
import { equal, errorInWords, oneOf, PromiseBroken } from '../assertions.js';
import { changed, membersOf, pathKey, pathText, withBody, withMore, type Path } from '../exchanges.js';
import { again, type Rehearsed } from '../rehearsal.js';
import { isSameWord, isWord, wordOfTomorrow } from '../words.js';

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

/** What was read; or the error that says that it cannot be. */
type ReadOutcome = { readonly value: unknown } | { readonly error: PaymentErrorShape };

/** Reads another body. Anything that is thrown but that it could not be read is a crash. */
const outcome = async (rehearsed: Rehearsed, body: unknown, promise: string): Promise<ReadOutcome> => {
  try {
    return { value: await again(rehearsed, withBody(body)) };
  } catch (error) {
    if (!PaymentError.is(error)) throw new PromiseBroken(`${promise}: no crash`, 'an object, or a PaymentError', String(error));
    if (error.code !== 'malformed_response') throw new PromiseBroken(promise, 'an object, or malformed_response', errorInWords(error), error);
    return { error };
  }
};

const valueOf = (read: ReadOutcome, promise: string): unknown => {
  if ('error' in read) throw new PromiseBroken(`${promise} the answer is read`, 'that it is read', errorInWords(read.error), read.error);
  return read.value;
};

/** An amount as some providers write it: `12.34`. */
const isDecimal = (value: unknown): boolean => typeof value === 'string' && /^\d+\.\d+$/.test(value);

interface Essentials {
  readonly id?: unknown;
  readonly status?: unknown;
  readonly providerType?: unknown;
  readonly amount?: { readonly currency: string; readonly minorUnits: number } | null;
}

const isEssentialOf = (value: unknown, { id, status, providerType, amount }: Essentials): boolean =>
  value === providerType ||
  (id !== undefined && (value === id || (typeof value === 'number' && String(value) === id))) ||
  isSameWord(value, status) ||
  (amount !== undefined &&
    amount !== null &&
    (typeof value === 'number' || isDecimal(value) || (typeof value === 'string' && value.toUpperCase() === amount.currency) || value === String(amount.minorUnits)));

/** Whether a member says, or holds, what an object cannot do without: its id, amount or currency. */
export const isEssential = (value: unknown, results: readonly unknown[]): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some((member) => isEssential(member, results))
    : results.some((result) => isEssentialOf(value, Object(result)));

const essentialIds = (value: unknown): readonly unknown[] => essencesOf(value).map((one) => Reflect.get(Object(one), 'id'));

/** Members of which an id is made that does not stand on the wire as it is: with another text there, the id is another. */
const partsOfIds = async (rehearsed: Rehearsed, { body, members }: Answer): Promise<ReadonlySet<string>> => {
  const ids = essentialIds(rehearsed.result);
  const composed = ids.filter((id) => typeof id === 'string' && !members.some(({ value }) => String(value) === id)).map(String);
  const parts = new Set<string>();
  if (composed.length === 0) return parts;
  for (const { path, value } of members) {
    // Another amount could be refused as another payment.
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '' || isEssential(value, essencesOf(rehearsed.result))) continue;
    const read = await outcome(rehearsed, changed(body, new Map([[pathKey(path), typeof value === 'number' ? value + 1 : `${value}x`]])), `with another ${pathText(path)}`);
    const isPart =
      'value' in read
        ? JSON.stringify(essentialIds(read.value)) !== JSON.stringify(ids)
        : // Another id than was asked for is refused as one, and what is no id of this provider's cannot be read at all.
          read.error.problems.some(({ field }) => field === 'id') || composed.some((id) => String(value).length > 2 && id.includes(String(value)));
    if (isPart) parts.add(pathKey(path));
  }
  return parts;
};

/** A word that was replaced, and the statuses that were read then. */
interface TriedWord {
  readonly path: Path;
  readonly value: string;
  readonly word: string;
  readonly statuses: readonly unknown[];
}

const inWords = ({ path, value, word, statuses }: TriedWord): string => `${word} in place of ${value} at ${pathText(path)} is read as ${statuses.map(String).join(', ')}`;

/** Every word that is replaced by one that nobody knows. Holds that it changes nothing, or that a status is unknown then. */
const tryWords = async (rehearsed: Rehearsed, { body, members }: Answer, parts: ReadonlySet<string>): Promise<readonly TriedWord[]> => {
  const others = essencesOf(rehearsed.result).map((result) => ({ ...Object(result), status: undefined }));
  const tried: TriedWord[] = [];
  for (const { path, value } of members) {
    if (!isWord(value) || parts.has(pathKey(path)) || isEssential(value, others)) continue;
    const word = wordOfTomorrow(value);
    const promise = `with ${word} in place of ${value} at ${pathText(path)}`;
    const read = valueOf(await outcome(rehearsed, changed(body, new Map([[pathKey(path), word]])), promise), promise);
    const statuses = essencesOf(read).map((result): unknown => Reflect.get(Object(result), 'status'));
    tried.push({ path, value, word, statuses });
    const unknown = essencesOf(read).filter((_, index) => statuses[index] === 'unknown');
    // An attempt may have a finer word beside it.
    for (const result of unknown) oneOf(Reflect.get(Object(result), 'providerStatus'), [word, ...members.map((member) => member.value)], `${promise} the provider's own word is kept`);
    if (unknown.length === 0) equal(essence(read), essence(rehearsed.result), `${promise} nothing else changes`);
  }
  return tried;
};

const decides = ({ statuses }: TriedWord): boolean => statuses.includes('unknown');

/** Whatever word stands for another, the answer is read: an unknown status is `unknown`, with the provider's word, and nothing else changes. */
export const readsOtherWords = async (rehearsed: Rehearsed): Promise<void> => {
  const answer = lastAnswer(rehearsed);
  const tried = await tryWords(rehearsed, answer, await partsOfIds(rehearsed, answer));
  const withStatus = essencesOf(rehearsed.result).filter((result) => Reflect.has(Object(result), 'status'));
  if (tried.filter(decides).length >= withStatus.length) return;
  const own = withStatus.flatMap((result): readonly unknown[] => [Reflect.get(Object(result), 'providerStatus'), Reflect.get(Object(result), 'status')]);
  const guessed = tried.filter((one) => !decides(one));
  const likely = guessed.filter(({ value }) => own.some((word) => isSameWord(value, word)));
  const [first, ...more] = (likely.length > 0 ? likely : guessed).map(inWords);
  const seen = first === undefined ? 'no word in the answer that decides a status' : `${[first, ...more.slice(0, 4)].join('; ')}${more.length > 4 ? `; and ${more.length - 4} more` : ''}`;
  throw new PromiseBroken('a status that nobody knows is unknown', 'unknown', seen);
};

const isSameOrUnknown = (seen: readonly unknown[], expected: readonly unknown[], promise: string): void =>
  seen.forEach((one, index) => {
    const status: unknown = Reflect.get(Object(one), 'status');
    equal(essence(status === 'unknown' ? { ...Object(one), status: Reflect.get(Object(expected[index]), 'status') } : one), essence(expected[index]), promise);
  });

type AnswerMembers = Answer['members'];

/** In which way members are not there. */
type Way = readonly ['null', null] | readonly ['missing', undefined];

/** What is broken where certain members are not there; `null` where the answer says the same. */
const brokenWithout = async (rehearsed: Rehearsed, body: unknown, members: AnswerMembers, [how, instead]: Way): Promise<PromiseBroken | null> => {
  const promise = `with ${members.map(({ path }) => pathText(path)).join(', ')} ${how}`;
  try {
    const read = valueOf(await outcome(rehearsed, changed(body, new Map(members.map(({ path }) => [pathKey(path), instead]))), promise), promise);
    equal(essence(read), essence(rehearsed.result), `${promise} the answer says the same`);
    return null;
  } catch (error) {
    if (error instanceof PromiseBroken) return error;
    throw error;
  }
};

/** Which members it is that are missed: those that are missed alone, or the fewest that are missed together. */
const missed = async (rehearsed: Rehearsed, body: unknown, members: AnswerMembers, way: Way, whole: PromiseBroken): Promise<PromiseBroken> => {
  const alone: (readonly [string, PromiseBroken])[] = [];
  for (const member of members) {
    const broken = await brokenWithout(rehearsed, body, [member], way);
    if (broken !== null) alone.push([pathText(member.path), broken]);
  }
  const [first, ...others] = alone;
  if (first !== undefined) {
    const [, { about, expected, seen, error }] = first;
    return new PromiseBroken(others.length === 0 ? about : `${about} (and without each of ${others.map(([path]) => path).join(', ')})`, expected, seen, error);
  }
  let [left, broken] = [members, whole];
  for (const member of members) {
    const fewer = left.filter((one) => one !== member);
    const still = await brokenWithout(rehearsed, body, fewer, way);
    if (still !== null) [left, broken] = [fewer, still];
  }
  return broken;
};

/** All optional members null, gone, or beside new ones: the answer says the same. An essential one gone: it says so, or the same. */
export const readsWithoutOptionals = async (rehearsed: Rehearsed): Promise<void> => {
  const answer = lastAnswer(rehearsed);
  const { body, members } = answer;
  const results = essencesOf(rehearsed.result);
  const parts = await partsOfIds(rehearsed, answer);
  // A status may have other words at the provider, and stand inside another member; so may what an id is made of.
  const decisive = [...(await tryWords(rehearsed, answer, parts)).filter(decides).map(({ path }) => path), ...[...parts].map((place): Path => JSON.parse(place))];
  const holdsOne = (path: Path): boolean => decisive.some((place) => path.every((part, index) => part === place[index]));
  const essential = members.filter(({ path, value }) => isEssential(value, results) || holdsOne(path));
  const optional = members.filter((member) => !essential.includes(member));
  const ways: readonly Way[] = [['null', null], ['missing', undefined]];
  for (const way of ways) {
    const whole = await brokenWithout(rehearsed, body, optional, way);
    if (whole !== null) throw await missed(rehearsed, body, optional, way, whole);
    const [how, instead] = way;
    for (const { path } of essential) {
      const read = await outcome(rehearsed, changed(body, new Map([[pathKey(path), instead]])), `with ${pathText(path)} ${how}`);
      if ('value' in read) isSameOrUnknown(essencesOf(read.value), results, `with ${pathText(path)} ${how} the answer is malformed, or says the same, or that its status is unknown`);
    }
  }
  const more = valueOf(await outcome(rehearsed, withMore(body), 'with new members'), 'with new members');
  equal(essence(more), essence(rehearsed.result), 'with new members the answer says the same');
};
