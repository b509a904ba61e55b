import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runConformance } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { expect, it } from 'vitest';
import { defects } from './defects.ts';

interface Caught {
  /** The promise that names the defect best. */
  readonly caughtBy: string;
  /** Every other promise that it breaks, in alphabetical order. */
  readonly alsoFails: readonly string[];
}

const expected = JSON.parse(readFileSync(join(import.meta.dirname, 'caught-by.json'), 'utf8')) as Readonly<Record<string, Caught>>;

/** All promises but the faults, of which two are enough to tell a defect that only a lost answer shows. */
const only = /^(?!faults\/)|^faults\/.*\/(reset-after|500-after)$/;

it('every defect is listed with what catches it, and no other is', () => {
  expect(Object.keys(expected).toSorted()).toEqual(Object.keys(defects).toSorted());
});

it.each(Object.entries(defects))('the suite catches it when %s, and says just that', async (defect, { adapter, dialect }) => {
  const failed: string[] = [];
  for await (const { id, result } of runConformance({ name: defect, adapter, open: () => createSandbox({ dialect }) }, { only }))
    if (result !== 'proven') failed.push(id);
  const { caughtBy = '', alsoFails = [] } = expected[defect] ?? {};
  expect(failed.toSorted()).toEqual([caughtBy, ...alsoFails].toSorted());
});
