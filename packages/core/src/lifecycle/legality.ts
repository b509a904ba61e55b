import { paymentIntentStatuses } from '../model/payment-intent.js';
import { refundStatuses } from '../model/refund.js';
import { setupIntentStatuses } from '../model/setup-intent.js';
import { transitions, type LivingKind, type Transition } from './transitions.js';

const statuses: { readonly [K in LivingKind]: readonly string[] } = {
  payment_intent: paymentIntentStatuses,
  setup_intent: setupIntentStatuses,
  refund: refundStatuses,
};

const reachableFrom = (table: readonly Transition<string>[], start: string): ReadonlySet<string> => {
  const seen = new Set([start]);
  // A Set also visits what is added while it is walked.
  for (const status of seen) for (const { from, to } of table) if (from === status) seen.add(to);
  return seen;
};

const closure = (kind: LivingKind): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(statuses[kind].map((status) => [status, reachableFrom(transitions[kind], status)] as const));

const reachable: { readonly [K in LivingKind]: ReadonlyMap<string, ReadonlySet<string>> } = {
  payment_intent: closure('payment_intent'),
  setup_intent: closure('setup_intent'),
  refund: closure('refund'),
};

/**
 * The statuses in which an object may be by now, given the status in a snapshot of unknown age: that one, and all that can follow; every one when it
 * is `unknown`.
 */
export const reachableStatuses = (snapshot: string, kind: LivingKind = 'payment_intent'): ReadonlySet<string> =>
  reachable[kind].get(snapshot) ?? new Set(statuses[kind]);

/**
 * Whether an operation that is legal from certain statuses may be tried on an object last seen in `snapshot`. Refuses only what is legal from no
 * reachable status: a capture on an old `requires_payment_method` may well be right by now, a confirm on `succeeded` never is.
 */
export const mayBeLegal = (legalFrom: readonly string[], snapshot: string, kind: LivingKind = 'payment_intent'): boolean => {
  const now = reachableStatuses(snapshot, kind);
  return legalFrom.some((status) => now.has(status));
};
