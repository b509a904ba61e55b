import type { FieldOf, KnownEventType, OperationName } from '@oneintent/core/adapter';

/** The neutral fields that the Stripe shape has for each operation. Source: parameters in the official Node SDK 23.1.0. */
export const stripeFields: { readonly [K in OperationName]: readonly FieldOf<K>[] } = {
  'paymentIntents.create': [
    'amount', 'customer', 'paymentMethod', 'paymentMethodTypes', 'captureMethod', 'confirm', 'returnUrl', 'offSession', 'setupFutureUsage', 'threeDSecure',
    'statementDescriptor', 'receiptEmail', 'description', 'metadata', 'providerOptions',
  ], // prettier-ignore
  'paymentIntents.retrieve': [],
  'paymentIntents.update': [
    'amount', 'customer', 'paymentMethod', 'paymentMethodTypes', 'captureMethod', 'setupFutureUsage', 'threeDSecure', 'statementDescriptor', 'receiptEmail',
    'description', 'metadata', 'providerOptions',
  ], // prettier-ignore
  'paymentIntents.confirm': [
    'paymentMethod', 'paymentMethodTypes', 'captureMethod', 'returnUrl', 'offSession', 'setupFutureUsage', 'threeDSecure', 'receiptEmail', 'providerOptions',
  ], // prettier-ignore
  'paymentIntents.capture': ['amount', 'statementDescriptor', 'metadata', 'providerOptions'],
  'paymentIntents.cancel': ['reason', 'providerOptions'],
  'paymentIntents.list': ['limit', 'cursor', 'customer', 'createdFrom', 'createdBefore'],
  'paymentIntents.incrementAuthorization': ['amount', 'description', 'statementDescriptor', 'metadata', 'providerOptions'],
  'setupIntents.create': [
    'customer', 'paymentMethod', 'paymentMethodTypes', 'usage', 'confirm', 'returnUrl', 'threeDSecure', 'description', 'metadata', 'providerOptions',
  ], // prettier-ignore
  'setupIntents.retrieve': [],
  'setupIntents.update': ['customer', 'paymentMethod', 'paymentMethodTypes', 'threeDSecure', 'description', 'metadata', 'providerOptions'],
  'setupIntents.confirm': ['paymentMethod', 'returnUrl', 'threeDSecure', 'providerOptions'],
  'setupIntents.cancel': ['reason', 'providerOptions'],
  'setupIntents.list': ['limit', 'cursor', 'customer', 'createdFrom', 'createdBefore'],
  'refunds.create': ['amount', 'reason', 'metadata', 'providerOptions'],
  'refunds.retrieve': [],
  'refunds.update': ['metadata'],
  'refunds.cancel': [],
  'refunds.list': ['limit', 'cursor', 'paymentIntent', 'createdFrom', 'createdBefore'],
  'attempts.retrieve': [],
  'events.retrieve': [],
  'events.list': ['limit', 'cursor', 'providerType', 'createdFrom', 'createdBefore'],
};

/** The members that requests of the Stripe shape have. */
export const writtenMembers = [
  'amount', 'amount_to_capture', 'cancellation_reason', 'capture_method', 'confirm', 'created', 'currency', 'customer', 'description', 'final_capture',
  'limit', 'metadata', 'off_session', 'payment_intent', 'payment_method', 'payment_method_options', 'payment_method_types', 'reason', 'receipt_email',
  'return_url', 'setup_future_usage', 'statement_descriptor', 'type', 'usage',
] as const; // prettier-ignore

/** The members that answers of the Stripe shape have, and that are read. */
export const readMembers = [
  'id', 'status', 'amount', 'currency', 'amount_capturable', 'amount_received', 'livemode', 'capture_method', 'confirmation_method', 'client_secret',
  'customer', 'payment_method', 'payment_method_types', 'latest_charge', 'charges', 'description', 'statement_descriptor', 'receipt_email',
  'setup_future_usage', 'metadata', 'return_url', 'created', 'updated', 'next_action', 'canceled_at', 'cancellation_reason', 'last_payment_error',
  'usage', 'last_setup_error', 'payment_intent', 'charge', 'reason', 'failure_reason', 'pending_reason', 'amount_captured', 'amount_refunded',
] as const; // prettier-ignore

/** The shared types of events, which in the Stripe shape have the same names. Source: event types in the official Node SDK 23.1.0. */
export const sharedEvents = [
  'payment_intent.created', 'payment_intent.processing', 'payment_intent.requires_action', 'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded', 'payment_intent.payment_failed', 'payment_intent.canceled', 'setup_intent.created', 'setup_intent.requires_action',
  'setup_intent.succeeded', 'setup_intent.setup_failed', 'setup_intent.canceled', 'refund.created', 'refund.updated', 'refund.failed',
] as const satisfies readonly KnownEventType[]; // prettier-ignore
