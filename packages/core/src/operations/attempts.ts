// The operations on payment attempts. They only read.
import { fields, type NoInput, type ResourceDefinitions } from './definition.js';

/** The operations on payment attempts. */
export const attempts = {
  /** Reads the payment attempt behind an intent: what was captured, what was refunded, why it failed, which card it was. */
  retrieve: {
    summary: 'Reads the payment attempt behind an intent: what was captured, what was refunded, why it failed.',
    effect: 'reads',
    target: 'payment_attempt',
    result: 'payment_attempt',
    page: false,
    input: 'none',
    fields: fields<NoInput>({}),
  },
} as const satisfies ResourceDefinitions<'payment_attempt'>;
