import { readWire, type PaymentIntentReading } from '@oneintent/core/adapter';
import { readPayment } from '../read.js';
import { paymentIntent } from './wire.js';

/** A payment intent. It names no currency, which means yen. */
export const readPaymentIntent = (json: unknown): PaymentIntentReading => {
  const intent = readWire(paymentIntent, json);
  return readPayment(intent, { customer: intent.customer, paymentMethod: intent.payment_method, authorizationExpiresAt: null }, json);
};
