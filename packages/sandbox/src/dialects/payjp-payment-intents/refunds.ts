import * as z from 'zod';
import type { Refund } from '../../engine/refund.js';
import * as refunds from '../../engine/refunds.js';
import type { CreateRefundInput } from '../../engine/refunds.js';
import { handler, nothingToRead, type Route, type Spelling } from '../definition.js';
import { readBody } from '../json-request.js';
import { refuse } from '../payjp/problem.js';
import { refundFields, refundUpdate } from '../payjp/refund-request.js';
import { listHandler } from './listing.js';
import { renderRefund } from './render-refund.js';

const create = z.strictObject({ ...refundFields, payment_intent: z.string() }).transform(
  (body): CreateRefundInput => ({
    intent: body.payment_intent,
    attempt: undefined,
    amount: body.amount,
    reason: body.reason ?? null,
    metadata: body.metadata,
  }),
);

const spelling: Spelling<Refund> = { render: (_call, refund) => renderRefund(refund), refuse: (call, refusal) => refuse(call, refusal, false), decline: null };

const base = '/v2/refunds';

/** Money on its way back. */
export const refundRoutes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, readBody(create), refunds.createRefund) },
  { method: 'GET', path: base, handle: listHandler(({ store }) => store.refunds.values(), renderRefund) },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, nothingToRead, (call) => refunds.retrieveRefund(call, call.id)) },
  { method: 'POST', path: `${base}/:id`, handle: handler(spelling, readBody(refundUpdate), (call, change) => refunds.updateRefund(call, call.id, change)) },
  { method: 'POST', path: `${base}/:id/cancel`, handle: handler(spelling, nothingToRead, (call) => refunds.callOffRefund(call, call.id)) },
];
