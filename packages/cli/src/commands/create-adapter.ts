import { lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AddCommand } from '../command.js';
import { sentenceOf, UsageError } from '../failures.js';
import { examples, jsonOption } from '../options.js';
import { asJson } from '../table.js';
import { adapterFiles } from '../templates/adapter.js';
import { nameProblem } from '../templates/names.js';

interface Options {
  readonly directory: string;
  readonly json?: boolean;
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/**
 * Writes a folder that appears complete or not at all: it is made beside, and moved into its place.
 * @throws UsageError when something of that name is there, or the folder around it can't be written to. Then nothing is left behind.
 */
export const writeFolder = async (folder: string, files: Readonly<Record<string, string>>): Promise<void> => {
  if (await isThere(folder)) throw new UsageError(`${folder} is there already. Nothing was written.`);
  const beside = await mkdtemp(join(dirname(folder), '.oneintent-')).catch((error: unknown) => {
    throw new UsageError(`--directory can't be written to: ${sentenceOf(error)}`);
  });
  try {
    const made = join(beside, 'adapter');
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(made, path)), { recursive: true });
      await writeFile(join(made, path), text);
    }
    await rename(made, folder);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
};

/** `create-adapter`: a folder with everything that an adapter has, to be filled in. It overwrites nothing. */
export const addCreateAdapter: AddCommand = (program, world) =>
  void program
    .command('create-adapter')
    .description('Write a folder for the adapter of a new provider: its files, its tests, and what to fill in. Overwrites nothing.')
    .argument('<name>', 'the name of the provider, such as acme or acme-pay')
    .option('--directory <folder>', 'where the folder adapter-<name> goes', '.')
    .option(...jsonOption)
    .addHelpText('after', examples('create-adapter acme', 'create-adapter acme-pay --directory packages'))
    .action(async (name: string, { directory, json }: Options) => {
      const problem = nameProblem(name);
      if (problem !== null) throw new UsageError(`<name> ${problem}.`);
      const folder = join(directory, `adapter-${name}`);
      const files = adapterFiles(name, world.version);
      await writeFolder(folder, files);
      const paths = Object.keys(files);
      const next = `Next: cd ${folder} && npm install && npm test. Each red promise says what to do; "FILL IN" marks what is still a guess.\n`;
      await world.print(json ? asJson({ folder, files: paths }) : `${folder}\n${paths.map((path) => `  ${path}\n`).join('')}\n${next}`);
    });
