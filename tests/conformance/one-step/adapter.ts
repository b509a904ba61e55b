import {
  defineAdapter,
  defineOperations,
  noFailure,
  path,
  readWire,
  Secret,
  tryWire,
  type AdapterProblem,
  type CancellationReason,
  type ErrorReading,
  type EventReading,
  type FailureReason,
  type FaultCode,
  type KnownEventType,
  type KnownPaymentIntentStatus,
  type Limits,
  type PaymentIntentReading,
  type RefundReading,
  type SubjectReading,
  type WireAnswer,
} from '@oneintent/core/adapter';
// All of zod, as an author outside this repository may have it: the library asks for a Standard Schema and no more.
import * as z from 'zod';

/** A member that may be missing, null or of a type never seen: then it is null, as nothing hangs on it. */
const optional = <T extends z.ZodType>(schema: T) => schema.nullable().catch(null).default(null);
const text = optional(z.string());
const essential = { id: z.string().min(1), value: z.int().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/), opened: text, changed: text };

const charge = z.object({ ...essential, status: z.string().min(1), source: text, payer: text, memo: text, held_until: text, why: text });
const givenBack = z.object({ ...essential, status: text, charge: text });
const event = z.object({ id: z.string().min(1), type: z.string().min(1), at: text, charge: z.unknown().optional(), return: z.unknown().optional() });
const problem = z.object({ problem: z.object({ code: z.string().min(1), member: text }) });

const statuses: ReadonlyMap<string, KnownPaymentIntentStatus> = new Map([
  ['HELD', 'requires_capture'],
  ['COLLECTING', 'processing'],
  ['WORKING', 'processing'],
  ['TAKEN', 'succeeded'],
  ['VOIDED', 'canceled'],
  // It is over: another attempt is another charge.
  ['FAILED', 'canceled'],
]);
const failureReasons: ReadonlyMap<string, FailureReason> = new Map([
  ['REFUSED', 'card_declined'],
  ['NO_FUNDS', 'insufficient_funds'],
  ['CARD_EXPIRED', 'expired_card'],
]);
const endings: ReadonlyMap<string, CancellationReason> = new Map([['LAPSED', 'expired']]);

const readCharge = (json: unknown): PaymentIntentReading => {
  const { id, status, value, currency, source, payer, memo, opened, changed, held_until: until, why } = readWire(charge, json);
  const isKnown = statuses.has(status);
  return {
    id,
    status: statuses.get(status) ?? status,
    amount: value,
    currency,
    scale: null,
    amountCapturable: status === 'HELD' ? value : isKnown ? 0 : null,
    amountReceived: status === 'TAKEN' ? value : isKnown ? 0 : null,
    livemode: null,
    captureMethod: status === 'HELD' ? 'manual' : null,
    confirmationMethod: null,
    clientSecret: null,
    customer: payer,
    paymentMethod: source,
    paymentMethodTypes: null,
    latestPayment: null,
    description: memo,
    statementDescriptor: null,
    receiptEmail: null,
    setupFutureUsage: null,
    metadata: null,
    returnUrl: null,
    createdAt: opened,
    updatedAt: changed,
    authorizationExpiresAt: status === 'HELD' && until !== null ? { at: until, source: 'held_until' } : null,
    nextAction: null,
    canceledAt: status === 'VOIDED' || status === 'FAILED' ? changed : null,
    cancellationReason: status === 'VOIDED' ? (endings.get(why ?? '') ?? null) : null,
    lastPaymentError: status === 'FAILED' ? { ...noFailure, reason: failureReasons.get(why ?? '') ?? 'unknown', providerCode: why, declineCode: why } : null,
    raw: json,
  };
};

const refundStatuses: ReadonlyMap<string, string> = new Map([
  ['PENDING', 'pending'],
  ['DONE', 'succeeded'],
  ['REJECTED', 'failed'],
]);

