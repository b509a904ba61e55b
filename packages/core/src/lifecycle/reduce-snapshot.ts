import { invalidInput } from '../model/payment-error.js';
import type { LivingObject } from '../model/event.js';
import { compareSnapshots } from './compare-snapshots.js';

/** How a snapshot stands to what was known: `current`, `stale` (something newer is known), or `undecided`: retrieve. */
export type Freshness = 'current' | 'stale' | 'undecided';

/** What is known of an object after one more snapshot of it. */
export interface Known<T extends LivingObject = LivingObject> {
  readonly snapshot: T;
  /** Of the snapshot that was taken in last. */
  readonly freshness: Freshness;
}

const rank = (object: LivingObject): string => JSON.stringify([object.updatedAt ?? '', object.status, object]);

/**
 * Takes one more snapshot into what is known of an object. Answers of the API and events pass through it alike, and the end is the same whichever comes
 * first, late or twice: the newest snapshot stays. Pure. Where nothing tells which of two is the newer, `undecided` is said, and one of them is kept by a
 * rule that does not look at their order: retrieve, and take that in.
 * @param known what was known; `null` at first.
 * @throws PaymentError `invalid_request` when the snapshots are of different objects.
 */
export const reduceSnapshot = <T extends LivingObject>(known: T | null, next: T): Known<T> => {
  if (known === null) return { snapshot: next, freshness: 'current' };
  if (known.ref !== next.ref || known.object !== next.object) throw invalidInput('next', 'is a snapshot of another object', 'Keep what is known of each object by its ref.');
  const order = compareSnapshots(known, next);
  if (order === 'first') return { snapshot: known, freshness: 'stale' };
  if (order === 'second') return { snapshot: next, freshness: 'current' };
  return { snapshot: rank(known) >= rank(next) ? known : next, freshness: order === 'same' ? 'current' : 'undecided' };
};
