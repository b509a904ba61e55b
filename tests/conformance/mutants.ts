import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brokenAdapters, brokenPromisesOf, expected, type Caught } from './broken-adapters.ts';
import { configurationOf, pageOf } from './broken-adapters-page.ts';

const help = `npm run conformance:mutants -- [--only TEXT] [--write]

Runs the conformance suite on every broken adapter (${brokenAdapters.length} of them, about a minute), and tells which promise finds each.
The exit code is 1 when one is missed, or not found by the promise that tests/conformance/caught-by.json names.

  --only TEXT    only those whose defect, adapter or promise has this text in it
  --write        writes docs/broken-adapters.md, from a whole run that found them all`;

const page = fileURLToPath(new URL('../../docs/broken-adapters.md', import.meta.url));

const print = (text: string): unknown => process.stdout.write(`${text}\n`);
const refuse = (why: string): never => {
  process.stderr.write(`${why}\n\n${help}\n`);
  return process.exit(2);
};

const read = () => {
  try {
    return parseArgs({ options: { only: { type: 'string' }, write: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
};

const { only = '', write, help: helpWanted } = read();
if (helpWanted) {
  print(help);
  process.exit(0);
}
if (write && only !== '') refuse('What is written comes from a whole run: leave out --only.');
const chosen = brokenAdapters.filter((one) => [one.defect, configurationOf(one), expected[one.defect]?.caughtBy ?? ''].some((text) => text.includes(only)));
if (chosen.length === 0) refuse(`No broken adapter has "${only}" in it.`);

interface Found extends Caught {
  readonly verdict: 'found' | 'found elsewhere' | 'missed';
}

const found = new Map<string, Found>();
for (const [index, one] of chosen.entries()) {
  const progress = `${index + 1} of ${chosen.length}: ${one.defect} … `;
  process.stdout.write(process.stdout.isTTY ? `\r\u001B[K${progress}` : progress);
  const broken = await brokenPromisesOf(one);
  const { caughtBy = '' } = expected[one.defect] ?? {};
  const verdict = broken.length === 0 ? 'missed' : broken.includes(caughtBy) ? 'found' : 'found elsewhere';
  const by = verdict === 'found' ? caughtBy : (broken[0] ?? 'nothing');
  found.set(one.defect, { verdict, caughtBy: by, alsoFails: broken.filter((id) => id !== by).toSorted() });
  if (!process.stdout.isTTY) print(verdict);
}
if (process.stdout.isTTY) process.stdout.write('\r\u001B[K');

const rows = chosen.map((one): readonly string[] => {
  const { verdict, caughtBy, alsoFails } = found.get(one.defect) ?? { verdict: 'missed', caughtBy: 'nothing', alsoFails: [] };
  const by = verdict === 'found elsewhere' ? `${caughtBy} (declared: ${expected[one.defect]?.caughtBy ?? 'none'})` : caughtBy;
  return [one.defect, configurationOf(one), by, String(alsoFails.length)];
});
const table = [['defect', 'adapter', 'caught by', 'also fail'], ...rows];
const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
print(table.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n'));

const wrong = chosen.filter(({ defect }) => found.get(defect)?.verdict !== 'found');
print(`\n${chosen.length - wrong.length} of ${chosen.length} found by the promise that is declared${wrong.length === 0 ? '.' : '; not so:'}`);
for (const { defect } of wrong) print(`  ${found.get(defect)?.verdict}: ${defect}`);
if (write && wrong.length === 0) {
  writeFileSync(page, pageOf(brokenAdapters, Object.fromEntries(found)));
  print('Written: docs/broken-adapters.md');
}
process.exitCode = wrong.length === 0 ? 0 : 1;
