import { paymentIntentStatuses, type KnownPaymentIntentStatus, type PaymentIntentStatus } from '../model/payment-intent.js';
import { paymentIntentTransitions } from './transitions.js';

const reachableFrom = (start: KnownPaymentIntentStatus): ReadonlySet<KnownPaymentIntentStatus> => {
  const seen = new Set<KnownPaymentIntentStatus>([start]);
  // A Set also visits what is added while it is walked.
  for (const status of seen) for (const { from, to } of paymentIntentTransitions) if (from === status) seen.add(to);
  return seen;
};

const reachable = new Map(paymentIntentStatuses.map((status) => [status, reachableFrom(status)] as const));

/** The statuses in which an intent may be by now, given the status in a snapshot of unknown age: that one, and all that can follow. */
export const reachableStatuses = (snapshot: PaymentIntentStatus): ReadonlySet<KnownPaymentIntentStatus> =>
  snapshot === 'unknown' ? new Set(paymentIntentStatuses) : (reachable.get(snapshot) ?? new Set(paymentIntentStatuses));

/**
 * Whether an operation that is legal from certain statuses may be tried on an intent last seen in `snapshot`. Refuses only what is legal from no
 * reachable status: a capture on an old `requires_payment_method` may well be right by now, a confirm on `succeeded` never is.
 */
export const mayBeLegal = (legalFrom: readonly KnownPaymentIntentStatus[], snapshot: PaymentIntentStatus): boolean => {
  const now = reachableStatuses(snapshot);
  return legalFrom.some((status) => now.has(status));
};
