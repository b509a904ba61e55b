import {
  noFailure,
  tryWire,
  type ErrorReading,
  type FailureAdvice,
  type FailureReading,
  type FaultCode,
  type WireAnswer,
} from '@oneintent/core/adapter';
import { failureReason, tryPaymentIntent } from './read.js';
import { errorObject, type ErrorObject } from './wire.js';

/** What the card network advises. `adjust_amount` has no neutral word. Source: https://docs.paypercut.io/docs/developer-resources/error-object. */
const advices: ReadonlyMap<string | null, FailureAdvice> = new Map([
  ['try_again_later', 'retry_later'],
  ['do_not_try_again', 'do_not_retry'],
  ['confirm_card_data', 'confirm_card_data'],
]);

/** Codes about the request itself, and about what the key may do. Source: https://docs.paypercut.io/docs/developer-resources/error-codes. */
const requestCodes: ReadonlySet<string | null> = new Set(['parameter_invalid', 'missing_required_param', 'amount_too_large']);
const accountCodes: ReadonlySet<string | null> = new Set(['account_required', 'account_invalid']);
const permissionCodes: ReadonlySet<string | null> = new Set([...accountCodes, 'more_permissions_required', 'permission_denied']);

/** Types that are never about the card, whatever codes come with them: `authentication_required` is also what a request without a key is told. */
const otherTypes: ReadonlySet<string | null> = new Set(['authentication_error', 'idempotency_error', 'api_error']);

/** The status of a decline is not published (402 is not in the list of statuses), so what counts is the type and the codes. */
const isDecline = ({ type, code, decline_code }: ErrorObject): boolean =>
  type === 'card_error' || (!otherTypes.has(type) && (decline_code !== null || code === 'card_declined'));

const readFailure = (error: ErrorObject): FailureReading => ({
  ...noFailure,
  reason: failureReason(error.decline_code, error.code),
  advice: error.decline_code === 'authentication_required' ? 'authenticate' : (advices.get(error.advice_code) ?? null),
  message: error.message,
  providerCode: error.code,
  declineCode: error.decline_code,
  networkDeclineCode: error.network_decline_code,
  networkAdviceCode: error.network_advice_code,
});

const idOf = (json: unknown): string | null => {
  const id: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'id') : json;
  return typeof id === 'string' && id !== '' ? id : null;
};

/**
 * Paypercut has one error type for a key that was used with other content and for a first request that is still running. Only a sentence that says the former
 * is a refusal: the latter may move money yet.
 */
const isOtherContent = ({ code, message }: ErrorObject): boolean => /different|other (?:request|content|param)|mismatch|not match|reused/i.test(`${code} ${message}`);

/** Sources: https://docs.paypercut.io/docs/developer-resources/error-handling (statuses) and …/api-reference/models/ApiErrorType (types). */
const faultCode = (status: number, error: ErrorObject): FaultCode => {
  const { type, code } = error;
  if (type === 'idempotency_error' || code?.startsWith('idempotency')) return isOtherContent(error) ? 'idempotency_key_reused' : 'idempotency_in_progress';
  if (status >= 500 || status === 408) return 'provider_unavailable';
  if (status === 429) return 'rate_limited';
  if (status === 403 || permissionCodes.has(code)) return 'permission';
  if (status === 401 || type === 'authentication_error') return 'authentication';
  if (status === 404) return 'not_found';
  if (type === 'api_error') return 'provider_unavailable';
  const aboutRequest = requestCodes.has(code) || error.violation_code !== null;
  return (status === 409 || status === 422) && !aboutRequest ? 'invalid_state' : 'invalid_request';
};

/**
 * Reads an answer that is no success: a flat error, or one wrapped in `error`. A decline is a `card_error`, or carries a decline code, under whatever
 * status; whether it carries the intent is not published, so one is read where it is there.
 */
export const readError = ({ status, json }: WireAnswer): ErrorReading => {
  const error = tryWire(errorObject, json);
  if (error === null) return { kind: 'unrecognised' };
  const { code: providerCode, message } = error;
  if (isDecline(error))
    return { kind: 'declined', failure: readFailure(error), intent: tryPaymentIntent(error.payment_intent), id: idOf(error.payment_intent), providerCode, message };
  return {
    kind: 'fault',
    code: faultCode(status, error),
    providerCode,
    message,
    field: error.param,
    ...(accountCodes.has(providerCode) && { hint: 'Check the connectedAccount of the call.' }),
  };
};
