import { match } from 'ts-pattern';
import type { ErrorCode, Outcome, Retry } from '../errors/codes.js';
import { errorCodes } from '../errors/codes.js';
import { PaymentError, type PaymentErrorDetails, type PaymentErrorShape } from '../model/payment-error.js';
import type { Resume } from '../model/resume.js';
import { formatRef } from '../model/ref.js';
import { Secret } from '../model/secret.js';
import { sealFailure } from '../contract/complete.js';
import { vocabulary, type OperationName } from '../operations/definitions.js';
import type { Sent } from '../transport/send.js';
import type { Verdict } from '../transport/verdict.js';
import type { ClientContext } from './context.js';
import type { PreparedCall } from './prepare.js';

type Failed = Extract<Verdict, { kind: 'failed' }>;

/** What may be done about an error, from its code and its outcome. */
const retryOf = (code: ErrorCode, outcome: Outcome): Retry => {
  if (outcome === 'unknown') return 'look_up_first';
  if (outcome === 'not_sent' && (code === 'network' || code === 'timeout')) return 'same_key';
  const { retry } = errorCodes[code];
  // Nothing of this call is open, such as of a read that was told of a conflict.
  return retry === 'look_up_first' ? 'after_delay' : retry;
};

const advice = (code: ErrorCode, outcome: Outcome, call: PreparedCall): string => {
  if (outcome === 'unknown')
    return 'It may or may not have happened. Store error.resume and settle it with payments.resume(resume); do not start it again under another reference or attempt.';
  return match(code)
    .with('authentication', () => 'Check the API key.')
    .with('permission', () => 'Check what the API key may do.')
    .with('not_found', () => 'Check the id, and that it belongs to this account and mode.')
    .with('rate_limited', () => 'Nothing happened. Call again later, with the same reference and attempt.')
    .with('idempotency_key_reused', () => 'Use a new reference for another movement, or the next attempt after a definite decline.')
    .with('payment_declined', () => `Nothing was charged. For another try give attempt: ${call.attempt + 1} with the same reference.`)
    .with('network', 'timeout', () => (outcome === 'not_sent' ? 'Nothing was sent. Call again, with the same reference and attempt.' : 'Nothing was changed. Call again.'))
    .with('provider_unavailable', 'idempotency_in_progress', () => 'Nothing was changed. Call again later.')
    .otherwise(() => 'Nothing happened.');
};

const said = ({ code, answer, reading, cause }: Failed): string => {
  if (answer === null) return `${errorCodes[code].meaning}${cause?.code ? ` (${cause.code})` : ''}`;
  const provider = reading?.providerCode ? ` ${reading.providerCode}` : '';
  const field = reading?.field ? `, field ${reading.field}` : '';
  return `${errorCodes[code].meaning} (HTTP ${answer.status}${provider}${field})${reading?.hint ? ` ${reading.hint}` : ''}`;
};

/** What every error of a call says. */
export const about = (context: ClientContext, call: PreparedCall) => ({
  provider: context.adapter.provider,
  account: context.account,
  operation: call.operation,
});

/** The plain JSON that settles a call later. `made` is the id of what the call made, as far as it is known; the id of its target comes first. */
export const resumeOf = ({ adapter, account }: ClientContext, call: PreparedCall, made: string | null, firstSentAt: number): Resume => {
  const id = call.id ?? made;
  return Object.freeze({
    v: 1,
    operation: call.operation,
    provider: adapter.provider,
    account,
    key: call.key,
    reference: call.reference,
    attempt: call.attempt,
    connectedAccount: call.options.connectedAccount ?? null,
    ref: id === null ? null : formatRef(account, id),
    amount: call.amount,
    confirm: call.confirm,
    inputDigest: call.inputDigest,
    firstSentAt: new Date(firstSentAt).toISOString(),
  });
};

/** The outcome of a failed step: a read moves nothing, and after an uncertain try a refusal proves nothing. */
export const outcomeOf = (call: PreparedCall, { verdict, uncertain }: Sent): Outcome => {
  const outcome = verdict.kind === 'failed' ? verdict.outcome : verdict.kind === 'declined' ? 'rejected' : 'unknown';
  if (vocabulary[call.operation].readsOnly) return outcome === 'not_sent' ? 'not_sent' : 'rejected';
  return uncertain ? 'unknown' : outcome;
};

/** The error of a failed step. */
export const failedError = (context: ClientContext, call: PreparedCall, sent: Sent, verdict: Failed, more: Partial<PaymentErrorDetails> = {}): PaymentError => {
  const outcome = more.outcome ?? outcomeOf(call, sent);
  return new PaymentError({
    ...about(context, call),
    code: verdict.code,
    outcome,
    retry: retryOf(verdict.code, outcome),
    message: `${call.operation} at ${context.adapter.provider}: ${said(verdict)} ${advice(verdict.code, outcome, call)}`,
    httpStatus: verdict.answer?.status ?? null,
    providerCode: verdict.reading?.providerCode ?? null,
    providerMessage: verdict.reading?.message ? new Secret(verdict.reading.message) : null,
    requestId: sent.requestId,
    retryAfter: sent.retryAfter,
    problems: verdict.reading?.field ? [{ field: verdict.reading.field, problem: 'was refused by the provider', remedy: 'See providerCode.' }] : [],
    cause: verdict.cause === null ? null : { name: verdict.cause.name, code: verdict.cause.code },
    ...more,
  });
};

/** The error of a success that could not be read. */
export const malformedError = (context: ClientContext, call: PreparedCall, sent: Sent, fields: readonly string[], more: Partial<PaymentErrorDetails> = {}): PaymentError => {
  const { verdict } = sent;
  const outcome = more.outcome ?? outcomeOf(call, sent);
  return new PaymentError({
    ...about(context, call),
    code: 'malformed_response',
    outcome,
    retry: retryOf('malformed_response', outcome),
    message: `${call.operation} at ${context.adapter.provider}: the answer could not be understood (${fields.join(', ')}). ${advice('malformed_response', outcome, call)}`,
    httpStatus: verdict.kind === 'success' ? verdict.answer.status : null,
    requestId: sent.requestId,
    problems: fields.map((field) => ({ field, problem: 'is missing or of another type in the answer', remedy: "Report it to the adapter's author." })),
    ...more,
  });
};

/** The error of a decline without an intent to return. */
export const declinedError = (context: ClientContext, call: PreparedCall, sent: Sent, verdict: Extract<Verdict, { kind: 'declined' }>, more: Partial<PaymentErrorDetails> = {}): PaymentError => {
  const outcome = more.outcome ?? 'rejected';
  return new PaymentError({
    ...about(context, call),
    code: 'payment_declined',
    outcome,
    retry: retryOf('payment_declined', outcome),
    message: `${call.operation} at ${context.adapter.provider}: The payment was declined (${verdict.reading.failure.reason}). ${advice('payment_declined', outcome, call)}`,
    httpStatus: verdict.answer.status,
    providerCode: verdict.reading.providerCode,
    providerMessage: verdict.reading.message === null ? null : new Secret(verdict.reading.message),
    requestId: sent.requestId,
    failure: sealFailure(verdict.reading.failure),
    ...more,
  });
};

/** An error of a step of a call, told as the call's own: what the application called is what it can resume. */
export const retold = (error: PaymentErrorShape, { operation, resume }: { readonly operation: OperationName; readonly resume: Resume }): PaymentError =>
  new PaymentError({ ...error, message: error.message, operation, resume: error.outcome === 'unknown' ? resume : null, cause: null });
