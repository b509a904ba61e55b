/**
 * One payment model, any provider: the application's entry. Adapters' authors import `@oneintent/core/adapter`, their tests `@oneintent/core/conformance`.
 */
export { createPayments } from './client/create-payments.js';
export type { PaymentsOptions } from './client/configure.js';
export { explain, type Explanation } from './client/explain.js';
export { supports, type Payments, type PaymentsFacts, type PaymentsOf, type Single, type Supporting } from './client/payments.js';
export type { ResumeOptions } from './client/resume.js';
export type { Adapter, AnyAdapter } from './contract/adapter.js';
export type { AmountLimits, Confidence, Fact, IdempotencyLimits, Limits, MetadataLimits } from './contract/limits.js';
export type { CallOptions, Companions, PaymentIntents, PaymentIntentTarget, Resources, VerbsOf, WaitFor } from './contract/resources.js';
export { isOperationName, operationNames, vocabulary, type FieldOf, type InputOf, type Inputs, type OperationName, type VocabularyRow } from './contract/vocabulary.js';
export { errorCodes, type ErrorCode, type Outcome, type Retry } from './errors/codes.js';
export { PaymentError, type PaymentErrorDetails, type PaymentErrorShape, type Problem } from './errors/payment-error.js';
export type { Resume } from './errors/resume.js';
export { compareSnapshots, type SnapshotOrder } from './lifecycle/compare-snapshots.js';
export { mayBeLegal, reachableStatuses } from './lifecycle/legality.js';
export { paymentIntentTransitions, terminalStatuses, type Transition, type Trigger } from './lifecycle/transitions.js';
export type { FailureAdvice, FailureReason, PaymentFailure } from './model/failure.js';
export type { Metadata, MetadataChange, MetadataValue } from './model/metadata.js';
export { currencies, currencyExponent, formatMoney, money, parseMoney, sameMoney, type Money } from './model/money.js';
export type { NextAction } from './model/next-action.js';
export type { Page } from './model/page.js';
export {
  cancellationReasons,
  captureMethods,
  futureUsages,
  paymentIntentStatuses,
  type CancellationReason,
  type CaptureMethod,
  type FutureUsage,
  type KnownPaymentIntentStatus,
  type PaymentIntent,
  type PaymentIntentFacts,
  type PaymentIntentStatus,
} from './model/payment-intent.js';
export type {
  CancelPaymentIntent,
  CapturePaymentIntent,
  ConfirmDetails,
  ConfirmPaymentIntent,
  CreatePaymentIntent,
  IncrementAuthorization,
  ListPaymentIntents,
  OffSession,
  ProviderOptions,
  ThreeDSecure,
  UpdatePaymentIntent,
} from './model/payment-intent-inputs.js';
export { formatRef, parseRef } from './model/ref.js';
export { Secret, type SecretValue } from './model/secret.js';
export { readStoredPaymentIntent, storePaymentIntent, type StoredPaymentIntent, type StoredSecret } from './model/stored.js';
export { toBrowser, type BrowserNextAction, type BrowserPayment } from './model/to-browser.js';
export type { ExchangeAbout, ExchangeEvent, ExchangeHook } from './transport/events.js';
export type { Fetch } from './transport/exchange.js';
