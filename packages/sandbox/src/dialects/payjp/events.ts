import { isoTime } from '../../engine/clock.js';
import { objectId, pendingWebhooks, rememberedEvent, rememberedEvents } from '../../engine/events.js';
import { prefixedId } from '../../engine/identifiers.js';
import { canonicalJson, type JsonObject } from '../../engine/json.js';
import type { KeptEvent } from '../../engine/kept-event.js';
import { cutPage, type PageWish } from '../../engine/paging.js';
import type { Refusal } from '../../engine/refusal.js';
import type { Store } from '../../engine/store.js';
import { success, type Answer } from '../../http/answer.js';
import type { Call, EventDefinition, Reading, Route } from '../definition.js';
import { refuse } from './problem.js';

/** Which events are wanted. */
export interface EventFilter {
  readonly resourceId: string | undefined;
  /** For instance `payment_flow`. */
  readonly object: string | undefined;
  readonly type: string | undefined;
  /** Milliseconds since the epoch, inclusive. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** An event: the resource itself is its `data`. Source: official Python SDK. */
const renderEvent = (store: Store, event: KeptEvent): JsonObject => ({
  object: 'event',
  id: event.id,
  livemode: false,
  type: event.type,
  pending_webhooks: pendingWebhooks(store, event),
  data: event.object,
  created_at: isoTime(event.createdAt),
  updated_at: isoTime(event.createdAt),
});

/** What payjp-cli makes of an event: whole seconds, sorted names, and no member that is false or 0. Source: payjp-cli. */
const forwarded = (store: Store, event: KeptEvent): string =>
  canonicalJson({
    created: Math.floor(event.createdAt / 1000),
    data: event.object,
    id: event.id,
    object: 'event',
    pending_webhooks: pendingWebhooks(store, event) || undefined,
    type: event.type,
  });

const wanted = (event: KeptEvent, { resourceId, object, type, since = -Infinity, until = Infinity }: EventFilter): boolean =>
  (resourceId === undefined || objectId(event) === resourceId)
  && (object === undefined || event.object['object'] === object)
  && (type === undefined || event.type === type)
  && event.createdAt >= since
  && event.createdAt <= until;

/** The routes of events. `readList` reads the query of a list, which differs between the dialects. */
export function eventRoutes(readList: (call: Call) => Reading<PageWish & EventFilter>): readonly Route[] {
  const refused = (call: Call, refusal: Refusal): Answer => refuse(call, refusal, true);

  const list = (call: Call): Answer => {
    const reading = readList(call);
    if (!reading.ok) return refused(call, reading.refusal);
    const events = rememberedEvents(call.store, null).filter((event) => wanted(event, reading.input));
    const page = cutPage(call.store.switches.listOrder === 'newest_first' ? events.toReversed() : events, reading.input);
    if (!page.ok) {
      const parameter = page.badCursor === 'after' ? 'starting_after' : 'ending_before';
      return refused(call, { kind: 'bad_cursor', parameter, id: reading.input[page.badCursor] ?? '' });
    }
    return success({ object: 'list', url: '/v2/events', has_more: page.hasMore, data: page.items.map((event) => renderEvent(call.store, event)) });
  };

  const retrieve = (call: Call): Answer => {
    const event = rememberedEvent(call.store, call.id, null);
    return event === undefined ? refused(call, { kind: 'not_found', what: 'event', id: call.id }) : success(renderEvent(call.store, event));
  };

  return [
    { method: 'GET', path: '/v2/events', handle: list },
    { method: 'GET', path: '/v2/events/:id', handle: retrieve },
  ];
}

/** What PAY.JP's dialects have in common: a shared token in place of a signature. Source: official sample. */
export const eventBasics: Pick<EventDefinition, 'newId' | 'defaultSecret' | 'body' | 'headers'> = {
  newId: () => prefixedId('evt_'),
  defaultSecret: 'whook_sandbox',
  body: (store, event) => (store.switches.deliveredBy === 'payjp_cli' ? forwarded(store, event) : JSON.stringify(renderEvent(store, event))),
  headers: async ({ secret }) => ({ 'content-type': 'application/json; charset=utf-8', 'x-payjp-webhook-token': secret }),
};
