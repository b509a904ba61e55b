import { createFetch, type $Fetch } from 'ofetch';
import type { WireAnswer } from '../contract/adapter.js';
import { networkCause, type NetworkCause } from './network-cause.js';

/** The `fetch` that carries the exchanges: any that follows the standard. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** One request, ready to be sent. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What came of one request: an answer, or none. */
export type ExchangeResult =
  | { readonly type: 'answer'; readonly answer: WireAnswer; readonly redirected: boolean }
  | { readonly type: 'lost'; readonly why: 'network' | 'timeout' | 'aborted'; readonly sent: boolean; readonly cause: NetworkCause | null };

const parseJson = (text: unknown): unknown => {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The global fetch is looked up at each call, so that what replaces it later (a test, an instrumentation) is used. */
const globalFetch: Fetch = (input, init) => globalThis.fetch(input, init);

const clients = new WeakMap<Fetch, $Fetch>();

/** An ofetch over a fetch: made once for each, not at every exchange. */
const clientOver = (fetch: Fetch): $Fetch => {
  const made = clients.get(fetch) ?? createFetch({ fetch: fetch as typeof globalThis.fetch });
  clients.set(fetch, made);
  return made;
};

/**
 * Sends one request and reads the whole answer, once: no retry, no redirect (credentials would travel with it), no exception.
 * `timeout` is in milliseconds and covers the body too.
 */
export const exchange = async (
  request: OutgoingRequest,
  { fetch = globalFetch, signal, timeout }: { readonly fetch?: Fetch; readonly signal?: AbortSignal | undefined; readonly timeout: number },
): Promise<ExchangeResult> => {
  if (signal?.aborted) return { type: 'lost', why: 'aborted', sent: false, cause: null };
  const timer = new AbortController();
  const alarm = setTimeout(() => timer.abort(), timeout);
  try {
    const response = await clientOver(fetch).raw(request.url, {
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      redirect: 'manual',
      retry: false,
      ignoreResponseError: true,
      responseType: 'text',
      signal: signal === undefined ? timer.signal : AbortSignal.any([timer.signal, signal]),
    });
    const answer: WireAnswer = { status: response.status, header: (name) => response.headers.get(name), json: parseJson(response._data) };
    return { type: 'answer', answer, redirected: response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400) };
  } catch (error) {
    const cause = networkCause(error);
    if (signal?.aborted) return { type: 'lost', why: 'aborted', sent: !cause.neverSent, cause: null };
    if (timer.signal.aborted) return { type: 'lost', why: 'timeout', sent: !cause.neverSent, cause: null };
    return { type: 'lost', why: cause.code === 'UND_ERR_CONNECT_TIMEOUT' ? 'timeout' : 'network', sent: !cause.neverSent, cause };
  } finally {
    clearTimeout(alarm);
  }
};
