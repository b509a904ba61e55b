// Which object an operation is about, as an application may say it.
import type { PaymentEvent } from '../model/event.js';
import type { NeutralObjects, ObjectKind } from '../model/kinds.js';
import type { PaymentAttempt } from '../model/payment-attempt.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { Refund } from '../model/refund.js';
import type { SetupIntent } from '../model/setup-intent.js';

/**
 * Which intent an operation is about: a snapshot (any object with `ref` or `id`), a ref of this account (`'jp:pfw_1'`), or the provider's own id
 * (any other text, or `{ id }`). With a snapshot more can be checked before anything is sent.
 */
export type PaymentIntentTarget = string | { readonly id: string; readonly object?: 'payment_intent' } | PaymentIntent;

/** Which setup intent an operation is about. As {@link PaymentIntentTarget}. */
export type SetupIntentTarget = string | { readonly id: string; readonly object?: 'setup_intent' } | SetupIntent;

/** Which refund an operation is about. As {@link PaymentIntentTarget}. */
export type RefundTarget = string | { readonly id: string; readonly object?: 'refund' } | Refund;

/** Which payment attempt an operation is about: its id or ref, an attempt, or the payment intent whose `latestPayment` it is. */
export type PaymentAttemptTarget = string | { readonly id: string; readonly object?: 'payment_attempt' } | PaymentAttempt | PaymentIntent;

/** Which event an operation is about. As {@link PaymentIntentTarget}. */
export type EventTarget = string | { readonly id: string; readonly object?: 'event' } | PaymentEvent;

/** The target of each kind of object. */
export interface Targets {
  readonly payment_intent: PaymentIntentTarget;
  readonly setup_intent: SetupIntentTarget;
  readonly refund: RefundTarget;
  readonly payment_attempt: PaymentAttemptTarget;
  readonly event: EventTarget;
}

/** A kind of object without its target does not compile. */
type Complete = Targets extends Record<ObjectKind, unknown> ? Targets[keyof NeutralObjects] : never;

/** Any target. */
export type Target = Complete;
