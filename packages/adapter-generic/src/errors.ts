import {
  noFailure,
  tryWire,
  type ErrorReading,
  type FailureAdvice,
  type FailureReading,
  type FailureReason,
  type FaultCode,
  type OperationName,
  type PaymentIntentReading,
  type SetupIntentReading,
  type WireAnswer,
} from '@oneintent/core/adapter';
import { errorBody, failure, ofIntent, ofSetup, type ErrorMembers } from './wire.js';

/** What decline codes and codes of errors mean. Source: Stripe's list of decline codes (docs.stripe.com/declines/codes) and the codes in the official Node SDK 23.1.0. */
const reasons: ReadonlyMap<string, FailureReason> = new Map(
  Object.entries({
    card_declined: ['card_declined', 'generic_decline', 'call_issuer', 'no_action_taken', 'try_again_later', 'do_not_try_again', 'stop_payment_order', 'security_violation'],
    insufficient_funds: ['insufficient_funds'],
    expired_card: ['expired_card'],
    incorrect_cvc: ['incorrect_cvc', 'invalid_cvc'],
    incorrect_number: ['incorrect_number', 'invalid_number'],
    invalid_expiry: ['invalid_expiry_month', 'invalid_expiry_year'],
    do_not_honor: ['do_not_honor'],
    fraudulent: ['fraudulent', 'merchant_blacklist'],
    lost_or_stolen_card: ['lost_card', 'stolen_card', 'pickup_card', 'restricted_card'],
    authentication_required: ['authentication_required', 'authentication_not_handled', 'payment_intent_action_required'],
    authentication_failed: ['payment_intent_authentication_failure', 'setup_intent_authentication_failure', 'authentication_failure'],
    processing_error: ['processing_error', 'issuer_not_available', 'reenter_transaction', 'payment_method_provider_timeout'],
    limit_exceeded: ['card_velocity_exceeded', 'withdrawal_count_limit_exceeded', 'invalid_amount', 'charge_exceeds_transaction_limit'],
    not_supported: ['card_not_supported', 'currency_not_supported', 'transaction_not_allowed', 'service_not_allowed', 'not_permitted'],
    test_card_in_live_mode: ['live_mode_test_card', 'testmode_decline'],
    unknown: ['payment_intent_payment_attempt_failed', 'payment_method_provider_decline', 'payment_method_customer_decline'],
  } satisfies Record<FailureReason, readonly string[]>).flatMap(([reason, codes]) => codes.map((code) => [code, reason as FailureReason] as const)),
);

/** Source: the values of `advice_code` (docs.stripe.com/declines/card). */
const adviceCodes: Readonly<Record<string, FailureAdvice>> = { try_again_later: 'retry_later', do_not_try_again: 'do_not_retry', confirm_card_data: 'confirm_card_data' };

/** What to do where there is no advice of the issuer's, by the code. Source: next steps in Stripe's list of decline codes. */
const adviceByCode: ReadonlyMap<string, FailureAdvice> = new Map([
  ...['try_again_later', 'processing_error', 'issuer_not_available', 'reenter_transaction'].map((code) => [code, 'retry_later'] as const),
  ...['do_not_try_again', 'lost_card', 'stolen_card', 'pickup_card', 'fraudulent', 'merchant_blacklist', 'stop_payment_order'].map((code) => [code, 'do_not_retry'] as const),
  ...['expired_card', 'incorrect_cvc', 'invalid_cvc', 'incorrect_number', 'invalid_number', 'invalid_expiry_month', 'invalid_expiry_year'].map(
    (code) => [code, 'confirm_card_data'] as const,
  ),
  ...['authentication_required', 'authentication_not_handled', 'payment_intent_authentication_failure', 'setup_intent_authentication_failure'].map((code) => [code, 'authenticate'] as const),
]);

const first = <T>(table: ReadonlyMap<string, T>, codes: readonly (string | null)[]): T | null =>
  codes.map((code) => (code === null ? undefined : table.get(code))).find((found) => found !== undefined) ?? null;

const readFailure = (error: ErrorMembers): FailureReading => {
  const codes = [error.decline_code, error.code];
  const advised = error.advice_code !== null && Object.hasOwn(adviceCodes, error.advice_code) ? adviceCodes[error.advice_code] : undefined;
  return {
    ...noFailure,
    reason: first(reasons, codes) ?? 'unknown',
    advice: advised ?? first(adviceByCode, codes),
    message: error.message,
    providerCode: error.code ?? error.type,
    declineCode: error.decline_code,
    networkDeclineCode: error.network_decline_code,
    networkAdviceCode: error.network_advice_code,
  };
};

