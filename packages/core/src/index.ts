/**
 * One payment model, any provider: the application's entry. Adapters' authors import `@oneintent/core/adapter`, their tests `@oneintent/core/conformance`.
 */
export { createPayments } from './client/create-payments.js';
export type { PaymentsOptions } from './client/configure.js';
export { explain, type Explanation, type ExplainOptions } from './client/explain.js';
export { supports, type AskSupportsBefore, type Payments, type PaymentsFacts, type PaymentsOf, type OneOperation, type Supporting } from './client/payments.js';
export type { ResumeOptions } from './call/resume.js';
export type { Adapter, AnyAdapter } from './contract/adapter.js';
export { amountLimitsOf, honouredKeys } from './contract/limits.js';
export type {
  AmountLimits,
  Confidence,
  Fact,
  HonouredKeys,
  IdempotencyLimits,
  KeyBehavior,
  LimitOverrides,
  Limits,
  ListFreshness,
  MetadataLimits,
} from './contract/limits.js';
export type { NeutralObject, NeutralObjects, ObjectKind, StatusOf } from './model/kinds.js';
export type { Attempts, Events, PaymentIntents, Refunds, Resources, SetupIntents, VerbsOf } from './operations/index.js';
export type { CallOptions, WaitFor } from './operations/verbs.js';
export type { EventTarget, PaymentAttemptTarget, PaymentIntentTarget, RefundTarget, SetupIntentTarget, Target } from './operations/targets.js';
export {
  isOperationName,
  isRead,
  mayMoveMoney,
  operationNames,
  operationDefinitions,
  type ResultKind,
  type FieldOf,
  type InputOf,
  type Inputs,
  type MoneyOperation,
  type ResultOf,
  type OperationName,
  type PageOperation,
  type SingleOperation,
  type TargetOf,
  type TargetStatus,
  type OperationDefinition,
} from './operations/index.js';
export type { Delivery, ProofPlace, SentEvent, WebhookFacts, Webhooks, WebhookScheme } from './contract/webhooks.js';
export { errorCodes, type ErrorCode, type Outcome, type Retry } from './errors/codes.js';
export { PaymentError, type PaymentErrorDetails, type PaymentErrorShape, type Problem } from './model/payment-error.js';
export type { Resume } from './model/resume.js';
export { compareSnapshots, type SnapshotOrder } from './lifecycle/compare-snapshots.js';
export { mayBeLegal, reachableStatuses } from './lifecycle/legality.js';
export { reduceSnapshot, type Freshness, type Known } from './lifecycle/reduce-snapshot.js';
export { refundable } from './lifecycle/refundable.js';
export {
  isTerminal,
  paymentIntentTransitions,
  refundTransitions,
  setupIntentTransitions,
  terminalStatuses,
  type LivingKind,
  type Transition,
  type Trigger,
} from './lifecycle/transitions.js';
export { eventTypes, type EventTrust, type EventType, type KnownEventType, type LivingObject, type PaymentEvent } from './model/event.js';
export type { ListEvents } from './model/event-inputs.js';
export { failureAdvices, failureReasons, type FailureAdvice, type FailureReason, type PaymentFailure } from './model/failure.js';
export type { Metadata, MetadataChange, MetadataValue } from './model/metadata.js';
export { money, parseMoney } from './model/make-money.js';
export { currencies, currencyExponent, formatMoney, sameMoney, type Money } from './model/money.js';
export type { NextAction } from './model/next-action.js';
export type { Page } from './model/page.js';
export { paymentAttemptStatuses, type CardSummary, type PaymentAttempt, type PaymentAttemptStatus } from './model/payment-attempt.js';
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
export { refundReasons, refundStatuses, type KnownRefundStatus, type Refund, type RefundFacts, type RefundReason, type RefundStatus } from './model/refund.js';
export type { CreateRefund, ListRefunds, UpdateRefund } from './model/refund-inputs.js';
export { setupIntentStatuses, type KnownSetupIntentStatus, type SetupIntent, type SetupIntentFacts, type SetupIntentStatus } from './model/setup-intent.js';
export type { CancelSetupIntent, ConfirmSetupIntent, CreateSetupIntent, ListSetupIntents, UpdateSetupIntent } from './model/setup-intent-inputs.js';
export { Secret, type SecretValue } from './model/secret.js';
export { paymentsFromConfig, paymentsFromEnv } from './config/payments-from.js';
export { requireCapabilities, type Capability } from './config/require-capabilities.js';
export type {
  AccountConfig,
  AccountSettings,
  AnyClientOf,
  ChoiceRequest,
  ClientsOf,
  Selection,
  SelectionConfig,
  SelectionEnvironment,
  SelectionOptions,
} from './config/types.js';
export type { EnvironmentVariables } from './config/read-environment.js';
export type { AdapterLoader, AdapterLoaders, AdapterPackage, AdapterVariant, AnyAdapterPackage, EnvironmentVariable } from './config/adapter-package.js';
export { readStoredPaymentIntent, storePaymentIntent, type StoredPaymentIntent, type StoredSecret } from './model/stored.js';
export { toBrowser, type BrowserNextAction, type BrowserPayment } from './model/to-browser.js';
export type { ExchangeAbout, ExchangeEvent, ExchangeHook } from './transport/events.js';
export type { Fetch } from './transport/exchange.js';
