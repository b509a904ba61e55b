import { tryWire } from '@oneintent/core/adapter';
import * as z from 'zod/mini';

/** A member that may be missing, null or of a type never seen: then it is null, as nothing depends on it. Every adapter has this same line. */
export const optional = <T>(schema: z.ZodMiniType<T>) => z.transform((json: unknown) => tryWire(schema, json) ?? null);

/** A text that is not empty. */
const filled = z.string().check(z.minLength(1));
const id = filled;
const text = optional(z.string());
const whole = optional(z.int());
const flag = optional(z.boolean());
const time = optional(z.union([z.number(), z.string()]));

/** A currency's code: an amount in what is none is no amount. */
const currency = z.string().check(z.regex(/^[A-Za-z]{3}$/));

/** An id, or the whole object in its place (`expand`). */
const idOf = z.union([
  id,
  z.pipe(
    z.object({ id }),
    z.transform((object) => object.id),
  ),
]);
const reference = optional(idOf);

const cardDetails = z.object({ card: optional(z.object({ capture_before: time })) });

/** One attempt to pay: an id, or the charge itself. Source: the resource Charge in the official Node SDK 23.1.0. */
export const charge = z.union([
  z.pipe(
    id,
    z.transform((found) => ({ id: found, captureBefore: null })),
  ),
  z.pipe(
    z.object({ id, payment_method_details: optional(cardDetails) }),
    z.transform((object) => ({ id: object.id, captureBefore: object.payment_method_details?.card?.capture_before ?? null })),
  ),
]);

/** The list object of API versions before 2022-11-15, newest first, or its items alone. */
const charges = z.union([
  z.array(z.unknown()),
  z.pipe(
    z.object({ data: z.array(z.unknown()) }),
    z.transform(({ data }) => data),
  ),
]);

/**
 * A payment intent of any era. Before API version 2022-11-15 it has `charges`, since then `latest_charge`; neither is required.
 * Source: Stripe's OpenAPI documents 2020-08-27 and 2023-08-16, official Node SDK 23.1.0. `updated` and `return_url` are those of other services.
 */
export const paymentIntent = z.object({
  id,
  status: filled,
  amount: z.int(),
  currency,
  amount_capturable: whole,
  amount_received: whole,
  livemode: flag,
  capture_method: text,
  confirmation_method: text,
  client_secret: text,
  customer: reference,
  payment_method: reference,
  payment_method_types: optional(z.array(z.string())),
  latest_charge: optional(charge),
  charges: optional(charges),
  description: text,
  statement_descriptor: text,
  receipt_email: text,
  setup_future_usage: text,
  metadata: z.optional(z.unknown()),
  return_url: text,
  created: time,
  updated: time,
  next_action: z.optional(z.unknown()),
  canceled_at: time,
  cancellation_reason: text,
  last_payment_error: z.optional(z.unknown()),
});

/** A setup intent. Source: official Node SDK 23.1.0. */
export const setupIntent = z.object({
  id,
  status: filled,
  livemode: flag,
  client_secret: text,
  customer: reference,
  payment_method: reference,
  payment_method_types: optional(z.array(z.string())),
  usage: text,
  description: text,
  metadata: z.optional(z.unknown()),
  return_url: text,
  created: time,
  updated: time,
  next_action: z.optional(z.unknown()),
  canceled_at: time,
  cancellation_reason: text,
  last_setup_error: z.optional(z.unknown()),
});

/** A refund. Source: official Node SDK 23.1.0; a status that is missing is met in older versions. */
export const refund = z.object({
  id,
  status: text,
  amount: z.int(),
  currency,
  livemode: flag,
  payment_intent: reference,
  charge: reference,
  reason: text,
  pending_reason: text,
  failure_reason: text,
  metadata: z.optional(z.unknown()),
  created: time,
  updated: time,
});

/** A charge whole: the attempt behind an intent. Its fee is told where the balance transaction is in the answer. Source: official Node SDK 23.1.0. */
export const wholeCharge = z.object({
  id,
  status: filled,
  amount: z.int(),
  currency,
  amount_captured: whole,
  amount_refunded: whole,
  livemode: flag,
  payment_intent: reference,
  failure_code: text,
  failure_message: text,
  outcome: optional(z.object({ reason: text, network_decline_code: text, network_advice_code: text })),
  payment_method_details: optional(
    z.object({
      type: text,
      card: optional(
        z.object({
          brand: text,
          last4: text,
          exp_month: whole,
          exp_year: whole,
          funding: text,
          country: text,
          capture_before: time,
        }),
      ),
    }),
  ),
  balance_transaction: optional(z.object({ fee: whole, currency: optional(currency) })),
  created: time,
  updated: time,
});

/** An event. Source: official Node SDK 23.1.0. */
export const event = z.object({
  id,
  type: filled,
  livemode: flag,
  created: time,
  data: optional(z.object({ object: z.optional(z.unknown()) })),
});

/** `next_action.redirect_to_url`, and the `*_handle_redirect` of single payment methods. */
export const redirect = z.object({ url: filled, return_url: text });

/** What any kind of error may say. */
const errorMembers = z.object({
  type: text,
  code: text,
  message: text,
  param: text,
  decline_code: text,
  advice_code: text,
  network_decline_code: text,
  network_advice_code: text,
  payment_intent: z.optional(z.unknown()),
  setup_intent: z.optional(z.unknown()),
  charge: z.optional(z.unknown()),
});
export type ErrorMembers = z.infer<typeof errorMembers>;

const saysSomething = ({ type, code, decline_code, message }: ErrorMembers): boolean => [type, code, decline_code, message].some((member) => member !== null);

/** The error object that an intent carries in `last_payment_error`. */
export const failure = errorMembers.check(z.refine(saysSomething));

const wrappedError = z.object({ error: z.looseObject({}) });
const errorSentence = z.looseObject({ error: id, message: text });

/** An error object, alone or in `error`, or a sentence in place of one: `{ "error": "…" }`. */
export const errorBody = z.pipe(
  z.transform((json: unknown): unknown => {
    const wrapped = wrappedError.safeParse(json);
    if (wrapped.success) return wrapped.data.error;
    const sentence = errorSentence.safeParse(json);
    return sentence.success ? { ...sentence.data, message: sentence.data.message ?? sentence.data.error } : json;
  }),
  failure,
);

/** An error that says which setup intent it is about. */
export const ofSetup = z.object({ setup_intent: idOf });

/** An object that says which intent it belongs to. */
export const ofIntent = z.object({ payment_intent: idOf });
