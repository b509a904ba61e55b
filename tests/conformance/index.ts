import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { capabilitiesOf, conformanceMarkdown, countResults, promisesFor, reportOf, runConformance, type ConformanceReport, type ConformanceResult } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { configurations } from './configurations.ts';
import { liveProviders, runLive } from './live.ts';

const help = `npm run conformance -- [--only PATTERN] [--adapter NAME] [--report FOLDER] [--write]
npm run conformance -- --live PROVIDER [--only PATTERN] [--report FOLDER] [--payment-method [NAME=]ID]… [--customer ID] [--base-url URL] [--pause MS]

Proves every promise of every adapter on the sandbox, and writes conformance.json and conformance.md.

  --only PATTERN    only promises whose id matches this regular expression, such as paymentIntents.capture
  --adapter NAME    only one configuration: ${configurations.map(({ name }) => name).join(', ')}
  --report FOLDER   where the reports go (default: reports)
  --write           writes docs/capabilities.json, of which the README's table is made, from a whole run

With --live, at a provider's own test account, with its test key in the environment: some hundred test payments in some minutes, one request after another.
What can be canceled is canceled; what cannot is told. conformance-PROVIDER.json and .md say what was proven there, and what could not be tested.

${liveProviders.map(({ name, variable }) => `  ${name.padEnd(24)}${variable}`).join('\n')}

  --payment-method [NAME=]ID  a payment method of the test account that succeeds, or does what NAME says, such as card_declined (Stripe has some for everyone)
  --customer ID               the customer who owns them
  --base-url URL              another address of the provider
  --pause MS                  milliseconds between two requests (default: 250)`;

const options = {
  only: { type: 'string' },
  adapter: { type: 'string' },
  report: { type: 'string', default: 'reports' },
  write: { type: 'boolean' },
  help: { type: 'boolean' },
  live: { type: 'string' },
  'payment-method': { type: 'string', multiple: true },
  customer: { type: 'string' },
  'base-url': { type: 'string' },
  pause: { type: 'string' },
} as const;

/** A key may stand where it does not belong. */
const withoutKeys = (text: string): string => text.replace(/\b[a-z]{2}_(test|live)_\w*/g, '…');

const capabilitiesFile = fileURLToPath(new URL('../../docs/capabilities.json', import.meta.url));

const read = () => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${withoutKeys(error instanceof Error ? error.message : String(error))}\n\n${help}`);
    return process.exit(2);
  }
};

const given = read();
const { only, adapter: wanted, report: folder, write = false, help: helpWanted } = given;
if (helpWanted === true) {
  console.log(help);
  process.exit(0);
}
const refuse = (why: string): never => {
  console.error(`${why}\n\n${help}`);
  return process.exit(2);
};

const writeReports = (name: string, reports: readonly ConformanceReport[]): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}.json`, `${JSON.stringify(reports, null, 2)}\n`);
  writeFileSync(`${folder}/${name}.md`, conformanceMarkdown(reports));
  console.log(`Written: ${folder}/${name}.json, ${folder}/${name}.md`);
};

/** On a terminal the line is written over; elsewhere every hundredth is a line of its own. */
const showProgress = (): ((text: string) => void) => {
  let calls = 0;
  return (text) => {
    calls += 1;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001B[K${text}`);
    else if (text !== '' && calls % 100 === 0) console.log(text);
  };
};

if (given.live !== undefined) {
  if (write || wanted !== undefined) refuse('--live goes with neither --write nor --adapter.');
  const stop = new AbortController();
  process.once('SIGINT', () => {
    console.log('\nEnding after this promise, so that what it made is put away; once more to end at once.');
    stop.abort();
  });
  const world = { env: process.env, write: (line: string) => console.log(line), progress: showProgress(), now: Date.now, signal: stop.signal };
  const { exitCode, report } = await runLive({ ...given, live: given.live }, world);
  if (report !== null) writeReports(`conformance-${given.live}`, [report]);
  process.exit(exitCode);
}
for (const name of ['payment-method', 'customer', 'base-url', 'pause'] as const) if (given[name] !== undefined) refuse(`--${name} goes with --live.`);
if (write && (only !== undefined || wanted !== undefined)) refuse('What is written comes from a whole run: leave out --only and --adapter.');
const chosen = configurations.filter(({ name }) => wanted === undefined || name === wanted);
if (chosen.length === 0) refuse(`There is no configuration "${wanted}".`);

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

writeReports('conformance', reports);
if (write) {
  writeFileSync(capabilitiesFile, `${JSON.stringify(capabilitiesOf(reports), null, 2)}\n`);
  console.log('Written: docs/capabilities.json. Now: node tools/readme-tables.mjs');
}
process.exitCode = reports.some(({ results }) => results.some(({ result }) => result === 'failed')) ? 1 : 0;
