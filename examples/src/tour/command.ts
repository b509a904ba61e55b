import { PaymentError, type Fetch } from '@oneintent/core';
import { memoryMigrationDirectory } from '@oneintent/core/migration';
import { helpText, readArguments, type Wish } from './arguments.js';
import { visitLive } from './live.js';
import { visitMigration, type Route } from './migration.js';
import { cleanUpText, conclusionText, matrixText, migrationText, verdictText, visitText, type Paint } from './print.js';
import { paymentFlows, paymentIntents, providers as all, type Provider } from './providers.js';
import { visit, type Visit } from './tour.js';

/** What the command stands in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly write: (text: string) => void;
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  readonly fetch: Fetch;
  /** Begins the references of a live run: another one each time. */
  readonly run: string;
  readonly providers?: readonly Provider[];
  /** The migration at the tour's end. Default: from PAY.JP's payment intents to its payment flows, remembered in memory. */
  readonly route?: Route;
}

const introduction = (paint: Paint): string =>
  [
    paint('bold', 'OneIntent: one application, four payment APIs'),
    '',
    'The same nine scenes, by the same code, at four sandboxes on this machine that speak as the providers do. No account, no money.',
    "At the end a migration: from PAY.JP's payment intents to its payment flows.",
    'Left: what the application calls, and is told. Right: what went over the wire, as the onExchange hook shows it, without secrets.',
    "npm start -- --live <provider> goes to a provider's own test mode instead; npm start -- --help says how.",
    '',
  ].join('\n');

const usualRoute = (): Route => ({ from: paymentIntents, to: paymentFlows, directory: memoryMigrationDirectory() });

const tour = async ({ write, paint, width, fetch, providers = all, route = usualRoute() }: Surroundings): Promise<number> => {
  write(introduction(paint));
  const visits: Visit[] = [];
  for (const provider of providers) {
    const visited = await visit(provider, fetch);
    visits.push(visited);
    write(visitText(visited, width, paint));
  }
  const migrated = await visitMigration(route, fetch);
  write(visitText(migrated, width, paint));
  write(`\n${matrixText(visits, paint)}`);
  write(`\n${verdictText(visits, "The verdict of the providers' own books", paint)}`);
  write(`\n${migrationText(migrated, paint)}`);
  const problems = [...visits, migrated].flatMap(({ title, verdict }) => verdict.problems.map((problem) => `${title}: ${problem}`));
  write(`\n${conclusionText(problems, 'All as promised.', paint)}`);
  return problems.length === 0 ? 0 : 1;
};

const live = async (wish: Extract<Wish, { type: 'live' }>, { write, paint, width, fetch, run }: Surroundings): Promise<number> => {
  const visited = await visitLive({ ...wish, fetch, run });
  write(`${paint('bold', `OneIntent: what a server can do at ${visited.title}, in test mode`)}\n`);
  write(visitText(visited, width, paint));
  write(`\n${verdictText([visited], 'What the provider says when it is asked again', paint)}`);
  write(`\n${cleanUpText(visited.cleanedUp, visited.leftOpen)}`);
  const tested = visited.played.filter(({ notTested }) => notTested === null).length;
  const problems = [...visited.verdict.problems, ...visited.leftOpen.map((ref) => `${ref} could not be canceled`)];
  write(`\n${conclusionText(problems, `As promised, as far as it was tested: ${tested} of ${visited.played.length} scenes.`, paint)}`);
  return problems.length === 0 ? 0 : 1;
};

/**
 * Does what the arguments ask for.
 * @returns the exit code: 0 as promised, 1 something is off, 2 not understood.
 */
export const command = async (args: readonly string[], surroundings: Surroundings): Promise<number> => {
  const { write, env, providers = all } = surroundings;
  const wish = readArguments(args, env, providers);
  if (wish.type === 'mistake') {
    write(`${wish.problem}\n\n${helpText(providers)}`);
    return 2;
  }
  if (wish.type === 'help') {
    write(helpText(providers));
    return 0;
  }
  if (wish.type === 'tour') return tour(surroundings);
  try {
    return await live(wish, surroundings);
  } catch (error) {
    if (!PaymentError.is(error) || error.outcome !== 'not_sent') throw error;
    write(`${error.message}\n`);
    return 2;
  }
};
