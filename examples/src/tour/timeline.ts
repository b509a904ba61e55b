import type { ExchangeEvent, PaymentIntent } from '@oneintent/core';

/** One request and its answer, as far as they can be shown. */
export interface Exchange {
  /** The operation of this request; another than the call's when the library looks something up or goes in steps. */
  readonly operation: string;
  readonly method: string;
  /** The path, with `{id}` for the payment's own id. */
  readonly path: string;
  /** What is worth seeing of the query or body: `amount=1000 confirm=true`. */
  readonly sent: string;
  /** `null` when no answer came. */
  readonly status: number | null;
  /** What is worth seeing of the answer, when it is no success. */
  readonly answer: string;
  /** Whether it repeats the request before it, under the same idempotency key. */
  readonly repeats: 'with_the_same_key' | 'without_a_key' | null;
}

/** A call of the application with what went over the wire and what it was told, or a remark. */
export type Step =
  | { readonly type: 'call'; readonly operation: string; readonly exchanges: readonly Exchange[]; readonly told: string }
  | { readonly type: 'note'; readonly text: string };

/** Collects what happens, one scene after the other. */
export interface Timeline {
  readonly onExchange: (event: ExchangeEvent) => void;
  /** Keeps what a call has told. */
  readonly store: (intent: PaymentIntent) => PaymentIntent;
  /** Keeps a snapshot that no call has told. */
  readonly keep: (intent: PaymentIntent) => void;
  readonly tell: (operation: string, result: string) => void;
  readonly note: (text: string) => void;
  /** Every payment that was stored, as it was told last. */
  readonly stored: () => readonly PaymentIntent[];
  /** The media type of the requests, once there was one. */
  readonly mediaType: () => string | null;
  /** What has happened since the last time this was asked. */
  readonly take: () => { readonly steps: readonly Step[]; readonly intents: readonly PaymentIntent[] };
}

/** The members that say what a request asks for, in the order in which they are shown. */
const requestMembers = ['amount', 'off_session', 'currency', 'capture_method', 'confirm', 'request_three_d_secure', 'payment_method', 'payment_method_id', 'amount_to_capture', 'final_capture', 'cancellation_reason'];

/** Ids are long and say little. */
const short = (value: string): string => (value.length > 24 ? `${value.slice(0, 8)}…${value.slice(-4)}` : value);

const isShown = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value) && value !== '[redacted]';

/** The leaves of JSON by their last name; the first of a name wins. */
const leaves = (json: unknown): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (isShown(member) && !found.has(name)) found.set(name, String(member));
      visit(member);
    }
  };
  visit(json);
  return found;
};

const sentOf = (url: URL, body: unknown): string => {
  if (url.search !== '') return [...url.searchParams].map(([name, value]) => `${name}=${short(value)}`).join(' ');
  const members = leaves(body);
  return requestMembers.flatMap((name) => (members.has(name) ? [`${name}=${short(members.get(name) ?? '')}`] : [])).join(' ');
};

const answerOf = (event: Extract<ExchangeEvent, { type: 'response' }>): string => {
  if (event.status === null) return 'no answer';
  if (event.code === null) return '';
  const members = leaves(event.body);
  return [...new Set([members.get('code'), members.get('decline_code')])].filter((text) => text !== undefined).join(' ') || event.code;
};

/** `/v1/payment_intents/pi_1/capture` as `/v1/payment_intents/{id}/capture`. */
const withoutId = (path: string): string => path.replace(/^(\/v\d+\/[a-z_]+\/)[^/]+/, '$1{id}');

const headerOf = (headers: Readonly<Record<string, string>>, wanted: string): string | null =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;

export const createTimeline = (): Timeline => {
  const stored = new Map<string, PaymentIntent>();
  let steps: Step[] = [];
  let intents: PaymentIntent[] = [];
  let exchanges: Exchange[] = [];
  let request: Extract<ExchangeEvent, { type: 'request' }> | null = null;
  const keys = new Set<string>();
  let mediaType: string | null = null;

  let called = '';

  const end = (operation: string, told: string): void => {
    steps.push({ type: 'call', operation, exchanges, told });
    exchanges = [];
  };

  const keep = (intent: PaymentIntent): void => {
    stored.set(intent.ref, intent);
    intents.push(intent);
  };

  return {
    onExchange: (event) => {
      if (event.type === 'request') {
        request = event;
        if (exchanges.length === 0) called = event.operation;
        mediaType = headerOf(event.headers, 'content-type') ?? mediaType;
      } else if (event.type === 'response' && request !== null) {
        const url = new URL(request.url);
        const key = headerOf(request.headers, 'idempotency-key');
        const repeats = key !== null && keys.has(key) ? 'with_the_same_key' : request.try === 1 ? null : 'without_a_key';
        if (key !== null) keys.add(key);
        exchanges.push({
          operation: event.step,
          method: request.method,
          path: withoutId(url.pathname),
          sent: sentOf(url, request.body),
          status: event.status,
          answer: answerOf(event),
          repeats,
        });
      }
    },
    store: (intent) => {
      keep(intent);
      end(called, intent.status);
      return intent;
    },
    keep,
    tell: end,
    note: (text) => steps.push({ type: 'note', text }),
    stored: () => [...stored.values()],
    mediaType: () => mediaType,
    take: () => {
      if (exchanges.length > 0) end(called, 'failed');
      const taken = { steps, intents };
      steps = [];
      intents = [];
      return taken;
    },
  };
};
