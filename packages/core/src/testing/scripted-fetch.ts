import type { Fetch } from '../transport/exchange.js';

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string | null;
  /** The body as JSON; `undefined` when it is none. */
  readonly json: unknown;
  readonly redirect: RequestRedirect | undefined;
  readonly signal: AbortSignal | null;
}

/** What happens to one request: an answer, or an error in place of one. */
export type Reply = (request: Received) => Response | Promise<Response>;

const jsonOf = (body: string | null): unknown => {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
};

/** A fetch that answers from a list, in order, and remembers what it was asked. One request more than there are replies is an error. */
export const scriptedFetch = (...replies: readonly Reply[]): { readonly fetch: Fetch; readonly requests: Received[] } => {
  const requests: Received[] = [];
  const fetch: Fetch = async (input, init) => {
    const body = typeof init?.body === 'string' ? init.body : null;
    const request: Received = {
      method: init?.method ?? 'GET',
      url: new URL(String(input)),
      headers: new Headers(init?.headers),
      body,
      json: jsonOf(body),
      redirect: init?.redirect,
      signal: init?.signal ?? null,
    };
    const reply = replies[requests.length];
    requests.push(request);
    if (reply === undefined) throw new Error(`Nobody expected ${request.method} ${request.url.pathname}.`);
    return reply(request);
  };
  return { fetch, requests };
};

/** An answer in JSON. */
export const answer =
  (status: number, json: unknown, headers: Readonly<Record<string, string>> = {}): Reply =>
  () =>
    new Response(JSON.stringify(json), { status, headers: { 'content-type': 'application/json', ...headers } });

/** An answer whose body is given as it is. */
export const rawAnswer =
  (status: number, body: string | null, headers: Readonly<Record<string, string>> = {}): Reply =>
  () =>
    new Response(body, { status, headers });

/** What Node's fetch throws when the connection fails: a TypeError around the error of the system. */
export const networkError = (code: string, syscall?: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('a message that may quote what was sent'), { code, ...(syscall && { syscall }) }) });

/** The connection fails. */
const fails =
  (code: string, syscall?: string): Reply =>
  () => {
    throw networkError(code, syscall);
  };

/** The request leaves, and its answer is lost. */
export const lost = fails('ECONNRESET', 'read');

/** The request never leaves. */
export const refused = fails('ECONNREFUSED', 'connect');

/** No answer comes until the request is given up. */
export const silence: Reply = ({ signal }) =>
  new Promise((_, fail) => {
    signal?.addEventListener('abort', () => fail(signal.reason), { once: true });
  });
