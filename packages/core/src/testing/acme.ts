import * as z from 'zod';
import {
  defineAdapter,
  noFailure,
  path,
  readWire,
  Secret,
  tryWire,
  type AdapterFacts,
  type AnyAdapter,
  type ErrorReading,
  type FaultCode,
  type HonouredKeys,
  type IdempotencyLimits,
  type Limits,
  type OperationName,
  type Operations,
  type PaymentIntentReading,
  type RequestInput,
  type WireBody,
} from '../adapter.js';
import { otherOperations, readEvent } from './acme-objects.js';

/** A payment of the fake provider Acme as it looks on the wire. */
export interface AcmePayment {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly currency?: string;
  readonly scale?: number;
  readonly received?: number;
  readonly capturable?: number;
  readonly created?: string;
  readonly updated?: string | number;
  readonly metadata?: unknown;
  readonly customer?: string;
  readonly failure?: string;
  readonly secret?: string;
  readonly action?: string;
  readonly attempt?: string;
}

const wire = z.object({
  id: z.string().min(1),
  status: z.string().min(1),
  amount: z.int(),
  currency: z.string().default('eur'),
  scale: z.int().nullable().default(null),
  received: z.int().nullable().default(null),
  capturable: z.int().nullable().default(null),
  created: z.string().nullable().default(null),
  updated: z.union([z.string(), z.number()]).nullable().default(null),
  metadata: z.unknown().optional(),
  customer: z.string().nullable().default(null),
  failure: z.string().nullable().default(null),
  secret: z.string().nullable().default(null),
  action: z.string().nullable().default(null),
  attempt: z.string().nullable().default(null),
});

/** A reading in which only the essentials are said. */
export const readingOf = (said: Partial<PaymentIntentReading> = {}): PaymentIntentReading => ({
  id: 'pi_1',
  status: 'requires_payment_method',
  amount: 1000,
  currency: 'eur',
  scale: null,
  amountCapturable: null,
  amountReceived: null,
  livemode: false,
  captureMethod: null,
  confirmationMethod: null,
  clientSecret: null,
  customer: null,
  paymentMethod: null,
  paymentMethodTypes: null,
  latestPayment: null,
  description: null,
  statementDescriptor: null,
  receiptEmail: null,
  setupFutureUsage: null,
  metadata: null,
  returnUrl: null,
  createdAt: null,
  updatedAt: null,
  authorizationExpiresAt: null,
  nextAction: null,
  canceledAt: null,
  cancellationReason: null,
  lastPaymentError: null,
  raw: null,
  ...said,
});

const readPayment = (json: unknown): PaymentIntentReading => {
  const { received, capturable, created, updated, failure, secret, action, attempt, ...same } = readWire(wire, json);
  return readingOf({
    ...same,
    amountReceived: received,
    amountCapturable: capturable,
    createdAt: created,
    updatedAt: updated,
    clientSecret: secret,
    latestPayment: attempt,
    nextAction: action === null ? null : { type: 'redirect', url: action, returnUrl: null },
    lastPaymentError: failure === null ? null : { ...noFailure, reason: 'card_declined', providerCode: failure },
    raw: json,
  });
};

const errorBody = z.object({
  problem: z.string(),
  message: z.string().nullable().default(null),
  field: z.string().nullable().default(null),
  id: z.string().nullable().default(null),
  payment: z.unknown().optional(),
});

const faultCodes: readonly FaultCode[] = [
  'invalid_request', 'authentication', 'permission', 'not_found', 'invalid_state', 'idempotency_key_reused', 'idempotency_in_progress', 'rate_limited',
  'provider_unavailable',
]; // prettier-ignore

const readError = ({ json }: { readonly json: unknown }): ErrorReading => {
  const body = tryWire(errorBody, json);
  if (body === null) return { kind: 'unrecognised' };
  const { problem, message, field, id, payment } = body;
  if (problem === 'declined')
    return {
      kind: 'declined',
      failure: { ...noFailure, reason: 'insufficient_funds', message, providerCode: problem },
      intent: payment === undefined ? null : readPayment(payment),
      id,
      providerCode: problem,
      message,
    };
  return { kind: 'fault', code: faultCodes.find((code) => code === problem) ?? 'invalid_request', providerCode: problem, message, field };
};

const bodyOf = ({ amount, customer, paymentMethod, captureMethod, confirm, returnUrl, description, metadata }: RequestInput<'paymentIntents.create'>): WireBody => ({
  amount: amount.units,
  currency: amount.currency.toLowerCase(),
  customer,
  paymentMethod,
  captureMethod,
  confirm,
  returnUrl,
  description,
  metadata,
});

const response = ({ json }: { readonly json: unknown }): PaymentIntentReading => readPayment(json);
const page = z.object({ data: z.array(z.unknown()), next: z.string().nullable().default(null) });

