import { conformanceMarkdown, countResults, promisesFor, reportOf, runConformance, type ConformanceReport, type ConformanceResult, type Harness, type Stage } from '@oneintent/core/conformance';
import { InvalidArgumentError, Option } from 'commander';
import type { AddCommand } from '../command.js';
import { sentenceOf, UsageError } from '../failures.js';
import { examples, jsonOption } from '../options.js';
import { progressOf } from '../progress.js';
import { asJson } from '../table.js';
import type { World } from '../world.js';
import { adapterFileOf, differenceOf, untestedLines, type Difference } from './conformance-advice.js';

interface Options {
  readonly only?: RegExp;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly strict?: boolean;
}

/** One promise that is not kept, and where to begin. */
interface Failure extends Difference {
  readonly harness: string;
  readonly id: string;
  readonly title: string;
  /** The last request that the stage saw: method, path and the answer's status, nothing else; `null` where it saw none. */
  readonly lastRequest: string | null;
  /** The file of the adapter to open. */
  readonly open: string;
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

/** The same stage behind another fetch. Its other members are called on itself, as it may be an instance of a class. */
const stageBehind = (stage: Stage, fetch: Stage['fetch']): Stage =>
  new Proxy<Stage>(Object.create(stage), {
    get: (_, name) => {
      if (name === 'fetch') return fetch;
      const member: unknown = Reflect.get(stage, name);
      return typeof member === 'function' ? (...values: readonly unknown[]): unknown => Reflect.apply(member, stage, values) : member;
    },
  });

/** The same harness, with a word to `see` of each request that a stage gets; `null` when a fresh one is opened. */
const watched = (harness: Harness, see: (request: string | null) => void): Harness => ({
  ...harness,
  open: async () => {
    see(null);
    const stage = await Promise.resolve()
      .then(() => harness.open())
      .catch((error: unknown) => {
        throw new UsageError(`the stage of ${harness.name} can't be opened: ${sentenceOf(error)}`);
      });
    return stageBehind(stage, async (input, init) => {
      const request = `${init?.method ?? 'GET'} ${new URL(input instanceof Request ? input.url : input).pathname}`;
      see(request);
      const response = await stage.fetch(input, init);
      see(`${request} (answered ${response.status})`);
      return response;
    });
  },
});

/** The file that the failure itself names, or the one that promises of its kind hang on. */
const fileFor = ({ id, detail }: ConformanceResult): string => /\bsrc\/[\w/-]+\.ts\b/.exec(detail ?? '')?.[0] ?? adapterFileOf(id);

/** Whether a deviation had to be looked at again by now. Its date is optional, and so are deviations. */
const isPastReview = ({ deviations = [] }: Harness, { id }: ConformanceResult, now: number): boolean => {
  const { reviewBy }: { readonly reviewBy?: unknown } = Object(deviations.find((deviation) => deviation.id === id));
  return typeof reviewBy === 'string' && Date.parse(reviewBy) < now;
};

const line = (name: string, text: string): string => `  ${name.padEnd(14)}${text.replaceAll('\n', `\n${' '.repeat(16)}`)}\n`;

const failureInWords = ({ harness, id, title, lastRequest, about, expected, seen, open }: Failure): string =>
  [
    `FAILED ${id} (${harness})\n  ${title}\n`,
    line('last request', lastRequest ?? 'none'),
    about === null ? '' : line('held', about),
    line('expected', expected),
    line('seen', seen),
    line('open', open),
  ].join('');

const countsInWords = ({ name, results }: ConformanceReport): string => {
  const { proven, failed, not_tested: untested, deviates } = countResults(results);
  const reasons = results.flatMap(({ result, detail }) => (result === 'not_tested' && detail !== null ? [detail] : []));
  const why = untestedLines(reasons).map((text) => `  ${text}\n`);
  return `${name}: ${proven} proven, ${failed} failed, ${untested} not tested, ${deviates} deviate\n${why.join('')}`;
};

const inWords = (reports: readonly ConformanceReport[], failures: readonly Failure[]): string =>
  [...failures.map((failure) => `${failureInWords(failure)}\n`), ...reports.map(countsInWords)].join('');

const inMarkdown = (reports: readonly ConformanceReport[], failures: readonly Failure[]): string =>
  `${conformanceMarkdown(reports)}${failures.length === 0 ? '' : `\n## Where to begin\n\n\`\`\`text\n${failures.map(failureInWords).join('\n')}\`\`\`\n`}`;

const pattern = (text: string): RegExp => {
  try {
    return new RegExp(text);
  } catch {
    throw new InvalidArgumentError('Give a regular expression, such as capture/ or ^refunds.');
  }
};

/** Runs the suite on one harness, and says how far it is. */
const prove = async (harness: Harness, only: RegExp, world: World): Promise<{ readonly report: ConformanceReport; readonly failures: readonly Failure[] }> => {
  const total = promisesFor(harness).filter(({ id }) => only.test(id)).length;
  const progress = progressOf(world);
  const results: ConformanceResult[] = [];
  const failures: Failure[] = [];
  let lastRequest: string | null = null;
  try {
    for await (const result of runConformance(watched(harness, (request) => (lastRequest = request)), { only })) {
      world.signal.throwIfAborted();
      results.push(result);
      const { id, title } = result;
      if (result.result === 'failed') failures.push({ harness: harness.name, id, title, lastRequest, ...differenceOf(result.detail), open: fileFor(result) });
      if (world.isTTY || results.length % 100 === 0 || results.length === total) progress.show(`${harness.name}: ${results.length} of ${total} promises, ${failures.length} failed`);
    }
  } finally {
    progress.end();
  }
  return { report: reportOf(harness, results), failures };
};

/** `conformance`: whether an adapter keeps the promises of OneIntent, and which file to open where it does not. */
export const addConformance: AddCommand = (program, world, end) =>
  void program
    .command('conformance')
    .description('Run the conformance suite on an adapter. Exit code 1 when a promise is not kept.')
    .argument('<module>', 'a JavaScript module whose default export, or `harness`, is a harness or a list of them')
    .option('--only <regex>', 'only the promises whose id matches', pattern)
    .option('--strict', 'also 1 when something was not tested, or deviates beyond the date at which it had to be looked at again')
    .option(...jsonOption)
    .addOption(new Option('--markdown', 'print the result as Markdown').conflicts('json'))
    .addHelpText('after', examples('conformance dist/testing/harness.js', "conformance dist/testing/harness.js --only '^paymentIntents.capture/'", 'conformance dist/testing/harness.js --strict --markdown > conformance.md'))
    .action(async (path: string, { only = /^/, json = false, markdown = false, strict = false }: Options) => {
      const harnesses = await harnessesIn(world, path);
      const reports: ConformanceReport[] = [];
      const failures: Failure[] = [];
      const open: ConformanceResult[] = [];
      for (const harness of harnesses) {
        const proven = await prove(harness, only, world);
        reports.push(proven.report);
        failures.push(...proven.failures);
        open.push(...proven.report.results.filter((result) => result.result === 'not_tested' || (result.result === 'deviates' && isPastReview(harness, result, world.now()))));
      }
      if (reports.every(({ results }) => results.length === 0)) throw new UsageError('--only matches no promise: nothing was proven.');
      const ok = failures.length === 0 && (!strict || open.length === 0);
      await world.print(json ? asJson({ ok, reports, failures }) : markdown ? inMarkdown(reports, failures) : inWords(reports, failures));
      if (strict && open.length > 0) world.printError(`--strict: ${open.length} were not tested, or deviate beyond the date at which they had to be looked at again.\n`);
      if (!ok) end(1);
    });
