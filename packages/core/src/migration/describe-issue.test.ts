import * as z from 'zod/mini';
import { afterEach, describe, expect, it } from 'vitest';
import { describeIssue } from './describe-issue.js';
import { newCutOver, reduceCutOver, type CutOverFact } from './cut-over.js';
import { checkUsage, type MigrationUsage } from './plan/usage.js';
import { thrownBy } from '../testing/client.js';

const said = (schema: z.ZodMiniType, value: unknown): readonly string[] => schema.safeParse(value, { error: describeIssue }).error?.issues.map(({ message }) => message) ?? [];

it.each<readonly [string, z.ZodMiniType, unknown]>([
  ['is not a text', z.string(), 4242],
  ['is not a whole number', z.int(), 42.42],
  ['is not a number', z.number(), 'x'],
  ['is not true or false', z.boolean(), 'x'],
  ['is not a list', z.array(z.string()), {}],
  ['is not an object', z.object({}), 'x'],
  ['is not an object', z.record(z.string(), z.string()), 'x'],
  ['is not of the type date', z.date(), 'x'],
  ['is missing', z.object({ id: z.string() }), {}],
  ['is missing: it has to be one of from, to', z.object({ side: z.enum(['from', 'to']) }), {}],
  ['is not one of from, to', z.enum(['from', 'to']), 'secret'],
  ['is not 1', z.literal(1), 2],
  ['is not one of plan, move', z.discriminatedUnion('what', [z.object({ what: z.literal('plan') }), z.object({ what: z.literal('move') })]), { what: 'secret' }],
  ['has none of the forms that it can have', z.union([z.string(), z.number()]), true],
  ['has members that do not belong there (colour, size)', z.strictObject({}), { colour: 1, size: 2 }],
  ['is upper case', z.record(z.string().check(z.regex(/^[a-z]+$/, 'is upper case')), z.string()), { A: 'x' }],
  ['is below 1', z.number().check(z.minimum(1)), 0],
  ['is above 100', z.number().check(z.maximum(100)), 101],
  ['is empty', z.string().check(z.minLength(1)), ''],
  ['is empty', z.array(z.string()).check(z.minLength(1)), []],
  ['is not valid', z.string().check(z.regex(/^a/)), 'b'],
  ['has its own sentence', z.string('has its own sentence'), 7],
])('says "%s"', (message, schema, value) => {
  expect(said(schema, value)).toEqual([message]);
});

describe('an application that has chosen another language for all schemas of its process', () => {
  const { localeError } = z.config();
  afterEach(() => void z.config({ localeError }));

  const wrongFact: unknown = { what: 'counted', at: 'today', side: 'left', open: -1, unknown: 0, failed: 0 };
  const wrongUsage: unknown = { currencies: ['jpy', 7], pageSize: 0, colour: 'red', captureMethods: ['later'] };

  it('reads the same sentences about a fact and about a usage as any other', () => {
    z.config({ localeError: () => 'Ungültige Eingabe' });
    // Both are as somebody may write them who does not compile.
    const { refused } = reduceCutOver(newCutOver, wrongFact as CutOverFact).decision;
    expect(refused.map(({ field, problem }) => `${field} ${problem}`)).toEqual([
      "fact.at is not an ISO 8601 time with a zone, such as '2026-04-10T05:00:00Z'",
      'fact.side is not one of from, to',
      'fact.open is below 0',
      'fact.listed is missing',
    ]);
    expect(thrownBy(() => checkUsage(wrongUsage as MigrationUsage)).problems.map(({ field, problem }) => `${field} ${problem}`)).toEqual([
      'usage.currencies.0 is not an upper-case ISO 4217 code',
      'usage.currencies.1 is not a text',
      'usage.captureMethods.0 is not one of automatic, automatic_async, manual',
      'usage.pageSize is below 1',
      'usage has members that do not belong there (colour)',
    ]);
  });
});
