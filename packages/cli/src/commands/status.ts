import type { DirectoryEntry, MigrationDirectory, Side } from '@oneintent/core/migration';
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

/** The stage that a line of the journal says was entered. */
const stageIn = (line: string): string | null => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'stage' in value && typeof value.stage === 'string' ? value.stage : null;
  } catch {
    return null;
  }
};

const journalOf = async (directory: MigrationDirectory): Promise<{ readonly lines: number; readonly stage: string | null; readonly last: string | null }> => {
  let lines = 0;
  let stage: string | null = null;
  let last: string | null = null;
  for await (const line of directory.journal()) {
    lines += 1;
    last = line;
    stage = stageIn(line) ?? stage;
  }
  return { lines, stage, last };
};

const inWords = (sides: readonly SideCounts[], { lines, stage, last }: Awaited<ReturnType<typeof journalOf>>): string =>
  [
    ...(sides.length === 0 ? ['The directory has no entries.\n'] : sides.map(({ side, account, entries, unknown, unanswered, statuses }) =>
      `${side} (${account}): ${entries} entries, ${unknown} with an unknown outcome, ${unanswered} unanswered\n${table(Object.entries(statuses).toSorted().map(([status, number]) => ['', status, String(number)]))}`)),
    lines === 0 ? 'The journal is empty.\n' : `stage: ${stage ?? 'none'} (${lines} lines in the journal)\nlast: ${last}\n`,
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
        const journal = await journalOf(directory);
        await world.print(json ? asJson({ sides, journal }) : inWords(sides, journal));
        if (sides.some(({ unknown, unanswered }) => unknown + unanswered > 0)) end(1);
      });
    });