const operations: Operations<OperationName> = {
  ...otherOperations,
  'paymentIntents.create': {
    accepts: ['amount', 'customer', 'paymentMethod', 'captureMethod', 'confirm', 'returnUrl', 'description', 'metadata', 'providerOptions'],
    request: (input) => ({ method: 'POST', path: '/payments', body: bodyOf(input) }),
    response,
  },
  'paymentIntents.retrieve': { accepts: [], request: ({ id }) => ({ method: 'GET', path: path`/payments/${id}` }), response },
  'paymentIntents.update': {
    accepts: ['amount', 'description', 'metadata'],
    request: ({ id, description, metadata }) => ({ method: 'PATCH', path: path`/payments/${id}`, body: { description, metadata } }),
    response,
  },
  'paymentIntents.confirm': {
    accepts: ['paymentMethod', 'returnUrl'],
    request: ({ id, paymentMethod, returnUrl }) => ({ method: 'POST', path: path`/payments/${id}/confirm`, body: { paymentMethod, returnUrl } }),
    response,
  },
  'paymentIntents.capture': {
    accepts: ['amount'],
    request: ({ id, amount }) => ({ method: 'POST', path: path`/payments/${id}/capture`, body: { amount: amount?.units } }),
    response,
  },
  'paymentIntents.cancel': {
    accepts: ['reason'],
    request: ({ id, reason }) => ({ method: 'POST', path: path`/payments/${id}/cancel`, body: { reason } }),
    response,
  },
  'paymentIntents.list': {
    accepts: ['limit', 'cursor', 'customer'],
    request: ({ limit, cursor, customer }) => ({ method: 'GET', path: '/payments', query: { limit, cursor, customer } }),
    response: ({ json }) => {
      const { data, next } = readWire(page, json);
      return { items: data.map(readPayment), hasMore: next !== null, nextCursor: next };
    },
  },
  'paymentIntents.incrementAuthorization': {
    accepts: ['amount'],
    request: ({ id, amount }) => ({ method: 'POST', path: path`/payments/${id}/increment`, body: { amount: amount.units } }),
    response,
  },
};

const fact = <T>(value: T) => ({ value, source: 'a fake provider', confidence: 'documented' }) as const;

const acmeKeys: HonouredKeys = {
  honoured: 'documented',
  place: { header: 'Idempotency-Key' },
  alphabet: '[A-Za-z0-9_-]+',
  maximumLength: 64,
  window: 86_400,
  stores: 'every_response',
  inFlight: 'refuses',
  repetition: 'replays',
};

export const keys = (said: Partial<HonouredKeys> | { readonly honoured: 'no' } = {}): Pick<Limits, 'idempotency'> => ({
  idempotency: fact<IdempotencyLimits>(said.honoured === 'no' ? said : { ...acmeKeys, ...said }),
});

export const acmeLimits: Limits = {
  currencies: fact(['EUR', 'JPY', 'ISK', 'KWD']),
  amounts: fact({ every: { minimum: 50, maximum: 1_000_000 }, byCurrency: { ISK: { wireExponent: 2, multipleOf: 100 }, KWD: { multipleOf: 10 } } }),
  captureMinimum: fact(null),
  captureMethods: fact(['automatic', 'manual']),
  cancellationReasons: fact(['duplicate', 'requested_by_customer']),
  setupCancellationReasons: fact(['abandoned']),
  refundReasons: fact(['duplicate', 'requested_by_customer']),
  metadata: fact({ maximumKeys: 5, maximumKeyLength: 20, maximumValueLength: 50, valueTypes: ['string', 'integer'] }),
  ...keys(),
  pageSize: fact(100),
  lists: fact('immediate'),
};

/** The API key of the fake provider, to be hunted in every output. */
export const apiKey = 'sk_test_acme_0123456789';

export interface AcmeOptions extends Partial<AdapterFacts> {
  readonly without?: readonly OperationName[];
}

/** The adapter of a fake provider: small, strict, and able to do everything that is not left out. */
export const acme = ({ without = [], ...facts }: AcmeOptions = {}): AnyAdapter => {
  const complete = defineAdapter({
    contract: 1,
    provider: 'acme',
    dialect: null,
    baseUrl: 'https://api.acme.example/v1',
    livemode: false,
    authorization: () => ({ Authorization: new Secret(`Bearer ${apiKey}`) }),
    headers: { 'Acme-Version': '1' },
    encoding: 'json',
    connectedAccountHeader: 'Acme-Account',
    requestId: { headers: ['acme-request'], members: ['trace_id'] },
    replayedHeader: 'acme-replayed',
    shouldRetryHeader: 'acme-should-retry',
    limits: acmeLimits,
    legalFrom: {},
    check: () => [],
    readError,
    webhooks: {
      scheme: { type: 'timestamped_hmac', header: 'acme-signature', timestampKey: 't', signatureKey: 'v1' },
      sends: fact([{ providerType: 'setup.done', type: 'setup_intent.succeeded' }]),
      readEvent,
    },
    operations,
    ...facts,
  });
  const left = Object.entries(complete.operations).filter(([name]) => !without.some((operation) => operation === name));
  return { ...complete, operations: Object.fromEntries(left) };
};
