import { invalidInput } from '../errors/payment-error.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import { parseRef } from '../model/ref.js';
import type { PaymentIntentTarget } from '../contract/resources.js';

/** A target made plain: the provider's id, and the snapshot if one was given. */
export interface ResolvedTarget {
  readonly id: string;
  readonly snapshot: PaymentIntent | null;
}

const refuseOther = (account: string, own: string): never => {
  throw invalidInput(
    'target',
    `belongs to the account '${account}', and this client is the account '${own}'`,
    "Use that account's client. If the text is a provider's id that happens to have a colon, give it as { id }.",
  );
};

const checkId = (id: unknown): string => {
  // A dot segment would make the path point at another resource.
  if (typeof id !== 'string' || id.trim() === '' || id === '.' || id === '..' || /[\p{Cc}\p{Cs}]/u.test(id))
    throw invalidInput('target', "is not the id of an object", 'Give an intent, its ref, or the id that the provider gave.');
  return id;
};

const isSnapshot = (target: object): target is PaymentIntent =>
  'object' in target && target.object === 'payment_intent' && 'status' in target && 'ref' in target && 'amount' in target;

/**
 * Which object a target means.
 * @throws PaymentError `invalid_request` when it is another account's, or no id at all.
 */
export const resolveTarget = (target: PaymentIntentTarget, account: string): ResolvedTarget => {
  if (typeof target === 'string') {
    const ref = parseRef(target);
    if (ref !== null && ref.account !== account) refuseOther(ref.account, account);
    return { id: checkId(ref?.id ?? target), snapshot: null };
  }
  if (typeof target !== 'object' || target === null) return { id: checkId(undefined), snapshot: null };
  // A part of a snapshot says where it belongs as well, by its ref.
  const ref = 'ref' in target && typeof target.ref === 'string' ? parseRef(target.ref) : null;
  if (ref !== null && ref.account !== account) refuseOther(ref.account, account);
  if (isSnapshot(target)) {
    if (target.account !== account) refuseOther(target.account, account);
    return { id: checkId(target.id), snapshot: target };
  }
  return { id: checkId(target.id), snapshot: null };
};
