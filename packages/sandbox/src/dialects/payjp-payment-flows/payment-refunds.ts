import * as z from 'zod';
import { refundsOf, type Refund } from '../../engine/refund.js';
import * as refunds from '../../engine/refunds.js';
import type { CreateRefundInput } from '../../engine/refunds.js';
import { retrieve } from '../../engine/verbs.js';
import type { Answer } from '../../http/answer.js';
import { handler, nothingToRead, type Call, type Route, type Spelling } from '../definition.js';
import { readBody } from '../json-request.js';
import { refuse } from '../payjp/problem.js';
import { refundFields, refundUpdate } from '../payjp/refund-request.js';
import { listHandler } from './listing.js';
import { renderRefund } from './render-refund.js';

const create = z.strictObject({ ...refundFields, payment_flow_id: z.string() }).transform(
  (body): CreateRefundInput => ({
    intent: body.payment_flow_id,
    attempt: undefined,
    amount: body.amount,
    reason: body.reason ?? null,
    metadata: body.metadata,
  }),
);

const spelling: Spelling<Refund> = { render: (_call, refund) => renderRefund(refund), refuse: (call, refusal) => refuse(call, refusal, true), decline: null };

const listOfPayment = listHandler('others', ({ store, id }) => refundsOf(store, { id }), renderRefund);

function refundsOfPayment(call: Call): Answer {
  const found = retrieve(call, call.id);
  return found.ok ? listOfPayment(call) : spelling.refuse(call, found.refusal);
}

const base = '/v2/payment_refunds';

/** Money on its way back. It cannot be called off. */
export const refundRoutes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, readBody(create), refunds.createRefund) },
  { method: 'GET', path: base, handle: listHandler('others', ({ store }) => store.refunds.values(), renderRefund) },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, nothingToRead, (call) => refunds.retrieveRefund(call, call.id)) },
  { method: 'POST', path: `${base}/:id`, handle: handler(spelling, readBody(refundUpdate), (call, change) => refunds.updateRefund(call, call.id, change)) },
  { method: 'GET', path: '/v2/payment_flows/:id/refunds', handle: refundsOfPayment },
];
