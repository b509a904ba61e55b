import { replayCutOver, type CutOverState, type DirectoryEntry, type MigrationDirectory, type Side } from '@oneintent/core/migration';
import type { AddCommand } from '../command.js';
import { directoryOption, withDirectory } from '../directory.js';
import { examples, jsonOption } from '../options.js';
import { asJson, table } from '../table.js';

interface Options {
  readonly directory: string;
  readonly json?: boolean;
}

/** One side as the directory knows it. */
interface SideCounts {
  readonly side: Side;
  readonly account: string;
  entries: number;
  /** Entries with an outcome that nobody knows. */
  unknown: number;
  /** Entries under which something was about to be sent, and of which nothing was heard since. */
  unanswered: number;
  readonly statuses: Record<string, number>;
}

const add = (counts: SideCounts, { status, ref, unknown }: DirectoryEntry): void => {
  const name = status ?? 'not_known';
  counts.entries += 1;
  counts.statuses[name] = (counts.statuses[name] ?? 0) + 1;
  if (unknown.length > 0) counts.unknown += 1;
  else if (status === null && ref === null) counts.unanswered += 1;
};

const countsOf = async (directory: MigrationDirectory, signal: AbortSignal): Promise<readonly SideCounts[]> => {
  const found = new Map<string, SideCounts>();
  let after: string | null = null;
  do {
    signal.throwIfAborted();
    const page = await directory.entries({ limit: 1000, ...(after !== null && { after }) });
    for (const entry of page.data) {
      const name = `${entry.side} ${entry.account}`;
      const counts = found.get(name) ?? { side: entry.side, account: entry.account, entries: 0, unknown: 0, unanswered: 0, statuses: {} };
      found.set(name, counts);
      add(counts, entry);
    }
    after = page.next;
  } while (after !== null);
  return [...found.values()].toSorted((one, other) => one.side.localeCompare(other.side));
};

const blockersOf = ({ blockers, accepted }: CutOverState): readonly string[] => (blockers ?? []).filter((id) => !Object.hasOwn(accepted, id));

const stageInWords = (state: CutOverState): string =>
  [
    `stage: ${state.stage}, ${state.share} % of what is new is made at the new side${state.since === null ? '' : `, since ${state.since}`}\n`,
    ...blockersOf(state).map((id) => `blocked by: ${id}\n`),
    ...(state.refundsUntil === null ? [] : [`refunds of the old side until: ${state.refundsUntil}\n`]),
  ].join('');

const inWords = (sides: readonly SideCounts[], cutOver: CutOverState): string =>
  [
    stageInWords(cutOver),
    ...(sides.length === 0 ? ['The directory has no entries.\n'] : sides.map(({ side, account, entries, unknown, unanswered, statuses }) =>
      `${side} (${account}): entries ${entries}, unknown outcomes ${unknown}, unanswered ${unanswered}\n${table(Object.entries(statuses).toSorted().map(([status, number]) => ['', status, String(number)]))}`)),
  ].join('\n');

/** `status`: what a directory says of a migration. It asks no provider. */
export const addStatus: AddCommand = (program, world, end) =>
  void program
    .command('status')
    .description("Show how far a migration is, by its directory alone. Exit code 1 while an outcome is unknown or unanswered.")
    .requiredOption(...directoryOption)
    .option(...jsonOption)
    .addHelpText('after', examples('status --directory migration.db', 'status --directory migration.db --json'))
    .action(async ({ directory: file, json }: Options) => {
      await withDirectory(world, file, async (directory) => {
        const sides = await countsOf(directory, world.signal);
        const cutOver = await replayCutOver(directory.journal());
        await world.print(json ? asJson({ cutOver, sides }) : inWords(sides, cutOver));
        if (sides.some(({ unknown, unanswered }) => unknown + unanswered > 0)) end(1);
      });
    });
