import * as z from 'zod';
import type { Json } from '../../engine/json.js';
import type { Setup } from '../../engine/setup.js';
import * as setups from '../../engine/setups.js';
import type { ConfirmSetupInput, CreateSetupInput, UpdateSetupInput } from '../../engine/setups.js';
import { handler, nothingToRead, type Call, type Reading, type Route, type Spelling } from '../definition.js';
import { readBody } from '../json-request.js';
import { declined, refuse } from '../payjp/problem.js';
import { metadata } from '../payjp/request.js';
import { problem } from '../reading.js';
import { listHandler } from './listing.js';
import { renderSetup } from './render-setup.js';

// The document has no more to say of it than that it is an object.
const options = z.record(z.string(), z.json()).transform((value): Json => value);

const described = {
  customer: z.string().optional(),
  payment_method: z.string().optional(),
  payment_method_options: options.optional(),
  payment_method_types: z.array(z.enum(['card', 'paypay', 'payid', 'bank_transfer'])).optional(),
  description: z.string().optional(),
  metadata,
};

const create = z.strictObject({
  ...described,
  confirm: z.boolean().optional(),
  return_url: z.string().optional(),
  usage: z.enum(['off_session', 'on_session']).optional(),
});

function readCreate(call: Call): Reading<CreateSetupInput> {
  const reading = readBody(create)(call);
  if (!reading.ok) return reading;
  const body = reading.input;
  if (body.return_url !== undefined && body.confirm !== true) return problem(['return_url'], 'Only with confirm=true.');
  const input: CreateSetupInput = {
    customer: body.customer,
    paymentMethod: body.payment_method,
    paymentMethodTypes: body.payment_method_types,
    usage: body.usage,
    details: { description: body.description, returnUrl: body.return_url, paymentMethodOptions: body.payment_method_options },
    metadata: body.metadata,
    confirm: body.confirm === true,
  };
  return { ok: true, input };
}

const update = z.strictObject(described).transform(
  (body): UpdateSetupInput => ({
    customer: body.customer,
    paymentMethod: body.payment_method,
    paymentMethodTypes: body.payment_method_types,
    details: { description: body.description, paymentMethodOptions: body.payment_method_options },
    metadata: body.metadata,
  }),
);

const confirm = z
  .strictObject({
    payment_method: z.string().optional(),
    payment_method_options: options.optional(),
    return_url: z.string().optional(),
    use_payjp_sdk: z.boolean().optional(),
  })
  .transform(
    (body): ConfirmSetupInput => ({
      paymentMethod: body.payment_method,
      details: { returnUrl: body.return_url, paymentMethodOptions: body.payment_method_options },
    }),
  );

const cancel = z.strictObject({ cancellation_reason: z.string().optional() }).transform((body) => body.cancellation_reason ?? null);

const spelling: Spelling<Setup> = {
  render: (_call, setup) => renderSetup(setup),
  refuse: (call, refusal) => refuse(call, refusal, false),
  decline: (call, setup, status) => declined(call, setup, status, { setup_intent: renderSetup(setup) }),
};

const base = '/v2/setup_intents';

/** Saving a payment method. */
export const setupRoutes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, readCreate, setups.createSetup) },
  { method: 'GET', path: base, handle: listHandler(({ store }) => store.setups.values(), renderSetup) },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, nothingToRead, (call) => setups.retrieveSetup(call, call.id)) },
  { method: 'POST', path: `${base}/:id`, handle: handler(spelling, readBody(update), (call, input) => setups.updateSetup(call, call.id, input)) },
  {
    method: 'POST',
    path: `${base}/:id/confirm`,
    handle: handler(spelling, readBody(confirm, 'optional'), (call, input) => setups.confirmSetup(call, call.id, input)),
  },
  { method: 'POST', path: `${base}/:id/cancel`, handle: handler(spelling, readBody(cancel, 'optional'), (call, reason) => setups.endSetup(call, call.id, reason)) },
];
