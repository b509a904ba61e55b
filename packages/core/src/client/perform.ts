import { completePaymentIntent } from '../contract/complete.js';
import type { PaymentIntentTarget } from '../contract/resources.js';
import type { Page } from '../model/page.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { ClientContext } from './context.js';
import { createThenConfirm, mustSplit } from './create-then-confirm.js';
import { declinedError, failedError, malformedError } from './failures.js';
import { operationOf, prepare, requestOf, type PreparedCall } from './prepare.js';
import { courseOf, malformedFields, performPrepared, type IntentOperation } from './settle.js';
import { runStep } from './step.js';

/** Checks and performs an operation that answers with one payment intent. */
export const perform = async (
  context: ClientContext,
  name: IntentOperation,
  target: PaymentIntentTarget | null,
  input: object | undefined,
  options: PreparedCall['options'] | undefined,
): Promise<PaymentIntent> => {
  const call = await prepare(context, name, target, input, options);
  return mustSplit(context, call) ? createThenConfirm(context, call) : performPrepared(context, call);
};

/** Checks and performs a list. */
export const performList = async (context: ClientContext, query: object | undefined, options: PreparedCall['options'] | undefined): Promise<Page<PaymentIntent>> => {
  const call = await prepare(context, 'paymentIntents.list', null, query, options);
  const { whole } = courseOf(context, call);
  const sent = await runStep(context, whole, call.operation, requestOf(context, call), null);
  const { verdict } = sent;
  if (verdict.kind === 'failed') throw failedError(context, call, sent, verdict);
  if (verdict.kind === 'declined') throw declinedError(context, call, sent, verdict);
  try {
    const { items, hasMore, nextCursor } = operationOf(context, 'paymentIntents.list').response(verdict.answer, call.request);
    const data = Object.freeze(items.map((item) => completePaymentIntent(item, context)));
    return Object.freeze({ data, hasMore: hasMore && nextCursor !== null, nextCursor: hasMore ? nextCursor : null });
  } catch (error) {
    throw malformedError(context, call, sent, malformedFields(error));
  }
};