const readReturn = (json: unknown): RefundReading => {
  const { id, status, value, currency, charge: of, opened, changed } = readWire(givenBack, json);
  return {
    id,
    status: status === null ? null : (refundStatuses.get(status) ?? status),
    amount: value,
    currency,
    scale: null,
    livemode: null,
    paymentIntent: of,
    payment: null,
    reason: null,
    pendingReason: null,
    failureReason: null,
    metadata: null,
    createdAt: opened,
    updatedAt: changed,
    raw: json,
  };
};

const chargeIn = ({ json }: WireAnswer): PaymentIntentReading => readCharge(readWire(z.object({ charge: z.looseObject({}) }), json).charge);
const returnIn = ({ json }: WireAnswer): RefundReading => readReturn(readWire(z.object({ return: z.looseObject({}) }), json).return);
const chargesOn = z.object({ charges: z.array(z.unknown()), next: text });
const returnsOn = z.object({ returns: z.array(z.unknown()), next: text });

const operations = defineOperations({
  'paymentIntents.create': {
    accepts: ['amount', 'paymentMethod', 'confirm', 'description', 'customer', 'captureMethod'],
    requires: ['paymentMethod', 'confirm', 'description'],
    request: ({ amount, paymentMethod, description, customer, captureMethod }) => ({
      method: 'POST',
      path: '/charges',
      body: { source: paymentMethod, value: amount.units, currency: amount.currency, hold: captureMethod === 'manual', memo: description, payer: customer },
    }),
    response: chargeIn,
  },
  'paymentIntents.retrieve': { accepts: [], request: ({ id }) => ({ method: 'GET', path: path`/charges/${id}` }), response: chargeIn },
  'paymentIntents.capture': {
    accepts: [],
    request: ({ id }) => ({ method: 'POST', path: path`/charges/${id}/collect` }),
    // Answered with nothing.
    response: (answer) => (answer.status === 204 ? null : chargeIn(answer)),
  },
  'paymentIntents.cancel': { accepts: [], request: ({ id }) => ({ method: 'POST', path: path`/charges/${id}/void` }), response: chargeIn },
  'paymentIntents.list': {
    accepts: ['limit', 'cursor'],
    request: ({ limit, cursor }) => ({ method: 'GET', path: '/charges', query: { limit, after: cursor } }),
    response: ({ json }) => {
      const { charges, next } = readWire(chargesOn, json);
      return { items: charges.map(readCharge), hasMore: next !== null, nextCursor: next };
    },
  },
  'refunds.create': {
    accepts: ['amount'],
    requires: ['amount'],
    request: ({ id, amount }) => ({ method: 'POST', path: '/returns', body: { charge: id, value: amount?.units, currency: amount?.currency } }),
    response: returnIn,
  },
  'refunds.retrieve': { accepts: [], request: ({ id }) => ({ method: 'GET', path: path`/returns/${id}` }), response: returnIn },
  'refunds.list': {
    accepts: ['limit', 'cursor', 'paymentIntent'],
    request: ({ limit, cursor, paymentIntent }) => ({ method: 'GET', path: '/returns', query: { limit, after: cursor, charge: paymentIntent } }),
    response: ({ json }) => {
      const { returns, next } = readWire(returnsOn, json);
      return { items: returns.map(readReturn), hasMore: next !== null, nextCursor: next };
    },
  },
});

const guide = 'Pronto guide, 2026-03-01';
const limits: Limits = {
  currencies: { value: ['EUR', 'JPY'], source: guide, confidence: 'documented' },
  amounts: { value: { every: { minimum: 1 } }, source: guide, confidence: 'documented' },
  captureMinimum: { value: null, source: guide, confidence: 'documented' },
  captureMethods: { value: ['automatic', 'manual'], source: guide, confidence: 'documented' },
  cancellationReasons: { value: [], source: guide, confidence: 'documented' },
  setupCancellationReasons: { value: [], source: guide, confidence: 'documented' },
  refundReasons: { value: [], source: guide, confidence: 'documented' },
  metadata: { value: null, source: guide, confidence: 'documented' },
  idempotency: {
    value: {
      honoured: 'documented',
      place: { member: 'request_id' },
      alphabet: '[\\x21-\\x7E]+',
      maximumLength: 45,
      window: 86_400,
      except: ['paymentIntents.capture', 'paymentIntents.cancel'],
      stores: 'successes',
      inFlight: 'queues',
      repetition: 'replays',
    },
    source: guide,
    confidence: 'documented',
  },
  pageSize: { value: 50, source: guide, confidence: 'documented' },
  lists: { value: 'immediate', source: guide, confidence: 'documented' },
};

