// `npm run bench`: what the library costs beside others. Measures, prints, and writes JSON; it asserts nothing about time.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { clients, configurations, missing } from './clients.mjs';
import { measureColdImports, measureSizes } from './loading.mjs';
import { report } from './report.mjs';
import { measureThroughput, start } from './throughput.mjs';
import { measureWebhooks } from './webhooks.mjs';

const parts = ['throughput', 'mapping', 'webhooks', 'imports', 'sizes'];

const usage = `npm run bench -- [options]
  --quick              under two minutes; for a look, not for a comparison
  --client <name>      only this client; may be repeated (${Object.keys(clients).join(', ')})
  --part <name>        only this part; may be repeated (${parts.join(', ')})
  --rounds <n>         how often each is measured
  --milliseconds <n>   how long each is measured in each round
  --output <file>      where the JSON goes`;

/** A whole number from 1, or the default. @param {string | undefined} text @param {number} otherwise */
const count = (text, otherwise) => {
  const number = Number(text ?? otherwise);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new Error(`"${text}" is not a whole number from 1.`);
};

const choices = () => {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      client: { type: 'string', multiple: true },
      part: { type: 'string', multiple: true },
      rounds: { type: 'string' },
      milliseconds: { type: 'string' },
      output: { type: 'string' },
    },
  });
  const names = values.client ?? Object.keys(clients);
  for (const name of names) if (!Object.hasOwn(clients, name)) missing(name);
  const chosen = values.part ?? parts;
  for (const part of chosen) if (!parts.includes(part)) throw new Error(`There is no part named "${part}"; there are: ${parts.join(', ')}.`);
  const narrowed = [values.client, values.part, values.rounds, values.milliseconds].some((value) => value !== undefined);
  return {
    help: values.help,
    names,
    chosen,
    rounds: count(values.rounds, values.quick ? 3 : 7),
    milliseconds: count(values.milliseconds, values.quick ? 200 : 1000),
    isFull: !values.quick && !narrowed && values.output === undefined,
    output: values.output ?? join(import.meta.dirname, 'results', values.quick ? 'quick.json' : narrowed ? 'partial.json' : 'latest.json'),
  };
};

/** The version that is installed, read from the package's own manifest: not every package exports it. @param {string} name */
const versionOf = (name) => {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const path of paths) {
    try {
      return String(JSON.parse(readFileSync(join(path, name, 'package.json'), 'utf8')).version);
    } catch {
      // Not in this folder; the next one up may have it.
    }
  }
  throw new Error(`${name} is not installed.`);
};

/** The README shows the last full run. @param {string} text */
const writeReadme = (text) => {
  const file = join(import.meta.dirname, 'README.md');
  const [before, after] = readFileSync(file, 'utf8').split(/(?<=<!-- results -->\n)[^]*(?=<!-- \/results -->)/);
  writeFileSync(file, `${before}\n${text}\n\n${after}`);
};

const main = async () => {
  const { help, names, chosen, rounds, milliseconds, isFull, output } = choices();
  if (help) return console.log(usage);
  const say = (/** @type {string} */ text) => process.stderr.write(`  ${text}\n`);
  const has = (/** @type {string} */ part) => chosen.includes(part);
  const ours = names.filter((name) => Object.hasOwn(configurations, name));

  const throughput = has('throughput') ? await measureThroughput({ names, rounds, milliseconds, say }) : undefined;
  /** @type {NonNullable<import('./report.mjs').Results['mapping']>[number][]} */
  const mapping = [];
  for (const name of has('mapping') ? ours : []) {
    say(`parse and map: ${name}`);
    const { first } = await start('mapping.mjs', [name, String(milliseconds * 3)]);
    mapping.push(first);
  }
  const webhooks = has('webhooks') ? await measureWebhooks({ rounds, milliseconds, say }) : undefined;
  const coldImports = has('imports') ? await measureColdImports({ rounds: rounds * 2 - 1, say }) : undefined;
  const sizes = has('sizes') ? await measureSizes() : undefined;

  /** @type {import('./report.mjs').Results} */
  const results = {
    machine: { cores: availableParallelism(), node: process.versions.node, platform: `${process.platform} ${process.arch}` },
    date: new Date().toISOString().slice(0, 10),
    versions: Object.fromEntries(['@oneintent/core', 'ofetch', 'stripe', '@payjp/payjpv2', 'zod', 'esbuild'].map((name) => [name, versionOf(name)])),
    plan: { rounds, milliseconds },
    ...(throughput && { throughput }),
    ...(mapping.length > 0 && { mapping }),
    ...(webhooks && { webhooks }),
    ...(coldImports && { coldImports }),
    ...(sizes && { sizes }),
  };
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, `${JSON.stringify(results, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value))}\n`);
  const text = report(results);
  if (isFull) writeReadme(text);
  console.log(text);
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
