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
import { renderFlow } from './render.js';

/** Refunds are told as `refund.*`, although the object is a `payment_refund`. Source: notes on the official guide and a live plugin, 2026-04 to 2026-07. */
function draft(change: Change): readonly EventDraft[] {
  switch (change.resource) {
    case 'payment':
      return paymentFacts(change.before, change.after).map((fact) => ({ type: `payment_flow.${fact}`, object: renderFlow(change.after) }));
    case 'setup':
      return setupFacts(change.before, change.after).map((fact) => ({ type: `setup_flow.${fact}`, object: renderSetup(change.after) }));
    case 'refund':
      return refundFacts(change.before, change.after).map((fact) => ({ type: `refund.${fact}`, object: renderRefund(change.after) }));
  }
}

const list = z
  .strictObject({
    limit: queryInteger(1, 100).optional(),
    starting_after: z.string().optional(),
    ending_before: z.string().optional(),
    resource_id: z.string().optional(),
    object: z.string().optional(),
    type: z.string().optional(),
  })
  .refine((query) => query.starting_after === undefined || query.ending_before === undefined, {
    path: ['ending_before'],
    message: 'Not together with starting_after.',
  })
  .transform((query): PageWish & EventFilter => ({
    limit: query.limit ?? 10,
    after: query.starting_after,
    before: query.ending_before,
    resourceId: query.resource_id,
    object: query.object,
    type: query.type,
  }));

/** The events of payment flows. */
export const events: EventDefinition = { ...eventBasics, draft, routes: eventRoutes(readQuery(list)) };
