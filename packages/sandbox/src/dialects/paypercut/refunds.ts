import * as z from 'zod';
import { sameMetadata } from '../../engine/metadata.js';
import type { Refund } from '../../engine/refund.js';
import * as refunds from '../../engine/refunds.js';
import type { CreateRefundInput } from '../../engine/refunds.js';
import { handler, nothingToRead, type Call, type Reading, type Route, type Spelling } from '../definition.js';
import { readBody } from '../json-request.js';
import { problem } from '../reading.js';
import { refuse } from './errors.js';
import { listHandler } from './listing.js';
import { renderRefund, toldStatus } from './render-refund.js';

const id = z.string().max(100);
const create = z.strictObject({
  amount: z.int().positive().max(99_999_999, 'amount_too_large').optional(),
  payment: id.optional(),
  payment_intent: id.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
});

function readCreate(call: Call): Reading<CreateRefundInput> {
  const reading = readBody(create)(call);
  if (!reading.ok) return reading;
  const { amount, payment: attempt, payment_intent: intent, reason = null } = reading.input;
  if (attempt === undefined && intent === undefined) return problem(['payment_intent'], 'One of payment and payment_intent is required.', 'missing');
  return { ok: true, input: { intent, attempt, amount, reason, metadata: sameMetadata } };
}

const spelling: Spelling<Refund> = { render: ({ store }, refund) => renderRefund(store, refund), refuse, decline: null };

const base = '/v1/refunds';

/** Money on its way back. It can be neither changed nor called off. */
export const refundRoutes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, readCreate, refunds.createRefund) },
  {
    method: 'GET',
    path: base,
    handle: listHandler(
      ({ store }) => store.refunds.values(),
      ({ store }, refund) => ({ ...refund, status: toldStatus(store, refund), customer: store.intents.get(refund.payment)?.customer ?? null }),
      spelling.render,
    ),
  },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, nothingToRead, (call) => refunds.retrieveRefund(call, call.id)) },
];
