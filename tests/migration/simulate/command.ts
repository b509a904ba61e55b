import type { MigrationDirectory } from '@oneintent/core/migration';
import { routes, simulate, type Finding, type Simulated } from './run.ts';

/** What the command needs of the world around it. */
export interface World {
  readonly print: (text: string) => void;
  /** Says how far it is; the next one may take its place. */
  readonly progress: (text: string) => void;
  readonly openDirectory: () => MigrationDirectory;
  /** Milliseconds, for the throughput only. */
  readonly time: () => number;
}

/** The words of `--help`. */
export const help = `Migrations, simulated: orders are paid one after another while the share of the new provider moves up, down and back, answers are lost,
processes die, and webhooks come late, twice and out of order. The ledgers of both sandboxes are the witness: each order is paid at most once, each
payment is handled by its owner, no event is lost.

  npm run simulate:migration -- [--orders 20000] [--seed 1]

  --orders N   how many orders in all, over every route (default 20000)
  --seed N     where all chance comes from, 0 to 4294967295 (default 1)
  --help       this

Exit code: 0 when everything agrees, 1 when something is wrong (with the evidence), 2 for a wrong command line.
`;

const wholeNumber = (text: string | undefined, most: number): number | null => (text !== undefined && /^\d{1,12}$/.test(text) && Number(text) <= most ? Number(text) : null);

interface Options {
  readonly orders: number;
  readonly seed: number;
}

const readOptions = (args: readonly string[]): Options | string => {
  const given: Record<string, string | undefined> = { '--orders': '20000', '--seed': '1' };
  for (let index = 0; index < args.length; index += 2) {
    const [flag = '', value] = args.slice(index, index + 2);
    if (!Object.hasOwn(given, flag)) return `There is no option ${flag}.`;
    given[flag] = value;
  }
  const orders = wholeNumber(given['--orders'], 10_000_000);
  const seed = wholeNumber(given['--seed'], 2 ** 32 - 1);
  if (orders === null || orders === 0) return '--orders is not a whole number from 1.';
  return seed === null ? '--seed is not a whole number from 0 to 4294967295.' : { orders, seed };
};

const kinds = ['paid twice', 'held twice', 'wrong owner', 'invisible', 'event lost', 'event handled twice'] as const satisfies readonly Finding['kind'][];

const columns = (counts: ReadonlyMap<string, number>, prefix: string): string =>
  [...counts]
    .filter(([name]) => name.startsWith(prefix))
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, times]) => `${name.slice(prefix.length)} ${times}`)
    .join(', ');

const reportOf = ({ route, orders, counts, findings }: Simulated): string =>
  [
    `\n${route.from} to ${route.to}: ${orders} orders in ${route.currency}\n`,
    `  decided    ${columns(counts, 'decided ')}\n`,
    `  faults     ${columns(counts, 'fault ')}\n`,
    `  outcomes   ${columns(counts, 'outcome ')}; processes died ${counts.get('processes died') ?? 0}, events caught up ${counts.get('events caught up') ?? 0}\n`,
    ...kinds.map((kind) => `  ${String(findings.filter((finding) => finding.kind === kind).length).padStart(8)}  ${kind}\n`),
    `  ${String(counts.get('stayed unknown') ?? 0).padStart(8)}  stayed unknown, with error.resume in the queue\n`,
    ...kinds.flatMap((wanted) =>
      findings.filter(({ kind }) => kind === wanted).slice(0, 3).map(({ kind, order, what }) => `  ${kind.toUpperCase()}: ${order}: ${what}\n`)),
  ].join('');

/** Runs the command line and gives the exit code. */
export const main = async (args: readonly string[], world: World): Promise<number> => {
  if (args.includes('--help') || args.includes('-h')) {
    world.print(help);
    return 0;
  }
  const options = readOptions(args);
  if (typeof options === 'string') {
    world.print(`${options} Run it with --help to see what there is.\n`);
    return 2;
  }
  const began = world.time();
  const seconds = (): number => (world.time() - began) / 1000;
  world.print(`Migrations: ${options.orders} orders over ${routes.length} routes, seed ${options.seed}\n`);
  let wrong = 0;
  for (const [index, route] of routes.entries()) {
    const orders = Math.floor(options.orders / routes.length) + (index < options.orders % routes.length ? 1 : 0);
    const result = await simulate(route, orders, options.seed + index, world.openDirectory(), (done) => world.progress(`  … ${route.from} to ${route.to}: ${done} of ${orders} orders, ${seconds().toFixed(0)} s`));
    wrong += result.findings.length;
    world.print(reportOf(result));
  }
  world.print(`\n${wrong === 0 ? 'As promised.' : `${wrong} findings.`} Seed ${options.seed}, ${seconds().toFixed(1)} s.\n`);
  return wrong === 0 ? 0 : 1;
};
