import type { DeliveryOrder, DeliveryPost } from '../contract.js';
import type { Switches } from '../switches.js';
import type { DeliveryState } from './kept-event.js';
import type { Store } from './store.js';

const minutes = (...waits: readonly number[]): readonly number[] => waits.map((wait) => wait * 60);

/** How many seconds each failed attempt waits for the next. */
const schedules: Readonly<Record<Switches['deliveryRetries'], readonly number[]>> = {
  three_minutes_thrice: minutes(3, 3, 3),
  over_hours: minutes(30, 60, 120),
  over_days: minutes(60, 120, 240, 480, 960, 1920),
  never: [],
};

/** The deliveries that are due, in the order in which they became so. */
export const dueDeliveries = ({ deliveries }: Pick<Store, 'deliveries'>, now: number): readonly DeliveryState[] =>
  [...deliveries.values()]
    .filter(({ dueAt }) => dueAt !== null && dueAt <= now)
    .toSorted((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0));

const isSuccess = ({ status }: DeliveryPost): boolean => status !== null && status >= 200 && status < 300;

/** A delivery after an attempt (and its duplicates): acknowledged by any 2xx, else due again by the schedule, else given up. */
export function afterAttempt(delivery: DeliveryState, posts: readonly DeliveryPost[], now: number, retries: Switches['deliveryRetries']): DeliveryState {
  const acknowledged = delivery.acknowledged || posts.some(isSuccess);
  const wait = schedules[retries][delivery.attempts];
  return {
    ...delivery,
    posts: [...delivery.posts, ...posts],
    attempts: delivery.attempts + 1,
    dueAt: acknowledged || wait === undefined ? null : now + wait * 1000,
    acknowledged,
  };
}

/** A shuffle that is the same for the same seed (Fisher-Yates by mulberry32). */
function shuffled<Item>(items: readonly Item[], seed: number): readonly Item[] {
  let state = seed;
  const random = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const left = [...items];
  return items.flatMap(() => left.splice(random(left.length), 1));
}

/** The items in the order that is asked for. */
export function ordered<Item>(items: readonly Item[], order: DeliveryOrder): readonly Item[] {
  if (order === 'sent') return items;
  return order === 'reversed' ? items.toReversed() : shuffled(items, order.shuffledBy);
}
