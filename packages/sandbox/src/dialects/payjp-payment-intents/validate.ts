import * as z from 'zod';
import { sameMetadata } from '../../engine/metadata.js';
import type { CaptureInput, ConfirmInput, CreateInput, DetailsInput, IncrementInput, UpdateInput } from '../../engine/verbs.js';
import type { Call, Reading } from '../definition.js';
import { readBody } from '../json-request.js';
import { metadata, yen } from '../payjp/request.js';
import { problem } from '../reading.js';

const methodTypes = z.array(z.enum(['card', 'paypay', 'payid', 'bank_transfer']));
const setupFutureUsage = z.enum(['on_session', 'off_session']);
const methodOptions = z.strictObject({
  card: z.strictObject({
    request_extended_authorization: z.enum(['if_available', 'never']).optional(),
    request_three_d_secure: z.enum(['any', 'automatic', 'challenge']).optional(),
    setup_future_usage: setupFutureUsage.optional(),
  }),
});
const captureMethod = z.enum(['automatic', 'automatic_async', 'manual']);

const echoed = {
  description: z.string().optional(),
  receipt_email: z.string().optional(),
  return_url: z.string().optional(),
  setup_future_usage: setupFutureUsage.optional(),
  payment_method_options: methodOptions.optional(),
};

const details = (body: z.output<z.ZodObject<typeof echoed>>): DetailsInput => ({
  description: body.description,
  receiptEmail: body.receipt_email,
  returnUrl: body.return_url,
  setupFutureUsage: body.setup_future_usage,
  paymentMethodOptions: body.payment_method_options,
});

const create = z.strictObject({
  ...echoed,
  amount: yen,
  customer: z.string().optional(),
  payment_method: z.string().optional(),
  payment_method_types: methodTypes.optional(),
  capture_method: captureMethod.optional(),
  confirm: z.boolean().optional(),
  metadata,
});

/** The body of a creation. */
export function readCreate(call: Call): Reading<CreateInput> {
  const reading = readBody(create)(call);
  if (!reading.ok) return reading;
  const body = reading.input;
  if (body.return_url !== undefined && body.confirm !== true) return problem(['return_url'], 'Only with confirm=true.');
  const input: CreateInput = {
    amount: body.amount,
    currency: 'JPY',
    captureMethod: body.capture_method ?? 'automatic_async',
    confirmationMethod: 'automatic',
    customer: body.customer,
    paymentMethod: body.payment_method,
    paymentMethodTypes: body.payment_method_types,
    details: details(body),
    metadata: body.metadata,
    confirm: body.confirm === true ? { offSession: false, refuseAction: false } : null,
  };
  return { ok: true, input };
}

const update = z
  .strictObject({
    ...echoed,
    amount: yen.optional(),
    customer: z.string().optional(),
    payment_method: z.string().optional(),
    payment_method_types: methodTypes.optional(),
    metadata,
  })
  .transform(
    (body): UpdateInput => ({
      amount: body.amount,
      customer: body.customer,
      paymentMethod: body.payment_method,
      paymentMethodTypes: body.payment_method_types,
      details: details(body),
      metadata: body.metadata,
    }),
  );

/** The body of an update. */
export const readUpdate = readBody(update);

const confirm = z
  .strictObject({
    ...echoed,
    payment_method: z.string().optional(),
    payment_method_types: methodTypes.optional(),
    capture_method: captureMethod.optional(),
  })
  .transform(
    (body): ConfirmInput => ({
      paymentMethod: body.payment_method,
      paymentMethodTypes: body.payment_method_types,
      captureMethod: body.capture_method,
      details: details(body),
      offSession: false,
      refuseAction: false,
    }),
  );

/** The body of a confirmation. */
export const readConfirm = readBody(confirm, 'optional');

const capture = z
  .strictObject({ amount_to_capture: z.int().positive().optional() })
  .transform((body): CaptureInput => ({ amount: body.amount_to_capture, final: undefined, metadata: sameMetadata }));

/** The body of a capture. */
export const readCapture = readBody(capture, 'optional');

const cancel = z.strictObject({ cancellation_reason: z.string().optional() }).transform((body) => body.cancellation_reason ?? null);

/** The body of a cancellation: its reason, any text. */
export const readCancel = readBody(cancel, 'optional');

const increment = z
  .strictObject({ amount: z.int().positive().max(9_999_999), description: z.string().optional() })
  .transform((body): IncrementInput => ({ amount: body.amount, details: { description: body.description }, metadata: sameMetadata }));

/** The body of an increment. */
export const readIncrement = readBody(increment);
