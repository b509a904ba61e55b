import {
  noFailure,
  readWire,
  tryWire,
  type CancellationReason,
  type CaptureMethod,
  type FailureReading,
  type FailureReason,
  type KnownPaymentIntentStatus,
  type PageReading,
  type PaymentIntentReading,
  type RefundReading,
  type RefundReason,
} from '@oneintent/core/adapter';
import type * as z from 'zod/mini';
import { page, payment, refund, type StateBody } from './wire.js';

/** The phases that say everything themselves. Source: Kontor API guide 4, "States". */
const phases: ReadonlyMap<string, KnownPaymentIntentStatus> = new Map([
  ['working', 'processing'],
  ['held', 'requires_capture'],
  ['paid', 'succeeded'],
  ['closed', 'canceled'],
]);

/** What an open payment waits for: its detail says so. */
const openDetails: ReadonlyMap<string | null, KnownPaymentIntentStatus> = new Map([
  ['no_method', 'requires_payment_method'],
  ['declined', 'requires_payment_method'],
  ['ready', 'requires_confirmation'],
  ['customer_needed', 'requires_action'],
]);

/** The neutral status, or the one word of Kontor's that is not known: the core makes `unknown` of it and keeps it as `providerStatus`. */
const readStatus = ({ phase, detail }: StateBody): string => (phase === 'open' ? (openDetails.get(detail) ?? detail ?? phase) : (phases.get(phase) ?? phase));

/** Kontor's words for when money is taken. Anything else goes through and becomes `unknown`. */
const captureMethods: ReadonlyMap<string | null, CaptureMethod> = new Map([
  ['at_once', 'automatic'],
  ['later', 'manual'],
]);

const reasons: ReadonlyMap<string | null, RefundReason & CancellationReason> = new Map([
  ['double', 'duplicate'],
  ['fraud', 'fraudulent'],
  ['customer_wish', 'requested_by_customer'],
]);

/** Why a closed payment was closed. `ran_out` is never given, only told. */
const closings: ReadonlyMap<string | null, CancellationReason> = new Map([...reasons, ['ran_out', 'expired']]);

const failureReasons: ReadonlyMap<string | null, FailureReason> = new Map([
  ['refused', 'card_declined'],
  ['no_funds', 'insufficient_funds'],
  ['too_old', 'expired_card'],
  ['not_authenticated', 'authentication_failed'],
  ['bounced', 'processing_error'],
]);

/** A decline, by Kontor's code for it. The code is kept, whether it is known or not. */
export const readFailure = (code: string | null, message: string | null): FailureReading => ({
  ...noFailure,
  reason: failureReasons.get(code) ?? 'unknown',
  message,
  providerCode: code,
});

const readBody = (body: z.infer<typeof payment>, raw: unknown): PaymentIntentReading => {
  const status = readStatus(body.state);
  return {
    id: body.id,
    status,
    amount: body.amount,
    currency: body.currency,
    scale: 2,
    amountCapturable: body.held,
    amountReceived: body.taken,
    livemode: body.test === null ? null : !body.test,
    captureMethod: captureMethods.get(body.capture) ?? body.capture,
    confirmationMethod: null,
    clientSecret: null,
    customer: body.customer,
    paymentMethod: body.method,
    paymentMethodTypes: null,
    latestPayment: null,
    description: body.note,
    statementDescriptor: null,
    receiptEmail: null,
    setupFutureUsage: null,
    metadata: body.tags,
    returnUrl: null,
    createdAt: body.made,
    updatedAt: body.changed,
    authorizationExpiresAt: null,
    nextAction: body.redirect && { type: 'redirect', url: body.redirect.url, returnUrl: null },
    canceledAt: status === 'canceled' ? body.changed : null,
    cancellationReason: status === 'canceled' ? (closings.get(body.state.detail) ?? body.state.detail) : null,
    lastPaymentError: body.decline && readFailure(body.decline.code, body.decline.text),
    raw,
  };
};

/** A payment. */
export const readPayment = (json: unknown): PaymentIntentReading => readBody(readWire(payment, json), json);

/** A payment inside another object, where it may be missing or incomplete. */
export const tryPayment = (json: unknown): PaymentIntentReading | null => {
  const body = tryWire(payment, json);
  return body === null ? null : readBody(body, json);
};

/** A refund. `returned` is the only end that Kontor documents; any other word is kept as unknown. */
export const readRefund = (json: unknown): RefundReading => {
  const body = readWire(refund, json);
  return {
    id: body.id,
    status: body.state.phase === 'returned' ? 'succeeded' : body.state.phase,
    amount: body.amount,
    currency: body.currency,
    scale: 2,
    livemode: body.test === null ? null : !body.test,
    paymentIntent: body.payment,
    payment: null,
    reason: reasons.get(body.reason) ?? body.reason,
    pendingReason: null,
    failureReason: null,
    metadata: body.tags,
    createdAt: body.made,
    updatedAt: null,
    raw: json,
  };
};

/** A page of anything. The cursor is handed on as it is: what is in it is Kontor's own affair. */
export const readPage = <T>(json: unknown, read: (item: unknown) => T): PageReading<T> => {
  const { results, next } = readWire(page, json);
  return { items: results.map(read), hasMore: next !== null, nextCursor: next };
};
