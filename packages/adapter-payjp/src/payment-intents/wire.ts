import * as z from 'zod';
import { commonPayment, optional } from '../wire.js';

/** A payment intent of 2025-08-05: no currency, no cancellation, no last error; half of its keys may be missing. Source: the SDK's model document. */
export const paymentIntent = z.object({
  ...commonPayment,
  customer: optional(z.string()),
  payment_method: optional(z.string()),
});
