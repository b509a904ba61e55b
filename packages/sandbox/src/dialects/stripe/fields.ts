import * as z from 'zod';
import type { Json } from '../../engine/json.js';
import type { MetadataChange } from '../../engine/metadata.js';

// A message that is one of Stripe's error codes becomes the error's `code`; see errors.ts.

/** An integer, of digits. */
export const integer = z
  .string('parameter_invalid_integer')
  .min(1, 'parameter_invalid_empty')
  .regex(/^-?\d+$/, 'parameter_invalid_integer')
  .transform(Number)
  .refine(Number.isSafeInteger, 'parameter_invalid_integer');

/** A whole number above zero. */
export const positiveInteger = integer.refine((value) => value > 0, 'parameter_invalid_integer');

/** `true` or `false`. */
export const boolean = z.enum(['true', 'false'], 'Must be true or false.').transform((value) => value === 'true');

/** A text that may not be empty. */
export const text = z.string('Must be a string.').min(1, 'parameter_invalid_empty');

/** A text that is cleared by an empty one. */
export const clearable = z.string('Must be a string.').transform((value) => (value === '' ? null : value));

/** A list, however its items are numbered. */
export const list = <Item>(item: z.ZodType<Item>) =>
  z.unknown().transform((value) => (typeof value === 'object' && value !== null ? Object.values(value) : value)).pipe(z.array(item, 'Must be an array.'));

/** Any structure, as it is stored and echoed; cleared by an empty text. */
export const structure = z
  .union([z.literal('').transform((): Json => null), z.record(z.string(), z.json())], 'Must be an object.')
  .transform((value): Json => value);

/** Stripe chooses the methods. */
export const automaticPaymentMethods = z
  .strictObject({ enabled: boolean, allow_redirects: z.enum(['always', 'never']).optional() })
  .transform((value): Json => ({ allow_redirects: value.allow_redirects ?? 'always', enabled: value.enabled }));

/** `true` and the two words that mean it. */
export const offSession = z
  .enum(['true', 'false', 'one_off', 'recurring'], 'Must be true, false, one_off or recurring.')
  .transform((value) => value !== 'false');

const unchanged: MetadataChange = { clear: false, entries: [] };

/** Metadata: texts by name; empty ones delete, an empty one in place of all deletes all. */
export const metadata = z
  .unknown()
  .transform((value, context): MetadataChange => {
    if (value === '') return { clear: true, entries: [] };
    if (typeof value !== 'object' || value === null) {
      context.addIssue({ code: 'custom', message: 'Must be an object.' });
      return z.NEVER;
    }
    const entries: [string, string][] = [];
    for (const [key, item] of Object.entries(value)) {
      if (typeof item !== 'string') context.addIssue({ code: 'custom', path: [key], message: 'Metadata values must be strings.' });
      else if (key.length > 40 || item.length > 500) context.addIssue({ code: 'custom', path: [key], message: 'At most 40 characters of key and 500 of value.' });
      else entries.push([key, item]);
    }
    return { clear: false, entries };
  })
  .optional()
  .transform((change) => change ?? unchanged);

/** A currency that exists, in upper case. */
export const currency = text
  .transform((code) => code.toUpperCase())
  .refine((code) => /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf('currency').includes(code), 'Invalid currency.');
