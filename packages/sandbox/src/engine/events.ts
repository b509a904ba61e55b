import type { RecordedEvent } from '../contract.js';
import { isoTime, readClock } from './clock.js';
import type { DeliveryState, EventDraft, KeptEvent } from './kept-event.js';
import type { Store } from './store.js';

/** Keeps events and makes the delivery of each due at once. */
export function keepEvents(store: Pick<Store, 'deliveries'>, drafts: readonly EventDraft[], newId: (at: number) => string, at: number): void {
  for (const draft of drafts) {
    const event: KeptEvent = Object.freeze({ ...draft, id: newId(at), createdAt: at });
    store.deliveries.set(event.id, { event, posts: [], attempts: 0, dueAt: at, acknowledged: false });
  }
}

/** Id of the object that an event is about. */
export const objectId = ({ object }: EventDraft): string => String(object['id']);

/** How many receivers have still to acknowledge an event. */
export const pendingWebhooks = ({ deliveries }: Pick<Store, 'deliveries'>, { id }: KeptEvent): number => (deliveries.get(id)?.acknowledged === false ? 1 : 0);

/** An event as it is shown to the outside: what happened, and what became of its delivery. */
export const sentEvent = ({ event, posts, acknowledged }: DeliveryState): RecordedEvent =>
  Object.freeze({ id: event.id, type: event.type, objectId: objectId(event), at: isoTime(event.createdAt), acknowledged, posts: Object.freeze([...posts]) });

/** The events that can still be listed, oldest first; `lifetimeSeconds` null for ever. */
export function rememberedEvents({ clock, deliveries }: Pick<Store, 'clock' | 'deliveries'>, lifetimeSeconds: number | null): readonly KeptEvent[] {
  const start = lifetimeSeconds === null ? -Infinity : readClock(clock) - lifetimeSeconds * 1000;
  return [...deliveries.values()].map(({ event }) => event).filter(({ createdAt }) => createdAt > start);
}

/** The event with that id, while it can still be listed. */
export const rememberedEvent = (store: Pick<Store, 'clock' | 'deliveries'>, id: string, lifetimeSeconds: number | null): KeptEvent | undefined =>
  rememberedEvents(store, lifetimeSeconds).find((event) => event.id === id);
