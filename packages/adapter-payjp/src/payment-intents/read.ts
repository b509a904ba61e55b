import { readWire, type PageReading, type PaymentIntentReading, type RequestInput } from '@oneintent/core/adapter';
import { readLastPaymentError } from '../errors.js';
import { readCommon } from '../read.js';
import { list } from '../wire.js';
import { paymentIntent } from './wire.js';

/** A payment intent. It names no currency, which means yen. */
export const readPaymentIntent = (json: unknown): PaymentIntentReading => {
  const intent = readWire(paymentIntent, json);
  return {
    ...readCommon(intent),
    currency: intent.currency ?? 'jpy',
    confirmationMethod: intent.confirmation_method,
    customer: intent.customer,
    paymentMethod: intent.payment_method,
    receiptEmail: intent.receipt_email,
    setupFutureUsage: intent.setup_future_usage,
    authorizationExpiresAt: null,
    canceledAt: intent.canceled_at,
    cancellationReason: intent.cancellation_reason,
    lastPaymentError: readLastPaymentError(intent.last_payment_error),
    raw: json,
  };
};

/** A page of payment intents. Its cursor is the offset of the next one. */
export const readPage = (json: unknown, { cursor }: RequestInput<'paymentIntents.list'>): PageReading => {
  const { data, has_more } = readWire(list, json);
  const items = data.map(readPaymentIntent);
  return { items, hasMore: has_more ?? false, nextCursor: items.length === 0 ? null : String(Number(cursor ?? 0) + items.length) };
};
