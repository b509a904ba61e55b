/** What an adapter is made of: the entry for adapters' authors. An adapter is data and pure functions; the core owns every exchange. */
export {
  defineAdapter,
  defineOperations,
  type Adapter,
  type AdapterFacts,
  type AdapterProblem,
  type AnyAdapter,
  type ChangeOperation,
  type Operation,
  type Operations,
  type RequestInput,
  type WireAmount,
  type WireAnswer,
  type WireBody,
  type WireRequest,
  type WireValue,
} from './contract/adapter.js';
export { decimalText, unitsOf, type Units } from './contract/decimal.js';
export { readLimits } from './contract/limits-schema.js';
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
export {
  noFailure,
  type ErrorReading,
  type EventReading,
  type FailureReading,
  type FaultCode,
  type NextActionReading,
  type PageReading,
  type PaymentAttemptReading,
  type PaymentIntentReading,
  type ReadingOf,
  type RefundReading,
  type SetupIntentReading,
  type SubjectReading,
} from './contract/readings.js';
export type { FieldOf, InputOf, Inputs, OperationName } from './operations/index.js';
export type { ProofPlace, SentEvent, WebhookFacts, WebhookScheme } from './contract/webhooks.js';
export { path, readWire, tryWire, type StandardResult, type StandardSchema } from './contract/wire.js';
export { inputError, PaymentError, type PaymentErrorDetails, type PaymentErrorShape, type Problem } from './model/payment-error.js';
export type { ErrorCode, Outcome, Retry } from './errors/codes.js';
export { failureAdvices, failureReasons, type FailureAdvice, type FailureReason } from './model/failure.js';
export { currencyExponent } from './model/money.js';
export type { KnownEventType } from './model/event.js';
export type { MetadataChange, MetadataValue } from './model/metadata.js';
export type { CancellationReason, CaptureMethod, FutureUsage, KnownPaymentIntentStatus } from './model/payment-intent.js';
export type { CardSummary } from './model/payment-attempt.js';
export type { RefundReason } from './model/refund.js';
export type { OffSession, ThreeDSecure } from './model/payment-intent-inputs.js';
export { Secret, type SecretValue } from './model/secret.js';
export type { AdapterPackage, AdapterVariant, EnvironmentVariable } from './config/adapter-package.js';
