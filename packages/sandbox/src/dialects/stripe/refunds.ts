import * as z from 'zod';
import type { Refund } from '../../engine/refund.js';
import * as refunds from '../../engine/refunds.js';
import type { CreateRefundInput } from '../../engine/refunds.js';
import { success, type Answer } from '../../http/answer.js';
import { handler, type Call, type Reading, type Route, type Spelling } from '../definition.js';
import { problem } from '../reading.js';
import { refuse } from './errors.js';
import { list, metadata, positiveInteger, text } from './fields.js';
import { listHandler } from './listing.js';
import { renderCharge } from './render-charge.js';
import { renderRefund } from './render-refund.js';
import { expansions, readBody, readQuery } from './request.js';

const create = z.strictObject({
  amount: positiveInteger.optional(),
  charge: text.optional(),
  metadata,
  payment_intent: text.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer'], 'Must be duplicate, fraudulent or requested_by_customer.').optional(),
});

function readCreate(call: Call): Reading<CreateRefundInput> {
  const reading = readBody(create)(call);
  if (!reading.ok) return reading;
  const { amount, charge, metadata: change, payment_intent: intent, reason = null } = reading.input;
  if (charge === undefined && intent === undefined) return problem(['payment_intent'], 'One of payment_intent and charge is required.', 'missing');
  return { ok: true, input: { intent, attempt: charge, amount, reason, metadata: change } };
}

const update = z.strictObject({ metadata }).transform((body) => body.metadata);

const filters = z.strictObject({ charge: text.optional(), payment_intent: text.optional() });

const spelling: Spelling<Refund> = { render: (_call, refund) => renderRefund(refund), refuse, decline: null };

const readCharge = readQuery(z.strictObject({ expand: list(z.enum(['balance_transaction', 'refunds'], 'This property cannot be expanded.')).optional() }));

function retrieveCharge(call: Call): Answer {
  const reading = readCharge(call);
  if (!reading.ok) return refuse(call, reading.refusal);
  for (const intent of call.store.intents.values()) {
    const attempt = intent.attempts.find(({ id, charged }) => charged && id === call.id);
    if (attempt !== undefined) return success(renderCharge(intent, attempt, call.store, expansions(call)));
  }
  return refuse(call, { kind: 'not_found', what: 'payment', id: call.id });
}

const base = '/v1/refunds';

/** Money on its way back, and the charges that it came from. */
export const refundRoutes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, readCreate, refunds.createRefund) },
  {
    method: 'GET',
    path: base,
    handle: listHandler({
      url: base,
      filters,
      items: ({ refunds: all }) => all.values(),
      matches: (refund, { charge, payment_intent: intent }) =>
        (charge === undefined || refund.attempt === charge) && (intent === undefined || refund.payment === intent),
      render: spelling.render,
    }),
  },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, readQuery(z.strictObject({})), (call) => refunds.retrieveRefund(call, call.id)) },
  { method: 'POST', path: `${base}/:id`, handle: handler(spelling, readBody(update), (call, change) => refunds.updateRefund(call, call.id, change)) },
  { method: 'POST', path: `${base}/:id/cancel`, handle: handler(spelling, readBody(z.strictObject({})), (call) => refunds.callOffRefund(call, call.id)) },
  { method: 'GET', path: '/v1/charges/:id', handle: retrieveCharge },
];
