import { noFailure, readWire, type NextActionReading, type PageReading, type PaymentIntentReading, type RefundReading, type SetupIntentReading } from '@oneintent/core/adapter';
import type * as z from 'zod';
import { readFailureObject } from './errors.js';
import { list, refund, setup, type commonPayment } from './wire.js';

/** A payment's members that every dialect may have. */
export type CommonPayment = z.infer<z.ZodObject<typeof commonPayment>>;

/** `next_action`, whose members are published nowhere: it is passed on as it is. The browser SDK needs only the client secret. */
const readNextAction = (json: unknown): NextActionReading | null => {
  if (typeof json !== 'object' || json === null) return null;
  const type: unknown = Reflect.get(json, 'type');
  return { type: 'opaque', providerType: typeof type === 'string' ? type : null, data: json };
};

/** A cancellation reason, also in the misspelling that the schemas had until 2025-12-16. */
const readReason = (reason: string | null): string | null => (reason === 'abondoned' ? 'abandoned' : reason);

/** What the dialects spell differently. */
type OwnPart = Pick<PaymentIntentReading, 'customer' | 'paymentMethod' | 'authorizationExpiresAt'>;

/** A payment of any dialect. Amounts are yen. One literal: to spread a part of this many members into another costs ten times as much as all the rest. */
export const readPayment = (payment: CommonPayment, own: OwnPart, raw: unknown): PaymentIntentReading => ({
  id: payment.id,
  status: payment.status,
  amount: payment.amount,
  currency: payment.currency ?? 'jpy',
  scale: null,
  amountCapturable: payment.amount_capturable,
  amountReceived: payment.amount_received,
  livemode: payment.livemode,
  captureMethod: payment.capture_method,
  confirmationMethod: payment.confirmation_method,
  clientSecret: payment.client_secret,
  customer: own.customer,
  paymentMethod: own.paymentMethod,
  paymentMethodTypes: payment.payment_method_types,
  latestPayment: null,
  description: payment.description,
  statementDescriptor: null,
  receiptEmail: payment.receipt_email,
  setupFutureUsage: payment.setup_future_usage,
  metadata: payment.metadata,
  returnUrl: payment.return_url,
  createdAt: payment.created_at,
  updatedAt: payment.updated_at,
  authorizationExpiresAt: own.authorizationExpiresAt,
  nextAction: readNextAction(payment.next_action),
  canceledAt: payment.canceled_at,
  cancellationReason: readReason(payment.cancellation_reason),
  lastPaymentError: readFailureObject(payment.last_payment_error),
  raw,
});

/** A setup of any date. */
export const readSetup = (json: unknown): SetupIntentReading => {
  const found = readWire(setup, json);
  return {
    id: found.id,
    status: found.status,
    livemode: found.livemode,
    clientSecret: found.client_secret,
    customer: found.customer_id ?? found.customer,
    paymentMethod: found.payment_method_id ?? found.payment_method,
    paymentMethodTypes: found.payment_method_types,
    usage: found.usage,
    description: found.description,
    metadata: found.metadata,
    returnUrl: found.return_url,
    createdAt: found.created_at,
    updatedAt: found.updated_at,
    nextAction: readNextAction(found.next_action),
    canceledAt: found.canceled_at,
    cancellationReason: readReason(found.cancellation_reason),
    lastSetupError: readFailureObject(found.last_setup_error),
    raw: json,
  };
};

/** A refund of any date. Amounts are yen. */
export const readRefund = (json: unknown): RefundReading => {
  const found = readWire(refund, json);
  return {
    id: found.id,
    status: found.status,
    amount: found.amount,
    currency: found.currency ?? 'jpy',
    scale: null,
    livemode: found.livemode,
    paymentIntent: found.payment_flow_id ?? found.payment_flow ?? found.payment_intent,
    payment: null,
    reason: found.reason,
    pendingReason: null,
    failureReason: null,
    metadata: found.metadata,
    createdAt: found.created_at,
    updatedAt: found.updated_at,
    raw: json,
  };
};

/** A page whose cursor is the id of its last item. Source: every list since 2025-11-06. */
export const readPageById = <T extends { readonly id: string }>(json: unknown, read: (item: unknown) => T): PageReading<T> => {
  const { data, has_more } = readWire(list, json);
  const items = data.map(read);
  return { items, hasMore: has_more ?? false, nextCursor: items.at(-1)?.id ?? null };
};

/** A page whose cursor is the offset of the next one. Source: every list of 2025-08-05. */
export const readPageByOffset = <T>(json: unknown, read: (item: unknown) => T, { cursor }: { readonly cursor?: string }): PageReading<T> => {
  const { data, has_more } = readWire(list, json);
  const items = data.map(read);
  return { items, hasMore: has_more ?? false, nextCursor: items.length === 0 ? null : String(Number(cursor ?? 0) + items.length) };
};

/**
 * A confirmation that ended without a method has failed, also where the answer does not say why: objects of 2025-08 have no member for it.
 * Source: live integrations take `requires_payment_method` after a confirmation for a failure.
 */
export const afterConfirmation = <T extends PaymentIntentReading | SetupIntentReading>(reading: T, member: 'lastPaymentError' | 'lastSetupError'): T =>
  reading.status === 'requires_payment_method' && Reflect.get(reading, member) === null ? { ...reading, [member]: noFailure } : reading;
