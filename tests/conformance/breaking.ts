import { payjp } from '@oneintent/adapter-payjp';
import { paypercut } from '@oneintent/adapter-paypercut';
import { createPayments, type AnyAdapter, type Fetch, type OperationName, type Payments, type PaymentsOptions } from '@oneintent/core';
import type { ErrorReading, HonouredKeys, IdempotencyLimits, PageReading, PaymentIntentReading, WebhookFacts, WireAnswer, WireBody, WireRequest } from '@oneintent/core/adapter';
import type { Harness } from '@oneintent/core/conformance';
import type { Dialect, Switches } from '@oneintent/sandbox';

/** A good adapter to be broken, and the sandbox that answers it. */
export interface Good {
  readonly adapter: AnyAdapter;
  readonly dialect: Dialect;
  /** Another reading of the provider, which the defect needs to show. */
  readonly switches?: Partial<Switches>;
  /** Another client on it, where the defect is one that no adapter could have: in keys, retries and signatures, which are the core's. */
  readonly connect?: NonNullable<Harness['connect']>;
}

const apiKey = 'sk_test_sandbox';
export const flows: Good = { adapter: payjp({ apiKey }), dialect: 'payjp_payment_flows' };
export const intents: Good = { adapter: payjp({ apiKey, dialect: 'payment_intents' }), dialect: 'payjp_payment_intents' };
export const cut: Good = { adapter: paypercut({ apiKey }), dialect: 'paypercut' };

/** An operation with its types taken off, as defects do not care which it is. */
interface LooseOperation {
  readonly accepts: readonly string[];
  readonly request: (input: object) => WireRequest;
  readonly response: (answer: WireAnswer, input: object) => PaymentIntentReading | PageReading;
}

export const withOperations = ({ adapter, ...good }: Good, change: (operation: LooseOperation, name: string) => LooseOperation): Good => {
  const loose = adapter.operations as unknown as Readonly<Record<string, LooseOperation>>;
  const changed = Object.fromEntries(Object.entries(loose).map(([name, operation]) => [name, change(operation, name)]));
  return { ...good, adapter: { ...adapter, operations: changed as unknown as AnyAdapter['operations'] } };
};

const only = (verb: string, change: (operation: LooseOperation) => LooseOperation) => (operation: LooseOperation, name: string) =>
  name === (verb.includes('.') ? verb : `paymentIntents.${verb}`) ? change(operation) : operation;

export const withRequest = (good: Good, verb: string, change: (request: WireRequest, input: object) => WireRequest): Good =>
  withOperations(good, only(verb, (operation) => ({ ...operation, request: (input) => change(operation.request(input), input) })));

export const withBody = (good: Good, verb: string, change: (body: WireBody) => WireBody): Good =>
  withRequest(good, verb, (request) => ({ ...request, body: change(request.body ?? {}) }));

export const without = (good: Good, verb: string, member: string): Good =>
  withBody(good, verb, (body) => Object.fromEntries(Object.entries(body).filter(([key]) => key !== member)));

export const withReading = (good: Good, change: (reading: PaymentIntentReading) => PaymentIntentReading): Good =>
  withOperations(good, (operation) => ({
    ...operation,
    response: (answer, input) => {
      const reading = operation.response(answer, input);
      return 'items' in reading ? { ...reading, items: reading.items.map(change) } : change(reading);
    },
  }));

export const withPage = (good: Good, change: (page: PageReading) => PageReading, list = 'list'): Good =>
  withOperations(
    good,
    only(list, (operation) => ({
      ...operation,
      response: (answer, input) => {
        const page = operation.response(answer, input);
        return 'items' in page ? change(page) : page;
      },
    })),
  );

export const withErrors = ({ adapter, ...good }: Good, change: (reading: ErrorReading, answer: WireAnswer, operation: string) => ErrorReading): Good => ({
  ...good,
  adapter: { ...adapter, readError: (answer, operation) => change(adapter.readError(answer, operation), answer, operation) },
});

/** Keys as PAY.JP honours them, for a provider that honours none. */
const honoured: HonouredKeys = { honoured: 'documented', place: { header: 'Idempotency-Key' }, alphabet: '[A-Za-z0-9_-]+', maximumLength: 255, window: null, stores: 'unknown', inFlight: 'unknown', repetition: 'unknown' };

