import * as z from 'zod';
import { noFailure, path, readWire, type EventReading, type Operations, type OperationName, type PaymentAttemptReading, type RefundReading, type SetupIntentReading } from '../adapter.js';

const text = z.string().nullable().default(null);
const time = z.union([z.string(), z.number()]).nullable().default(null);

const setup = z.object({ id: z.string().min(1), status: z.string(), customer: text, method: text, secret: text, action: text, failure: text, updated: time, metadata: z.unknown().optional() });

/** A setup of the fake provider, as its adapter reads it. */
const readSetup = (json: unknown): SetupIntentReading => {
  const { id, status, customer, method, secret, action, failure, updated, metadata } = readWire(setup, json);
  return {
    id,
    status,
    livemode: false,
    clientSecret: secret,
    customer,
    paymentMethod: method,
    paymentMethodTypes: null,
    usage: null,
    description: null,
    metadata,
    returnUrl: null,
    createdAt: null,
    updatedAt: updated,
    nextAction: action === null ? null : { type: 'redirect', url: action, returnUrl: null },
    canceledAt: null,
    cancellationReason: null,
    lastSetupError: failure === null ? null : { ...noFailure, reason: 'card_declined', providerCode: failure },
    raw: json,
  };
};

const refund = z.object({ id: z.string().min(1), status: text, amount: z.int(), currency: z.string().default('eur'), payment: text, reason: text, updated: time, metadata: z.unknown().optional() });

/** A refund of the fake provider, as its adapter reads it. */
export const readRefund = (json: unknown): RefundReading => {
  const { id, status, amount, currency, payment, reason, updated, metadata } = readWire(refund, json);
  return {
    id,
    status,
    amount,
    currency,
    scale: null,
    livemode: false,
    paymentIntent: payment,
    payment: null,
    reason,
    pendingReason: null,
    failureReason: null,
    metadata,
    createdAt: null,
    updatedAt: updated,
    raw: json,
  };
};

const attempt = z.object({ id: z.string().min(1), status: z.string(), amount: z.int(), captured: z.int().nullable().default(null), refunded: z.int().nullable().default(null) });

const readAttempt = (json: unknown): PaymentAttemptReading => {
  const { id, status, amount, captured, refunded } = readWire(attempt, json);
  return {
    id,
    status,
    detailedStatus: null,
    amount,
    currency: 'eur',
    scale: null,
    amountCaptured: captured,
    amountRefunded: refunded,
    fee: null,
    livemode: false,
    paymentIntent: null,
    failure: null,
    paymentMethodType: 'card',
    card: { brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2030, funding: null, country: null },
    authorizationExpiresAt: null,
    createdAt: null,
    updatedAt: null,
    raw: json,
  };
};

const event = z.object({ id: z.string().min(1), type: z.string().min(1), at: time, live: z.boolean().nullable().default(null), setup: z.unknown().optional(), refund: z.unknown().optional() });

/** An event of the fake provider, as its adapter reads it. */
export const readEvent = (json: unknown): EventReading => {
  const { id, type, at, live, setup: ofSetup, refund: ofRefund } = readWire(event, json);
  return {
    id,
    providerType: type,
    type: type === 'setup.done' ? 'setup_intent.succeeded' : type === 'refund.changed' ? 'refund.updated' : null,
    livemode: live,
    createdAt: at,
    subject: ofSetup !== undefined ? { kind: 'setup_intent', reading: readSetup(ofSetup) } : ofRefund !== undefined ? { kind: 'refund', reading: readRefund(ofRefund) } : null,
    raw: json,
  };
};

const page = z.object({ data: z.array(z.unknown()), next: text });
const pageOf =
  <T>(read: (json: unknown) => T) =>
  ({ json }: { readonly json: unknown }) => {
    const { data, next } = readWire(page, json);
    return { items: data.map(read), hasMore: next !== null, nextCursor: next };
  };

const setupResponse = ({ json }: { readonly json: unknown }) => readSetup(json);
const refundResponse = ({ json }: { readonly json: unknown }) => readRefund(json);

/** The fake provider's operations on everything but payments. */
export const otherOperations: Operations<Exclude<OperationName, `paymentIntents.${string}`>> = {
  'setupIntents.create': {
    accepts: ['customer', 'paymentMethod', 'confirm', 'usage', 'currency', 'returnUrl', 'metadata'],
    request: ({ customer, paymentMethod, confirm, usage, currency, returnUrl, metadata }) => ({
      method: 'POST',
      path: '/setups',
      body: { customer, paymentMethod, confirm, usage, currency, returnUrl, metadata },
    }),
    response: setupResponse,
  },
  'setupIntents.retrieve': { accepts: [], request: ({ id }) => ({ method: 'GET', path: path`/setups/${id}` }), response: setupResponse },
  'setupIntents.update': {
    accepts: ['description', 'metadata'],
    request: ({ id, description, metadata }) => ({ method: 'PATCH', path: path`/setups/${id}`, body: { description, metadata } }),
    response: setupResponse,
  },
  'setupIntents.confirm': {
    accepts: ['paymentMethod'],
    request: ({ id, paymentMethod }) => ({ method: 'POST', path: path`/setups/${id}/confirm`, body: { paymentMethod } }),
    response: setupResponse,
  },
  'setupIntents.cancel': { accepts: ['reason'], request: ({ id, reason }) => ({ method: 'POST', path: path`/setups/${id}/cancel`, body: { reason } }), response: setupResponse },
  'setupIntents.list': { accepts: ['limit', 'cursor', 'customer'], request: ({ limit, cursor, customer }) => ({ method: 'GET', path: '/setups', query: { limit, cursor, customer } }), response: pageOf(readSetup) },
  'refunds.create': {
    accepts: ['amount', 'reason', 'metadata'],
    request: ({ id, amount, reason, metadata }) => ({ method: 'POST', path: '/refunds', body: { payment: id, amount: amount?.units, reason, metadata } }),
    response: refundResponse,
  },
  'refunds.retrieve': { accepts: [], request: ({ id }) => ({ method: 'GET', path: path`/refunds/${id}` }), response: refundResponse },
  'refunds.update': { accepts: ['metadata'], request: ({ id, metadata }) => ({ method: 'PATCH', path: path`/refunds/${id}`, body: { metadata } }), response: refundResponse },
  'refunds.cancel': { accepts: [], request: ({ id }) => ({ method: 'POST', path: path`/refunds/${id}/cancel`, body: {} }), response: refundResponse },
  'refunds.list': {
    accepts: ['limit', 'cursor', 'paymentIntent'],
    request: ({ limit, cursor, paymentIntent }) => ({ method: 'GET', path: '/refunds', query: { limit, cursor, payment: paymentIntent } }),
    response: pageOf(readRefund),
  },
  'attempts.retrieve': { accepts: [], request: ({ id }) => ({ method: 'GET', path: path`/attempts/${id}` }), response: ({ json }) => readAttempt(json) },
  'events.retrieve': { accepts: [], request: ({ id }) => ({ method: 'GET', path: path`/events/${id}` }), response: ({ json }) => readEvent(json) },
  'events.list': { accepts: ['limit', 'cursor', 'providerType', 'createdFrom'], request: ({ limit, cursor, providerType, createdFrom }) => ({ method: 'GET', path: '/events', query: { limit, cursor, type: providerType, from: createdFrom } }), response: pageOf(readEvent) },
};
