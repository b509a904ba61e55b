import { readWire, type PaymentIntentReading } from '@oneintent/core/adapter';
import { readPayment } from '../read.js';
import { paymentFlow } from './wire.js';

/** A payment flow of any date since 2025-11-06. */
export const readPaymentFlow = (json: unknown): PaymentIntentReading => {
  const flow = readWire(paymentFlow, json);
  const own = {
    customer: flow.customer_id ?? flow.customer,
    paymentMethod: flow.payment_method_id ?? flow.payment_method,
    authorizationExpiresAt: flow.expired_at === null ? null : { at: flow.expired_at, source: 'payment_flow.expired_at' },
  };
  return readPayment(flow, own, json);
};
