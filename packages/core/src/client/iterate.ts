import type { PaymentIntent } from '../model/payment-intent.js';
import type { CallOptions } from '../contract/resources.js';
import type { ListPaymentIntents } from '../model/payment-intent-inputs.js';
import type { ClientContext } from './context.js';
import { performList } from './perform.js';

/** All items of a list, page after page, as they are consumed. A cursor that was there before ends it: it would turn in a circle. */
export async function* iterate(context: ClientContext, query: ListPaymentIntents = {}, options: CallOptions = {}): AsyncGenerator<PaymentIntent, void, undefined> {
  let cursor = query.cursor ?? null;
  const seen = new Set([cursor]);
  for (;;) {
    const page = await performList(context, { ...query, ...(cursor !== null && { cursor }) }, options);
    yield* page.data;
    if (page.nextCursor === null || seen.has(page.nextCursor)) return;
    cursor = page.nextCursor;
    seen.add(cursor);
  }
}
