import type * as z from 'zod';
import type { Call, Reading } from '../definition.js';
import { problem, readWith } from '../reading.js';
import { parseForm } from './form.js';

/** Reads a form body. */
export function readBody<Input>(schema: z.ZodType<Input>) {
  return (call: Call): Reading<Input> => {
    const type = call.headers.get('content-type') ?? '';
    if (call.body !== '' && !/^application\/x-www-form-urlencoded\b/i.test(type))
      return problem(['body'], 'check that your POST content type is application/x-www-form-urlencoded.');
    return readWith(schema, parseForm(call.body));
  };
}

/** Reads the query. */
export const readQuery =
  <Input>(schema: z.ZodType<Input>) =>
  (call: Call): Reading<Input> => readWith(schema, parseForm(call.query.toString()));

/** What `expand[]` asks for, in the body or the query, without the `data.` of a list. */
export function expansions(call: Call): readonly string[] {
  const { expand: asked } = parseForm(call.method === 'GET' ? call.query.toString() : call.body);
  return typeof asked === 'object' ? Object.values(asked).map((path) => String(path).replace(/^data\./, '')) : [];
}
