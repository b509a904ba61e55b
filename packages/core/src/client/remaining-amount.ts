import { inputError, PaymentError } from '../model/payment-error.js';
import type { CallOptions, Target } from '../operations/resources.js';
import type { ClientContext } from './context.js';
import { about } from './failures.js';
import { operationOf, prepare } from './prepare.js';
import { performPrepared } from './settle.js';

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