const codes: ReadonlyMap<string, FaultCode> = new Map([
  ['UNAUTHORISED', 'authentication'],
  ['NOT_FOUND', 'not_found'],
  ['WRONG_STATE', 'invalid_state'],
  ['REQUEST_ID_REUSED', 'idempotency_key_reused'],
  ['STILL_RUNNING', 'idempotency_in_progress'],
  ['TOO_MANY', 'rate_limited'],
  ['BROKEN', 'provider_unavailable'],
  ['BAD_MEMBER', 'invalid_request'],
]);

const readError = ({ json }: WireAnswer): ErrorReading => {
  const body = tryWire(problem, json)?.problem;
  const code = codes.get(body?.code ?? '');
  return body === undefined || code === undefined ? { kind: 'unrecognised' } : { kind: 'fault', code, providerCode: body.code, message: null, field: body.member };
};

const sends = [
  { providerType: 'CHARGE_OPENED', type: 'payment_intent.created' },
  { providerType: 'CHARGE_HELD', type: 'payment_intent.amount_capturable_updated' },
  { providerType: 'CHARGE_WORKING', type: 'payment_intent.processing' },
  { providerType: 'CHARGE_TAKEN', type: 'payment_intent.succeeded' },
  { providerType: 'CHARGE_VOIDED', type: 'payment_intent.canceled' },
  { providerType: 'CHARGE_FAILED', type: 'payment_intent.payment_failed' },
  { providerType: 'RETURN_OPENED', type: 'refund.created' },
  { providerType: 'RETURN_DONE', type: 'refund.updated' },
  { providerType: 'RETURN_REJECTED', type: 'refund.failed' },
] as const satisfies readonly { readonly providerType: string; readonly type: KnownEventType }[];

const readEvent = (json: unknown): EventReading => {
  const body = readWire(event, json);
  const subject: SubjectReading | null =
    tryWire(charge, body.charge) !== null
      ? { kind: 'payment_intent', reading: readCharge(body.charge) }
      : tryWire(givenBack, body.return) !== null
        ? { kind: 'refund', reading: readReturn(body.return) }
        : null;
  const known = sends.find(({ providerType }) => providerType === body.type);
  return { id: body.id, providerType: body.type, type: known?.type ?? null, livemode: null, createdAt: body.at, subject, raw: json };
};

/** It charges what it makes, and nothing waits. */
const check = (operation: string, input: object): readonly AdapterProblem[] =>
  operation === 'paymentIntents.create' && Reflect.get(input, 'confirm') !== true
    ? [{ field: 'confirm', problem: 'is not true, and Pronto charges what it makes', remedy: 'Give confirm: true.', unsupported: true }]
    : [];

/** The adapter for Pronto. */
export const pronto = (apiKey: string) =>
  defineAdapter({
    contract: 1,
    provider: 'pronto',
    dialect: null,
    baseUrl: 'https://api.pronto.example',
    livemode: false,
    authorization: () => ({ Authorization: new Secret(`Bearer ${apiKey}`) }),
    headers: {},
    encoding: 'json',
    connectedAccountHeader: null,
    requestId: { headers: [], members: [] },
    replayedHeader: null,
    shouldRetryHeader: null,
    limits,
    legalFrom: { 'paymentIntents.cancel': { value: ['requires_capture'], source: guide, confidence: 'documented' } },
    check,
    operations,
    readError,
    webhooks: { scheme: { type: 'hmac', in: 'header', name: 'pronto-signature', encoding: 'hex', over: 'address_and_body' }, sends: { value: sends, source: guide, confidence: 'documented' }, readEvent },
  });
