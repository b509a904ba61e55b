import * as z from 'zod';
import type { CaptureInput, ConfirmInput, CreateInput, UpdateInput } from '../../engine/verbs.js';
import { sameMetadata } from '../../engine/metadata.js';
import type { Call, Reading } from '../definition.js';
import { readBody } from '../json-request.js';
import { metadata, yen } from '../payjp/request.js';
import { problem } from '../reading.js';

const methodTypes = z.array(z.enum(['card', 'paypay', 'apple_pay']));
const methodOptions = z.strictObject({
  card: z
    .strictObject({
      request_extended_authorization: z.enum(['if_available', 'must_extend', 'never']).optional(),
      request_three_d_secure: z.enum(['any', 'automatic']).optional(),
    })
    .optional(),
});
const captureMethod = z.enum(['automatic', 'manual']);

const create = z.strictObject({
  amount: yen,
  currency: z.literal('jpy'),
  customer_id: z.string().optional(),
  payment_method_id: z.string().optional(),
  payment_method_options: methodOptions.optional(),
  payment_method_types: methodTypes.optional(),
  capture_method: captureMethod.optional(),
  confirm: z.boolean().optional(),
  return_url: z.string().optional(),
  description: z.string().optional(),
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
    captureMethod: body.capture_method ?? 'automatic',
    confirmationMethod: 'automatic',
    customer: body.customer_id,
    paymentMethod: body.payment_method_id,
    paymentMethodTypes: body.payment_method_types,
    details: { description: body.description, returnUrl: body.return_url, paymentMethodOptions: body.payment_method_options },
    metadata: body.metadata,
    confirm: body.confirm === true ? { offSession: false, refuseAction: false } : null,
  };
  return { ok: true, input };
}

const update = z
  .strictObject({
    amount: yen.optional(),
    customer_id: z.string().optional(),
    payment_method_id: z.string().optional(),
    payment_method_options: methodOptions.optional(),
    payment_method_types: methodTypes.optional(),
    return_url: z.string().optional(),
    description: z.string().optional(),
    metadata,
  })
  .transform(
    (body): UpdateInput => ({
      amount: body.amount,
      customer: body.customer_id,
      paymentMethod: body.payment_method_id,
      paymentMethodTypes: body.payment_method_types,
      details: { description: body.description, returnUrl: body.return_url, paymentMethodOptions: body.payment_method_options },
      metadata: body.metadata,
    }),
  );

/** The body of an update. */
export const readUpdate = readBody(update);

const confirm = z
  .strictObject({
    payment_method_id: z.string().optional(),
    payment_method_options: methodOptions.optional(),
    payment_method_types: methodTypes.optional(),
    capture_method: captureMethod.optional(),
    return_url: z.string().optional(),
    description: z.string().optional(),
  })
  .transform(
    (body): ConfirmInput => ({
      paymentMethod: body.payment_method_id,
      paymentMethodTypes: body.payment_method_types,
      captureMethod: body.capture_method,
      details: { description: body.description, returnUrl: body.return_url, paymentMethodOptions: body.payment_method_options },
      offSession: false,
      refuseAction: false,
    }),
  );

/** The body of a confirmation. */
export const readConfirm = readBody(confirm, 'optional');

const capture = z
  .strictObject({ amount_to_capture: yen.optional() })
  .transform((body): CaptureInput => ({ amount: body.amount_to_capture, final: undefined, metadata: sameMetadata }));

/** The body of a capture. */
export const readCapture = readBody(capture, 'optional');

const cancel = z
  .strictObject({ cancellation_reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional() })
  .transform((body) => body.cancellation_reason ?? null);

/** The body of a cancellation: its reason. */
export const readCancel = readBody(cancel, 'optional');
