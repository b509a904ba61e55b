// The errors of a call. Each says what is wrong, what that means for the money, and what to do next; `outcome` and `retry` say the same to a program.
import { match } from 'ts-pattern';
import { redactFailure } from '../contract/redact.js';
import { errorCodes, type ErrorCode, type Outcome, type Retry } from '../errors/codes.js';
import type { LivingObject } from '../model/event.js';
import { formatMoney, type Money } from '../model/money.js';
import { PaymentError, type PaymentErrorDetails, type PaymentErrorShape } from '../model/payment-error.js';
import { formatRef } from '../model/ref.js';
import type { Resume } from '../model/resume.js';
import { Secret } from '../model/secret.js';
import { isRead } from '../operations/index.js';
import type { Classification } from '../transport/classify.js';
import type { CallContext } from './context.js';
import type { Sent } from './send.js';

type Failed = Extract<Classification, { kind: 'failed' }>;

/** What may be done about an error, from its code and its outcome. */
const retryOf = (code: ErrorCode, outcome: Outcome): Retry => {
  if (outcome === 'unknown') return 'look_up_first';
  if (outcome === 'not_sent' && (code === 'network' || code === 'timeout')) return 'same_key';
  const { retry } = errorCodes[code];
  // Nothing of this call is open, such as of a read that was told of a conflict.
  return retry === 'look_up_first' ? 'after_delay' : retry;
};

