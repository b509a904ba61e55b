import { z } from 'zod';
import { commonPayment, optional } from '../wire.js';

/** A payment intent of 2025-08-05: no currency, no cancellation, no last error; half of its keys may be missing. Source: the SDK's model document. */
export const paymentIntent = z.object({
  ...commonPayment,
  currency: optional(z.string()),
  confirmation_method: optional(z.string()),
  customer: optional(z.string()),
  payment_method: optional(z.string()),
  receipt_email: optional(z.string()),
  setup_future_usage: optional(z.string()),
  last_payment_error: z.unknown().optional(),
  cancellation_reason: optional(z.string()),
  canceled_at: optional(z.union([z.string(), z.number()])),
});
