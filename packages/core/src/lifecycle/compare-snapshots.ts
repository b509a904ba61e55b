import type { PaymentIntent } from '../model/payment-intent.js';
import { terminalStatuses } from './transitions.js';

/** Which of two snapshots of one object is the newer: the `first`, the `second`, neither because they are the `same`, or `undecided`: then retrieve. */
export type SnapshotOrder = 'first' | 'second' | 'same' | 'undecided';

const order = (first: number, second: number): SnapshotOrder | null => (first === second ? null : first > second ? 'first' : 'second');

/** The facts that decide, each `null` when it does not. In this order: the provider's own clock, an end that nothing leaves, money that never goes back. */
const deciders: readonly ((first: PaymentIntent, second: PaymentIntent) => SnapshotOrder | null)[] = [
  (first, second) => (first.updatedAt === null || second.updatedAt === null ? null : order(Date.parse(first.updatedAt), Date.parse(second.updatedAt))),
  (first, second) => order(Number(terminalStatuses.has(first.status)), Number(terminalStatuses.has(second.status))),
  (first, second) =>
    first.amountReceived === null || second.amountReceived === null ? null : order(first.amountReceived.minorUnits, second.amountReceived.minorUnits),
];

/**
 * Compares two snapshots of the same intent, as an answer and a webhook bring them in any order.
 * @returns `undecided` when the snapshots are of different objects, or nothing in them tells: one retrieves then.
 */
export const compareSnapshots = (first: PaymentIntent, second: PaymentIntent): SnapshotOrder => {
  if (first.ref !== second.ref) return 'undecided';
  for (const decide of deciders) {
    const decision = decide(first, second);
    if (decision !== null) return decision;
  }
  const same =
    first.status === second.status &&
    first.amount.minorUnits === second.amount.minorUnits &&
    first.amountCapturable?.minorUnits === second.amountCapturable?.minorUnits &&
    first.amountReceived?.minorUnits === second.amountReceived?.minorUnits;
  return same ? 'same' : 'undecided';
};
