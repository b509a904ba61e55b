import type { KnownPaymentIntentStatus } from '../model/payment-intent.js';

/** What moves an intent: an operation of the back end, the customer, the provider's own processing, or the passing of time. */
export type Trigger = 'update' | 'confirm' | 'capture' | 'cancel' | 'customer' | 'provider' | 'time';

export interface Transition {
  readonly from: KnownPaymentIntentStatus;
  readonly to: KnownPaymentIntentStatus;
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

/** The statuses that nothing leaves. */
export const terminalStatuses: ReadonlySet<string> = new Set(['succeeded', 'canceled']);
