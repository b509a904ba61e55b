import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pageOf } from './broken-adapters-page.ts';
import { brokenAdapters, brokenPromisesOf, expected, type Caught } from './broken-adapters.ts';

const seen = new Map<string, Caught>();

it.each(brokenAdapters)('the suite catches it when $defect, by the promise that names it best', async (broken) => {
  const promises = await brokenPromisesOf(broken);
  const { caughtBy = '(choose one of alsoFails)' } = expected[broken.defect] ?? {};
  seen.set(broken.defect, { caughtBy, alsoFails: promises.filter((id) => id !== caughtBy).toSorted() });
  expect(promises).toContain(caughtBy);
});

it('caught-by.json says exactly which promises each defect breaks; -u writes it anew', async () => {
  await expect(`${JSON.stringify(Object.fromEntries(seen), null, 2)}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'caught-by.json'));
});

it('docs/broken-adapters.md tells what caught-by.json says (otherwise run npm run conformance:mutants -- --write)', () => {
  expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'broken-adapters.md'), 'utf8')).toBe(pageOf(brokenAdapters, expected));
});
