import type { Fetch } from '../index.js';

/** A request as it left. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
}

/** One exchange that was seen. */
export interface Recorded {
  readonly request: SeenRequest;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const seenRequest = (input: Parameters<Fetch>[0], init: RequestInit | undefined): SeenRequest => ({
  method: init?.method ?? 'GET',
  path: new URL(input instanceof Request ? input.url : input).pathname,
  headers: new Headers(init?.headers),
});

/** A fetch that keeps what it carries. */
export const recording = (fetch: Fetch): { readonly fetch: Fetch; readonly exchanges: readonly Recorded[] } => {
  const exchanges: Recorded[] = [];
  return {
    exchanges,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const text = await response.clone().text();
      exchanges.push({ request: seenRequest(input, init), status: response.status, headers: response.headers, text });
      return response;
    },
  };
};

/** What a replay answers at one exchange instead. */
export type Last = (recorded: Recorded, init: RequestInit | undefined) => Promise<Response> | Response;

/** The same answer again. */
export const asItWas: Last = ({ status, headers, text }) => new Response(text, { status, headers });

/** The answer with another body. */
export const withBody = (body: unknown): Last => ({ status, headers }) => new Response(JSON.stringify(body), { status, headers });

/** The exchange that is a call's own: what it changes things with, or the last where it only reads. What comes after it only looks at what it did. */
export const ownExchange = (exchanges: readonly Recorded[]): Recorded | undefined => exchanges.findLast(({ request }) => request.method !== 'GET') ?? exchanges.at(-1);

/** A fetch that answers as was recorded, without a provider, and at one exchange (the last, unless it is given) as it is told. Beyond that nobody is reached. */
export const replaying = (exchanges: readonly Recorded[], last: Last, at: Recorded | undefined = exchanges.at(-1)): { readonly fetch: Fetch; readonly requests: readonly SeenRequest[] } => {
  const requests: SeenRequest[] = [];
  const left = [...exchanges];
  return {
    requests,
    fetch: async (input, init) => {
      const request = seenRequest(input, init);
      requests.push(request);
      const index = left.findIndex((recorded) => recorded.request.method === request.method && recorded.request.path === request.path);
      const [recorded] = index < 0 ? [] : left.splice(index, 1);
      if (recorded === undefined) throw new TypeError('fetch failed', { cause: Object.assign(new Error('ECONNREFUSED'), { code: 'ECONNREFUSED' }) });
      return recorded === at ? last(recorded, init) : asItWas(recorded, init);
    },
  };
};

/** A place in a JSON value. */
export type Path = readonly (string | number)[];

/** Whether a JSON value is an object with members, rather than a list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every member of every object in a JSON value, with what it is. Members of `metadata` are the application's own and left alone. */
export const membersOf = (value: unknown, at: Path = []): readonly { readonly path: Path; readonly value: unknown }[] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => membersOf(item, [...at, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    { path: [...at, name], value: member },
    ...(name === 'metadata' ? [] : membersOf(member, [...at, name])),
  ]);
};

/** A JSON value in which the members at certain places are replaced; by `undefined`: left out. */
export const changed = (value: unknown, change: ReadonlyMap<string, unknown>, at: Path = []): unknown => {
  if (Array.isArray(value)) return value.map((item, index) => changed(item, change, [...at, index]));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const key = pathKey([...at, name]);
      return [name, change.has(key) ? change.get(key) : changed(member, change, [...at, name])];
    }),
  );
};

/** A place as people write it, such as `cause.message`. */
export const pathText = (path: Path): string => path.join('.');

/** A place as text, as `changed` wants it. */
export const pathKey = (path: Path): string => JSON.stringify(path);

/** A JSON value whose objects all have a member more. */
export const withMore = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withMore);
  if (!isObject(value)) return value;
  const more = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, name === 'metadata' ? member : withMore(member)]));
  return { ...more, something_new: { and_more: [null, 1, 'text'] } };
};

/** A text, and the way to it from where one began, such as `cause.message`. */
export interface Reachable {
  readonly path: Path;
  readonly text: string;
}

/** A name as a part of a way. What is hidden by a symbol is named by it. */
const partOf = (key: string | symbol): string => (typeof key === 'symbol' ? `[${key.description ?? 'symbol'}]` : key);

/** Every text that can be reached from a value without calling anything, with the way to it: what any printer could show. Names of members are texts too. */
export const reachablesOf = (value: unknown, path: Path = [], seen: Set<unknown> = new Set()): readonly Reachable[] => {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  if (value instanceof Map || value instanceof Set) return [...value].flat().flatMap((member, index) => reachablesOf(member, [...path, index], seen));
  return Reflect.ownKeys(value).flatMap((key) => [
    ...(typeof key === 'string' ? [{ path: [...path, 'a name'], text: key }] : []),
    ...reachablesOf(Reflect.get(value, key), [...path, partOf(key)], seen),
  ]);
};

/** Every text that can be reached from a value, as {@link reachablesOf} finds it. */
export const reachableTexts = (value: unknown): readonly string[] => reachablesOf(value).map(({ text }) => text);
