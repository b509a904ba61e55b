import * as z from 'zod';
import { sameMetadata } from '../../engine/metadata.js';
import type { CaptureInput, ConfirmInput, CreateInput } from '../../engine/verbs.js';
import type { Call, Reading } from '../definition.js';
import { readBody } from '../json-request.js';
import { problem, readWith } from '../reading.js';

const currencies = new Set(['DKK', 'SEK', 'NOK', 'GBP', 'EUR', 'USD', 'CHF', 'CZK', 'HUF', 'PLN', 'RON']);

const id = z.string().max(100);
/** A currency that is supported, in upper case. */
export const currency = z
  .string()
  .transform((code) => code.toUpperCase())
  .refine((code) => currencies.has(code), 'This currency is not supported.');
const setupFutureUsage = z.enum(['off_session', 'on_session']).nullable();
const methodOptions = z.strictObject({
  card: z
    .strictObject({
      request_three_d_secure: z.enum(['automatic', 'any', 'challenge']).optional(),
      three_d_secure: z
        .strictObject({
          cryptogram: z.string().max(1000),
          transaction_id: z.string().max(5000),
          version: z.enum(['1.0.2', '2.1.0', '2.2.0']),
          ares_trans_status: z.enum(['A', 'C', 'I', 'N', 'R', 'U', 'Y']).optional(),
          electronic_commerce_indicator: z.enum(['01', '02', '05', '06', '07']).optional(),
          exemption_indicator: z.enum(['low_risk', 'none']).optional(),
        })
        .optional(),
    })
    .optional(),
});

const create = z.strictObject({
  amount: z.int().min(50).max(99_999_999, 'amount_too_large'),
  currency,
  capture_method: z.enum(['automatic', 'manual']).optional(),
  confirm: z.boolean().optional(),
  customer: id.optional(),
  off_session: z.union([z.boolean(), z.enum(['one_off', 'recurring'])]).optional(),
  payment_method: id.optional(),
  payment_method_options: methodOptions.optional(),
  setup_future_usage: setupFutureUsage.optional(),
});

/** The body of a creation. */
export function readCreate(call: Call): Reading<CreateInput> {
  const reading = expanding(readBody(create))(call);
  if (!reading.ok) return reading;
  const body = reading.input;
  const confirmed = body.confirm === true;
  if (body.off_session !== undefined && !confirmed) return problem(['off_session'], 'Only with confirm=true.');
  const input: CreateInput = {
    amount: body.amount,
    currency: body.currency,
    captureMethod: body.capture_method ?? 'automatic',
    confirmationMethod: 'automatic',
    customer: body.customer,
    paymentMethod: body.payment_method,
    paymentMethodTypes: undefined,
    details: { paymentMethodOptions: body.payment_method_options, setupFutureUsage: body.setup_future_usage },
    metadata: sameMetadata,
    confirm: confirmed ? { offSession: (body.off_session ?? false) !== false, refuseAction: false } : null,
  };
  return { ok: true, input };
}

const confirm = z
  .strictObject({
    payment_method: id.optional(),
    payment_method_options: methodOptions.optional(),
    setup_future_usage: setupFutureUsage.optional(),
  })
  .transform(
    (body): ConfirmInput => ({
      paymentMethod: body.payment_method,
      details: { paymentMethodOptions: body.payment_method_options, setupFutureUsage: body.setup_future_usage },
      offSession: false,
      refuseAction: false,
    }),
  );

/** The body of a confirmation. */
export const readConfirm = expanding(readBody(confirm, 'optional'));

const capture = z
  .strictObject({ amount_to_capture: z.int().positive().optional(), final_capture: z.boolean().optional() })
  // What a capture that is not final leaves behind is unverified, so the switch decides.
  .transform((body): CaptureInput => ({ amount: body.amount_to_capture, final: body.final_capture === true ? true : undefined, metadata: sameMetadata }));

/** The body of a capture. */
export const readCapture = expanding(readBody(capture, 'optional'));

const cancel = z
  .strictObject({ cancellation_reason: z.enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']).nullish() })
  .transform((body) => body.cancellation_reason ?? null);

/** The body of a cancellation, which is required: its reason. */
export const readCancel = expanding(readBody(cancel));

/** Of a retrieval: nothing but the query. */
export const readRetrieve = expanding((): Reading<null> => ({ ok: true, input: null }));

const expandQuery = z.strictObject({ expand: z.array(z.enum(['payment_method', 'customer'])) });

/** What `?expand=` asks for: a repeated key, a comma list, or `expand[]`. */
export const expansions = (query: URLSearchParams): readonly string[] =>
  [...query].filter(([name]) => /^expand(\[\d*\])?$/.test(name)).flatMap(([, value]) => value.split(','));

function expanding<Input>(read: (call: Call) => Reading<Input>) {
  return (call: Call): Reading<Input> => {
    const asked = readWith(expandQuery, { expand: expansions(call.query) });
    return asked.ok ? read(call) : asked;
  };
}
