import type { DirectoryEntry, Mapping } from '@oneintent/core/migration';
import * as z from 'zod/mini';

/** The bytes of a text's code units, the higher first: exact, and in the order of the code units. */
export const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

const resume = z.object({
  v: z.literal(1),
  operation: z.string(),
  provider: z.string(),
  account: z.string(),
  key: z.string(),
  reference: z.nullable(z.string()),
  attempt: z.int(),
  connectedAccount: z.nullable(z.string()),
  ref: z.nullable(z.string()),
  amount: z.nullable(z.object({ minorUnits: z.int(), currency: z.string() })),
  confirm: z.boolean(),
  inputDigest: z.string(),
  firstSentAt: z.string(),
});

const entry: z.ZodMiniType<DirectoryEntry> = z.object({
  key: z.string(),
  kind: z.enum(['payment_intent', 'setup_intent']),
  side: z.enum(['from', 'to']),
  account: z.string(),
  idempotencyKey: z.string(),
  reason: z.enum(['rollout', 'rule', 'only_here', 'imported', 'fail_over']),
  decidedAt: z.string(),
  uses: z.int(),
  ref: z.nullable(z.string()),
  status: z.nullable(z.string()),
  unknown: z.array(resume),
  updatedAt: z.string(),
});

/** A mapping as it is taken and kept. */
export const mappingSchema: z.ZodMiniType<Mapping> = z.object({
  kind: z.enum(['customer', 'payment_method']),
  from: z.string().check(z.minLength(1)),
  to: z.string().check(z.minLength(1)),
  networkTransactionId: z.exactOptional(z.string()),
});

const json = z.pipe(
  z.string(),
  z.transform((text): unknown => JSON.parse(text)),
);
const row = <T>(member: z.ZodMiniType<T>) =>
  z.pipe(
    z.object({ json: z.pipe(json, member) }),
    z.transform((parsed) => parsed.json),
  );
const entryRow = row(entry);
const mappingRow = row(mappingSchema);
const lineRow = z.object({ position: z.int(), json: z.pipe(json, z.string()) });

/** Rows as SQLite gives them, one, one or none, or a page: what is read is the JSON that was written. */
export const rows = {
  entry: z.optional(entryRow),
  entries: z.array(entryRow),
  mapping: z.optional(mappingRow),
  lines: z.array(lineRow),
} as const;

/** The members that a schema found wrong, without their values. */
export const wrongMembers = ({ issues }: z.core.$ZodError): string => [...new Set(issues.map(({ path }) => path.join('.') || 'it'))].join(', ');

/**
 * What SQLite gave, read by a schema.
 * @throws TypeError that names the members that are not as this package writes them. Nothing has been changed.
 */
export const readRows = <T>(schema: z.ZodMiniType<T>, given: unknown): T => {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new TypeError(`The file has a row that this package did not write (${wrongMembers(parsed.error)}). Nothing was changed. Restore the file from a copy, and let nothing else write to it.`);
};
