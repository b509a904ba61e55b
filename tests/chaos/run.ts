import type { Configuration } from '../conformance/configurations.ts';
import type { Disagreement } from './books.ts';
import { play } from './episode.ts';
import { episodeFrom, type Episode } from './plan.ts';
import { randomFrom } from './random.ts';
import { shrink } from './shrink.ts';

/** What a run has counted so far. */
interface Progress {
  readonly operations: number;
  readonly episodes: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** What went wrong, and the simplest way there. */
export interface Reproduction {
  readonly seed: number;
  /** Which of the seed's episodes it was found in, from 0. */
  readonly found: number;
  readonly disagreement: Disagreement;
  readonly episode: Episode;
  readonly story: readonly string[];
}

export interface RunResult extends Progress {
  readonly seed: number;
  readonly reproduction: Reproduction | null;
}

export interface RunOptions {
  readonly seed: number;
  /** How many at least; a run ends with an episode. */
  readonly operations: number;
  readonly configurations: readonly Configuration[];
  readonly progress?: (progress: Progress) => void;
}

const configurationOf = (configurations: readonly Configuration[], name: string): Configuration => {
  const found = configurations.find((configuration) => configuration.name === name);
  if (found === undefined) throw new TypeError(`There is no configuration '${name}'; there are: ${configurations.map((configuration) => configuration.name).join(', ')}.`);
  return found;
};

/** Plays one episode and tells what happens in it. */
export const replay = async (episode: Episode, configurations: readonly Configuration[]): Promise<{ readonly disagreement: Disagreement | null; readonly story: readonly string[] }> =>
  play(episode, configurationOf(configurations, episode.configuration), { story: true });

/** The simplest episode that goes wrong as this one does. */
const reproduce = async (seed: number, found: number, episode: Episode, kind: Disagreement['kind'], configuration: Configuration): Promise<Reproduction> => {
  const smallest = await shrink(episode, async (candidate) => (await play(candidate, configuration)).disagreement?.kind === kind);
  const { disagreement, story } = await play(smallest, configuration, { story: true });
  return { seed, found, episode: smallest, disagreement: disagreement ?? { kind, what: 'it does not happen again, so the run is not deterministic' }, story };
};

/** Plays the episodes of a seed, every configuration in turn, until enough has been done or something is wrong. */
export const run = async ({ seed, operations: wanted, configurations, progress }: RunOptions): Promise<RunResult> => {
  const random = randomFrom(seed);
  const counts = new Map<string, number>();
  let operations = 0;
  let episodes = 0;
  while (operations < wanted) {
    const configuration = configurations[episodes % configurations.length];
    if (configuration === undefined) break;
    const played = await play(episodeFrom(random.seed(), configuration), configuration);
    operations += played.operations;
    for (const [name, times] of played.counts) counts.set(name, (counts.get(name) ?? 0) + times);
    if (played.disagreement !== null)
      return { seed, operations, episodes: episodes + 1, counts, reproduction: await reproduce(seed, episodes, played.written, played.disagreement.kind, configuration) };
    episodes += 1;
    progress?.({ operations, episodes, counts });
  }
  return { seed, operations, episodes, counts, reproduction: null };
};
