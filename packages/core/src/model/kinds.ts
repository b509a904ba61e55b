import type { PaymentEvent } from './event.js';
import type { PaymentAttempt, paymentAttemptStatuses } from './payment-attempt.js';
import type { KnownPaymentIntentStatus, PaymentIntent } from './payment-intent.js';
import type { KnownRefundStatus, Refund } from './refund.js';
import type { KnownSetupIntentStatus, SetupIntent } from './setup-intent.js';

/** Every kind of neutral object, by its `object`. */
export interface NeutralObjects {
  readonly payment_intent: PaymentIntent;
  readonly setup_intent: SetupIntent;
  readonly refund: Refund;
  readonly payment_attempt: PaymentAttempt;
  readonly event: PaymentEvent;
}

/** The kind of a neutral object: what its `object` says. */
export type ObjectKind = keyof NeutralObjects;

/** Any neutral object. */
export type NeutralObject = NeutralObjects[ObjectKind];

interface Statuses {
  readonly payment_intent: KnownPaymentIntentStatus;
  readonly setup_intent: KnownSetupIntentStatus;
  readonly refund: KnownRefundStatus;
  readonly payment_attempt: (typeof paymentAttemptStatuses)[number];
  readonly event: never;
}

/** The shared statuses of a kind of object. */
export type StatusOf<T extends ObjectKind> = Statuses[T];
