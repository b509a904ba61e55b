import { causesOf, conformanceMarkdown, countResults, othersInWords, promisesFor, reportOf, runConformance, whereToBegin, type ConformanceReport, type ConformanceResult, type Harness } from '@oneintent/core/conformance';
import { InvalidArgumentError, Option } from 'commander';
import type { AddCommand } from '../command.js';
import { sentenceOf, UsageError } from '../failures.js';
import { examples, jsonOption } from '../options.js';
import { progressOf } from '../progress.js';
import { asJson } from '../table.js';
import type { World } from '../world.js';

interface Options {
  readonly only?: RegExp;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly strict?: boolean;
  readonly live?: boolean;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isHarness = (value: unknown): value is Harness => {
  const { name, adapter, open }: { readonly name?: unknown; readonly adapter?: unknown; readonly open?: unknown } = Object(value);
  return typeof name === 'string' && typeof open === 'function' && isObject(adapter) && 'operations' in adapter && isObject(adapter.operations) && 'limits' in adapter;
};

const harnessesIn = async (world: World, path: string): Promise<readonly Harness[]> => {
  const module = await world.importModule(path).catch((error: unknown) => {
    const hint = /\.[cm]?tsx?$/.test(path) ? ' (TypeScript has to be compiled first: give the JavaScript)' : '';
    throw new UsageError(`<module> can't be imported: ${sentenceOf(error)}${hint}`);
  });
  const { harness, default: exported = harness }: { readonly harness?: unknown; readonly default?: unknown } = module;
  const found: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (found.length > 0 && found.every(isHarness)) return found;
  throw new UsageError("<module> exports no harness. Write: export const harness = { name: 'mine', adapter: mine({ apiKey: 'sk_test_1' }), open: () => openStage() };");
};

/** Whether what a harness sends arrives at the provider itself. */
const isLive = ({ provenAt }: Harness): boolean => provenAt?.where === 'provider';

/** Failures as text, each with its promise; promises that fail for one reason alike share it, and the most frequent comes first. */
const failuresInWords = ({ name, results }: ConformanceReport): string =>
  causesOf(results)
    .map((cause) => {
      const { id, title, detail } = cause.first;
      const others = othersInWords(cause);
      return `FAILED ${id} (${name})\n  ${title}\n  ${detail}\n${others === '' ? '' : `  ${others}\n`}\n`;
    })
    .join('');

const wanting = /^the harness has no (.+)$/;

/** Why promises were not tested, as lines: the levers that are missing with the number of promises that each would help to test, then other reasons. */
const untestedLines = (reasons: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const reason of reasons)
    for (const why of wanting.exec(reason)?.[1]?.split(', ').map((lever) => `the harness has no ${lever}`) ?? [reason]) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([why, count]) => `not tested, ${count}: ${why}`);
};

const countsInWords = ({ name, results }: ConformanceReport): string => {
  const { proven, failed, not_tested: untested, deviates } = countResults(results);
  const detailsOf = (kind: ConformanceResult['result']): readonly ConformanceResult[] => results.filter(({ result }) => result === kind);
  const why = untestedLines(detailsOf('not_tested').flatMap(({ detail }) => detail ?? []));
  const known = detailsOf('deviates').map(({ id, detail }) => `deviates: ${id}: ${detail}`);
  const begin = whereToBegin(results);
  return `${name}: ${proven} proven, ${failed} failed, ${untested} not tested, ${deviates} deviate\n${[...why, ...known, ...(begin === null ? [] : [begin])].map((text) => `  ${text}\n`).join('')}`;
};

const inWords = (reports: readonly ConformanceReport[]): string => [...reports.map(failuresInWords), ...reports.map(countsInWords)].join('');

const pattern = (text: string): RegExp => {
  try {
    return new RegExp(text);
  } catch {
    throw new InvalidArgumentError('Give a regular expression, such as capture/ or ^refunds.');
  }
};

/** Runs the suite on one harness, and says how far it is. */
const prove = async (harness: Harness, { only = /^/, strict = false }: Options, world: World): Promise<ConformanceReport> => {
  const total = promisesFor(harness).filter(({ id }) => only.test(id)).length;
  const progress = progressOf(world);
  const results: ConformanceResult[] = [];
  if (isLive(harness)) world.printError(`${harness.name}: sends to the provider itself\n`);
  try {
    for await (const result of runConformance(harness, { only, strict, now: world.now })) {
      world.signal.throwIfAborted();
      results.push(result);
      if (world.isTTY || results.length % 100 === 0 || results.length === total) progress.show(`${harness.name}: ${results.length} of ${total} promises, ${countResults(results).failed} failed`);
    }
  } finally {
    progress.end();
  }
  return reportOf(harness, results);
};

/** `conformance`: whether an adapter keeps the promises of OneIntent, and which file to open where it does not. */
export const addConformance: AddCommand = (program, world, end) =>
  void program
    .command('conformance')
    .description('Run the conformance suite on an adapter. Exit code 1 when a promise is not kept.')
    .argument('<module>', 'a JavaScript module whose default export, or `harness`, is a harness or a list of them')
    .option('--only <regex>', 'only the promises whose id matches', pattern)
    .option('--strict', 'also 1 when something was not tested, or deviates beyond the date at which it had to be looked at again')
    .option('--live', 'also harnesses that send to the provider itself: payments are made in its test mode')
    .option(...jsonOption)
    .addOption(new Option('--markdown', 'print the result as Markdown').conflicts('json'))
    .addHelpText('after', examples('conformance dist/testing/harness.js', "conformance dist/testing/harness.js --only '^paymentIntents.capture/'", 'conformance dist/testing/harness.js --strict --markdown > conformance.md'))
    .action(async (path: string, options: Options) => {
      const { json = false, markdown = false, live = false } = options;
      const harnesses = await harnessesIn(world, path);
      const sending = harnesses.filter(isLive).map(({ name }) => name);
      if (sending.length > 0 && !live) throw new UsageError(`${sending.join(', ')}: sends to the provider itself. Add --live if that is meant. Nothing was sent.`);
      const reports: ConformanceReport[] = [];
      for (const harness of harnesses) reports.push(await prove(harness, options, world));
      if (reports.every(({ results }) => results.length === 0)) throw new UsageError('--only matches no promise: nothing was proven.');
      const ok = reports.every(({ results }) => countResults(results).failed === 0);
      await world.print(json ? asJson({ ok, reports }) : markdown ? conformanceMarkdown(reports) : inWords(reports));
      if (!ok) end(1);
    });
