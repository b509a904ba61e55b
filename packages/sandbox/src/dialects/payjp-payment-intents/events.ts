import * as z from 'zod';
import { paymentFacts, refundFacts, setupFacts } from '../../engine/events-of-changes.js';
import type { EventDraft } from '../../engine/kept-event.js';
import type { PageWish } from '../../engine/paging.js';
import type { Change } from '../../engine/store.js';
import type { EventDefinition } from '../definition.js';
import { readQuery } from '../json-request.js';
import { eventBasics, eventRoutes, type EventFilter } from '../payjp/events.js';
import { queryInteger } from '../payjp/request.js';
import { renderRefund } from './render-refund.js';
import { renderSetup } from './render-setup.js';
import { renderIntent } from './render.js';

/** The names are presumed: no document gives any for this dialect. */
function draft(change: Change): readonly EventDraft[] {
  switch (change.resource) {
    case 'payment':
      return paymentFacts(change.before, change.after).map((fact) => ({ type: `payment_intent.${fact}`, object: renderIntent(change.after) }));
    case 'setup':
      return setupFacts(change.before, change.after).map((fact) => ({ type: `setup_intent.${fact}`, object: renderSetup(change.after) }));
    case 'refund':
      return refundFacts(change.before, change.after).map((fact) => ({ type: `refund.${fact}`, object: renderRefund(change.after) }));
  }
}

const time = z.iso.datetime({ offset: true }).transform(Date.parse);

const list = z
  .strictObject({
    limit: queryInteger(1, 100).optional(),
    offset: queryInteger(0, Number.MAX_SAFE_INTEGER).optional(),
    since: time.optional(),
    until: time.optional(),
    resource_id: z.string().optional(),
    object: z.string().optional(),
    type: z.string().optional(),
  })
  .transform((query): PageWish & EventFilter => ({
    limit: query.limit ?? 10,
    offset: query.offset ?? 0,
    since: query.since,
    until: query.until,
    resourceId: query.resource_id,
    object: query.object,
    type: query.type,
  }));

/** The events of payment intents. */
export const events: EventDefinition = { ...eventBasics, draft, routes: eventRoutes(readQuery(list)) };
