import { invalidInput } from '../model/payment-error.js';
import type { LivingObject } from '../model/event.js';
import { parseRef } from '../model/ref.js';
import type { ObjectKind } from '../model/kinds.js';
import type { Target } from '../operations/targets.js';

/** A target made plain: the provider's id, and the snapshot if one was given. */
export interface ResolvedTarget {
  readonly id: string;
  readonly snapshot: LivingObject | null;
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
    throw invalidInput('target', 'is not the id of an object', 'Give an object of this library, its ref, or the id that the provider gave.');
  return id;
};

/** What a provider's own id says in a text that may be a ref of this account. */
export const bareId = (text: string, account: string): string => {
  const ref = parseRef(text);
  return ref !== null && ref.account === account ? ref.id : text;
};

const isSnapshot = (target: object): target is LivingObject =>
  'object' in target && ['payment_intent', 'setup_intent', 'refund'].includes(String(target.object)) && 'status' in target && 'ref' in target && 'raw' in target;

const refuseKind = (given: string, wanted: ObjectKind): never => {
  throw invalidInput('target', `is a ${given}, where a ${wanted} is wanted`, `Give the ${wanted}, its ref, or its id.`);
};

/** The id of the attempt behind a payment intent. */
const attemptOf = (intent: LivingObject): string => {
  if (intent.object === 'payment_intent' && intent.latestPayment !== null) return intent.latestPayment;
  throw invalidInput('target', 'has no payment attempt yet', 'Give an intent that has been confirmed: its latestPayment is the attempt.');
};

/**
 * Which object a target means.
 * @throws PaymentError `invalid_request` when it is another account's, of another kind, or no id at all.
 */
export const resolveTarget = (target: Target, account: string, kind: ObjectKind): ResolvedTarget => {
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
    if (kind === 'payment_attempt') return { id: checkId(attemptOf(target)), snapshot: null };
    return target.object === kind ? { id: checkId(target.id), snapshot: target } : refuseKind(target.object, kind);
  }
  if ('object' in target && typeof target.object === 'string' && target.object !== kind) refuseKind(target.object, kind);
  return { id: checkId(target.id), snapshot: null };
};
