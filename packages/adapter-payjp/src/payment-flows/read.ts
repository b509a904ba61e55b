import { readWire, type PaymentIntentReading } from '@oneintent/core/adapter';
import { readFailureObject } from '../errors.js';
import { readCommon, readReason } from '../read.js';
import { paymentFlow } from './wire.js';

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
    lastPaymentError: readFailureObject(flow.last_payment_error),
    raw: json,
  };
};
