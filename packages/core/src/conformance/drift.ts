import { changed, membersOf, pathKey, pathText, type Path } from './exchanges.js';

/** One way in which a provider's answer differs from what it was: what was done, the answer, and what stands in it now that did not. */
export interface Drift {
  readonly how: string;
  readonly body: unknown;
  readonly instead: readonly unknown[];
}

const aTime = '2031-05-06T07:08:09Z';
const longText = 'much '.repeat(500).trim();

/** Texts that look like the one that is there, and say something that it does not. */
const nearText = (text: string): readonly unknown[] => (/^\d+\.\d+$/.test(text) ? [`-${text}`, `${text}5`, Number(text)] : []);

/** What can stand in place of a value: other types, and what its own type has at its edges. */
const insteadOf = (value: unknown): readonly unknown[] => {
  if (value === null) return [7, 'text', {}, []];
  if (Array.isArray(value)) return [null, 7, 'text', {}, [null], [7, {}]];
  switch (typeof value) {
    case 'string':
      return [null, 7, {}, [value], '', longText, ...nearText(value)];
    case 'number':
      return [null, '', 'text', String(value), -value - 1, value + 1.5, aTime, {}, [value], true];
    case 'boolean':
      return [null, String(value), Number(!value), {}, []];
    default:
      return [null, 7, 'text', {}, [value]];
  }
};

/** The same JSON value with another member at a path; by `undefined`: without it. */
const withAnother = (value: unknown, [part, ...rest]: Path, instead: unknown): unknown => {
  const own: unknown = Reflect.get(Object(value), part ?? '');
  const next = rest.length === 0 ? instead : withAnother(own, rest, instead);
  return Array.isArray(value) ? value.with(Number(part), next) : { ...Object(value), [String(part)]: next };
};

type Member = ReturnType<typeof membersOf>[number];

const aloneOf = (body: unknown, { path, value }: Member): readonly Drift[] => {
  const gone = withAnother(body, path, undefined);
  return [
    { how: `${pathText(path)} gone`, body: gone, instead: [] },
    { how: `${pathText(path)} under another name`, body: withAnother(gone, [...path.slice(0, -1), `${String(path.at(-1))}_anew`], value), instead: [] },
    ...insteadOf(value).map((instead) => ({ how: `${pathText(path)} as ${JSON.stringify(instead).slice(0, 40)}`, body: withAnother(body, path, instead), instead: [instead] })),
  ];
};

/** Every answer that differs from one in a single member: gone, null, of another name, of another type, or not what its type usually is. */
export const driftsOf = (body: unknown, members: readonly Member[]): readonly Drift[] => members.flatMap((member) => aloneOf(body, member));

/** Answers in which all of these members differ in one way at once: none of them may hold another. */
export const driftsTogether = (body: unknown, members: readonly Member[]): readonly Drift[] => {
  const ways = members.map(({ path, value }) => ({ path, others: [undefined, ...insteadOf(value)] }));
  return Array.from({ length: Math.max(0, ...ways.map(({ others }) => others.length)) }, (_, way) => {
    const change = new Map(ways.flatMap(({ path, others }) => (way < others.length ? [[pathKey(path), others[way]] as const] : [])));
    return { how: `[${ways.map(({ path }) => pathText(path)).join(', ')}] in their way ${way}`, body: changed(body, change), instead: [...change.values()] };
  });
};

/** The members that drift: of a list, those of its first item. */
export const driftingMembers = (body: unknown): readonly Member[] => membersOf(body).filter(({ path }) => path.every((part) => typeof part === 'string' || part === 0));
