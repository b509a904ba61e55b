import { completePaymentIntent } from '../contract/complete.js';
import type { PaymentIntentReading } from '../contract/readings.js';
import { readMetadata } from '../model/metadata.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { ClientContext } from './context.js';
import { runStep, type Course } from './step.js';

/** An object, looked up by its id. `null` when the provider has no such operation or does not answer: a look-up proves something or nothing. */
export const lookUpById = async (context: ClientContext, course: Course, id: string): Promise<PaymentIntent | null> => {
  const operation = context.adapter.operations['paymentIntents.retrieve'];
  if (operation === undefined || course.signal?.aborted || context.transport.clock() >= course.endsAt) return null;
  const { verdict } = await runStep(context, course, 'paymentIntents.retrieve', operation.request({ id }), null);
  if (verdict.kind !== 'success') return null;
  try {
    return completePaymentIntent(operation.response(verdict.answer, { id }), context);
  } catch {
    return null;
  }
};

/** How many pages a look-up by reference reads at most. */
const pages = 3;

/** Which intents a look-up by reference means. */
export interface ByReference {
  readonly reference: string;
  readonly attempt: number;
  /** Whether one is looked for that has been confirmed too: then one that has not is no reason to look no further. */
  readonly confirm: boolean;
  readonly customer: string | undefined;
}

/** Whether an attempt to pay has been made with an intent. */
export const wasConfirmed = ({ status, lastPaymentError }: PaymentIntent): boolean =>
  (status !== 'requires_payment_method' && status !== 'requires_confirmation') || lastPaymentError !== null;

/**
 * Intents that carry a reference in their metadata, among the newest. What is not found proves nothing: the list may lag behind, the intent may be
 * further back, or the provider may have no list or no metadata. `null` when there is a list and it could not be read.
 */
export const lookUpByReference = async (context: ClientContext, course: Course, { reference, attempt, confirm, customer }: ByReference): Promise<readonly PaymentIntent[] | null> => {
  const { adapter, limits, transport } = context;
  const operation = adapter.operations['paymentIntents.list'];
  if (operation === undefined || limits.metadata.value === null) return [];
  const isMeant = ({ metadata }: PaymentIntentReading): boolean => {
    const own = readMetadata(metadata);
    return own.reference === reference && own.attempt === attempt;
  };
  const found: PaymentIntent[] = [];
  let cursor: string | null = null;
  for (let page = 1; page <= pages; page += 1) {
    if (course.signal?.aborted || transport.clock() >= course.endsAt) return null;
    const query = {
      ...(limits.pageSize.value !== null && { limit: limits.pageSize.value }),
      ...(cursor !== null && { cursor }),
      ...(customer !== undefined && operation.accepts.includes('customer') && { customer }),
    };
    const { verdict } = await runStep(context, course, 'paymentIntents.list', operation.request(query), null);
    if (verdict.kind !== 'success') return null;
    try {
      const reading = operation.response(verdict.answer, query);
      found.push(...reading.items.filter(isMeant).map((item) => completePaymentIntent(item, context)));
      if (found.some((intent) => !confirm || wasConfirmed(intent))) return found;
      if (!reading.hasMore || reading.nextCursor === null || reading.nextCursor === cursor) return found;
      cursor = reading.nextCursor;
    } catch {
      return null;
    }
  }
  return found;
};
