import * as z from 'zod';
import type { Setup } from '../../engine/setup.js';
import * as setups from '../../engine/setups.js';
import type { ConfirmSetupInput, CreateSetupInput, UpdateSetupInput } from '../../engine/setups.js';
import { handler, type Call, type Reading, type Route, type Spelling } from '../definition.js';
import { problem } from '../reading.js';
import { refuse, setupDeclined } from './errors.js';
import { automaticPaymentMethods, boolean, clearable, list, metadata, structure, text } from './fields.js';
import { listHandler } from './listing.js';
import { renderSetup } from './render-setup.js';
import { expansions, readBody, readQuery } from './request.js';

const expandable = ['customer', 'payment_method'] as const;
const expand = list(z.enum(expandable, 'This property cannot be expanded.')).optional();

const create = z.strictObject({
  allowed_payment_method_types: list(text).optional(),
  automatic_payment_methods: automaticPaymentMethods.optional(),
  confirm: boolean.optional(),
  customer: text.optional(),
  description: clearable.optional(),
  expand,
  metadata,
  payment_method: text.optional(),
  payment_method_options: structure.optional(),
  payment_method_types: list(text).optional(),
  return_url: text.optional(),
  usage: z.enum(['off_session', 'on_session'], 'Must be off_session or on_session.').optional(),
});

function readCreate(call: Call): Reading<CreateSetupInput> {
  const reading = readBody(create)(call);
  if (!reading.ok) return reading;
  const body = reading.input;
  if (body.return_url !== undefined && body.confirm !== true) return problem(['return_url'], 'it may be given only with confirm=true.');
  const input: CreateSetupInput = {
    customer: body.customer,
    paymentMethod: body.payment_method,
    paymentMethodTypes: body.payment_method_types ?? body.allowed_payment_method_types,
    usage: body.usage,
    details: {
      description: body.description,
      returnUrl: body.return_url,
      paymentMethodOptions: body.payment_method_options,
      automaticPaymentMethods: body.automatic_payment_methods,
    },
    metadata: body.metadata,
    confirm: body.confirm === true,
  };
  return { ok: true, input };
}

const update = z
  .strictObject({
    allowed_payment_method_types: list(text).optional(),
    customer: clearable.optional(),
    description: clearable.optional(),
    expand,
    metadata,
    payment_method: clearable.optional(),
    payment_method_options: structure.optional(),
    payment_method_types: list(text).optional(),
  })
  .transform(
    (body): UpdateSetupInput => ({
      customer: body.customer,
      paymentMethod: body.payment_method,
      paymentMethodTypes: body.payment_method_types ?? body.allowed_payment_method_types,
      details: { description: body.description, paymentMethodOptions: body.payment_method_options },
      metadata: body.metadata,
    }),
  );

const confirm = z
  .strictObject({ expand, payment_method: text.optional(), payment_method_options: structure.optional(), return_url: text.optional() })
  .transform(
    (body): ConfirmSetupInput => ({
      paymentMethod: body.payment_method,
      details: { returnUrl: body.return_url, paymentMethodOptions: body.payment_method_options },
    }),
  );

const cancel = z
  .strictObject({ cancellation_reason: z.enum(['abandoned', 'duplicate', 'requested_by_customer']).optional(), expand })
  .transform((body) => body.cancellation_reason ?? null);

const retrieve = z.strictObject({ client_secret: text.optional(), expand });

const filters = z.strictObject({
  customer: text.optional(),
  expand: list(z.enum(['data.customer', 'data.payment_method'], 'This property cannot be expanded.')).optional(),
  payment_method: text.optional(),
});

const spelling: Spelling<Setup> = {
  render: (call, setup) => renderSetup(setup, expansions(call)),
  refuse,
  decline: setupDeclined,
};

const base = '/v1/setup_intents';

/** Saving a payment method. */
export const setupRoutes: readonly Route[] = [
  { method: 'POST', path: base, handle: handler(spelling, readCreate, setups.createSetup) },
  {
    method: 'GET',
    path: base,
    handle: listHandler({
      url: base,
      filters,
      items: ({ setups: all }) => all.values(),
      matches: (setup, { customer, payment_method: method }) =>
        (customer === undefined || setup.customer === customer) && (method === undefined || setup.paymentMethod === method),
      render: spelling.render,
    }),
  },
  { method: 'GET', path: `${base}/:id`, handle: handler(spelling, readQuery(retrieve), (call) => setups.retrieveSetup(call, call.id)) },
  { method: 'POST', path: `${base}/:id`, handle: handler(spelling, readBody(update), (call, input) => setups.updateSetup(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/confirm`, handle: handler(spelling, readBody(confirm), (call, input) => setups.confirmSetup(call, call.id, input)) },
  { method: 'POST', path: `${base}/:id/cancel`, handle: handler(spelling, readBody(cancel), (call, reason) => setups.endSetup(call, call.id, reason)) },
];
