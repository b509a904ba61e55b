import { readWire, type PageReading, type PaymentIntentReading } from '@oneintent/core/adapter';
import { readLastPaymentError } from '../errors.js';
import { readCommon } from '../read.js';
import { list } from '../wire.js';
import { paymentFlow } from './wire.js';

/** The cancellation reason, also in the misspelling that the schema had until 2025-12-16. */
const readReason = (reason: string | null): string | null => (reason === 'abondoned' ? 'abandoned' : reason);

/** A payment flow of any date since 2025-11-06. */
export const readPaymentFlow = (json: unknown): PaymentIntentReading => {
  const flow = readWire(paymentFlow, json);
  return {
    ...readCommon(flow),
    currency: flow.currency ?? 'jpy',
    confirmationMethod: flow.confirmation_method,
    customer: flow.customer_id ?? flow.customer,
    paymentMethod: flow.payment_method_id ?? flow.payment_method,
    receiptEmail: flow.receipt_email,
    setupFutureUsage: flow.setup_future_usage,
    authorizationExpiresAt: flow.expired_at === null ? null : { at: flow.expired_at, source: 'payment_flow.expired_at' },
    canceledAt: flow.canceled_at,
    cancellationReason: readReason(flow.cancellation_reason),
    lastPaymentError: readLastPaymentError(flow.last_payment_error),
    raw: json,
  };
};

/** A page of payment flows. Its cursor is the id of the last one. */
export const readPage = (json: unknown): PageReading => {
  const { data, has_more } = readWire(list, json);
  const items = data.map(readPaymentFlow);
  return { items, hasMore: has_more ?? false, nextCursor: items.at(-1)?.id ?? null };
};
