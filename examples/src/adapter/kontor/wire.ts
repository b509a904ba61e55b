import { unitsOf } from '@oneintent/core/adapter';
import * as z from 'zod';

/** A member that may be missing, null or of a type never seen: then it is null, as nothing hangs on it. */
const optional = <T extends z.ZodType>(schema: T) => schema.nullable().catch(null).default(null);

const text = optional(z.string());

/** "12.34": hundredths as decimal text, whatever the currency has. Source: Kontor API guide 4, "Amounts". */
const amount = z
  .string()
  .transform((decimal) => unitsOf(decimal, 2))
  .pipe(z.int());

const currency = z.string().regex(/^[A-Za-z]{3}$/);

/** Where something stands: `phase` decides, and `detail` tells more. Source: Kontor API guide 4, "States". */
const state = z.object({ phase: z.string().min(1), detail: text });
export type StateBody = z.infer<typeof state>;

/** A payment. Source: Kontor API guide 4, "Payments". */
export const payment = z.object({
  id: z.string().min(1),
  state,
  amount,
  currency,
  held: optional(amount),
  taken: optional(amount),
  capture: text,
  customer: text,
  method: text,
  note: text,
  tags: z.unknown().optional(),
  decline: optional(z.object({ code: text, text })),
  redirect: optional(z.object({ url: z.string().min(1) })),
  made: text,
  changed: text,
  test: optional(z.boolean()),
});

/** A refund. Source: Kontor API guide 4, "Refunds". */
export const refund = z.object({
  id: z.string().min(1),
  payment: text,
  state,
  amount,
  currency,
  reason: text,
  tags: z.unknown().optional(),
  made: text,
  test: optional(z.boolean()),
});

/** A page of anything; `next` is null on the last one. Source: Kontor API guide 4, "Lists". */
export const page = z.object({ results: z.array(z.unknown()), next: text });

/** An event, as it is posted and as it is listed. Source: Kontor API guide 4, "Events". */
export const event = z.object({ id: z.string().min(1), kind: z.string().min(1), at: text, about: z.unknown().optional() });

/** What is no success. A decline says of which payment. Source: Kontor API guide 4, "Faults". */
export const fault = z.object({
  fault: z.object({ kind: z.string().min(1), text, code: text, member: text }),
  payment: z.unknown().optional(),
});
