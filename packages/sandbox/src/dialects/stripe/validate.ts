import * as z from 'zod';
import type { CaptureInput, ConfirmInput, CreateInput, DetailsInput, IncrementInput, UpdateInput } from '../../engine/verbs.js';
import type { Call, Reading } from '../definition.js';
import { problem } from '../reading.js';
import { amountFault } from './amounts.js';
import { automaticPaymentMethods, boolean, clearable, currency, integer, list, metadata, offSession, positiveInteger, structure, text } from './fields.js';
import { readBody, readQuery } from './request.js';

const captureMethod = z.enum(['automatic', 'automatic_async', 'manual'], 'Must be automatic, automatic_async or manual.');
const references = ['customer', 'payment_method', 'latest_charge', 'latest_charge.balance_transaction', 'latest_charge.refunds'] as const;
const cannotExpand = 'This property cannot be expanded.';
const expand = list(z.enum(references, cannotExpand)).optional();

const echoed = {
  receipt_email: clearable.optional(),
  return_url: text.optional(),
  setup_future_usage: z.enum(['off_session', 'on_session']).or(z.literal('').transform(() => null)).optional(),
  payment_method_options: structure.optional(),
  shipping: structure.optional(),
};
const described = {
  description: clearable.optional(),
  statement_descriptor: clearable.optional(),
  statement_descriptor_suffix: clearable.optional(),
};
const attempted = { off_session: offSession.optional(), error_on_requires_action: boolean.optional() };

type Body<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

const details = (body: Body<typeof echoed> & Partial<Body<typeof described>>): DetailsInput => ({
  description: body.description,
  receiptEmail: body.receipt_email,
  returnUrl: body.return_url,
  setupFutureUsage: body.setup_future_usage,
  statementDescriptor: body.statement_descriptor,
  statementDescriptorSuffix: body.statement_descriptor_suffix,
  paymentMethodOptions: body.payment_method_options,
  shipping: body.shipping,
});

const presence = (body: Body<typeof attempted>) => ({
  offSession: body.off_session ?? false,
  refuseAction: body.error_on_requires_action ?? false,
});

const create = z.strictObject({
  ...echoed,
  ...described,
  ...attempted,
  allowed_payment_method_types: list(text).optional(),
  amount: integer,
  currency,
  automatic_payment_methods: automaticPaymentMethods.optional(),
  capture_method: captureMethod.optional(),
  confirm: boolean.optional(),
  confirmation_method: z.enum(['automatic', 'manual']).optional(),
  customer: text.optional(),
  expand,
  metadata,
  payment_method: text.optional(),
  payment_method_types: list(text).optional(),
});

/** The body of a creation. */
export function readCreate(call: Call): Reading<CreateInput> {
  const reading = readBody(create)(call);
  if (!reading.ok) return reading;
  const body = reading.input;
  const fault = amountFault(body.amount, body.currency);
  if (fault !== null) return problem(['amount'], fault);
  const forConfirmation = ['return_url', 'off_session', 'error_on_requires_action'] as const;
  const tooEarly = body.confirm === true ? undefined : forConfirmation.find((name) => body[name] !== undefined);
  if (tooEarly !== undefined) return problem([tooEarly], 'it may be given only with confirm=true.');
  const input: CreateInput = {
    amount: body.amount,
    currency: body.currency,
    captureMethod: body.capture_method ?? 'automatic',
    confirmationMethod: body.confirmation_method ?? 'automatic',
    customer: body.customer,
    paymentMethod: body.payment_method,
    paymentMethodTypes: body.payment_method_types ?? body.allowed_payment_method_types,
    details: { ...details(body), automaticPaymentMethods: body.automatic_payment_methods },
    metadata: body.metadata,
    confirm: body.confirm === true ? presence(body) : null,
  };
  return { ok: true, input };
}

const { return_url: _confirmOnly, ...updatable } = echoed;
const update = z.strictObject({
  ...updatable,
  ...described,
  allowed_payment_method_types: list(text).optional(),
  amount: integer.optional(),
  capture_method: captureMethod.optional(),
  currency: currency.optional(),
  customer: clearable.optional(),
  expand,
  metadata,
  payment_method: clearable.optional(),
  payment_method_types: list(text).optional(),
});

/** The body of an update. */
export function readUpdate(call: Call): Reading<UpdateInput> {
  const reading = readBody(update)(call);
  if (!reading.ok) return reading;
  const body = reading.input;
  const present = call.store.intents.get(call.id);
  const wanted = { amount: body.amount ?? present?.amount, currency: body.currency ?? present?.currency };
  const weighed = body.amount !== undefined || body.currency !== undefined;
  const fault = weighed && wanted.amount !== undefined && wanted.currency !== undefined ? amountFault(wanted.amount, wanted.currency) : null;
  if (fault !== null) return problem(['amount'], fault);
  const input: UpdateInput = {
    amount: body.amount,
    currency: body.currency,
    captureMethod: body.capture_method,
    customer: body.customer,
    paymentMethod: body.payment_method,
    paymentMethodTypes: body.payment_method_types ?? body.allowed_payment_method_types,
    details: details(body),
    metadata: body.metadata,
  };
  return { ok: true, input };
}

const confirm = z
  .strictObject({
    ...echoed,
    ...attempted,
    capture_method: captureMethod.optional(),
    expand,
    payment_method: text.optional(),
    payment_method_types: list(text).optional(),
  })
  .transform(
    (body): ConfirmInput => ({
      captureMethod: body.capture_method,
      paymentMethod: body.payment_method,
      paymentMethodTypes: body.payment_method_types,
      details: details(body),
      ...presence(body),
    }),
  );

/** The body of a confirmation. */
export const readConfirm = readBody(confirm);

const capture = z
  .strictObject({
    amount_to_capture: positiveInteger.optional(),
    final_capture: boolean.optional(),
    statement_descriptor: clearable.optional(),
    statement_descriptor_suffix: clearable.optional(),
    expand,
    metadata,
  })
  .transform(
    (body): CaptureInput => ({
      amount: body.amount_to_capture,
      final: body.final_capture,
      details: { statementDescriptor: body.statement_descriptor, statementDescriptorSuffix: body.statement_descriptor_suffix },
      metadata: body.metadata,
    }),
  );

/** The body of a capture. */
export const readCapture = readBody(capture);

const cancel = z
  .strictObject({ cancellation_reason: z.enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']).optional(), expand })
  .transform((body) => body.cancellation_reason ?? null);

/** The body of a cancellation: its reason. */
export const readCancel = readBody(cancel);

const increment = z
  .strictObject({ amount: positiveInteger, description: clearable.optional(), statement_descriptor: clearable.optional(), expand, metadata })
  .transform(
    (body): IncrementInput => ({
      amount: body.amount,
      details: { description: body.description, statementDescriptor: body.statement_descriptor },
      metadata: body.metadata,
    }),
  );

/** The body of an increment. */
export const readIncrement = readBody(increment);

/** The query of a retrieval. */
export const readRetrieve = readQuery(z.strictObject({ client_secret: text.optional(), expand }));

/** What a list can be filtered by, and what of it can be expanded. */
export const filters = z.strictObject({
  customer: text.optional(),
  expand: list(z.enum(references.map((path) => `data.${path}` as const), cannotExpand)).optional(),
});
