import { readWire, type PaymentIntentReading } from '@oneintent/core/adapter';
import { readFailureObject } from '../errors.js';
import { readCommon } from '../read.js';
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
    lastPaymentError: readFailureObject(intent.last_payment_error),
    raw: json,
  };
};
