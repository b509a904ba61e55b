import * as z from 'zod';
import type { MetadataChange } from '../../engine/metadata.js';

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

/** An integer of a query. */
export const queryInteger = (least: number, most: number) =>
  z.string().regex(/^\d+$/, 'Must be an integer.').transform(Number).pipe(z.int().min(least).max(most));

/** PAY.JP allows letters, digits, `-` and `_` in an idempotency key. */
export const keyAllowed = (key: string): boolean => /^[A-Za-z0-9_-]{1,255}$/.test(key);
