import { drain, type DrainProgress } from '@oneintent/core/migration';
import { adaptersOption, openAccounts } from '../accounts.js';
import type { AddCommand } from '../command.js';
import { directoryOption, withDirectory } from '../directory.js';
import { isAborted } from '../failures.js';
import { examples, jsonOption, time } from '../options.js';
import { progressOf } from '../progress.js';
import { asJson } from '../table.js';

interface Options {
  readonly from: string;
  readonly directory: string;
  readonly since?: string;
  readonly resume: boolean;
  readonly adapters?: string;
  readonly json?: boolean;
}

const counts = ({ looked, open, unknown, failed }: DrainProgress): string => `${looked} looked at, ${open.length} open, ${unknown.length} unknown, ${failed.length} failed`;

const isDrained = ({ at, open, unknown, failed }: DrainProgress): boolean => at === 'end' && open.length + unknown.length + failed.length === 0;

const listWords = ({ listed, setupsListed }: DrainProgress): string =>
  listed && setupsListed ? '' : `This account can't list its ${[...(listed ? [] : ['payments']), ...(setupsListed ? [] : ['saved cards'])].join(' or its ')}: those that the directory does not have were not seen.\n`;

const inWords = (progress: DrainProgress, account: string): string =>
  [
    ...progress.open.map((ref) => `open     ${ref}\n`),
    ...progress.unknown.map((key) => `unknown  ${key}\n`),
    ...progress.failed.map(({ ref, because }) => `failed   ${ref}: ${because}\n`),
    ...(progress.at === 'end' ? [listWords(progress), isDrained(progress) ? `${account} is drained: ${counts(progress)}.\n` : `${account} is not drained: ${counts(progress)}.\n`] : [`Stopped before the end: ${counts(progress)}.\n`]),
  ].join('');

/** `drain`: looks at everything of one side that may still be open. */
export const addDrain: AddCommand = (program, world, end) =>
  void program
    .command('drain')
    .description('Look at everything of one account that may still be open, and settle unknown outcomes on the way. Exit code 1 while anything is.')
    .requiredOption('--from <account>', 'the account to drain: the old one, or the new one before a roll-back')
    .requiredOption(...directoryOption)
    .option('--since <time>', 'list only what was created since then', time)
    .option('--no-resume', 'leave unknown outcomes as they are')
    .option(...adaptersOption)
    .option(...jsonOption)
    .addHelpText('after', examples('drain --from jp --directory migration.db', 'drain --from jp --directory migration.db --since 2026-04-01 --json'))
    .action(async (options: Options) => {
      const { from, directory: file, since, resume, adapters, json } = options;
      const payments = (await openAccounts(world, { adapters })).named(from, '--from');
      const progress = progressOf(world);
      let last: DrainProgress = { at: 'directory', looked: 0, open: [], unknown: [], failed: [], listed: false, setupsListed: false };
      await withDirectory(world, file, async (directory) => {
        try {
          for await (last of drain({ payments, directory, resume, clock: world.now, signal: world.signal, ...(since !== undefined && { since }) }))
            if (last.at !== 'end') progress.show(`${last.at}: ${counts(last)}`);
        } catch (error) {
          if (!world.signal.aborted && !isAborted(error)) throw error;
        } finally {
          progress.end();
        }
      });
      await world.print(json ? asJson({ account: from, drained: isDrained(last), stopped: last.at !== 'end', ...last }) : inWords(last, from));
      if (!isDrained(last)) end(1);
    });
