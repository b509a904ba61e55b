// What an object proves about a confirmation or a creation. Payment intents and setup intents share these rules.
import type { LivingObject } from '../model/event.js';
import type { PaymentFailure } from '../model/failure.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { SetupIntent } from '../model/setup-intent.js';
import type { Asked, Reconciliation } from './definition.js';

/** The statuses that only a confirmation leads to. */
const confirmed = new Set(['requires_action', 'processing', 'requires_capture', 'succeeded', 'canceled']);

/** The failure on an object, where its kind can carry one. */
export const failureOn = (subject: LivingObject): PaymentFailure | null =>
  subject.object === 'payment_intent' ? subject.lastPaymentError : subject.object === 'setup_intent' ? subject.lastSetupError : null;

/** The second in which a time lies: no more is known of the time of a provider that counts in seconds. */
const secondOf = (time: string): string => `${time.slice(0, 19)}.000Z`;

/**
 * Whether a failed attempt came after the request left: the provider's clock says so, or, where it says nothing, there was none before. A snapshot without a
 * failure proves no more by itself: another attempt can have failed since it was taken. It decides what lies within one second.
 */
const failedSince = (intent: PaymentIntent | SetupIntent, { before, since }: Asked): boolean => {
  const { status, updatedAt } = intent;
  if (status !== 'requires_payment_method' || failureOn(intent) === null) return false;
  const isFirst = before !== null && failureOn(before) === null;
  return updatedAt === null ? isFirst : updatedAt > since || (isFirst && updatedAt === secondOf(since));
};

/** What an intent proves about a confirmation of it. */
export const reconcileConfirm = (intent: PaymentIntent | SetupIntent, asked: Asked): Reconciliation => {
  if (intent.status === 'requires_action' && asked.before?.status === 'requires_action') return 'undecided';
  return confirmed.has(intent.status) || failedSince(intent, asked) ? 'done' : 'undecided';
};

/** What an intent that carries the reference proves about its creation. */
export const reconcileCreate = (intent: PaymentIntent | SetupIntent, { confirm }: Asked): Reconciliation =>
  !confirm || confirmed.has(intent.status) || failureOn(intent) !== null ? 'done' : 'undecided';

/** What an intent proves about its cancellation. */
export const reconcileCancel = ({ status }: PaymentIntent | SetupIntent): Reconciliation =>
  status === 'canceled' ? 'done' : status === 'succeeded' ? 'impossible' : 'undecided';

/** A change that leaves no trace by which it could be recognized. */
export const cannotTell = (): Reconciliation => 'undecided';
