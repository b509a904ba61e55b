import {
  noFailure,
  tryWire,
  type ErrorReading,
  type FailureReading,
  type FailureReason,
  type FaultCode,
  type OperationName,
  type WireAnswer,
} from '@oneintent/core/adapter';
import { match, P } from 'ts-pattern';
import { failureDetails, problem, type FailureDetails, type ProblemBody } from './wire.js';

/** The codes of a declined payment. Source: types of the official browser SDK 1.2.0 (2026-07-09); `payment_failed` is the title of the 402 of 2026-02-26. */
const reasons: Readonly<Record<string, FailureReason>> = {
  card_declined: 'card_declined',
  expired_card: 'expired_card',
  invalid_cvc: 'incorrect_cvc',
  processing_error: 'processing_error',
  invalid_expiration_date: 'invalid_expiry',
  three_d_secure_failed: 'authentication_failed',
  test_card_on_livemode: 'test_card_in_live_mode',
  payment_failed: 'unknown',
};

/** Codes that say that the object is not in the right status. Source: titles in the official Python SDK, 2025-08-05 and 2026-04-02. */
const statusCodes = ['invalid_status', 'payment_flow_expired', 'already_refunded'];

/** A payment or a setup that a Checkout Session owns can be neither confirmed nor canceled. Source: the official Node SDK's text on sessions, 2026-02-13. */
const ownedOperations: readonly OperationName[] = ['paymentIntents.confirm', 'paymentIntents.cancel', 'setupIntents.confirm', 'setupIntents.cancel'];
const sessionHint = 'One that belongs to a Checkout Session is ended by expiring that session.';

const isReason = (code: string): boolean => Object.hasOwn(reasons, code);
const reasonOf = (code: string | null): FailureReason => (code !== null && isReason(code) ? reasons[code] : null) ?? 'unknown';

/** A failure as PAY.JP tells it in `last_payment_error` or in the problem of a declined payment. */
const readFailure = ({ code, message }: FailureDetails): FailureReading => ({
  ...noFailure,
  reason: reasonOf(code),
  advice: reasonOf(code) === 'authentication_failed' ? 'authenticate' : null,
  message,
  providerCode: code,
});

/** `last_payment_error` and `last_setup_error`, whose inside is not published: only a code and a message are looked for. */
export const readFailureObject = (json: unknown): FailureReading | null => {
  const details = tryWire(failureDetails, json);
  return details === null ? null : readFailure(details);
};

const snakeCase = (text: string): string => text.trim().toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');

/**
 * What a problem says by itself, most specific first: `code` (missing from the published schema, seen in practice), the end of `type`, the title
 * (the only one of the three that the schema lists). Title and code do not always correspond.
 */
const codesOf = ({ code, type, title }: ProblemBody): readonly string[] =>
  [code ?? '', type?.includes('/') ? snakeCase(type.slice(type.lastIndexOf('/') + 1)) : '', snakeCase(title ?? '')].filter((text) => text !== '');

const faultCode = (status: number, codes: readonly string[]): FaultCode =>
  match(status)
    .returnType<FaultCode>()
    .with(401, () => 'authentication')
    .with(403, () => 'permission')
    .with(404, () => 'not_found')
    // Whether a 409 means another content under the key or a request still running is not published: it is looked up.
    .with(409, () => 'idempotency_in_progress')
    .with(429, () => 'rate_limited')
    // A time-out says as little about what was done as a fault does, whatever its code.
    .with(408, P.number.gte(500), () => 'provider_unavailable')
    .when(
      () => codes.includes('over_capacity'),
      () => 'rate_limited',
    )
    .otherwise(() => (codes.some((code) => statusCodes.includes(code)) ? 'invalid_state' : 'invalid_request'));

/**
 * Reads an answer that is no success: problem+json (RFC 9457) with or without `code`, and the `{ error }` of version 1 that gateways still give.
 * A declined payment is a 402, or another refusal of the request with the code of one: the 402 was not in the schema before 2026-02-26.
 */
export const readError = ({ status, json }: WireAnswer, operation: OperationName): ErrorReading => {
  const body = tryWire(problem, json);
  if (body === null) return { kind: 'unrecognised' };
  const codes = codesOf(body);
  const providerCode = codes[0] ?? null;
  const message = body.detail ?? body.message ?? body.title;
  const decline = codes.find(isReason) ?? null;
  const fault = faultCode(status, codes);
  if (status === 402 || (fault === 'invalid_request' && decline !== null)) {
    const failure = { ...readFailure({ code: decline, message }), providerCode };
    return { kind: 'declined', failure, intent: null, id: null, providerCode, message };
  }
  const field = body.errors?.[0]?.field ?? (codes.includes('refund_exceeds_payment') ? 'amount' : null);
  return { kind: 'fault', code: fault, providerCode, message, field, ...(fault === 'invalid_state' && ownedOperations.includes(operation) && { hint: sessionHint }) };
};
