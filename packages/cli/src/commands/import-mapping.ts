import { PaymentError, type Problem } from '@oneintent/core';
import { importMappings, type Mapping, type MappingRow } from '@oneintent/core/migration';
import { Option } from 'commander';
import type { AddCommand } from '../command.js';
import { directoryOption, withDirectory } from '../directory.js';
import { openFile } from '../files.js';
import { defaultColumns, mappingRows, readColumns, type Columns } from '../mapping-rows.js';
import { examples, jsonOption } from '../options.js';
import { progressOf } from '../progress.js';
import { asJson } from '../table.js';

interface Options {
  readonly directory: string;
  readonly columns?: Columns;
  readonly kind?: Mapping['kind'];
  readonly json?: boolean;
}

const progressEvery = 10_000;

const inWords = (file: string, bad: readonly Problem[]): string =>
  `${bad.map(({ field, problem }) => `${field.replace(/^line /, `${file}:`).replace(/^file$/, file)}: ${problem}\n`).join('')}Nothing was loaded.\n`;

/** `import-mapping`: loads what old customers and payment methods have become at the new provider. All lines, or none. */
export const addImportMapping: AddCommand = (program, world, end) =>
  void program
    .command('import-mapping')
    .description('Load a file that says which customer or payment method at the new provider an old one has become. All of it is loaded, or nothing.')
    .argument('<csv>', `a file with a line of names first: ${Object.values(defaultColumns).join(', ')}; - for the standard input`)
    .requiredOption(...directoryOption)
    .option('--columns <names>', 'what the columns are called in this file: old=…,new=…,kind=…,network_transaction_id=…', readColumns)
    .addOption(new Option('--kind <kind>', 'what every line is of, for a file without a column that says it').choices(['customer', 'payment_method']))
    .option(...jsonOption)
    .addHelpText('after', examples('import-mapping customers.csv --directory migration.db --kind customer', 'import-mapping export.csv --directory migration.db --columns old=source_id,new=target_id'))
    .action(async (file: string, { directory: place, columns = defaultColumns, kind, json }: Options) => {
      const source = await openFile(world, file);
      const progress = progressOf(world);
      async function* rows(): AsyncGenerator<MappingRow, void, undefined> {
        let read = 0;
        for await (const row of mappingRows(source, columns, kind === undefined)) {
          world.signal.throwIfAborted();
          yield row;
          read += 1;
          if (read % progressEvery === 0) progress.show(`${read} lines read`);
        }
      }
      const load = async (): Promise<number | readonly Problem[]> => {
        try {
          return await withDirectory(world, place, (directory) => importMappings({ rows: rows(), directory, columns, ...(kind !== undefined && { kind }) }), { create: true });
        } catch (error) {
          if (PaymentError.is(error) && error.code === 'invalid_request') return error.problems;
          throw error;
        } finally {
          progress.end();
        }
      };
      const loaded = await load();
      const [count, bad] = typeof loaded === 'number' ? [loaded, []] : [0, loaded];
      await world.print(json ? asJson({ loaded: count, bad }) : bad.length > 0 ? inWords(file, bad) : `${count} mappings were loaded.\n`);
      if (bad.length > 0) end(1);
    });
