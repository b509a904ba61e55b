import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runConformance } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { expect, it } from 'vitest';
import { defectsBeyondPayments } from './defects-beyond-payments.ts';
import { defects } from './defects.ts';

interface Caught {
  /** The promise that names the defect best. */
  readonly caughtBy: string;
  /** Every other promise that it breaks, in alphabetical order. */
  readonly alsoFails: readonly string[];
}

const file = join(import.meta.dirname, 'caught-by.json');
const expected = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Caught>>;
const seen = new Map<string, Caught>();

/** All promises but the faults, of which one is enough to tell a defect that only a lost answer shows. */
const all = /^(?!faults\/)|^faults\/.*\/500-after$/;
/** Those that are not about payments alone. */
const beyond = /^(setupIntents|refunds|attempts|events|webhooks)\.|^faults\/.*refund\/500-after$/;

const each = [...Object.entries(defects).map((defect) => [...defect, all] as const), ...Object.entries(defectsBeyondPayments).map((defect) => [...defect, beyond] as const)];

it.each(each)('the suite catches it when %s, by the promise that names it best', async (defect, { adapter, dialect, switches = {} }, only) => {
  const failed: string[] = [];
  for await (const { id, result } of runConformance({ name: defect, adapter, open: () => createSandbox({ dialect, switches }) }, { only }))
    if (result !== 'proven') failed.push(id);
  const { caughtBy = '(choose one of alsoFails)' } = expected[defect] ?? {};
  seen.set(defect, { caughtBy, alsoFails: failed.filter((id) => id !== caughtBy).toSorted() });
  expect(failed).toContain(caughtBy);
});

it('caught-by.json says exactly which promises each defect breaks; -u writes it anew', async () => {
  await expect(`${JSON.stringify(Object.fromEntries(seen), null, 2)}\n`).toMatchFileSnapshot(file);
});
