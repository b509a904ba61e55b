import { tryWire, unitsOf } from '@oneintent/core/adapter';
import * as z from 'zod/mini';

/** A member that may be missing, null or of a type never seen: then it is null, as nothing depends on it. Every adapter has this same line. */
const optional = <T>(schema: z.ZodMiniType<T>) => z.transform((json: unknown) => tryWire(schema, json) ?? null);

/** A text that is not empty. */
const filled = z.string().check(z.minLength(1));
const text = optional(z.string());

/** "12.34": hundredths as decimal text, whatever the currency has. Source: Kontor API guide 4, "Amounts". */
const amount = z.pipe(
  z.pipe(
    z.string(),
    z.transform((decimal) => unitsOf(decimal, 2)),
  ),
  z.int(),
);

const currency = z.string().check(z.regex(/^[A-Za-z]{3}$/));

/** Where something stands: `phase` decides, and `detail` tells more. Source: Kontor API guide 4, "States". */
const state = z.object({ phase: filled, detail: text });
export type StateBody = z.infer<typeof state>;

/** A payment. Source: Kontor API guide 4, "Payments". */
export const payment = z.object({
  id: filled,
  state,
  amount,
  currency,
  held: optional(amount),
  taken: optional(amount),
  capture: text,
  customer: text,
  method: text,
  note: text,
  tags: z.optional(z.unknown()),
  decline: optional(z.object({ code: text, text })),
  redirect: optional(z.object({ url: filled })),
  made: text,
  changed: text,
  test: optional(z.boolean()),
});

/** A refund. Source: Kontor API guide 4, "Refunds". */
export const refund = z.object({
  id: filled,
  payment: text,
  state,
  amount,
  currency,
  reason: text,
  tags: z.optional(z.unknown()),
  made: text,
  test: optional(z.boolean()),
});

/** A page of anything; `next` is null on the last one. Source: Kontor API guide 4, "Lists". */
export const page = z.object({ results: z.array(z.unknown()), next: text });

/** An event, as it is posted and as it is listed. Source: Kontor API guide 4, "Events". */
export const event = z.object({ id: filled, kind: filled, at: text, about: z.optional(z.unknown()) });

/** What is no success. A decline says of which payment. Source: Kontor API guide 4, "Faults". */
export const fault = z.object({
  fault: z.object({ kind: filled, text, code: text, member: text }),
  payment: z.optional(z.unknown()),
});
