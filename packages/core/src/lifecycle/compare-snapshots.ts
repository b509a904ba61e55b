import type { LivingObject } from '../model/event.js';
import type { Money } from '../model/money.js';
import type { RefundStatus } from '../model/refund.js';
import { isTerminal } from './transitions.js';

/** Which of two snapshots of one object is the newer: the `first`, the `second`, neither because they are the `same`, or `undecided`: then retrieve. */
export type SnapshotOrder = 'first' | 'second' | 'same' | 'undecided';

const order = (first: number, second: number): SnapshotOrder | null => (first === second ? null : first > second ? 'first' : 'second');

const received = (object: LivingObject): Money | null => (object.object === 'payment_intent' ? object.amountReceived : null);

/** How far a refund has come: it never goes back. A status that is not known says nothing. */
const refundProgress: Readonly<Record<RefundStatus, number | null>> = { pending: 0, requires_action: 0, succeeded: 1, failed: 2, canceled: 2, unknown: null };

const progress = (object: LivingObject): number | null =>
  object.object === 'refund' ? refundProgress[object.status] : Number(isTerminal(object.object, object.status));

/** The facts that decide, each `null` when it does not. In this order: the provider's own clock, an end that nothing leaves, money that never goes back. */
const deciders: readonly ((first: LivingObject, second: LivingObject) => SnapshotOrder | null)[] = [
  (first, second) => (first.updatedAt === null || second.updatedAt === null ? null : order(Date.parse(first.updatedAt), Date.parse(second.updatedAt))),
  (first, second) => {
    const [one, other] = [progress(first), progress(second)];
    return one === null || other === null ? null : order(one, other);
  },
  (first, second) => {
    const [one, other] = [received(first), received(second)];
    return one === null || other === null ? null : order(one.minorUnits, other.minorUnits);
  },
];

const amountsOf = (object: LivingObject): readonly (number | undefined)[] =>
  object.object === 'payment_intent'
    ? [object.amount.minorUnits, object.amountCapturable?.minorUnits, object.amountReceived?.minorUnits]
    : object.object === 'refund'
      ? [object.amount.minorUnits]
      : [];

/**
 * Compares two snapshots of the same payment intent, setup intent or refund, as an answer and a webhook bring them in any order.
 * @returns `undecided` when the snapshots are of different objects, or nothing in them tells: one retrieves then.
 */
export const compareSnapshots = (first: LivingObject, second: LivingObject): SnapshotOrder => {
  if (first.ref !== second.ref || first.object !== second.object) return 'undecided';
  for (const decide of deciders) {
    const decision = decide(first, second);
    if (decision !== null) return decision;
  }
  const [one, other] = [amountsOf(first), amountsOf(second)];
  return first.status === second.status && one.every((amount, index) => amount === other[index]) ? 'same' : 'undecided';
};
