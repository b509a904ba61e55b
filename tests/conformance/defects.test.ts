import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pageOf } from './broken-adapters-page.ts';
import { brokenAdapters, brokenPromisesOf, expected, namingPromiseOf, type Caught } from './broken-adapters.ts';

const seen = new Map<string, Caught>();

/** In CI the whole suite runs on each, which takes some minutes more: what a defect breaks besides, exactly. Otherwise the promise that names it. */
const isWhole = process.env['CI'] !== undefined;

it.each(brokenAdapters)('the suite catches it when $defect, by the promise that names it best', async (broken) => {
  const promises = await brokenPromisesOf(broken, isWhole ? broken.only : namingPromiseOf(broken));
  const { caughtBy = '(choose one of alsoFails)', alsoFails: known = [] } = expected[broken.defect] ?? {};
  seen.set(broken.defect, { caughtBy, alsoFails: isWhole ? promises.filter((id) => id !== caughtBy).toSorted() : known });
  expect(promises).toContain(caughtBy);
  // The whole suite on one defect takes some seconds, and more on a machine that does something else besides.
}, 120_000);

it('caught-by.json says which promises each defect breaks, in CI exactly; CI=true with -u writes it anew', async () => {
  await expect(`${JSON.stringify(Object.fromEntries(seen), null, 2)}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'caught-by.json'));
});

it('docs/broken-adapters.md tells what caught-by.json says (otherwise run npm run conformance:mutants -- --write)', () => {
  expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'broken-adapters.md'), 'utf8')).toBe(pageOf(brokenAdapters, expected));
});
