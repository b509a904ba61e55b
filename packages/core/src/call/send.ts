// Step "send": one request of a call, repeated where that is safe, until its meaning is clear, its tries are used up, or its time is over.
import type { AnyAdapter, WireRequest } from '../contract/adapter.js';
import { honouredKeys } from '../contract/limits.js';
import { isRead, type OperationName } from '../operations/index.js';
import { backOff, retryAfterSeconds } from '../transport/back-off.js';
import { classify, type Classification } from '../transport/classify.js';
import type { ExchangeAbout, ExchangeEvent, ExchangeHook } from '../transport/events.js';
import { exchange, type ExchangeResult } from '../transport/exchange.js';
import { networkCause } from '../transport/network-cause.js';
import { outgoing, requestIdOf } from '../transport/outgoing.js';
import { redactHeaders, redactJson, secretsOf } from '../transport/redact.js';
import type { Transport } from '../transport/transport.js';
import { timeLeft, type CallContext } from './context.js';
import { keyProtects } from './protection.js';

/** What one request came to, after how many tries. */
export interface Sent {
  readonly classification: Classification;
  readonly tries: number;
  /** Whether an earlier try may have acted, so that a refusal of the last one proves nothing. */
  readonly uncertain: boolean;
  readonly requestId: string | null;
  /** Seconds that the provider asked to wait. */
  readonly retryAfter: number | null;
}

/** Tells an observer, whose own fault is never the payment's; nor is the rejection of one that is asynchronous, which would end the process. */
export const notify = (hook: ExchangeHook, event: ExchangeEvent): void => {
  try {
    const returned: unknown = hook(Object.freeze(event));
    Promise.resolve(returned).catch(() => undefined);
  } catch {
    // See above.
  }
};

const withoutUndefined = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** A number in [0, 1) from the injected source. */
const fraction = (random: Transport['random']): number => (random(1)[0] ?? 0) / 256;

/** What is sent for a call: its own request, or a look-up on the way. */
export interface Sending {
  readonly operation: OperationName;
  readonly request: () => WireRequest;
  /** Until when: a look-up has the whole rest of the call, what may move money leaves time for a look-up. */
  readonly until: 'endsAt' | 'sendBy';
}

type Outgoing = ReturnType<typeof outgoing>;

/** The request as it goes out. What fails here failed before anything was sent, whatever it was. */
const build = ({ client, key, connectedAccount }: CallContext, { operation, request }: Sending): Outgoing | ExchangeResult => {
  const { adapter, baseUrl, limits } = client;
  try {
    return outgoing(adapter, request(), isRead(operation) || honouredKeys(limits, operation) === null ? null : key, connectedAccount, baseUrl);
  } catch (error) {
    return { type: 'lost', why: 'not_called', sent: false, cause: networkCause(error) };
  }
};

const isBuilt = (built: Outgoing | ExchangeResult): built is Outgoing => !('type' in built);

/** Secrets are searched for only where somebody listens. */
const secretsFor = (adapter: AnyAdapter, hook: ExchangeHook | undefined): readonly string[] => (hook === undefined ? [] : secretsOf(adapter));

/** Sends one request of a call. Never throws. */
export const send = async (call: CallContext, sending: Sending): Promise<Sent> => {
  const { client, signal, amount } = call;
  const { adapter, account, transport, limits } = client;
  const { clock, onExchange, retries } = transport;
  const { operation, until } = sending;
  const built = build(call, sending);
  if (!isBuilt(built)) return { classification: classify(adapter, operation, built), tries: 1, uncertain: false, requestId: null, retryAfter: null };

  const about = (tries: number): ExchangeAbout => ({ provider: adapter.provider, account, operation: call.calledAs, step: operation, try: tries, at: clock() });
  const secrets = secretsFor(adapter, onExchange);
  const isProtected = isRead(operation) || keyProtects(limits, operation, amount);
  const mayRepeat = (found: Classification): boolean => found.kind === 'failed' && (found.retriable === 'always' || (found.retriable === 'protected' && isProtected));
  let uncertain = false;

  for (let tries = 1; ; tries += 1) {
    const startedAt = clock();
    if (onExchange)
      notify(onExchange, {
        ...about(tries),
        type: 'request',
        method: built.method,
        url: built.url,
        headers: redactHeaders(built.headers, adapter.headers),
        body: redactJson(withoutUndefined(built.content), secrets),
      });
    const timeout = Math.max(Math.min(transport.attemptTimeout, timeLeft(call, until)), 1);
    const result = await exchange(built, { ...(transport.fetch && { fetch: transport.fetch }), signal, timeout });
    const classification = classify(adapter, operation, result);
    const answer = result.type === 'answer' ? result.answer : null;
    const requestId = requestIdOf(adapter, answer);
    const now = clock();
    if (onExchange)
      notify(onExchange, {
        ...about(tries),
        type: 'response',
        status: answer?.status ?? null,
        body: redactJson(answer?.json ?? null, secrets),
        requestId,
        milliseconds: now - startedAt,
        code: classification.kind === 'failed' ? classification.code : classification.kind === 'declined' ? 'payment_declined' : null,
      });

    const retryAfter = retryAfterSeconds(answer?.header('retry-after') ?? null, now);
    const sent: Sent = { classification, tries, uncertain, requestId, retryAfter };
    if (classification.kind !== 'failed' || !mayRepeat(classification) || tries > retries) return sent;
    const delay = backOff(tries + 1, fraction(transport.random), retryAfter);
    if (delay >= timeLeft(call, until)) return sent;
    uncertain ||= classification.outcome === 'unknown';
    if (onExchange) notify(onExchange, { ...about(tries), type: 'retry', code: classification.code, delay });
    try {
      await transport.sleep(delay, signal);
    } catch {
      return { ...sent, uncertain };
    }
  }
};
