import type * as z from 'zod';
import type { Problem } from '../engine/refusal.js';
import type { Reading } from './definition.js';

/** Checks a value against a schema; the problems are in the sandbox's own words. */
export function readWith<Output>(schema: z.ZodType<Output>, value: unknown): Reading<Output> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, input: parsed.data };
  return { ok: false, refusal: { kind: 'invalid', problems: parsed.error.issues.flatMap((issue) => problems(issue, value)) } };
}

function problems(issue: z.core.$ZodIssue, value: unknown): readonly Problem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ kind: 'unknown', path: [...path, key], message: 'This field is not known here.' }));
  const missing = path.length > 0 && valueAt(value, path) === undefined;
  return [missing ? { kind: 'missing', path, message: 'This field is required.' } : { kind: 'invalid', path, message: issue.message }];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = Object.getOwnPropertyDescriptor(current, key)?.value;
  }
  return current;
}

/** One problem, as a reading. */
export const problem = (path: readonly string[], message: string, kind: Problem['kind'] = 'invalid'): { readonly ok: false; readonly refusal: { readonly kind: 'invalid'; readonly problems: readonly Problem[] } } => ({
  ok: false,
  refusal: { kind: 'invalid', problems: [{ kind, path, message }] },
});
