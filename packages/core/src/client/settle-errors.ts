import type { LivingObject } from '../model/event.js';
import { PaymentError } from '../model/payment-error.js';
import { formatMoney, type Money } from '../model/money.js';
import type { Sent } from '../transport/send.js';
import type { ClientContext } from './context.js';
import { about, resumeOf } from './failures.js';
import type { PreparedCall } from './prepare.js';

const foundAmount = ({ operation }: PreparedCall, subject: LivingObject): Money | null => {
  if (subject.object === 'setup_intent') return null;
  return operation === 'paymentIntents.capture' && subject.object === 'payment_intent' ? (subject.amountReceived ?? subject.amount) : subject.amount;
};

const inWords = (money: Money | null): string => (money === null ? 'something else' : `${formatMoney(money)} ${money.currency}`);

/** The error of an answer, or of an object found later, that is about something else than was asked for. */
export const contradictionError = (context: ClientContext, call: PreparedCall, subject: LivingObject, requestId: string | null): PaymentError => {
  // A key that was never used before names no earlier movement: the provider did this, and not as it was asked.
  const fresh = call.reference === null && call.options.idempotencyKey === undefined;
  const itself = fresh || call.operation === 'paymentIntents.incrementAuthorization';
  // Without a snapshot it is not known what had been received before this capture: the money was taken, by it or by another.
  const unseen = call.operation === 'paymentIntents.capture' && call.snapshot === null;
  const asked = call.amount === null ? '' : `, not ${inWords(call.amount)}`;
  const what = subject.object === 'payment_intent' ? 'intent' : 'refund';
  return new PaymentError({
    ...about(context, call),
    code: itself ? 'malformed_response' : 'idempotency_key_reused',
    outcome: itself || unseen ? 'done' : 'rejected',
    retry: 'never',
    message:
      `${call.operation} at ${context.adapter.provider}: the ${what} says ${inWords(foundAmount(call, subject))}${asked}. ` +
      (itself ? 'Look at error.subject before you do anything else.' : 'The same reference was used before with another amount; error.subject is what it did.'),
    requestId,
    subject,
  });
};

/** Beginning all the same could do again what an earlier call under this reference has done. */
export const cannotLook = (context: ClientContext, call: PreparedCall): PaymentError => {
  const aborted = call.options.signal?.aborted === true;
  return new PaymentError({
    ...about(context, call),
    code: aborted ? 'aborted' : 'provider_unavailable',
    outcome: 'not_sent',
    retry: 'same_key',
    message:
      `${call.operation} at ${context.adapter.provider}: ` +
      (aborted ? 'the caller aborted the call.' : 'whether this was done before could not be looked up, and no key keeps it from being done twice.') +
      ' Nothing was sent. Call again, with the same reference and attempt.',
  });
};

/** The error of a payment that was created, and whose confirmation did not leave: begun too late, it would only leave its outcome unknown. */
export const noTimeLeft = (context: ClientContext, call: PreparedCall, subject: LivingObject): PaymentError =>
  new PaymentError({
    ...about(context, call),
    code: 'timeout',
    outcome: 'not_sent',
    retry: 'same_key',
    message: `${call.operation} at ${context.adapter.provider}: no time was left to confirm what was created, so nothing was taken. Confirm error.subject, or call again with the same reference and attempt.`,
    subject,
  });

/** The error of an old answer when what became of it since could not be looked up. */
export const outdatedError = (context: ClientContext, call: PreparedCall, { id }: LivingObject, { requestId }: Sent, startedAt: number): PaymentError =>
  new PaymentError({
    ...about(context, call),
    code: 'unresolved',
    outcome: 'unknown',
    message: `${call.operation} at ${context.adapter.provider}: the answer may be an old one, and what has become of the object since could not be looked up. Store error.resume and settle it with payments.resume(resume).`,
    requestId,
    resume: resumeOf(context, call, id, startedAt),
  });

/** The error of a success that says nothing of the object, when the object could not be read anew. */
export const untoldError = (context: ClientContext, call: PreparedCall, { requestId }: Sent, startedAt: number): PaymentError => {
  const aborted = call.options.signal?.aborted === true;
  return new PaymentError({
    ...about(context, call),
    code: aborted ? 'aborted' : 'unresolved',
    outcome: 'unknown',
    retry: 'look_up_first',
    message:
      `${call.operation} at ${context.adapter.provider}: it was accepted, and ` +
      (aborted ? 'the caller aborted the call before the object was read anew.' : 'what has become of the object could not be looked up.') +
      ' Store error.resume and settle it with payments.resume(resume).',
    requestId,
    resume: resumeOf(context, call, null, startedAt),
  });
};
