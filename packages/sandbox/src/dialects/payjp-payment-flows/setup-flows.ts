import * as z from 'zod';
import type { Setup } from '../../engine/setup.js';
import * as setups from '../../engine/setups.js';
import type { CreateSetupInput, UpdateSetupInput } from '../../engine/setups.js';
import { handler, nothingToRead, type Route, type Spelling } from '../definition.js';
import { readBody } from '../json-request.js';
import { refuse } from '../payjp/problem.js';
import { metadata } from '../payjp/request.js';
import { listHandler } from './listing.js';
import { renderSetup } from './render-setup.js';

const described = {
  customer_id: z.string().optional(),
  payment_method_options: z.strictObject({ card: z.strictObject({ request_three_d_secure: z.enum(['automatic', 'any']).optional() }).optional() }).optional(),
  payment_method_types: z.array(z.literal('card')).optional(),
  description: z.string().optional(),
  metadata,
};

const update = z.strictObject(described).transform(
  (body): UpdateSetupInput => ({
    customer: body.customer_id,
    paymentMethodTypes: body.payment_method_types,
    details: { description: body.description, paymentMethodOptions: body.payment_method_options },
    metadata: body.metadata,
  }),
);

const create = z.strictObject({ ...described, usage: z.enum(['off_session', 'on_session']).optional() }).transform(
  (body): CreateSetupInput => ({
    customer: body.customer_id,
    paymentMethod: undefined,
    paymentMethodTypes: body.payment_method_types,
    usage: body.usage,
    details: { description: body.description, paymentMethodOptions: body.payment_method_options },
    metadata: body.metadata,
    confirm: false,
  }),
);

const cancel = z
  .strictObject({ cancellation_reason: z.enum(['abandoned', 'duplicate', 'requested_by_customer']).optional() })
  .transform((body) => body.cancellation_reason ?? null);

const spelling: Spelling<Setup> = { render: (_call, setup) => renderSetup(setup), refuse: (call, refusal) => refuse(call, refusal, true), decline: null };

const base = '/v2/setup_flows';

/** Saving a payment method. Since December 2025 only a browser can confirm. */
export const setupRoutes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, readBody(create, 'optional'), setups.createSetup) },
  { method: 'GET', path: base, handle: listHandler('others', ({ store }) => store.setups.values(), renderSetup) },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, nothingToRead, (call) => setups.retrieveSetup(call, call.id)) },
  { method: 'POST', path: `${base}/:id`, handle: handler(spelling, readBody(update), (call, input) => setups.updateSetup(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/cancel`, handle: handler(spelling, readBody(cancel, 'optional'), (call, reason) => setups.endSetup(call, call.id, reason)) },
];
