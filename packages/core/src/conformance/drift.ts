import { changed, membersOf, placeOf, type Path } from './exchanges.js';

/** One way in which a provider's answer differs from what it was: what was done, the answer, and what stands in it that did not. */
export interface Drift {
  readonly how: string;
  readonly body: unknown;
  readonly instead: unknown;
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
      return [null, '', 'text', String(value), -value - 1, value + 0.5, aTime, {}, [value], true];
    case 'boolean':
      return [null, String(value), Number(!value), {}, []];
    default:
      return [null, 7, 'text', {}, [value]];
  }
};

const at = (path: Path): string => path.join('.');

/** The same JSON value, in which one member of one object has another name. */
const renamed = (value: unknown, [part, ...rest]: Path): unknown => {
  if (Array.isArray(value)) return value.map((item, index) => (index === part ? renamed(item, rest) : item));
  return Object.fromEntries(Object.entries(Object(value)).map(([name, member]) => (name !== part ? [name, member] : rest.length === 0 ? [`${name}_anew`, member] : [name, renamed(member, rest)])));
};

/** Every answer that differs from one in one member: gone, null, of another name, of another type, or not what its type usually is. Of a list, in its first item. */
export const driftsOf = (body: unknown): readonly Drift[] =>
  membersOf(body)
    .filter(({ path }) => path.every((part) => typeof part === 'string' || part === 0))
    .flatMap(({ path, value }) => {
      const withAnother = (instead: unknown): unknown => changed(body, new Map([[placeOf(path), instead]]));
      return [
        { how: `${at(path)} gone`, body: withAnother(undefined), instead: undefined },
        ...(value === null ? [] : [{ how: `${at(path)} under another name`, body: renamed(body, path), instead: undefined }]),
        ...insteadOf(value).map((instead) => ({ how: `${at(path)} as ${JSON.stringify(instead).slice(0, 40)}`, body: withAnother(instead), instead })),
      ];
    });
