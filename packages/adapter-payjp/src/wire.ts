import { z } from 'zod';

/** A member that may be missing, null or of a type never seen: then it is null, as nothing hangs on it. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null).transform((value) => value ?? null);

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

/** An error body: problem+json, or version 1's with its wrapper taken off. */
export const problem = z.preprocess((json) => {
  const wrapped = z.object({ error: z.looseObject({}) }).safeParse(json);
  return wrapped.success ? wrapped.data.error : json;
}, problemBody);
export type ProblemBody = z.infer<typeof problemBody>;

/** The members that a payment has in every dialect. Source: models of the official SDKs, 2025-08-05 to 2026-04-02. */
export const commonPayment = {
  id: z.string().min(1),
  status: z.string().min(1),
  amount: z.int(),
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
  created_at: optional(z.union([z.string(), z.number()])),
  updated_at: optional(z.union([z.string(), z.number()])),
};

/** The envelope of every list. A list that does not say whether it goes on has ended. */
export const list = z.object({ data: z.array(z.unknown()), has_more: optional(z.boolean()) });
