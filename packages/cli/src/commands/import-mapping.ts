import type { Mapping } from '@oneintent/core/migration';
import type { AddCommand } from '../command.js';
import { directoryOption, withDirectory } from '../directory.js';
import { openFile } from '../files.js';
import { defaultColumns, readColumns, readMappings, type BadLine, type Columns } from '../mapping-lines.js';
import { examples, jsonOption } from '../options.js';
import { progressOf } from '../progress.js';
import { asJson } from '../table.js';

interface Options {
  readonly directory: string;
  readonly columns: Columns;
  readonly kind?: string;
  readonly json?: boolean;
}

/** So many bad lines are told one by one. */
const told = 100;
const progressEvery = 10_000;

/** Ends the loading, so that nothing of it stays. */
class BadLines extends Error {}

const inWords = (file: string, bad: readonly BadLine[], looked: number): string =>
  `${bad.slice(0, told).map(({ line, problem }) => `${file}:${line}: ${problem}\n`).join('')}${bad.length > told ? `and ${bad.length - told} more\n` : ''}Nothing was loaded: ${bad.length} of ${looked} lines are wrong.\n`;

/** `import-mapping`: loads what old customers and payment methods have become at the new provider. All lines, or none. */
export const addImportMapping: AddCommand = (program, world, end) =>
  void program
    .command('import-mapping')
    .description('Load a file that says which customer or payment method at the new provider an old one has become. All of it is loaded, or nothing.')
    .argument('<csv>', `a file with a line of names first: ${Object.values(defaultColumns).join(', ')}; - for the standard input`)
    .requiredOption(...directoryOption)
    .option('--columns <names>', 'what the columns are called in this file: old=…,new=…,kind=…,network_transaction_id=…', readColumns, defaultColumns)
    .option('--kind <kind>', 'customer or payment_method, for a file without a column that says it')
    .option(...jsonOption)
    .addHelpText('after', examples('import-mapping customers.csv --directory migration.db --kind customer', 'import-mapping export.csv --directory migration.db --columns old=source_id,new=target_id'))
    .action(async (file: string, { directory: place, columns, kind, json }: Options) => {
      const source = await openFile(world, file);
      const progress = progressOf(world);
      const bad: BadLine[] = [];
      let looked = 0;
      async function* good(): AsyncGenerator<Mapping, void, undefined> {
        for await (const line of readMappings(source, columns, kind ?? null)) {
          world.signal.throwIfAborted();
          looked += 1;
          if ('problem' in line) bad.push(line);
          else if (bad.length === 0) yield line.mapping;
          if (looked % progressEvery === 0) progress.show(`${looked} lines read`);
        }
        if (bad.length > 0) throw new BadLines();
      }
      const load = async (): Promise<number | null> => {
        try {
          return await withDirectory(world, place, (directory) => directory.loadMappings(good()), { create: true });
        } catch (error) {
          if (error instanceof BadLines) return null;
          throw error;
        } finally {
          progress.end();
        }
      };
      const loaded = await load();
      await world.print(json ? asJson({ loaded: loaded ?? 0, bad }) : loaded === null ? inWords(file, bad, looked) : `${loaded} mappings were loaded.\n`);
      if (loaded === null) end(1);
    });
