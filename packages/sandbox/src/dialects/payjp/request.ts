import { z } from 'zod';
import type { Json } from '../../engine/json.ts';
import { canonicalJson } from '../../engine/json.ts';
import type { MetadataChange } from '../../engine/metadata.ts';
import type { Call, Reading } from '../definition.ts';
import { parseJson, problem, readWith } from '../reading.ts';

/** Yen, as they are allowed for a payment. */
export const yen = z.int().min(50).max(9_999_999);

const metadataValue = z.union([z.string(), z.int(), z.boolean()]);

/** Metadata: flat; strings, integers and booleans. */
export const metadata = z.unknown().transform((value, context): MetadataChange => {
  if (value === undefined) return { clear: false, entries: [] };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    context.addIssue({ code: 'custom', message: 'Must be an object.' });
    return z.NEVER;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, metadataValue.safeParse(item)] as const);
  const bad = entries.find(([, item]) => !item.success);
  if (bad !== undefined) context.addIssue({ code: 'custom', path: [bad[0]], message: 'Must be a string, an integer or a boolean.' });
  return { clear: false, entries: entries.flatMap(([key, item]) => (item.success ? [[key, item.data] as const] : [])) };
}).optional().transform((change): MetadataChange => change ?? { clear: false, entries: [] });

/** Any JSON, as it is stored and echoed. */
export const echoed: z.ZodType<Json> = z.json();

/** Reads a JSON body. An absent body or `null` is an empty object where that is `optional`. */
export function readBody<Input>(schema: z.ZodType<Input>, presence: 'optional' | 'required' = 'required') {
  return (call: Call): Reading<Input> => {
    if (call.body === '' && presence === 'optional') return readWith(schema, {});
    const type = call.headers.get('content-type') ?? '';
    if (!/^application\/json\b/i.test(type)) return problem(['body'], 'The body must be application/json.');
    const json = parseJson(call.body);
    if (!json.ok) return problem(['body'], 'The body is not valid JSON.');
    return readWith(schema, json.value === null && presence === 'optional' ? {} : json.value);
  };
}

/** Reads the query. */
export const readQuery =
  <Input>(schema: z.ZodType<Input>) =>
  (call: Call): Reading<Input> => readWith(schema, Object.fromEntries(call.query));

/** An integer of a query. */
export const queryInteger = (least: number, most: number) =>
  z.string().regex(/^\d+$/, 'Must be an integer.').transform(Number).pipe(z.int().min(least).max(most));

/** Content in one spelling. */
export function canonicalContent(body: string): string {
  const json = parseJson(body);
  return json.ok ? canonicalJson(json.value) : body;
}

/** PAY.JP allows letters, digits, `-` and `_` in an idempotency key. */
export const keyAllowed = (key: string): boolean => /^[A-Za-z0-9_-]{1,255}$/.test(key);
