import type { KnownPaymentIntentStatus } from '../model/payment-intent.js';
import type { KnownRefundStatus } from '../model/refund.js';
import type { KnownSetupIntentStatus } from '../model/setup-intent.js';

/** What moves an object: an operation of the back end, the customer, the provider's own processing, or the passing of time. */
export type Trigger = 'update' | 'confirm' | 'capture' | 'cancel' | 'customer' | 'provider' | 'time';

/** One change of a status, and what makes it. */
export interface Transition<Status extends string = KnownPaymentIntentStatus> {
  readonly from: Status;
  readonly to: Status;
  readonly by: readonly Trigger[];
}

/**
 * Every change of a payment intent's status that a provider is known to make, as data. `docs/lifecycle.md` draws it.
 * An update may take the payment method away again; a failed authentication or charge returns the intent to `requires_payment_method`;
 * Paypercut cancels an intent by itself at its confirmation limit; an authorisation that runs out is canceled by time.
 */
export const paymentIntentTransitions: readonly Transition[] = [
  { from: 'requires_payment_method', to: 'requires_confirmation', by: ['update'] },
  { from: 'requires_payment_method', to: 'requires_action', by: ['confirm'] },
  { from: 'requires_payment_method', to: 'processing', by: ['confirm'] },
  { from: 'requires_payment_method', to: 'requires_capture', by: ['confirm'] },
  { from: 'requires_payment_method', to: 'succeeded', by: ['confirm'] },
  { from: 'requires_payment_method', to: 'canceled', by: ['cancel', 'confirm', 'time'] },
  { from: 'requires_confirmation', to: 'requires_payment_method', by: ['confirm', 'update'] },
  { from: 'requires_confirmation', to: 'requires_action', by: ['confirm'] },
  { from: 'requires_confirmation', to: 'processing', by: ['confirm'] },
  { from: 'requires_confirmation', to: 'requires_capture', by: ['confirm'] },
  { from: 'requires_confirmation', to: 'succeeded', by: ['confirm'] },
  { from: 'requires_confirmation', to: 'canceled', by: ['cancel', 'confirm', 'time'] },
  { from: 'requires_action', to: 'requires_payment_method', by: ['customer', 'provider', 'update'] },
  { from: 'requires_action', to: 'requires_confirmation', by: ['customer', 'update'] },
  { from: 'requires_action', to: 'processing', by: ['customer'] },
  { from: 'requires_action', to: 'requires_capture', by: ['customer'] },
  { from: 'requires_action', to: 'succeeded', by: ['customer'] },
  { from: 'requires_action', to: 'canceled', by: ['cancel', 'time'] },
  { from: 'processing', to: 'requires_payment_method', by: ['provider'] },
  { from: 'processing', to: 'requires_action', by: ['provider'] },
  { from: 'processing', to: 'requires_capture', by: ['provider'] },
  { from: 'processing', to: 'succeeded', by: ['provider'] },
  { from: 'processing', to: 'canceled', by: ['cancel', 'provider'] },
  { from: 'requires_capture', to: 'succeeded', by: ['capture'] },
  { from: 'requires_capture', to: 'processing', by: ['capture'] },
  { from: 'requires_capture', to: 'canceled', by: ['cancel', 'time'] },
];

/**
 * Every change of a setup intent's status that a provider is known to make, as data. Where the back end cannot confirm (PAY.JP's setup flows), the
 * customer's browser does.
 */
export const setupIntentTransitions: readonly Transition<KnownSetupIntentStatus>[] = [
  { from: 'requires_payment_method', to: 'requires_confirmation', by: ['update'] },
  { from: 'requires_payment_method', to: 'requires_action', by: ['confirm', 'customer'] },
  { from: 'requires_payment_method', to: 'processing', by: ['confirm', 'customer'] },
  { from: 'requires_payment_method', to: 'succeeded', by: ['confirm', 'customer'] },
  { from: 'requires_payment_method', to: 'canceled', by: ['cancel', 'time'] },
  { from: 'requires_confirmation', to: 'requires_payment_method', by: ['confirm', 'update'] },
  { from: 'requires_confirmation', to: 'requires_action', by: ['confirm', 'customer'] },
  { from: 'requires_confirmation', to: 'processing', by: ['confirm', 'customer'] },
  { from: 'requires_confirmation', to: 'succeeded', by: ['confirm', 'customer'] },
  { from: 'requires_confirmation', to: 'canceled', by: ['cancel', 'time'] },
  { from: 'requires_action', to: 'requires_payment_method', by: ['customer', 'provider', 'update'] },
  { from: 'requires_action', to: 'requires_confirmation', by: ['customer', 'update'] },
  { from: 'requires_action', to: 'processing', by: ['customer'] },
  { from: 'requires_action', to: 'succeeded', by: ['customer'] },
  { from: 'requires_action', to: 'canceled', by: ['cancel', 'time'] },
  { from: 'processing', to: 'requires_payment_method', by: ['provider'] },
  { from: 'processing', to: 'requires_action', by: ['provider'] },
  { from: 'processing', to: 'succeeded', by: ['provider'] },
  { from: 'processing', to: 'canceled', by: ['cancel', 'provider'] },
];

/** Every change of a refund's status that a provider is known to make, as data. A bank may return the money after the refund has succeeded: then it fails. */
export const refundTransitions: readonly Transition<KnownRefundStatus>[] = [
  { from: 'pending', to: 'requires_action', by: ['provider'] },
  { from: 'pending', to: 'succeeded', by: ['provider'] },
  { from: 'pending', to: 'failed', by: ['provider'] },
  { from: 'pending', to: 'canceled', by: ['cancel', 'provider'] },
  { from: 'requires_action', to: 'pending', by: ['customer'] },
  { from: 'requires_action', to: 'succeeded', by: ['customer'] },
  { from: 'requires_action', to: 'failed', by: ['provider', 'time'] },
  { from: 'requires_action', to: 'canceled', by: ['cancel', 'time'] },
  { from: 'succeeded', to: 'failed', by: ['provider'] },
];

/** The transitions of each kind of object that has a life of its own. */
export const transitions = { payment_intent: paymentIntentTransitions, setup_intent: setupIntentTransitions, refund: refundTransitions } as const;

/** The kind of an object that has a life of its own. */
export type LivingKind = keyof typeof transitions;

/** The statuses that nothing leaves, of payment intents and of setup intents. */
export const terminalStatuses: ReadonlySet<string> = new Set(['succeeded', 'canceled']);

/** Whether a status is one that nothing leaves. */
export const isTerminal = (kind: LivingKind, status: string): boolean =>
  kind === 'refund' ? ['failed', 'canceled'].includes(status) : terminalStatuses.has(status);
