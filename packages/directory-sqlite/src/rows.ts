import type { DirectoryEntry, Mapping } from '@oneintent/core/migration';
import * as z from 'zod';

/** The bytes of a text's code units, the higher first: exact, and in the order of the code units. */
export const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

const resume = z.object({
  v: z.literal(1),
  operation: z.string(),
  provider: z.string(),
  account: z.string(),
  key: z.string(),
  reference: z.string().nullable(),
  attempt: z.int(),
  connectedAccount: z.string().nullable(),
  ref: z.string().nullable(),
  amount: z.object({ minorUnits: z.int(), currency: z.string() }).nullable(),
  confirm: z.boolean(),
  inputDigest: z.string(),
  firstSentAt: z.string(),
});

const entry: z.ZodType<DirectoryEntry> = z.object({
  key: z.string(),
  kind: z.enum(['payment_intent', 'setup_intent']),
  side: z.enum(['from', 'to']),
  account: z.string(),
  idempotencyKey: z.string(),
  reason: z.enum(['rollout', 'rule', 'only_here', 'imported', 'fail_over']),
  decidedAt: z.string(),
  uses: z.int(),
  ref: z.string().nullable(),
  status: z.string().nullable(),
  unknown: z.array(resume),
  updatedAt: z.string(),
});

/** A mapping as it is taken and kept. */
export const mappingSchema: z.ZodType<Mapping> = z.object({
  kind: z.enum(['customer', 'payment_method']),
  from: z.string().min(1),
  to: z.string().min(1),
  networkTransactionId: z.string().exactOptional(),
});

const json = z.string().transform((text): unknown => JSON.parse(text));
const row = <T>(member: z.ZodType<T>) => z.object({ json: json.pipe(member) }).transform((parsed) => parsed.json);

/** Rows as SQLite gives them: what is read is the JSON that was written. */
export const rows = {
  entry: row(entry),
  mapping: row(mappingSchema),
  line: z.object({ position: z.int(), json: json.pipe(z.string()) }),
} as const;
