import { z } from 'zod';
import type { Json } from '../../engine/json.js';
import type { CaptureInput, ConfirmInput, CreateInput, DetailsInput, IncrementInput, UpdateInput } from '../../engine/verbs.js';
import type { Call, Reading } from '../definition.js';
import { problem, readWith } from '../reading.js';
import { amountFault } from './amounts.js';
import { boolean, clearable, currency, integer, list, metadata, offSession, positiveInteger, structure, text } from './fields.js';
import { parseForm } from './form.js';

const captureMethod = z.enum(['automatic', 'automatic_async', 'manual'], 'Must be automatic, automatic_async or manual.');
const automaticPaymentMethods = z
  .strictObject({ enabled: boolean, allow_redirects: z.enum(['always', 'never']).optional() })
  .transform((value): Json => ({ allow_redirects: value.allow_redirects ?? 'always', enabled: value.enabled }));

const expand = list(z.enum(['customer', 'payment_method', 'latest_charge'], 'This property cannot be expanded.')).optional();

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

function readBody<Input>(schema: z.ZodType<Input>) {
  return (call: Call): Reading<Input> => {
    const type = call.headers.get('content-type') ?? '';
    if (call.body !== '' && !/^application\/x-www-form-urlencoded\b/i.test(type))
      return problem(['body'], 'check that your POST content type is application/x-www-form-urlencoded.');
    return readWith(schema, parseForm(call.body));
  };
}

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
export const readRetrieve = (call: Call): Reading<unknown> =>
  readWith(z.strictObject({ client_secret: text.optional(), expand }), parseForm(call.query.toString()));

const time = integer;
const limit = integer.refine((value) => value >= 1 && value <= 100, 'parameter_invalid_integer');

const page = z
  .strictObject({
    created: z.union([time.transform((at) => ({ gte: at, lte: at })), z.strictObject({ gt: time.optional(), gte: time.optional(), lt: time.optional(), lte: time.optional() })], 'Must be a time or a range of times.').optional(),
    customer: text.optional(),
    ending_before: text.optional(),
    expand: list(z.enum(['data.customer', 'data.payment_method', 'data.latest_charge'], 'This property cannot be expanded.')).optional(),
    limit: limit.optional(),
    starting_after: text.optional(),
  })
  .refine((query) => query.starting_after === undefined || query.ending_before === undefined, {
    path: ['ending_before'],
    message: 'it may not be given together with starting_after.',
  });

/** The query of a list. */
export const readList = (call: Call): Reading<z.output<typeof page>> => readWith(page, parseForm(call.query.toString()));

/** What `expand[]` asks for, in the body or the query, without the `data.` of a list. */
export function expansions(call: Call): readonly string[] {
  const { expand: asked } = parseForm(call.method === 'GET' ? call.query.toString() : call.body);
  return typeof asked === 'object' ? Object.values(asked).map((path) => String(path).replace(/^data\./, '')) : [];
}
