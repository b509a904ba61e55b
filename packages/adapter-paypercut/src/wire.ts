import { tryWire } from '@oneintent/core/adapter';
import * as z from 'zod/mini';

/** A member that may be missing, null or of a type never seen: then it is null, as nothing depends on it. Every adapter has this same line. */
const optional = <T>(schema: z.ZodMiniType<T>) => z.transform((json: unknown) => tryWire(schema, json) ?? null);

/** A text that is not empty. */
const filled = z.string().check(z.minLength(1));
const id = filled;
const text = optional(z.string());
const time = optional(z.union([z.string(), z.number()]));

/** An id, or the object that it belongs to where somebody asked for its expansion. */
const reference = optional(
  z.union([
    id,
    z.pipe(
      z.object({ id }),
      z.transform((object) => object.id),
    ),
  ]),
);

const code = z.string().check(z.regex(/^[A-Za-z]{3}$/));

/** `{ iso, scale }`, in either case. The request side and setup intents have plain text, which is read as well. */
const currency = z.union([
  z.object({ iso: code, scale: optional(z.int().check(z.minimum(0), z.maximum(9))) }),
  z.pipe(
    code,
    z.transform((iso) => ({ iso, scale: null })),
  ),
]);

/**
 * A payment intent. Times are ISO 8601, although the schema's prose speaks of seconds since the epoch: both are read.
 * Source: https://docs.paypercut.io/api-reference/models/PaymentIntentResponse, 2026-07.
 */
export const paymentIntent = z.object({
  id,
  status: filled,
  amount: z.int(),
  currency,
  amount_capturable: optional(z.int()),
  amount_received: optional(z.int()),
  capture_method: text,
  customer: reference,
  payment_method: reference,
  latest_payment: reference,
  livemode: optional(z.boolean()),
  setup_future_usage: text,
  statement_descriptor: text,
  next_action: z.optional(z.unknown()),
  cancellation_reason: text,
  canceled_at: time,
  created: time,
  updated: time,
});
export type PaymentIntentBody = z.infer<typeof paymentIntent>;

/** What a customer has to do next; `type` is an open set. Source: https://docs.paypercut.io/api-reference/models/PaymentIntentNextAction. */
export const nextAction = z.object({
  type: text,
  redirect_to_url: optional(z.object({ url: filled, return_url: text })),
  three_d_secure: optional(z.looseObject({})),
});

/**
 * A saved card. Only these members are in the example; there is no status among those that are listed but `canceled`, so it is an open word.
 * Source: https://docs.paypercut.io/api-reference/tag/setup-intents/post/v1/setup_intents, 2026-07.
 */
export const setupIntent = z.object({
  id,
  status: filled,
  livemode: optional(z.boolean()),
  customer: reference,
  payment_method: reference,
  usage: text,
  next_action: z.optional(z.unknown()),
  canceled_at: time,
  cancellation_reason: text,
  created: time,
  updated: time,
});

/** A refund. Its status may be missing or null. Source: https://docs.paypercut.io/api-reference/models/RefundResponse, 2026-07. */
export const refund = z.object({
  id,
  status: text,
  amount: z.int(),
  currency,
  livemode: optional(z.boolean()),
  payment: reference,
  payment_intent: reference,
  reason: text,
  failure_reason: text,
  pending_reason: text,
  created: time,
  updated: time,
});

/** The attempt that `latest_payment` names. Its `payment_method` is a type, not an id. Source: https://docs.paypercut.io/api-reference/models/Payment, 2026-07. */
export const payment = z.object({
  id,
  status: filled,
  latest_status: text,
  amount: z.int(),
  currency,
  amount_captured: optional(z.int()),
  amount_refunded: optional(z.int()),
  livemode: optional(z.boolean()),
  failure_code: text,
  failure_message: text,
  outcome: optional(z.object({ network_decline_code: text })),
  payment_method: text,
  payment_method_details: optional(
    z.object({
      card: optional(
        z.object({ brand: text, last4: text, exp_month: optional(z.int()), exp_year: optional(z.int()), funding: text, country: text, capture_before: time }),
      ),
    }),
  ),
  balance_transaction: optional(z.object({ fee: optional(z.int()), currency: optional(currency) })),
  payment_intent: reference,
  created: time,
  updated: time,
});
export type PaymentBody = z.infer<typeof payment>;

/** An event. Source: https://docs.paypercut.io/api-reference/models/Event, 2026-07. */
export const event = z.object({
  id,
  type: filled,
  livemode: optional(z.boolean()),
  created: time,
  data: optional(z.object({ object: z.optional(z.unknown()) })),
});

/** A page: what comes next is asked for by `last_key`, and there is none at the end. Source: https://docs.paypercut.io/api-reference/tag/refunds/get/v1/refunds. */
export const page = z.object({ items: z.array(z.unknown()), last_key: text });

const errorMembers = z.object({
  type: text,
  code: text,
  decline_code: text,
  advice_code: text,
  network_decline_code: text,
  network_advice_code: text,
  message: text,
  param: text,
  violation_code: text,
  trace_id: text,
  payment_intent: z.optional(z.unknown()),
});
const errorBody = errorMembers.check(z.refine((body) => body.type !== null || body.code !== null || body.decline_code !== null || body.trace_id !== null));

const wrapped = z.object({ error: z.looseObject({}), trace_id: z.optional(z.unknown()) });

/**
 * An error: flat, as documented, or wrapped in `error` with the trace id beside it, as the provider's own shop plugins also expect.
 * Sources: https://docs.paypercut.io/docs/developer-resources/error-object; github.com/paypercut-oss/plugin-magento2.
 */
export const errorObject = z.pipe(
  z.transform((json: unknown): unknown => {
    const wrapper = wrapped.safeParse(json);
    return wrapper.success ? { trace_id: wrapper.data.trace_id, ...wrapper.data.error } : json;
  }),
  errorBody,
);
export type ErrorObject = z.infer<typeof errorObject>;