/** Why a charge failed: by its failure code, and by what the network said. */
export const readChargeFailure = (charge: {
  readonly failure_code: string | null;
  readonly failure_message: string | null;
  readonly outcome: { readonly reason: string | null; readonly network_decline_code: string | null; readonly network_advice_code: string | null } | null;
}): FailureReading => {
  const codes = [charge.outcome?.reason ?? null, charge.failure_code];
  return {
    ...noFailure,
    reason: first(reasons, codes) ?? 'unknown',
    advice: first(adviceByCode, codes),
    message: charge.failure_message,
    providerCode: charge.failure_code,
    declineCode: charge.outcome?.reason ?? null,
    networkDeclineCode: charge.outcome?.network_decline_code ?? null,
    networkAdviceCode: charge.outcome?.network_advice_code ?? null,
  };
};

/** `last_payment_error` and `last_setup_error` have the shape of an error object. */
export const readLastPaymentError = (json: unknown): FailureReading | null => {
  // Most often there is none, and a schema that refuses costs more than one that reads.
  if (json === null || json === undefined) return null;
  const error = tryWire(failure, json);
  return error === null ? null : readFailure(error);
};

const busy = new Set(['idempotency_key_in_use', 'lock_timeout']);
const wrongState = new Set([
  'payment_intent_unexpected_state', 'setup_intent_unexpected_state', 'intent_invalid_state', 'charge_already_refunded', 'charge_not_refundable', 'charge_already_captured', 'charge_expired_for_capture', 'capture_charge_authorization_expired',
]); // prettier-ignore
const wrongAmount = new Set(['amount_too_small', 'amount_too_large']);

const faultCode = (status: number, { type, code }: ErrorMembers): FaultCode => {
  if (code !== null && busy.has(code)) return 'idempotency_in_progress';
  // Other content under a key is a 400; under a 409 the first request may still be running, whatever it is called. Source: https://docs.stripe.com/api/errors.
  if (type === 'idempotency_error' || code === 'idempotency_error') return status === 409 ? 'idempotency_in_progress' : 'idempotency_key_reused';
  if (status === 401) return 'authentication';
  if (status === 403) return 'permission';
  if (status === 429 || code === 'rate_limit') return 'rate_limited';
  if (status >= 500 || status === 408 || type === 'api_error') return 'provider_unavailable';
  if (code !== null && wrongState.has(code)) return 'invalid_state';
  if (status === 404 || code === 'resource_missing') return 'not_found';
  return status === 409 ? 'idempotency_in_progress' : 'invalid_request';
};

/** A refusal of the payment itself, rather than of the request: a card_error, a code of one, or a 402 that says nothing of a bad request. */
const isDecline = (status: number, { type, code, decline_code }: ErrorMembers): boolean => {
  if (status < 400 || status >= 500 || [401, 403, 408, 409, 429].includes(status)) return false;
  if (type === 'card_error' || decline_code !== null || (code !== null && reasons.has(code))) return true;
  return status === 402 && (type === null || !['invalid_request_error', 'idempotency_error', 'api_error'].includes(type));
};

/** How the service's intents are read. */
export interface IntentReaders {
  readonly payment: (json: unknown) => PaymentIntentReading;
  readonly setup: (json: unknown) => SetupIntentReading;
}

const attempted = <T>(json: unknown, read: (json: unknown) => T): T | null => {
  if (typeof json !== 'object' || json === null) return null;
  try {
    return read(json);
  } catch {
    // An intent that cannot be read is looked up by its id.
    return null;
  }
};

/** The intent that was declined: whole, or by its id, or by the id that its charge names. */
const declinedIntent = ({ payment_intent, setup_intent, charge }: ErrorMembers, operation: OperationName, { payment, setup }: IntentReaders) =>
  operation.startsWith('setupIntents.')
    ? { intent: attempted(setup_intent, setup), id: tryWire(ofSetup, { setup_intent })?.setup_intent ?? null }
    : { intent: attempted(payment_intent, payment), id: tryWire(ofIntent, { payment_intent })?.payment_intent ?? tryWire(ofIntent, charge)?.payment_intent ?? null };

/** Reads an answer that is no success: `{ error }` as Stripe has it, the error object alone, or a sentence in its place. */
export const errorReader =
  (readers: IntentReaders) =>
  ({ status, json }: WireAnswer, operation: OperationName): ErrorReading => {
    const error = tryWire(errorBody, json);
    if (error === null) return { kind: 'unrecognised' };
    const providerCode = error.code ?? error.type;
    const { message } = error;
    if (isDecline(status, error)) return { kind: 'declined', failure: readFailure(error), ...declinedIntent(error, operation, readers), providerCode, message };
    const field = error.param ?? (error.code !== null && wrongAmount.has(error.code) ? 'amount' : null);
    return { kind: 'fault', code: faultCode(status, error), providerCode, message, field };
  };
