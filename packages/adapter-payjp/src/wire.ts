import * as z from 'zod';

/** A member that may be missing, null or of a type never seen: then it is null, as nothing hangs on it. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().catch(null).default(null);

/** A currency's code, which may be left out: there are only yen. What is no code says nothing. */
const currency = optional(z.string().regex(/^[A-Za-z]{3}$/));

/** What can be read of a failure. */
export const failureDetails = z.object({ code: optional(z.string()), message: optional(z.string()) });
export type FailureDetails = z.infer<typeof failureDetails>;

const problemBody = z
  .object({
    type: optional(z.string()),
    title: optional(z.string()),
    detail: optional(z.string()),
    message: optional(z.string()),
    code: optional(z.string()),
    errors: optional(z.array(z.object({ field: optional(z.string()) }))),
  })
  .refine(({ title, code, message }) => title !== null || code !== null || message !== null);

const wrappedProblem = z.object({ error: z.looseObject({}) });

/** An error body: problem+json, or version 1's with its wrapper taken off. */
export const problem = z.preprocess((json) => {
  const wrapped = wrappedProblem.safeParse(json);
  return wrapped.success ? wrapped.data.error : json;
}, problemBody);
export type ProblemBody = z.infer<typeof problemBody>;

/** The members that a payment may have in every dialect. Source: models of the official SDKs, 2025-08-05 to 2026-04-02. */
export const commonPayment = {
  id: z.string().min(1),
  status: z.string().min(1),
  amount: z.int(),
  currency,
  livemode: optional(z.boolean()),
  amount_capturable: optional(z.int()),
  amount_received: optional(z.int()),
  client_secret: optional(z.string()),
  payment_method_types: optional(z.array(z.string())),
  description: optional(z.string()),
  metadata: z.unknown().optional(),
  next_action: z.unknown().optional(),
  return_url: optional(z.string()),
  capture_method: optional(z.string()),
  confirmation_method: optional(z.string()),
  receipt_email: optional(z.string()),
  setup_future_usage: optional(z.string()),
  last_payment_error: z.unknown().optional(),
  cancellation_reason: optional(z.string()),
  canceled_at: optional(z.union([z.string(), z.number()])),
  created_at: optional(z.union([z.string(), z.number()])),
  updated_at: optional(z.union([z.string(), z.number()])),
};

/** The envelope of every list. A list that does not say whether it goes on has ended. */
export const list = z.object({ data: z.array(z.unknown()), has_more: optional(z.boolean()) });

const text = optional(z.string());
const time = optional(z.union([z.string(), z.number()]));

/**
 * A setup of any date: `setup_intent` (2025-08-05), `setup_flow` with `customer` and `payment_method` (from 2025-11-06), and with `customer_id` and
 * `payment_method_id` (since 2025-12-10). `usage` is not echoed. Source: official Python SDK at each date.
 */
export const setup = z.object({
  id: z.string().min(1),
  status: z.string().min(1),
  livemode: optional(z.boolean()),
  client_secret: text,
  customer_id: text,
  customer: text,
  payment_method_id: text,
  payment_method: text,
  payment_method_types: optional(z.array(z.string())),
  description: text,
  metadata: z.unknown().optional(),
  next_action: z.unknown().optional(),
  return_url: text,
  usage: text,
  last_setup_error: z.unknown().optional(),
  cancellation_reason: text,
  canceled_at: time,
  created_at: time,
  updated_at: time,
});

/**
 * A refund of any date, which names its payment as `payment_intent`, `payment_flow` or `payment_flow_id`, and no currency.
 * Source: official Python SDK, 2025-08-05 to 2026-04-02.
 */
export const refund = z.object({
  id: z.string().min(1),
  status: text,
  amount: z.int(),
  currency,
  livemode: optional(z.boolean()),
  payment_flow_id: text,
  payment_flow: text,
  payment_intent: text,
  reason: text,
  metadata: z.unknown().optional(),
  created_at: time,
  updated_at: time,
});

/**
 * An event. The object is `data` itself; one third-party note has it in `data.object`. What the provider's command line forwards has `created` in Unix
 * seconds, and leaves out what is false or zero. Source: official Python SDK (envelope), payjp-cli (forwarded form).
 */
export const event = z.object({
  id: z.string().min(1),
  type: z.string().min(1),
  livemode: optional(z.boolean()),
  data: z.unknown().optional(),
  created_at: time,
  created: time,
});
