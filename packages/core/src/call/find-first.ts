// Strategy "find first": where no key keeps a repeated call from moving money again, the library looks whether it was done before.
import type { LivingObject } from '../model/event.js';
import type { NeutralObject } from '../model/kinds.js';
import type { CallContext } from './context.js';
import { cannotLook, contradictionError } from './errors.js';
import { execute } from './execute.js';
import { lookUp } from './look-up.js';
import { keyProtects } from './protection.js';
import { contradicts, reconcile } from './reconcile.js';

/**
 * Whether a repeated call could move money again, as no key keeps it from that: then one looks first. A creation that confirms is one of them only where
 * it can't be split in two.
 */
export const mustFindFirst = ({ client: { limits }, operation, reference, amount, confirm }: CallContext): boolean => {
  if (reference === null || keyProtects(limits, operation, operation === 'paymentIntents.capture' ? amount : null)) return false;
  return operation === 'refunds.create' || (operation === 'paymentIntents.create' && confirm) || (operation === 'paymentIntents.capture' && amount !== null);
};

/** What this call has done before: the part that was captured, as capture is final and a second part is not offered; otherwise what carries its reference. */
const doneBefore = (found: readonly LivingObject[], { operation, amount, snapshot }: CallContext): LivingObject | undefined => {
  if (operation === 'refunds.create') return found.find(({ object }) => object === 'refund');
  if (operation === 'paymentIntents.create') return found.find(({ object }) => object === 'payment_intent');
  return found.find((object) => {
    if (object.object !== 'payment_intent' || amount === null) return false;
    const before = snapshot?.object === 'payment_intent' ? (snapshot.amountReceived?.minorUnits ?? 0) : 0;
    return (object.amountReceived?.minorUnits ?? 0) > before;
  });
};

/**
 * A refund, the capture of a part, or a payment that is made in one step: one that was done before is returned instead of done again (as far as the provider
 * shows it).
 * @throws PaymentError as the operation does; `provider_unavailable` (`not_sent`) when it cannot be looked up whether it was done before.
 */
export const findFirst = async (call: CallContext): Promise<NeutralObject> => {
  const found = await lookUp(call);
  if (found === null) throw cannotLook(call);
  const existing = doneBefore(found, call);
  if (existing === undefined) return execute(call);
  // A payment that waits for its customer is the one that was asked for; a part or a refund has to have been done.
  const isOther = call.operation === 'paymentIntents.create' ? contradicts(call, existing) : reconcile(call, existing) !== 'done';
  if (isOther) throw contradictionError(call, existing, null);
  return existing;
};
