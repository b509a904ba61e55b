import type * as z from 'zod';
import { canonicalJson } from '../engine/json.js';
import type { Call, Reading } from './definition.js';
import { problem, readWith } from './reading.js';

function parseJson(body: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(body) };
  } catch {
    return { ok: false };
  }
}

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

/** Content in one spelling; text that isn't JSON stays as it is. */
export function canonicalContent(body: string): string {
  const json = parseJson(body);
  return json.ok ? canonicalJson(json.value) : body;
}
