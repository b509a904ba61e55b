import { noFailure, readWire, type NextActionReading, type PageReading, type PaymentIntentReading, type RefundReading, type SetupIntentReading } from '@oneintent/core/adapter';
import { readFailureObject } from './errors.js';
import { list, payment, refund, setup, type Paging } from './wire.js';

/** `next_action`, whose members are published nowhere: it is passed on as it is. The browser SDK needs only the client secret. */
const readNextAction = (json: unknown): NextActionReading | null => {
  if (typeof json !== 'object' || json === null) return null;
  const type: unknown = Reflect.get(json, 'type');
  return { type: 'opaque', providerType: typeof type === 'string' ? type : null, data: json };
};

/** A cancellation reason, also in the misspelling that the schemas had until 2025-12-16. */
const readReason = (reason: string | null): string | null => (reason === 'abondoned' ? 'abandoned' : reason);

/** A payment of any date. Amounts are yen. */
export const readPayment = (json: unknown): PaymentIntentReading => {
  const found = readWire(payment, json);
  return {
    id: found.id,
    status: found.status,
    amount: found.amount,
    currency: found.currency ?? 'jpy',
    scale: null,
    amountCapturable: found.amount_capturable,
    amountReceived: found.amount_received,
    livemode: found.livemode,
    captureMethod: found.capture_method,
    confirmationMethod: found.confirmation_method,
    clientSecret: found.client_secret,
    customer: found.customer_id ?? found.customer,
    paymentMethod: found.payment_method_id ?? found.payment_method,
    paymentMethodTypes: found.payment_method_types,
    latestPayment: null,
    description: found.description,
    statementDescriptor: null,
    receiptEmail: found.receipt_email,
    setupFutureUsage: found.setup_future_usage,
    metadata: found.metadata,
    returnUrl: found.return_url,
    createdAt: found.created_at,
    updatedAt: found.updated_at,
    authorizationExpiresAt: found.expired_at === null ? null : { at: found.expired_at, source: 'payment_flow.expired_at' },
    nextAction: readNextAction(found.next_action),
    canceledAt: found.canceled_at,
    cancellationReason: readReason(found.cancellation_reason),
    lastPaymentError: readFailureObject(found.last_payment_error),
    raw: json,
  };
};

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

/** The cursor of the page that comes after these items. Source: every list since 2025-11-06 (by id), every list of 2025-08-05 (by offset). */
const nextCursors: Readonly<Record<Paging, (ids: readonly string[], cursor: string | undefined) => string | null>> = {
  after_id: (ids) => ids.at(-1) ?? null,
  by_offset: (ids, cursor) => (ids.length === 0 ? null : String(Number(cursor ?? 0) + ids.length)),
};

/** A page of a list. `cursor` is the one that was asked with. */
export const readPage = <T extends { readonly id: string }>(paging: Paging, json: unknown, read: (item: unknown) => T, cursor: string | undefined): PageReading<T> => {
  const { data, has_more } = readWire(list, json);
  const items = data.map(read);
  return { items, hasMore: has_more ?? false, nextCursor: nextCursors[paging](items.map(({ id }) => id), cursor) };
};

/**
 * A confirmation that ended without a method has failed, also where the answer does not say why: objects of 2025-08 have no member for it.
 * Source: live integrations take `requires_payment_method` after a confirmation for a failure.
 */
export const afterConfirmation = <T extends PaymentIntentReading | SetupIntentReading>(reading: T, member: 'lastPaymentError' | 'lastSetupError'): T =>
  reading.status === 'requires_payment_method' && Reflect.get(reading, member) === null ? { ...reading, [member]: noFailure } : reading;
