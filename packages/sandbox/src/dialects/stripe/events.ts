import * as z from 'zod';
import { unixTime } from '../../engine/clock.js';
import { timestampedSignature } from '../../engine/deliveries-signature.js';
import { pendingWebhooks, rememberedEvent, rememberedEvents } from '../../engine/events.js';
import { paymentFacts, refundFacts, setupFacts } from '../../engine/events-of-changes.js';
import { prefixedId } from '../../engine/identifiers.js';
import type { JsonObject } from '../../engine/json.js';
import type { EventDraft, KeptEvent } from '../../engine/kept-event.js';
import type { Refund } from '../../engine/refund.js';
import type { Change, Store } from '../../engine/store.js';
import { success, type Answer } from '../../http/answer.js';
import type { Call, EventDefinition, Place } from '../definition.js';
import { refuse } from './errors.js';
import { list as listOf, text } from './fields.js';
import { listHandler } from './listing.js';
import { renderCharge } from './render-charge.js';
import { renderRefund } from './render-refund.js';
import { renderSetup } from './render-setup.js';
import { renderIntent } from './render.js';

const lifetimeSeconds = 30 * 86_400;

/** A refund that was made is told by its charge too. */
function refundedCharge({ store }: Place, refund: Refund): readonly EventDraft[] {
  const intent = store.intents.get(refund.payment);
  const attempt = intent?.attempts.find(({ id }) => id === refund.attempt);
  if (intent === undefined || attempt === undefined || refund.status === 'failed') return [];
  return [{ type: 'charge.refunded', object: renderCharge(intent, attempt, store) }];
}

function draft(change: Change, place: Place): readonly EventDraft[] {
  switch (change.resource) {
    case 'payment':
      return paymentFacts(change.before, change.after).map((fact) => ({ type: `payment_intent.${fact}`, object: renderIntent(change.after, place.store) }));
    case 'setup':
      return setupFacts(change.before, change.after).map((fact) => ({ type: `setup_intent.${fact}`, object: renderSetup(change.after) }));
    case 'refund':
      return [
        ...refundFacts(change.before, change.after).map((fact) => ({ type: `refund.${fact}`, object: renderRefund(change.after) })),
        ...(change.before === null ? refundedCharge(place, change.after) : []),
      ];
  }
}

const renderEvent = (store: Store, event: KeptEvent): JsonObject => ({
  id: event.id,
  object: 'event',
  api_version: store.switches.charge === 'charges' ? '2020-08-27' : '2023-08-16',
  created: unixTime(event.createdAt),
  data: { object: event.object },
  livemode: false,
  pending_webhooks: pendingWebhooks(store, event),
  request: { id: null, idempotency_key: null },
  type: event.type,
});

/** A type, or all of a kind: `payment_intent.*`. */
const matches = (type: string, pattern: string): boolean => (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern);

const filters = z
  .strictObject({ type: text.optional(), types: listOf(text).optional() })
  .refine((query) => query.type === undefined || query.types === undefined, { path: ['types'], message: 'it may not be given together with type.' })
  .transform(({ type, types }) => (type === undefined ? types : [type]));

const list = listHandler({
  url: '/v1/events',
  filters,
  items: (store) => rememberedEvents(store, lifetimeSeconds),
  matches: (event, patterns) => patterns === undefined || patterns.some((pattern) => matches(event.type, pattern)),
  render: (call, event) => renderEvent(call.store, event),
});

function retrieve(call: Call): Answer {
  const event = rememberedEvent(call.store, call.id, lifetimeSeconds);
  return event === undefined ? refuse(call, { kind: 'not_found', what: 'event', id: call.id }) : success(renderEvent(call.store, event));
}

/** Stripe's events. */
export const events: EventDefinition = {
  draft,
  newId: () => prefixedId('evt_1'),
  routes: [
    { method: 'GET', path: '/v1/events', handle: list },
    { method: 'GET', path: '/v1/events/:id', handle: retrieve },
  ],
  defaultSecret: 'whsec_sandbox',
  // Indented, as Stripe sends it: whoever signs what he has parsed and written anew fails.
  body: (store, event) => JSON.stringify(renderEvent(store, event), null, 2),
  headers: async ({ secret, body, at }) => ({
    'content-type': 'application/json; charset=utf-8',
    'stripe-signature': await timestampedSignature(secret, body, at),
  }),
};