const advice = (code: ErrorCode, outcome: Outcome, call: CallContext): string => {
  if (outcome === 'unknown')
    return 'It may or may not have happened. Store error.resume and settle it with payments.resume(resume); do not start it again under another reference or attempt.';
  return match(code)
    .with('configuration', () => 'The request could not be built, so nothing was sent. Check that the API key and the header values have only characters that a header may have.')
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
export const about = ({ client, operation }: CallContext) => ({ provider: client.adapter.provider, account: client.account, operation });

/** The plain JSON that settles a call later. `made` is the id of what the call made, as far as it is known; the id of its target comes first. */
export const resumeOf = (call: CallContext, made: string | null): Resume => {
  const { adapter, account } = call.client;
  const id = call.id ?? made;
  return Object.freeze({
    v: 1,
    operation: call.operation,
    provider: adapter.provider,
    account,
    key: call.key,
    reference: call.reference,
    attempt: call.attempt,
    connectedAccount: call.connectedAccount ?? null,
    ref: id === null ? null : formatRef(account, id),
    amount: call.amount,
    confirm: call.confirm,
    inputDigest: call.inputDigest,
    firstSentAt: new Date(call.firstSentAt).toISOString(),
  });
};

/** The outcome of a failed step: a read moves nothing, and after an uncertain try a refusal proves nothing. */
export const outcomeOf = (call: CallContext, { classification, uncertain }: Sent): Outcome => {
  const outcome = classification.kind === 'failed' ? classification.outcome : classification.kind === 'declined' ? 'rejected' : 'unknown';
  if (isRead(call.operation)) return outcome === 'not_sent' ? 'not_sent' : 'rejected';
  return uncertain ? 'unknown' : outcome;
};

/** The error of a failed step. */
export const failedError = (call: CallContext, sent: Sent, classification: Failed, more: Partial<PaymentErrorDetails> = {}): PaymentError => {
  const outcome = more.outcome ?? outcomeOf(call, sent);
  return new PaymentError({
    ...about(call),
    code: classification.code,
    outcome,
    retry: retryOf(classification.code, outcome),
    message: `${call.operation} at ${call.client.adapter.provider}: ${said(classification)} ${advice(classification.code, outcome, call)}`,
    httpStatus: classification.answer?.status ?? null,
    providerCode: classification.reading?.providerCode ?? null,
    providerMessage: classification.reading?.message ? new Secret(classification.reading.message) : null,
    requestId: sent.requestId,
    retryAfter: sent.retryAfter,
    problems: classification.reading?.field ? [{ field: classification.reading.field, problem: 'was refused by the provider', remedy: 'See providerCode.' }] : [],
    cause: classification.cause === null ? null : { name: classification.cause.name, code: classification.cause.code },
    ...more,
  });
};

/** The error of a success that could not be read. */
export const malformedError = (call: CallContext, sent: Sent, fields: readonly string[], more: Partial<PaymentErrorDetails> = {}): PaymentError => {
  const { classification } = sent;
  const outcome = more.outcome ?? outcomeOf(call, sent);
  return new PaymentError({
    ...about(call),
    code: 'malformed_response',
    outcome,
    retry: retryOf('malformed_response', outcome),
    message: `${call.operation} at ${call.client.adapter.provider}: the answer could not be understood (${fields.join(', ')}). ${advice('malformed_response', outcome, call)}`,
    httpStatus: classification.kind === 'success' ? classification.answer.status : null,
    requestId: sent.requestId,
    problems: fields.map((field) => ({ field, problem: 'is missing or of another type in the answer', remedy: "Report it to the adapter's author." })),
    ...more,
  });
};

/** The error of a decline without an intent to return. */
export const declinedError = (call: CallContext, sent: Sent, classification: Extract<Classification, { kind: 'declined' }>, more: Partial<PaymentErrorDetails> = {}): PaymentError => {
  const outcome = more.outcome ?? 'rejected';
  return new PaymentError({
    ...about(call),
    code: 'payment_declined',
    outcome,
    retry: retryOf('payment_declined', outcome),
    message: `${call.operation} at ${call.client.adapter.provider}: The payment was declined (${classification.reading.failure.reason}). ${advice('payment_declined', outcome, call)}`,
    httpStatus: classification.answer.status,
    providerCode: classification.reading.providerCode,
    providerMessage: classification.reading.message === null ? null : new Secret(classification.reading.message),
    requestId: sent.requestId,
    failure: redactFailure(classification.reading.failure),
    ...more,
  });
};

/** An error of a step of a call as the call's own: what the application called is what it can resume. `made` is the id of what is there already. */
export const asErrorOf = (call: CallContext, error: PaymentErrorShape, made: string | null): PaymentError =>
  new PaymentError({ ...error, message: error.message, operation: call.operation, resume: error.outcome === 'unknown' ? resumeOf(call, made) : null, cause: null });

const foundAmount = ({ operation }: CallContext, subject: LivingObject): Money | null => {
  if (subject.object === 'setup_intent') return null;
  return operation === 'paymentIntents.capture' && subject.object === 'payment_intent' ? (subject.amountReceived ?? subject.amount) : subject.amount;
};

const inWords = (money: Money | null): string => (money === null ? 'something else' : `${formatMoney(money)} ${money.currency}`);

/** The error of an answer, or of an object found later, that is about something else than was asked for. */
export const contradictionError = (call: CallContext, subject: LivingObject, requestId: string | null): PaymentError => {
  // A key that was never used before names no earlier movement: the provider did this, and not as it was asked.
  const fresh = call.reference === null && !call.callersKey;
  const itself = fresh || call.operation === 'paymentIntents.incrementAuthorization';
  // Without a snapshot it is not known what had been received before this capture: the money was taken, by it or by another.
  const unseen = call.operation === 'paymentIntents.capture' && call.snapshot === null;
  const asked = call.amount === null ? '' : `, not ${inWords(call.amount)}`;
  const what = subject.object === 'payment_intent' ? 'intent' : 'refund';
  return new PaymentError({
    ...about(call),
    code: itself ? 'malformed_response' : 'idempotency_key_reused',
    outcome: itself || unseen ? 'done' : 'rejected',
    retry: 'never',
    message:
      `${call.operation} at ${call.client.adapter.provider}: the ${what} says ${inWords(foundAmount(call, subject))}${asked}. ` +
      (itself ? 'Look at error.subject before you do anything else.' : 'The same reference was used before with another amount; error.subject is what it did.'),
    requestId,
    subject,
  });
};

/** Beginning all the same could do again what an earlier call under this reference has done. */
export const cannotLook = (call: CallContext): PaymentError => {
  const aborted = call.signal?.aborted === true;
  return new PaymentError({
    ...about(call),
    code: aborted ? 'aborted' : 'provider_unavailable',
    outcome: 'not_sent',
    retry: 'same_key',
    message:
      `${call.operation} at ${call.client.adapter.provider}: ` +
      (aborted ? 'the caller aborted the call.' : 'whether this was done before could not be looked up, and no key keeps it from being done twice.') +
      ' Nothing was sent. Call again, with the same reference and attempt.',
  });
};

/** The error of a payment that was created, and whose confirmation did not leave: begun too late, it would only leave its outcome unknown. */
export const noTimeLeft = (call: CallContext, subject: LivingObject): PaymentError =>
  new PaymentError({
    ...about(call),
    code: 'timeout',
    outcome: 'not_sent',
    retry: 'same_key',
    message: `${call.operation} at ${call.client.adapter.provider}: no time was left to confirm what was created, so nothing was taken. Confirm error.subject, or call again with the same reference and attempt.`,
    subject,
  });

/** The error of an old answer when what became of it since could not be looked up. */
export const outdatedError = (call: CallContext, { id }: LivingObject, { requestId }: Sent): PaymentError =>
  new PaymentError({
    ...about(call),
    code: 'unresolved',
    outcome: 'unknown',
    message: `${call.operation} at ${call.client.adapter.provider}: the answer may be an old one, and what has become of the object since could not be looked up. Store error.resume and settle it with payments.resume(resume).`,
    requestId,
    resume: resumeOf(call, id),
  });

/** The error of a success that says nothing of the object, when the object could not be read anew. */
export const unreadError = (call: CallContext, { requestId }: Sent): PaymentError => {
  const aborted = call.signal?.aborted === true;
  return new PaymentError({
    ...about(call),
    code: aborted ? 'aborted' : 'unresolved',
    outcome: 'unknown',
    retry: 'look_up_first',
    message:
      `${call.operation} at ${call.client.adapter.provider}: it was accepted, and ` +
      (aborted ? 'the caller aborted the call before the object was read anew.' : 'what has become of the object could not be looked up.') +
      ' Store error.resume and settle it with payments.resume(resume).',
    requestId,
    resume: resumeOf(call, null),
  });
};
