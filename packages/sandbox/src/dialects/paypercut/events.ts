import * as z from 'zod';
import { isoTime } from '../../engine/clock.js';
import { timestampedSignature } from '../../engine/deliveries-signature.js';
import { rememberedEvent, rememberedEvents } from '../../engine/events.js';
import { authorizedNow, capturedNow } from '../../engine/events-of-changes.js';
import { ulid } from '../../engine/identifiers.js';
import type { JsonObject } from '../../engine/json.js';
import type { EventDraft, KeptEvent } from '../../engine/kept-event.js';
import { cutPage } from '../../engine/paging.js';
import type { Change } from '../../engine/store.js';
import { success, type Answer } from '../../http/answer.js';
import type { Call, EventDefinition, Place } from '../definition.js';
import { readQuery } from '../json-request.js';
import { refuse } from './errors.js';
import { renderIntent } from './render.js';

const lifetimeSeconds = 30 * 86_400;

/** Authorisations and captures are told; failures, cancellations, actions, setups and refunds are not. */
function draft(change: Change, place: Place): readonly EventDraft[] {
  if (change.resource !== 'payment') return [];
  const { before, after } = change;
  const announced = after.captureMethod === 'manual' || place.store.switches.authorizedEvent === 'always';
  const types = [
    ...(announced && authorizedNow(before, after) ? ['payment_intent.authorized'] : []),
    ...(capturedNow(before, after) ? ['payment_intent.captured'] : []),
  ];
  return types.map((type) => ({ type, object: renderIntent(place, after) }));
}

const renderEvent = (event: KeptEvent): JsonObject => ({
  id: event.id,
  type: event.type,
  created: isoTime(event.createdAt),
  livemode: false,
  account: null,
  api_version: 'v1',
  data: { object: event.object },
});

const cursorOf = (id: string): string => btoa(JSON.stringify({ id }));

const cursor = z.string().transform((text, context) => {
  try {
    return z.strictObject({ id: z.string() }).parse(JSON.parse(atob(text))).id;
  } catch {
    context.addIssue({ code: 'custom', message: 'Must be the last_key of a page.' });
    return z.NEVER;
  }
});
const time = z.iso.datetime({ offset: true }).transform(Date.parse);
const limit = z.string().regex(/^\d+$/, 'Must be an integer.').transform(Number).pipe(z.int().min(1).max(100));

/** The parameters that the other lists have; those of events are documented nowhere. */
const readList = readQuery(
  z.strictObject({ limit: limit.optional(), last_key: cursor.optional(), start_date: time.optional(), end_date: time.optional() }),
);

function list(call: Call): Answer {
  const reading = readList(call);
  if (!reading.ok) return refuse(call, reading.refusal);
  const { limit: most = 10, last_key: after, start_date: since = -Infinity, end_date: until = Infinity } = reading.input;
  const events = rememberedEvents(call.store, lifetimeSeconds).filter(({ createdAt }) => createdAt >= since && createdAt <= until);
  const page = cutPage(events.toReversed(), { limit: most, after });
  if (!page.ok) return refuse(call, { kind: 'bad_cursor', parameter: 'last_key', id: after ?? '' });
  const last = page.items.at(-1);
  return success({ items: page.items.map(renderEvent), last_key: page.hasMore && last !== undefined ? cursorOf(last.id) : null });
}

function retrieve(call: Call): Answer {
  const event = rememberedEvent(call.store, call.id, lifetimeSeconds);
  return event === undefined ? refuse(call, { kind: 'not_found', what: 'event', id: call.id }) : success(renderEvent(event));
}

/** Paypercut's events. */
export const events: EventDefinition = {
  draft,
  newId: ulid,
  routes: [
    { method: 'GET', path: '/v1/events', handle: list },
    { method: 'GET', path: '/v1/events/:id', handle: retrieve },
  ],
  defaultSecret: 'test_webhook_secret_sandbox',
  body: (_store, event) => JSON.stringify(renderEvent(event)),
  headers: async ({ secret, body, at, eventId, deliveryId }) => ({
    'content-type': 'application/json',
    'paypercut-delivery-id': deliveryId,
    'paypercut-event-id': eventId,
    'paypercut-signature': await timestampedSignature(secret, body, at),
  }),
};
