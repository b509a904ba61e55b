import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { capabilitiesOf, conformanceMarkdown, countResults, promisesFor, reportOf, runConformance, type ConformanceReport, type ConformanceResult } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { configurations } from './configurations.ts';

const help = `npm run conformance -- [--only PATTERN] [--adapter NAME] [--report FOLDER] [--write]

Proves every promise of every adapter on the sandbox, and writes conformance.json and conformance.md.

  --only PATTERN    only promises whose id matches this regular expression, such as paymentIntents.capture
  --adapter NAME    only one configuration: ${configurations.map(({ name }) => name).join(', ')}
  --report FOLDER   where the reports go (default: reports)
  --write           writes docs/capabilities.json, of which the README's table is made, from a whole run`;

const capabilitiesFile = fileURLToPath(new URL('../../docs/capabilities.json', import.meta.url));

const read = () => {
  try {
    return parseArgs({ options: { only: { type: 'string' }, adapter: { type: 'string' }, report: { type: 'string', default: 'reports' }, write: { type: 'boolean' }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return process.exit(2);
  }
};

const { only, adapter: wanted, report: folder, write = false, help: helpWanted } = read();
if (helpWanted === true) {
  console.log(help);
  process.exit(0);
}
if (write && (only !== undefined || wanted !== undefined)) {
  console.error(`What is written comes from a whole run: leave out --only and --adapter.\n\n${help}`);
  process.exit(2);
}
const chosen = configurations.filter(({ name }) => wanted === undefined || name === wanted);
if (chosen.length === 0) {
  console.error(`There is no configuration "${wanted}".\n\n${help}`);
  process.exit(2);
}

const reports: ConformanceReport[] = [];
for (const { name, adapter, dialect } of chosen) {
  const harness = { name, adapter, open: () => createSandbox({ dialect }) };
  const results: ConformanceResult[] = [];
  const started = performance.now();
  process.stdout.write(`${name}: ${promisesFor(harness).length} promises … `);
  for await (const result of runConformance(harness, only === undefined ? {} : { only: new RegExp(only) })) results.push(result);
  const { proven, failed, not_tested: untested, deviates } = countResults(results);
  console.log(`${proven} proven, ${failed} failed, ${untested} not tested, ${deviates} deviate (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  for (const { id, title, result, detail } of results) if (result !== 'proven') console.log(`  ${result.replace('_', ' ')}: ${id} (${title})\n    ${detail}`);
  reports.push(reportOf(harness, results));
}

mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/conformance.json`, `${JSON.stringify(reports, null, 2)}\n`);
writeFileSync(`${folder}/conformance.md`, conformanceMarkdown(reports));
console.log(`Written: ${folder}/conformance.json, ${folder}/conformance.md`);
if (write) {
  writeFileSync(capabilitiesFile, `${JSON.stringify(capabilitiesOf(reports), null, 2)}\n`);
  console.log('Written: docs/capabilities.json. Now: node tools/readme-tables.mjs');
}
process.exitCode = reports.some(({ results }) => results.some(({ result }) => result === 'failed')) ? 1 : 0;
