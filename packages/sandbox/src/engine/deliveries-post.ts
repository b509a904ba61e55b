import type { DeliveryHandler, DeliveryOptions, DeliveryPost, DeliveryResult, DueDelivery } from '../contract.js';
import type { EventDefinition } from '../dialects/definition.js';
import { isoTime, readClock } from './clock.js';
import { afterAttempt, dueDeliveries, ordered } from './deliveries.js';
import { ulid } from './identifiers.js';
import type { DeliveryState } from './kept-event.js';
import type { Store } from './store.js';

/** Who sends: the books, and how the dialect spells a delivery. */
export interface Sender {
  readonly store: Store;
  readonly events: Pick<EventDefinition, 'body' | 'headers'>;
  readonly secret: string;
}

/** The POST that this delivery amounts to at this moment, signed. */
async function prepare({ store, events, secret }: Sender, { event, attempts, dueAt }: DeliveryState): Promise<DueDelivery> {
  const at = readClock(store.clock);
  const deliveryId = ulid(at);
  const body = events.body(store, event);
  const headers = await events.headers({ secret, body, at, eventId: event.id, deliveryId });
  return Object.freeze({ id: deliveryId, eventId: event.id, type: event.type, attempt: attempts + 1, dueAt: isoTime(dueAt ?? at), headers: Object.freeze(headers), body });
}

/** What is due now. */
export const preparedDeliveries = (sender: Sender): Promise<readonly DueDelivery[]> =>
  Promise.all(dueDeliveries(sender.store, readClock(sender.store.clock)).map((delivery) => prepare(sender, delivery)));

/** Posts once; null: no answer (an error, or none in time). */
async function post(receiver: DeliveryHandler, { headers, body }: DueDelivery, url: string, timeoutSeconds: number): Promise<number | null> {
  const timeout = new AbortController();
  const expired = new Promise<null>((resolve) => {
    timeout.signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const timer = setTimeout(() => timeout.abort(), timeoutSeconds * 1000);
  try {
    const request = new Request(url, { method: 'POST', headers, body, redirect: 'manual', signal: timeout.signal });
    return await Promise.race([expired, receiver(request).then(({ status }) => status)]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** Posts everything that is due, and keeps what was answered. */
export async function deliverDue(sender: Sender, receiver: DeliveryHandler, options: DeliveryOptions = {}): Promise<readonly DeliveryResult[]> {
  const { order = 'sent', duplicates = 0, concurrently = false, timeoutSeconds = 10, url = 'https://receiver.invalid/webhooks' } = options;
  if (!Number.isInteger(duplicates) || duplicates < 0) throw new RangeError(`deliver: duplicates must be 0, 1, 2…, not ${duplicates}`);
  const { store } = sender;
  const due = dueDeliveries(store, readClock(store.clock));
  const posts = new Map<DeliveryState, DeliveryPost[]>(due.map((delivery) => [delivery, []]));
  const results: DeliveryResult[] = [];

  const send = async (delivery: DeliveryState, prepared: DueDelivery): Promise<void> => {
    const status = await post(receiver, prepared, url, timeoutSeconds);
    posts.get(delivery)?.push(Object.freeze({ at: isoTime(readClock(store.clock)), status }));
    results.push(Object.freeze({ eventId: prepared.eventId, type: prepared.type, attempt: prepared.attempt, status }));
  };

  const sequence = ordered(due.flatMap((delivery) => Array.from({ length: 1 + duplicates }, () => delivery)), order);
  if (concurrently) {
    const all = await Promise.all(sequence.map(async (delivery) => [delivery, await prepare(sender, delivery)] as const));
    await Promise.all(all.map(([delivery, prepared]) => send(delivery, prepared)));
  } else for (const delivery of sequence) await send(delivery, await prepare(sender, delivery));

  const now = readClock(store.clock);
  for (const [{ event }, made] of posts) {
    // In between, a reset may have forgotten the event, or another call posted it too.
    const current = store.deliveries.get(event.id);
    if (current !== undefined) store.deliveries.set(event.id, afterAttempt(current, made, now, store.switches.deliveryRetries));
  }
  return Object.freeze(results);
}
