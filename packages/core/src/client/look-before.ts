import type { LivingObject } from '../model/event.js';
import type { SingleOperation } from '../operations/definitions.js';
import type { ClientContext } from './context.js';
import { contradicts, judge } from './judge.js';
import type { PreparedCall } from './prepare.js';
import { courseOf, find, performPrepared } from './settle.js';
import { cannotLook, contradictionError } from './settle-errors.js';
import { keyProtects } from './step.js';

/**
 * Whether a repeated call could move money again, as no key keeps it from that: then one looks first. A creation that confirms is one of them only where
 * it can't be split in two.
 */
export const mustLook = ({ limits }: ClientContext, { operation, reference, amount, confirm }: PreparedCall): boolean => {
  if (reference === null || keyProtects(limits, operation, operation === 'paymentIntents.capture' ? amount : null)) return false;
  return operation === 'refunds.create' || (operation === 'paymentIntents.create' && confirm) || (operation === 'paymentIntents.capture' && amount !== null);
};

/** What this call has done before: the part that was taken, as capture is final and a second part is not offered; otherwise what carries its reference. */
const doneBefore = (found: readonly LivingObject[], { operation, amount, snapshot }: PreparedCall): LivingObject | undefined => {
  if (operation === 'refunds.create') return found.find(({ object }) => object === 'refund');
  if (operation === 'paymentIntents.create') return found.find(({ object }) => object === 'payment_intent');
  return found.find((object) => {
    if (object.object !== 'payment_intent' || amount === null) return false;
    const before = snapshot?.object === 'payment_intent' ? (snapshot.amountReceived?.minorUnits ?? 0) : 0;
    return (object.amountReceived?.minorUnits ?? 0) > before;
  });
};

/**
 * A refund, the capture of a part, or a payment that is made in one step, for providers that do not honour keys: one that was done before is returned
 * instead of done again (as far as the provider shows it).
 * @throws PaymentError as the operation does; `provider_unavailable` (`not_sent`) when it cannot be looked up whether it was done before.
 */
export const lookBefore = async (context: ClientContext, call: PreparedCall<SingleOperation>): Promise<LivingObject> => {
  const { whole, startedAt } = courseOf(context, call);
  const found = await find({ context, call, course: whole, startedAt });
  if (found === null) throw cannotLook(context, call);
  const existing = doneBefore(found, call);
  // What is done anew answers with an object of the kind that was looked for.
  if (existing === undefined) return (await performPrepared(context, call)) as LivingObject;
  const asked = { ...call, before: call.snapshot, since: new Date(startedAt).toISOString() };
  // A payment that waits for its customer is the one that was asked for; a part or a refund has to have been done.
  const isOther = call.operation === 'paymentIntents.create' ? contradicts(existing, asked) : judge(existing, asked) !== 'done';
  if (isOther) throw contradictionError(context, call, existing, null);
  return existing;
};
