import * as z from 'zod';

/** A member that may be missing, null or of a type never seen: then it is null, as nothing hangs on it. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().catch(null).default(null);

const id = z.string().min(1);
const time = z.union([z.number(), z.string()]);

/** A currency's code: an amount in what is none is no amount. */
const currency = z.string().regex(/^[A-Za-z]{3}$/);

/** An id, or the whole object in its place (`expand`). */
const reference = optional(z.union([id, z.object({ id }).transform((object) => object.id)]));

const cardDetails = z.object({ card: optional(z.object({ capture_before: optional(time) })) });

/** One attempt to pay: an id, or the charge itself. Source: the resource Charge in the official Node SDK 23.1.0. */
export const charge = z.union([
  id.transform((text) => ({ id: text, captureBefore: null })),
  z
    .object({ id, payment_method_details: optional(cardDetails) })
    .transform((object) => ({ id: object.id, captureBefore: object.payment_method_details?.card?.capture_before ?? null })),
]);

/** The list object of API versions before 2022-11-15, newest first, or its items alone. */
const charges = z.union([z.array(z.unknown()), z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data)]);

/**
 * A payment intent of any era. Before API version 2022-11-15 it has `charges`, since then `latest_charge`; neither is required.
 * Source: Stripe's OpenAPI documents 2020-08-27 and 2023-08-16, official Node SDK 23.1.0. `updated` and `return_url` are those of other services.
 */
export const paymentIntent = z.object({
  id,
  status: z.string().min(1),
  amount: z.int(),
  currency,
  amount_capturable: optional(z.int()),
  amount_received: optional(z.int()),
  livemode: optional(z.boolean()),
  capture_method: optional(z.string()),
  confirmation_method: optional(z.string()),
  client_secret: optional(z.string()),
  customer: reference,
  payment_method: reference,
  payment_method_types: optional(z.array(z.string())),
  latest_charge: optional(charge),
  charges: optional(charges),
  description: optional(z.string()),
  statement_descriptor: optional(z.string()),
  receipt_email: optional(z.string()),
  setup_future_usage: optional(z.string()),
  metadata: z.unknown().optional(),
  return_url: optional(z.string()),
  created: optional(time),
  updated: optional(time),
  next_action: z.unknown().optional(),
  canceled_at: optional(time),
  cancellation_reason: optional(z.string()),
  last_payment_error: z.unknown().optional(),
});

/** A setup intent. Source: official Node SDK 23.1.0. */
export const setupIntent = z.object({
  id,
  status: z.string().min(1),
  livemode: optional(z.boolean()),
  client_secret: optional(z.string()),
  customer: reference,
  payment_method: reference,
  payment_method_types: optional(z.array(z.string())),
  usage: optional(z.string()),
  description: optional(z.string()),
  metadata: z.unknown().optional(),
  return_url: optional(z.string()),
  created: optional(time),
  updated: optional(time),
  next_action: z.unknown().optional(),
  canceled_at: optional(time),
  cancellation_reason: optional(z.string()),
  last_setup_error: z.unknown().optional(),
});

/** A refund. Source: official Node SDK 23.1.0; a status that is missing is met in older versions. */
export const refund = z.object({
  id,
  status: optional(z.string()),
  amount: z.int(),
  currency,
  livemode: optional(z.boolean()),
  payment_intent: reference,
  charge: reference,
  reason: optional(z.string()),
  pending_reason: optional(z.string()),
  failure_reason: optional(z.string()),
  metadata: z.unknown().optional(),
  created: optional(time),
  updated: optional(time),
});

/** A charge whole: the attempt behind an intent. Its fee is told where the balance transaction is in the answer. Source: official Node SDK 23.1.0. */
export const wholeCharge = z.object({
  id,
  status: z.string().min(1),
  amount: z.int(),
  currency,
  amount_captured: optional(z.int()),
  amount_refunded: optional(z.int()),
  livemode: optional(z.boolean()),
  payment_intent: reference,
  failure_code: optional(z.string()),
  failure_message: optional(z.string()),
  outcome: optional(z.object({ reason: optional(z.string()), network_decline_code: optional(z.string()), network_advice_code: optional(z.string()) })),
  payment_method_details: optional(
    z.object({
      type: optional(z.string()),
      card: optional(
        z.object({
          brand: optional(z.string()),
          last4: optional(z.string()),
          exp_month: optional(z.int()),
          exp_year: optional(z.int()),
          funding: optional(z.string()),
          country: optional(z.string()),
          capture_before: optional(time),
        }),
      ),
    }),
  ),
  balance_transaction: optional(z.object({ fee: optional(z.int()), currency: optional(currency) })),
  created: optional(time),
  updated: optional(time),
});

/** An event. Source: official Node SDK 23.1.0. */
export const event = z.object({
  id,
  type: z.string().min(1),
  livemode: optional(z.boolean()),
  created: optional(time),
  data: optional(z.object({ object: z.unknown().optional() })),
});

/** `next_action.redirect_to_url`, and the `*_handle_redirect` of single payment methods. */
export const redirect = z.object({ url: z.string().min(1), return_url: optional(z.string()) });

/** What any kind of error may say. */
const errorMembers = z.object({
  type: optional(z.string()),
  code: optional(z.string()),
  message: optional(z.string()),
  param: optional(z.string()),
  decline_code: optional(z.string()),
  advice_code: optional(z.string()),
  network_decline_code: optional(z.string()),
  network_advice_code: optional(z.string()),
  payment_intent: z.unknown().optional(),
  setup_intent: z.unknown().optional(),
  charge: z.unknown().optional(),
});
export type ErrorMembers = z.infer<typeof errorMembers>;

const saysSomething = ({ type, code, decline_code, message }: ErrorMembers): boolean => [type, code, decline_code, message].some((member) => member !== null);

const wrappedError = z.object({ error: z.looseObject({}) });
const errorSentence = z.looseObject({ error: id, message: optional(z.string()) });

/** An error object, alone or in `error`, or a sentence in place of one: `{ "error": "…" }`. */
export const errorBody = z.preprocess((json) => {
  const wrapped = wrappedError.safeParse(json);
  if (wrapped.success) return wrapped.data.error;
  const sentence = errorSentence.safeParse(json);
  return sentence.success ? { ...sentence.data, message: sentence.data.message ?? sentence.data.error } : json;
}, errorMembers.refine(saysSomething));

/** The error object that an intent carries in `last_payment_error`. */
export const failure = errorMembers.refine(saysSomething);

/** An error that says which setup intent it is about. */
export const ofSetup = z.object({ setup_intent: z.union([id, z.object({ id }).transform((object) => object.id)]) });

/** An object that says which intent it belongs to. */
export const ofIntent = z.object({ payment_intent: z.union([id, z.object({ id }).transform((object) => object.id)]) });
