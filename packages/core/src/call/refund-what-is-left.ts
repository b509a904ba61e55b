// Strategy "refund what is left": for a provider that wants the amount of every refund, where the caller passed none.
import type { CallOptions } from '../operations/verbs.js';
import type { Target } from '../operations/targets.js';
import type { NeutralObjects } from '../model/kinds.js';
import { inputError, PaymentError } from '../model/payment-error.js';
import { check, checkStep } from './check.js';
import type { CallContext, ClientContext } from './context.js';
import { about } from './errors.js';
import { execute } from './execute.js';
import { operationOf } from './read.js';

/** Whether a refund comes without the amount that its provider needs. */
export const lacksAmount = (client: ClientContext, input: object | undefined): boolean => {
  const { requires = [] } = operationOf(client, 'refunds.create');
  const isGiven = input !== undefined && input !== null && 'amount' in input && input.amount !== undefined;
  return !isGiven && requires.includes('amount');
};

const readOne = async <T extends 'payment_intent' | 'payment_attempt'>(call: CallContext, kind: T, id: string): Promise<NeutralObjects[T]> => {
  const object = await execute(await checkStep(call, kind === 'payment_intent' ? 'paymentIntents.retrieve' : 'attempts.retrieve', { id }, undefined));
  // The operation is the kind's own.
  return object as NeutralObjects[T];
};

/**
 * The refund of what was captured less what was refunded, by the payment attempt behind the intent: checked, and not sent yet.
 * @throws PaymentError `invalid_request` when the provider does not say these two; `invalid_state` when nothing is left; as the reads do. Nothing is moved.
 */
export const refundWhatIsLeft = async (client: ClientContext, target: Target | null, input: object | undefined, options: CallOptions | undefined): Promise<CallContext> => {
  const { accepts } = operationOf(client, 'refunds.create');
  // All the rest is checked before anything is read.
  const call = await check(client, { operation: 'refunds.create', target, input, options, later: accepts.filter((field) => field === 'amount') });
  const { adapter, account } = client;
  const unknownAmount = (problem: string): PaymentError =>
    inputError([{ field: 'amount', problem, remedy: 'Give the amount.' }], { provider: adapter.provider, account, operation: 'refunds.create' });
  if (adapter.operations['paymentIntents.retrieve'] === undefined || adapter.operations['attempts.retrieve'] === undefined)
    throw unknownAmount('is missing, and what is left cannot be read at this provider');
  const intent = await readOne(call, 'payment_intent', call.id ?? '');
  if (intent.latestPayment === null) throw unknownAmount('is missing, and the intent names no attempt from which it could be read');
  const { amountCaptured, amountRefunded } = await readOne(call, 'payment_attempt', intent.latestPayment);
  if (amountCaptured === null || amountRefunded === null) throw unknownAmount('is missing, and the attempt does not say what was captured and what went back');
  const left = amountCaptured.minorUnits - amountRefunded.minorUnits;
  if (left > 0) return check(client, { operation: 'refunds.create', target, input: { ...input, amount: { minorUnits: left, currency: amountCaptured.currency } }, options }, call);
  throw new PaymentError({
    ...about(call),
    code: 'invalid_state',
    outcome: 'not_sent',
    message: `refunds.create at ${adapter.provider}: nothing is left to give back. Nothing was sent.`,
    subject: intent,
  });
};
