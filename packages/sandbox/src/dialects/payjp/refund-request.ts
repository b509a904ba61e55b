import * as z from 'zod';
import { metadata } from './request.js';

/** What every request for a refund says beside its payment. Omitted amount: see the switch `refundWithoutAmount`. */
export const refundFields = {
  amount: z.int().min(1).max(9_999_999).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata,
};

/** The body of an update: metadata, and nothing else. */
export const refundUpdate = z.strictObject({ metadata }).transform((body) => body.metadata);
