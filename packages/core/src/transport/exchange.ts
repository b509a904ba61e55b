// One request and its whole response, or the reason why there is none. No retry, no redirect, no exception. The caller's time is kept whatever `fetch` does.
import type { $Fetch, createFetch } from 'ofetch';
import type { WireAnswer } from '../contract/adapter.js';
import { networkCause, type NetworkCause } from './network-cause.js';

/**
 * The `fetch` that carries the exchanges: any that follows the standard. It must not repeat a request by itself. One that knows that no byte of a request
 * left may say so by an error with `neverSent: true`: only then is the outcome `not_sent`.
 */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** One request, ready to be sent. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What came of one request: a response, or none. `not_called`: it failed before `fetch` was called, so nothing can have been sent. */
export type ExchangeResult =
  | { readonly type: 'answer'; readonly answer: WireAnswer; readonly unusable: 'redirect' | 'too_large' | null }
  | { readonly type: 'lost'; readonly why: 'network' | 'timeout' | 'aborted' | 'not_called'; readonly sent: boolean; readonly cause: NetworkCause | null };

/** The largest response that is read, in bytes after decompression. An object of a provider has some kilobytes. */
const maximumResponseBytes = 5_000_000;

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The global fetch is looked up at each call, so that what replaces it later (a test, an instrumentation) is used. */
const globalFetch: Fetch = (input, init) => globalThis.fetch(input, init);

/** What makes an ofetch, once it is loaded: by the first exchange, since loading it starts the runtime's own fetch. */
let makeFetch: typeof createFetch | null = null;

const clients = new WeakMap<Fetch, $Fetch>();

/** An ofetch over a fetch: made once for each. */
const clientOver = (make: typeof createFetch, fetch: Fetch): $Fetch => {
  const made = clients.get(fetch) ?? make({ fetch: fetch as typeof globalThis.fetch });
  clients.set(fetch, made);
  return made;
};

/** Some frameworks serve a GET from a cache of their own unless the request says otherwise; some runtimes refuse a request that says so. */
const findCacheOption = (): { readonly cache?: 'no-store' } => {
  try {
    return new Request('https://localhost', { cache: 'no-store' }).cache === 'no-store' ? { cache: 'no-store' } : {};
  } catch {
    return {};
  }
};
/** Found out once, by the first exchange. */
let cacheOption: ReturnType<typeof findCacheOption> | null = null;

/** The body as text; `null` when it is larger than the limit. What is not read is given up, so that it costs no memory. */
const readText = async (response: Response, body: unknown): Promise<string | null> => {
  if (!(body instanceof ReadableStream)) {
    const text = response.body === null ? '' : await response.text();
    return text.length > maximumResponseBytes ? null : text;
  }
  const decoder = new TextDecoder();
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  let [text, bytes] = ['', 0];
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    bytes += chunk.value.byteLength;
    if (bytes > maximumResponseBytes) {
      reader.cancel().catch(() => undefined);
      return null;
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
};

/** A header's value. A fetch of the application's own may give a response whose headers cannot be read: they are not there then, and the request was sent all the same. */
const headerOf = ({ headers }: Response, name: string): string | null => {
  try {
    return headers.get(name);
  } catch {
    return null;
  }
};

/** Lets the microtasks run that are waiting, and those that they start. */
const microtasks = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
};

/** Until when a fetch that minds its signal has rejected: its error may say that nothing was sent. Any other is abandoned. */
const turnsToReject = 100;

/**
 * Sends one request and reads the whole response, once: no retry, no redirect (credentials would travel with it), no exception.
 * `timeout` is in milliseconds and covers the body too. A `fetch` that ignores its signal is abandoned then; what it brings later is dropped.
 */
export const exchange = async (
  request: OutgoingRequest,
  { fetch = globalFetch, signal, timeout }: { readonly fetch?: Fetch; readonly signal?: AbortSignal | undefined; readonly timeout: number },
): Promise<ExchangeResult> => {
  if (signal?.aborted) return { type: 'lost', why: 'aborted', sent: false, cause: null };
  const controller = new AbortController();
  let called = false;

  const work = async (): Promise<ExchangeResult> => {
    makeFetch ??= (await import('ofetch')).createFetch;
    const client = clientOver(makeFetch, fetch);
    cacheOption ??= findCacheOption();
    const response = await client.raw(request.url, {
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      redirect: 'manual',
      ...cacheOption,
      retry: false,
      ignoreResponseError: true,
      responseType: 'stream',
      signal: controller.signal,
      onRequest: () => void (called = true),
    });
    const redirect = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
    const text = await readText(response, response._data);
    const answer: WireAnswer = { status: response.status, header: (name) => headerOf(response, name), json: text === null ? undefined : parseJson(text) };
    return { type: 'answer', answer, unusable: redirect ? 'redirect' : text === null ? 'too_large' : null };
  };

  let stop: (why: 'timeout' | 'aborted') => void = () => undefined;
  const stopped = new Promise<'timeout' | 'aborted'>((resolve) => {
    stop = resolve;
  });
  const onAbort = (): void => stop('aborted');
  const alarm = setTimeout(() => stop('timeout'), timeout);
  signal?.addEventListener('abort', onAbort, { once: true });
  const working = work();
  try {
    const why = await Promise.race([working.then(() => null), stopped]);
    if (why === null) return await working;
    controller.abort();
    const settled = working.then(
      () => true,
      () => true,
    );
    if (await Promise.race([settled, microtasks(turnsToReject).then(() => false)])) return await working;
    return { type: 'lost', why, sent: called, cause: null };
  } catch (error) {
    const cause = networkCause(error);
    const sent = called && !cause.neverSent;
    if (signal?.aborted) return { type: 'lost', why: 'aborted', sent, cause: null };
    if (controller.signal.aborted) return { type: 'lost', why: 'timeout', sent, cause: null };
    if (!called) return { type: 'lost', why: 'not_called', sent: false, cause };
    return { type: 'lost', why: cause.code === 'UND_ERR_CONNECT_TIMEOUT' ? 'timeout' : 'network', sent, cause };
  } finally {
    clearTimeout(alarm);
    signal?.removeEventListener('abort', onAbort);
  }
};
