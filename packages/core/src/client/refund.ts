import { inputError, PaymentError } from '../errors/payment-error.js';
import type { LivingObject } from '../model/event.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { CallOptions, Target } from '../contract/resources.js';
import type { ClientContext } from './context.js';
import { about } from './failures.js';
import { judge } from './judge.js';
import { operationOf, prepare, type PreparedCall } from './prepare.js';
import { cannotLook, contradictionError, courseOf, find, performPrepared } from './settle.js';
import { keyProtects } from './step.js';

/**
 * The input of a refund, with the amount that the provider wants to be told where the caller said none: what was captured less what went back, by the
 * payment attempt behind the intent.
 * @throws PaymentError `invalid_request` when the provider does not say these two; `invalid_state` when nothing is left. Nothing is moved.
 */
export const withRemainingAmount = async (
  context: ClientContext,
  target: Target | null,
  given: object | undefined,
  options: CallOptions | undefined,
): Promise<object | undefined> => {
  const { accepts, requires = [] } = operationOf(context, 'refunds.create');
  const isGiven = given !== undefined && given !== null && 'amount' in given && given.amount !== undefined;
  if (isGiven || !requires.includes('amount')) return given;
  // All the rest is checked before anything is read.
  const call = await prepare(context, 'refunds.create', target, given, options, { later: accepts.filter((field) => field === 'amount') });
  const read = { ...(options?.signal && { signal: options.signal }), ...(options?.connectedAccount !== undefined && { connectedAccount: options.connectedAccount }) };
  const unknownAmount = (problem: string): PaymentError =>
    inputError([{ field: 'amount', problem, remedy: 'Give the amount.' }], { provider: context.adapter.provider, account: context.account, operation: 'refunds.create' });
  const id = { id: call.id ?? '' };
  const { operations } = context.adapter;
  if (operations['paymentIntents.retrieve'] === undefined || operations['attempts.retrieve'] === undefined)
    throw unknownAmount('is missing, and what is left cannot be read at this provider');
  const intent = await performPrepared(context, await prepare(context, 'paymentIntents.retrieve', id, undefined, read));
  if (intent.latestPayment === null) throw unknownAmount('is missing, and the intent names no attempt from which it could be read');
  const attempt = await performPrepared(context, await prepare(context, 'attempts.retrieve', { id: intent.latestPayment }, undefined, read));
  const { amountCaptured, amountRefunded } = attempt;
  if (amountCaptured === null || amountRefunded === null) throw unknownAmount('is missing, and the attempt does not say what was captured and what went back');
  const left = amountCaptured.minorUnits - amountRefunded.minorUnits;
  if (left > 0) return { ...given, amount: { minorUnits: left, currency: amountCaptured.currency } };
  throw new PaymentError({
    ...about(context, call),
    code: 'invalid_state',
    outcome: 'not_sent',
    message: `refunds.create at ${context.adapter.provider}: nothing is left to give back. Nothing was sent.`,
    subject: intent,
  });
};

/** Whether a repeated call could move money again, as no key keeps it from that: then one looks first. */
export const mustLook = ({ limits }: ClientContext, { operation, reference, amount }: PreparedCall): boolean =>
  (operation === 'refunds.create' && reference !== null && !keyProtects(limits, operation)) ||
  (operation === 'paymentIntents.capture' && reference !== null && amount !== null && !keyProtects(limits, operation, amount));

/** A part that was taken before: by this call, when it is as much as it asks for; capture is final, so a second part is not offered. */
const capturedBefore = (found: readonly LivingObject[], { amount, snapshot }: PreparedCall): PaymentIntent | undefined =>
  found.find((object) => {
    if (object.object !== 'payment_intent' || amount === null) return false;
    const before = snapshot?.object === 'payment_intent' ? (snapshot.amountReceived?.minorUnits ?? 0) : 0;
    return (object.amountReceived?.minorUnits ?? 0) > before;
  }) as PaymentIntent | undefined;

/**
 * A refund, or the capture of a part, for providers that do not honour keys: one that was done before is returned instead of done again (as far as the
 * provider shows it).
 * @throws PaymentError as the operation does; `provider_unavailable` (`not_sent`) when it cannot be looked up whether it was done before.
 */
export const lookBefore = async (context: ClientContext, call: PreparedCall): Promise<LivingObject> => {
  const { whole, startedAt } = courseOf(context, call);
  const found = await find({ context, call, course: whole, startedAt });
  if (found === null) throw cannotLook(context, call);
  const existing = call.operation === 'refunds.create' ? found.find((object) => object.object === 'refund') : capturedBefore(found, call);
  if (existing === undefined) return performPrepared(context, call as PreparedCall<'refunds.create' | 'paymentIntents.capture'>);
  if (judge(existing, { ...call, before: call.snapshot, since: new Date(startedAt).toISOString() }) !== 'done') throw contradictionError(context, call, existing, null);
  return existing;
};
