import type { AnyAdapter, WireAnswer, WireBody, WireRequest } from '../contract/adapter.js';
import { honouredKeys } from '../contract/limits.js';
import { vocabulary, type OperationName } from '../operations/definitions.js';
import { backOff, retryAfterSeconds } from './back-off.js';
import { encodeBody, encodeQuery } from './encode.js';
import type { ExchangeAbout, ExchangeEvent, ExchangeHook } from './events.js';
import { exchange, type Fetch, type OutgoingRequest } from './exchange.js';
import { redactHeaders, redactJson, secretsOf } from './redact.js';
import { verdictOf, type Verdict } from './verdict.js';

/** How a client talks: everything that touches the world, injectable. Times are in milliseconds. */
export interface Transport {
  readonly fetch: Fetch | undefined;
  readonly clock: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** `count` random bytes. */
  readonly random: (count: number) => Uint8Array;
  readonly attemptTimeout: number;
  /** How often an exchange is repeated at most, where it may be repeated. */
  readonly retries: number;
  readonly onExchange: ExchangeHook | undefined;
}

/** One step of an operation: a request to be sent until its meaning is clear or its time is over. */
export interface Step {
  readonly operation: OperationName;
  readonly step: OperationName;
  readonly request: WireRequest;
  readonly key: string | null;
  /** Whether a repeated key keeps the provider from acting twice. */
  readonly protectedByKey: boolean;
  readonly connectedAccount: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
  /** Repetitions at most. */
  readonly retries: number;
}

/** What a step came to, after how many tries. */
export interface Sent {
  readonly verdict: Verdict;
  readonly tries: number;
  /** Whether an earlier try may have acted, so that a refusal of the last one proves nothing. */
  readonly uncertain: boolean;
  readonly requestId: string | null;
  readonly retryAfter: number | null;
}

/** A request with its key, where the provider takes one: in a header, or in the body. */
const withKey = (adapter: AnyAdapter, { body }: WireRequest, key: string | null): { readonly headers: Readonly<Record<string, string>>; readonly content: WireBody | undefined } => {
  const place = key === null ? undefined : honouredKeys(adapter.limits)?.place;
  if (key === null || place === undefined) return { headers: {}, content: body };
  return 'header' in place ? { headers: { [place.header]: key }, content: body } : { headers: {}, content: { ...body, [place.member]: key } };
};

/** The request as it goes out, authorisation included: for the wire only. `content` is its body before it is encoded. */
export const outgoing = (
  adapter: AnyAdapter,
  request: WireRequest,
  key: string | null,
  connectedAccount: string | undefined,
  baseUrl: string,
): OutgoingRequest & { readonly content: WireBody | undefined } => {
  const { headers, content } = withKey(adapter, request, key);
  const body = content === undefined ? undefined : encodeBody(adapter.encoding, content);
  const authorization = Object.entries(adapter.authorization()).map(([name, value]) => [name, value.reveal()] as const);
  return {
    method: request.method,
    url: `${baseUrl}${request.path}${encodeQuery(request.query)}`,
    headers: {
      Accept: 'application/json, application/problem+json',
      ...adapter.headers,
      ...(body === undefined ? {} : { 'Content-Type': body.contentType }),
      ...headers,
      ...(connectedAccount === undefined || adapter.connectedAccountHeader === null ? {} : { [adapter.connectedAccountHeader]: connectedAccount }),
      ...Object.fromEntries(authorization),
    },
    body: body?.text,
    content,
  };
};

const requestIdOf = (adapter: AnyAdapter, answer: WireAnswer | null): string | null => {
  if (answer === null) return null;
  const header = adapter.requestId.headers.map((name) => answer.header(name)).find((value) => value !== null);
  const member = adapter.requestId.members
    .map((path) => path.split('.').reduce((value: unknown, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined), answer.json))
    .find((value) => typeof value === 'string');
  return header ?? (typeof member === 'string' ? member : null);
};

/** Tells an observer, whose own fault is never the payment's; nor is the rejection of one that is asynchronous, which would end the process. */
export const notify = (hook: ExchangeHook, event: ExchangeEvent): void => {
  try {
    const told: unknown = hook(Object.freeze(event));
    Promise.resolve(told).catch(() => undefined);
  } catch {
    // See above.
  }
};

const withoutUndefined = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

const mayRepeat = (verdict: Verdict, step: Step): boolean =>
  verdict.kind === 'failed' &&
  (verdict.retriable === 'always' || (verdict.retriable === 'protected' && (vocabulary[step.step].readsOnly || step.protectedByKey)));

/** A number in [0, 1) from the injected source. */
const fraction = (random: Transport['random']): number => (random(1)[0] ?? 0) / 256;

/** Sends one step, repeating it where that is safe, until its meaning is clear, the tries are used up, or the time is over. Never throws. */
export const send = async (adapter: AnyAdapter, account: string, baseUrl: string, transport: Transport, step: Step): Promise<Sent> => {
  const request = outgoing(adapter, step.request, step.key, step.connectedAccount, baseUrl);
  const about = (tries: number): ExchangeAbout => ({
    provider: adapter.provider,
    account,
    operation: step.operation,
    step: step.step,
    try: tries,
    at: transport.clock(),
  });
  const secrets = transport.onExchange ? secretsOf(adapter) : [];
  let uncertain = false;

  for (let tries = 1; ; tries += 1) {
    const startedAt = transport.clock();
    const timeout = Math.min(transport.attemptTimeout, step.endsAt - startedAt);
    if (transport.onExchange)
      notify(transport.onExchange, {
        ...about(tries),
        type: 'request',
        method: request.method,
        url: request.url,
        headers: redactHeaders(request.headers, adapter.headers),
        body: redactJson(withoutUndefined(request.content), secrets),
      });
    const result = await exchange(request, { ...(transport.fetch && { fetch: transport.fetch }), signal: step.signal, timeout: Math.max(timeout, 1) });
    const verdict = verdictOf(adapter, step.step, result);
    const answer = result.type === 'answer' ? result.answer : null;
    const requestId = requestIdOf(adapter, answer);
    const now = transport.clock();
    if (transport.onExchange)
      notify(transport.onExchange, {
        ...about(tries),
        type: 'response',
        status: answer?.status ?? null,
        body: redactJson(answer?.json ?? null, secrets),
        requestId,
        milliseconds: now - startedAt,
        code: verdict.kind === 'failed' ? verdict.code : verdict.kind === 'declined' ? 'payment_declined' : null,
      });

    const retryAfter = retryAfterSeconds(answer?.header('retry-after') ?? null, now);
    const sent: Sent = { verdict, tries, uncertain, requestId, retryAfter };
    if (verdict.kind !== 'failed' || !mayRepeat(verdict, step) || tries > step.retries) return sent;
    const delay = backOff(tries + 1, fraction(transport.random), retryAfter);
    if (now + delay >= step.endsAt) return sent;
    uncertain ||= verdict.outcome === 'unknown';
    if (transport.onExchange) notify(transport.onExchange, { ...about(tries), type: 'retry', code: verdict.code, delay });
    try {
      await transport.sleep(delay, step.signal);
    } catch {
      return { ...sent, uncertain };
    }
  }
};
