import type { Configuration } from '../conformance/configurations.ts';
import { replay, run } from './run.ts';
import { reportOf, reproductionOf, replayOf } from './report.ts';
import type { Episode } from './plan.ts';

/** What the command needs of the world around it. */
export interface World {
  readonly configurations: readonly Configuration[];
  readonly print: (text: string) => void;
  /** Says how far it is; the next one may take its place. */
  readonly progress: (text: string) => void;
  readonly read: (file: string) => string;
  /** Keeps a text for later, and tells where. */
  readonly keep: (name: string, text: string) => string;
  /** Milliseconds, for the throughput only. */
  readonly time: () => number;
}

/** The words of `--help`. */
export const help = `Random operations over every adapter, each on a sandbox of its own, through faults, concurrency and restarts. The sandbox's books are
the witness: nothing is taken or given back twice, no money and no saved card is unknown to the application, and no answer says what never was.

  npm run chaos -- [--operations 10000] [--seed 1] [--configuration "payjp payment_flows"]
  npm run chaos -- --replay reports/chaos-1.json

  --operations N      how many calls the application makes, at least (default 10000)
  --seed N            where all chance comes from, 0 to 4294967295 (default 1): the same seed is the same run
  --configuration T   only configurations whose name contains T
  --replay FILE       plays a reproduction that a failed run has left, and tells every exchange of it
  --help              this

Exit code: 0 when everything agrees, 1 when something is wrong (with the smallest reproduction that was found), 2 for a wrong command line.
`;

type Options =
  | { readonly command: 'help' }
  | { readonly command: 'wrong'; readonly why: string }
  | { readonly command: 'replay'; readonly file: string }
  | { readonly command: 'run'; readonly seed: number; readonly operations: number; readonly configuration: string };

const wholeNumber = (text: string, most: number): number | null => (/^\d{1,12}$/.test(text) && Number(text) <= most ? Number(text) : null);

/** The command line as data. */
const readOptions = (args: readonly string[]): Options => {
  const given = new Map<string, string>();
  for (let index = 0; index < args.length; index += 2) {
    const [flag = '', separate] = args.slice(index, index + 2);
    if (flag === '--help' || flag === '-h') return { command: 'help' };
    if (!['--operations', '--seed', '--configuration', '--replay'].includes(flag)) return { command: 'wrong', why: `There is no option ${flag}.` };
    if (separate === undefined) return { command: 'wrong', why: `${flag} needs a value.` };
    given.set(flag, separate);
  }
  const file = given.get('--replay');
  if (file !== undefined) return { command: 'replay', file };
  const operations = wholeNumber(given.get('--operations') ?? '10000', 1_000_000_000);
  const seed = wholeNumber(given.get('--seed') ?? '1', 2 ** 32 - 1);
  if (operations === null || operations === 0) return { command: 'wrong', why: '--operations is not a whole number from 1.' };
  if (seed === null) return { command: 'wrong', why: '--seed is not a whole number from 0 to 4294967295.' };
  return { command: 'run', operations, seed, configuration: given.get('--configuration') ?? '' };
};

const replayFile = async (file: string, world: World): Promise<number> => {
  const { episode } = JSON.parse(world.read(file)) as { readonly episode: Episode };
  const { disagreement, story } = await replay(episode, world.configurations);
  world.print(replayOf(episode, disagreement, story));
  return disagreement === null ? 0 : 1;
};

const secondsBetweenLines = 3;

/** Runs the command line and gives the exit code. */
export const main = async (args: readonly string[], world: World): Promise<number> => {
  const options = readOptions(args);
  if (options.command === 'help') {
    world.print(help);
    return 0;
  }
  if (options.command === 'wrong') {
    world.print(`${options.why} Run it with --help to see what there is.\n`);
    return 2;
  }
  if (options.command === 'replay') return replayFile(options.file, world);

  const configurations = world.configurations.filter(({ name }) => name.includes(options.configuration));
  if (configurations.length === 0) {
    world.print(`No configuration has '${options.configuration}' in its name; there are: ${world.configurations.map(({ name }) => name).join(', ')}.\n`);
    return 2;
  }
  const began = world.time();
  const seconds = (): number => (world.time() - began) / 1000;
  let told = 0;
  world.print(`Chaos: ${options.operations} operations over ${configurations.map(({ name }) => name).join(', ')}, seed ${options.seed}\n`);
  const result = await run({
    ...options,
    configurations,
    progress: ({ operations, episodes }) => {
      if (seconds() - told < secondsBetweenLines) return;
      told = seconds();
      world.progress(`  … ${operations} of ${options.operations} operations in ${episodes} episodes, ${Math.round(operations / told)} per second`);
    },
  });
  world.print(reportOf(result, seconds()));
  if (result.reproduction === null) return 0;
  const kept = world.keep(`chaos-${options.seed}.json`, JSON.stringify(result.reproduction, null, 2));
  world.print(reproductionOf(result.reproduction, kept));
  return 1;
};