const changedKeys = (value: IdempotencyLimits, change: Partial<HonouredKeys> | { readonly honoured: 'no' }): IdempotencyLimits =>
  change.honoured === 'no' ? change : { ...honoured, ...(value.honoured === 'no' ? {} : value), ...change };

export const withKeys = ({ adapter, ...good }: Good, change: Partial<HonouredKeys> | { readonly honoured: 'no' }): Good => ({
  ...good,
  adapter: {
    ...adapter,
    limits: { ...adapter.limits, idempotency: { ...adapter.limits.idempotency, value: changedKeys(adapter.limits.idempotency.value, change) } },
  },
});

export const asFault = (reading: ErrorReading, code: 'invalid_request' | 'invalid_state' | 'not_found' | 'provider_unavailable' | 'rate_limited'): ErrorReading => ({
  kind: 'fault',
  code,
  providerCode: reading.kind === 'unrecognised' ? null : reading.providerCode,
  message: null,
  field: null,
});

export const isFault = (reading: ErrorReading, code: string): boolean => reading.kind === 'fault' && reading.code === code;

/** A time as the core reads it in milliseconds, where it takes numbers for seconds. */
export const inMilliseconds = (at: string | number | null): number | null => (at === null ? null : typeof at === 'number' ? at * 1000 : Date.parse(at));

/** Changes what an adapter reads of one resource's objects, wherever it reads them; `T` is that resource's reading. */
export const withReadingOf = <T>(good: Good, resource: 'setupIntents' | 'refunds' | 'attempts' | 'events', change: (reading: T) => T): Good =>
  withOperations(good, (operation, name) => {
    if (!name.startsWith(`${resource}.`)) return operation;
    // Which reading it is follows from the resource.
    const of = change as unknown as (reading: PaymentIntentReading) => PaymentIntentReading;
    return {
      ...operation,
      response: (answer, input) => {
        const reading = operation.response(answer, input);
        return 'items' in reading ? { ...reading, items: reading.items.map(of) } : of(reading);
      },
    };
  });

/** Declares an operation besides, that reads as another one does. */
export const withOperation = ({ adapter, ...good }: Good, name: string, request: LooseOperation['request'], readsAs: string): Good => {
  const loose = adapter.operations as unknown as Readonly<Record<string, LooseOperation>>;
  const added = { ...loose, [name]: { ...loose[readsAs], accepts: [], requires: [], request } };
  return { ...good, adapter: { ...adapter, operations: added as unknown as AnyAdapter['operations'] } };
};

export const withWebhooks = ({ adapter, ...good }: Good, change: (facts: WebhookFacts) => WebhookFacts): Good => ({
  ...good,
  adapter: { ...adapter, webhooks: adapter.webhooks === null ? null : change(adapter.webhooks) },
});

const clientOf = (options: PaymentsOptions): Payments<OperationName> => createPayments(options) as unknown as Payments<OperationName>;

/** Changes the headers of every request; `spoiling` begins anew in each process of the application. */
export const withHeaders = (good: Good, spoiling: () => (headers: Headers) => void): Good => ({
  ...good,
  connect: ({ fetch: send = fetch, ...options }) => {
    const spoil = spoiling();
    const spoilt: Fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      spoil(headers);
      return send(input, { ...init, headers });
    };
    return clientOf({ ...options, fetch: spoilt });
  },
});

/** A client whose clock is always that of the provider. */
export const withoutClock = (good: Good): Good => ({ ...good, connect: (options, { now = Date.now }) => clientOf({ ...options, clock: now }) });

/** A delivery as it arrived. */
export interface Arrived {
  readonly headers: Headers;
  readonly body: string;
}

/** Changes a delivery that is not a `Request` before it is verified, knowing the secret. */
export const withDelivery = (good: Good, change: (delivery: Arrived, secret: string) => Arrived): Good => ({
  ...good,
  connect: (options) => {
    const client = clientOf(options);
    const verify: typeof client.webhooks.verify = (delivery) => {
      if (delivery instanceof Request) return client.webhooks.verify(delivery);
      const headers = delivery.headers instanceof Headers ? delivery.headers : new Headers(Object.entries(delivery.headers).map(([name, value]): [string, string] => [name, String(value)]));
      const body = typeof delivery.body === 'string' ? delivery.body : new TextDecoder().decode(delivery.body);
      return client.webhooks.verify(change({ headers, body }, String([options.webhookSecret].flat().at(-1))));
    };
    const changed: Payments<OperationName> = Object.create(client, { webhooks: { value: { verify } } });
    return changed;
  },
});
