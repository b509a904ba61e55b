import { tryWire } from '@oneintent/core/adapter';
import * as z from 'zod/mini';

/** A member that may be missing, null or of a type never seen: then it is null, as nothing depends on it. Every adapter has this same line. */
const optional = <T>(schema: z.ZodMiniType<T>) => z.transform((json: unknown) => tryWire(schema, json) ?? null);

const name = z.string().check(z.minLength(1));
const text = optional(z.string());
const flag = optional(z.boolean());
const yen = optional(z.int());
const texts = optional(z.array(z.string()));
const time = optional(z.union([z.string(), z.number()]));
const anything = z.optional(z.unknown());

/** A currency's code, which may be left out: there are only yen. What is no code says nothing. */
const currency = optional(z.string().check(z.regex(/^[A-Za-z]{3}$/)));

/** What can be read of a failure. */
export const failureDetails = z.object({ code: text, message: text });
export type FailureDetails = z.infer<typeof failureDetails>;

const problemBody = z
  .object({ type: text, title: text, detail: text, message: text, code: text, errors: optional(z.array(z.object({ field: text }))) })
  .check(z.refine(({ title, code, message }) => title !== null || code !== null || message !== null));

const wrappedProblem = z.object({ error: z.looseObject({}) });

/** An error body: problem+json, or version 1's with its wrapper taken off. */
export const problem = z.pipe(
  z.transform((json: unknown) => {
    const wrapped = wrappedProblem.safeParse(json);
    return wrapped.success ? wrapped.data.error : json;
  }),
  problemBody,
);
export type ProblemBody = z.infer<typeof problemBody>;

/** The envelope of every list. A list that does not say whether it goes on has ended. */
export const list = z.object({ data: z.array(z.unknown()), has_more: flag });

/**
 * A payment of any date: `payment_intent` (2025-08-05, without a currency, half of its keys may be missing), `payment_flow` with `customer` and
 * `payment_method` (from 2025-11-06), and with `customer_id` and `payment_method_id` (since 2025-12-10); `expired_at` since 2026-04-02.
 * Source: models of the official SDKs at each date.
 */
export const payment = z.object({
  id: name,
  status: name,
  amount: z.int(),
  currency,
  livemode: flag,
  amount_capturable: yen,
  amount_received: yen,
  client_secret: text,
  customer_id: text,
  customer: text,
  payment_method_id: text,
  payment_method: text,
  payment_method_types: texts,
  description: text,
  metadata: anything,
  next_action: anything,
  return_url: text,
  capture_method: text,
  confirmation_method: text,
  receipt_email: text,
  setup_future_usage: text,
  last_payment_error: anything,
  cancellation_reason: text,
  canceled_at: time,
  expired_at: time,
  created_at: time,
  updated_at: time,
});

/**
 * A setup of any date: `setup_intent` (2025-08-05), `setup_flow` with `customer` and `payment_method` (from 2025-11-06), and with `customer_id` and
 * `payment_method_id` (since 2025-12-10). `usage` is not echoed. Source: official Python SDK at each date.
 */
export const setup = z.object({
  id: name,
  status: name,
  livemode: flag,
  client_secret: text,
  customer_id: text,
  customer: text,
  payment_method_id: text,
  payment_method: text,
  payment_method_types: texts,
  description: text,
  metadata: anything,
  next_action: anything,
  return_url: text,
  usage: text,
  last_setup_error: anything,
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
  id: name,
  status: text,
  amount: z.int(),
  currency,
  livemode: flag,
  payment_flow_id: text,
  payment_flow: text,
  payment_intent: text,
  reason: text,
  metadata: anything,
  created_at: time,
  updated_at: time,
});

/**
 * An event. The object is `data` itself; one third-party note has it in `data.object`. What the provider's command line forwards has `created` in Unix
 * seconds, and leaves out what is false or zero. Source: official Python SDK (envelope), payjp-cli (forwarded form).
 */
export const event = z.object({ id: name, type: name, livemode: flag, data: anything, created_at: time, created: time });

/** How a list goes on: after the id of the last item, or after a number of items. */
export type Paging = 'after_id' | 'by_offset';

/** What one dialect calls the things that every dialect has. */
export interface WireShape {
  /** Where its objects are. */
  readonly paths: { readonly payments: string; readonly setups: string; readonly refunds: string };
  /** The members of its requests that name another object. */
  readonly members: { readonly customer: string; readonly paymentMethod: string; readonly payment: string };
  /** Whether the creation of a payment names its currency. Amounts are yen in any case. */
  readonly sendsCurrency: boolean;
  readonly paging: Paging;
}
