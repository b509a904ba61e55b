import * as z from 'zod';
import { commonPayment, optional } from '../wire.js';

/**
 * A payment flow. From 2025-12-10 it names `customer_id` and `payment_method_id`, before that `customer` and `payment_method`: both are read.
 * Source: official Python SDK at each date; `expired_at` since 2026-04-02.
 */
export const paymentFlow = z.object({
  ...commonPayment,
  customer_id: optional(z.string()),
  customer: optional(z.string()),
  payment_method_id: optional(z.string()),
  payment_method: optional(z.string()),
  expired_at: optional(z.union([z.string(), z.number()])),
});
