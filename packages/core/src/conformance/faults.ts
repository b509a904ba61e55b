import type { Fetch } from '../index.js';
import type { Harness, Refusals } from './harness.js';

/** What can go wrong with one exchange, as data: what the caller sees, and whether the provider acted before that. */
export interface Fault {
  readonly id: string;
  /** `never`: the request does not reach the provider. `before`: it acts, and then this happens. */
  readonly providerActs: 'never' | 'first';
  /** What the caller's fetch does instead of answering. `signal` is the exchange's own. */
  readonly answer: (signal: AbortSignal | null) => Promise<Response>;
  /** Which of the provider's own refusals it is, where a harness has that, and with which status instead of that one's. */
  readonly own?: { readonly refusal: keyof Refusals; readonly headers?: Readonly<Record<string, string>>; readonly status?: number };
  /** Milliseconds for an exchange, where the fault is that it takes longer. */
  readonly attemptTimeout?: number;
  /** Another fault of which this is only another spelling, by another runtime or for another cause: once it is read, there is no difference. */
  readonly spelling?: string;
  /** The caller gives its call up at this exchange: after the provider has acted, where it does. */
  readonly callerAborts?: true;
  /** Milliseconds by which the caller's clock jumps at this exchange. */
  readonly clockJump?: number;
  /** Seconds that pass, for the caller and for the provider, before an unknown outcome is resumed. */
  readonly resumedAfter?: number;
}

const thrown = (make: () => Error) => async (): Promise<never> => {
  throw make();
};
const withCode = (message: string, code: string, more: object = {}): Error => Object.assign(new Error(message), { code, ...more });
/** Node's fetch wraps the cause; other runtimes throw it as it is. */
const node = (code: string, more: object = {}) => thrown(() => new TypeError('fetch failed', { cause: withCode(code, code, more) }));
const answered = (status: number, body: string, headers: Record<string, string> = {}) => () =>
  Promise.resolve(new Response(body === '' ? null : body, { status, headers: { 'content-type': 'application/json', ...headers } }));

/** Bodies that adapters for `problem+json` and for errors such as Stripe's recognise as the provider's own: members of one do not disturb the other. */
const likelyFormat = (code: string, title: string): string =>
  JSON.stringify({ type: code, title, code, message: title, error: { type: 'api_error', code, message: title } });

const html = '<html><body>Bad gateway</body></html>';

const never = (signal: AbortSignal | null): Promise<Response> =>
  new Promise((_, fail) => {
    const abort = (): void => fail(signal?.reason instanceof Error ? signal.reason : new DOMException('aborted', 'AbortError'));
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
  });

const notReached: readonly Omit<Fault, 'providerActs'>[] = [
  { id: 'refused-connection', answer: node('ECONNREFUSED', { syscall: 'connect' }) },
  {
    id: 'refused-connection-on-every-address',
    spelling: 'refused-connection',
    answer: thrown(
      () => new TypeError('fetch failed', { cause: Object.assign(new AggregateError([withCode('a', 'ECONNREFUSED'), withCode('b', 'ECONNREFUSED')]), { code: 'ECONNREFUSED' }) }),
    ),
  },
  { id: 'name-not-found', spelling: 'refused-connection', answer: node('ENOTFOUND', { syscall: 'getaddrinfo' }) },
  { id: 'name-server-unreachable', spelling: 'refused-connection', answer: node('EAI_AGAIN', { syscall: 'getaddrinfo' }) },
  { id: 'connect-time-out', answer: node('UND_ERR_CONNECT_TIMEOUT') },
  { id: 'refused-connection-in-bun', spelling: 'refused-connection', answer: thrown(() => withCode('Unable to connect. Is the computer able to access the url?', 'ConnectionRefused')) },
  { id: 'refused-connection-in-deno', spelling: 'refused-connection', answer: thrown(() => new TypeError('error sending request for url: client error (Connect): tcp connect error: Connection refused (os error 111)')) },
];

const either: readonly Omit<Fault, 'providerActs'>[] = [
  { id: 'reset', answer: node('ECONNRESET') },
  { id: 'other-side-closed', spelling: 'reset', answer: node('UND_ERR_SOCKET') },
  { id: 'reset-in-bun', spelling: 'reset', answer: thrown(() => withCode('The socket connection was closed unexpectedly.', 'ConnectionClosed')) },
  { id: 'reset-in-deno', spelling: 'reset', answer: thrown(() => new TypeError('error sending request for url: client error (SendRequest): connection closed before message completed')) },
  { id: 'reset-in-workers', spelling: 'reset', answer: thrown(() => new Error('Network connection lost.')) },
  { id: 'error-without-a-code', answer: thrown(() => new TypeError('Failed to fetch')) },
  { id: '500', own: { refusal: 'broken' }, answer: answered(500, likelyFormat('internal_server_error', 'Internal Server Error')) },
  { id: '408', spelling: '500', own: { refusal: 'broken', status: 408 }, answer: answered(408, likelyFormat('request_timeout', 'Request Timeout')) },
  { id: '502-of-a-gateway', answer: answered(502, html, { 'content-type': 'text/html' }) },
  { id: '503', answer: answered(503, html, { 'content-type': 'text/html', 'retry-after': '1' }) },
  { id: '504', answer: answered(504, '') },
  { id: 'redirect', answer: answered(307, '', { location: 'https://elsewhere.example/' }) },
  { id: 'truncated-json', answer: answered(200, '{"id":"pi_1","status":"succee') },
  { id: 'ill-typed-json', answer: answered(200, '{"id":7,"status":"succeeded","amount":"ten"}') },
  { id: 'html-at-200', answer: answered(200, html, { 'content-type': 'text/html' }) },
  { id: 'empty-body', answer: answered(200, '') },
  { id: 'null-body', answer: answered(200, 'null') },
  { id: '409-still-running', own: { refusal: 'stillRunning' }, answer: answered(409, likelyFormat('idempotency_key_in_use', 'Conflict')) },
  { id: '429-of-a-gateway', answer: answered(429, html, { 'content-type': 'text/html', 'retry-after': '2' }) },
  { id: 'slow', spelling: 'reset', answer: never, attemptTimeout: 3 },
];

const ownWords = [
  [500, 'internal_server_error', 'Internal Server Error'],
  [502, 'bad_gateway', 'Bad Gateway'],
  [503, 'service_unavailable', 'Service Unavailable'],
  [504, 'gateway_timeout', 'Gateway Timeout'],
  [408, 'request_timeout', 'Request Timeout'],
] as const;

/** What the provider itself says when it does not know what it has done: any fault inside, a time-out, a request that still runs. */
export const ownFaults: readonly Fault[] = [
  ...ownWords.map(([status, code, title]): Fault => ({ id: `own-${status}`, providerActs: 'first', own: { refusal: 'broken', status }, answer: answered(status, likelyFormat(code, title)) })),
  { id: 'own-409', providerActs: 'first', own: { refusal: 'stillRunning' }, answer: answered(409, likelyFormat('idempotency_key_in_use', 'Conflict')) },
];

/** A refusal in the provider's own format: it says that it has not acted, so there is no fault in which it has. */
const ofTheProvider: readonly Omit<Fault, 'providerActs'>[] = [
  { id: '429', own: { refusal: 'rateLimited' }, answer: answered(429, likelyFormat('rate_limit', 'Too Many Requests')) },
  { id: '429-with-retry-after', own: { refusal: 'rateLimited', headers: { 'retry-after': '1' } }, answer: answered(429, likelyFormat('rate_limit', 'Too Many Requests'), { 'retry-after': '1' }) },
];

const hours = 60 * 60 * 1000;
const reset = node('ECONNRESET');

/** What the caller does, or its clock. */
const ofTheCaller: readonly Omit<Fault, 'providerActs'>[] = [
  { id: 'caller-aborts', answer: never, callerAborts: true },
  { id: 'clock-goes-forward', answer: reset, clockJump: 26 * hours },
  { id: 'clock-goes-back', answer: reset, clockJump: -26 * hours },
  { id: 'resumed-after-days', answer: reset, resumedAfter: 3 * 24 * 60 * 60 },
];

const withAndWithoutAct = (fault: Omit<Fault, 'providerActs'>): readonly Fault[] => [
  { ...fault, id: `${fault.id}-before`, providerActs: 'never' },
  { ...fault, id: `${fault.id}-after`, providerActs: 'first' },
];

/** Every fault of a connection or of an answer, with and without the provider having acted where both can be. */
export const faults: readonly Fault[] = [
  ...[...notReached, ...ofTheProvider].map((fault): Fault => ({ ...fault, providerActs: 'never' })),
  ...either.flatMap(withAndWithoutAct),
];

/** Every fault that lies with the caller: it gives up, its clock jumps, it comes back late. Who injects them has to do what their members say. */
export const callerFaults: readonly Fault[] = ofTheCaller.flatMap(withAndWithoutAct);

/** A fault in the provider's own words, where the harness has them; otherwise as it is. */
export const inOwnWords = ({ refusals = {} }: Pick<Harness, 'refusals'>, fault: Fault): Fault => {
  const own = fault.own && refusals[fault.own.refusal];
  return own === undefined ? fault : { ...fault, answer: answered(fault.own?.status ?? own.status, JSON.stringify(own.body), { ...own.headers, ...fault.own?.headers }) };
};

/** A fetch that meets a fault at certain exchanges, counted from 1. `onHit` runs each time, after the provider has acted. */
export const faulty = (fetch: Fetch, fault: Fault, isHit: (exchange: number) => boolean, onHit: () => void = () => undefined): { readonly fetch: Fetch; readonly hits: () => number } => {
  let exchanges = 0;
  let hits = 0;
  return {
    hits: () => hits,
    fetch: async (input, init) => {
      exchanges += 1;
      if (!isHit(exchanges)) return fetch(input, init);
      hits += 1;
      // What the provider does is not undone by the caller's giving up.
      if (fault.providerActs === 'first') await fetch(input, { ...init, signal: null });
      onHit();
      return fault.answer(init?.signal ?? null);
    },
  };
};
