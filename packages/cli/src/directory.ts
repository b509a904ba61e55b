import type { MigrationDirectory } from '@oneintent/core/migration';
import { sentenceOf, UsageError } from './failures.js';
import type { World } from './world.js';

/** The option of every command that works with a migration's directory. */
export const directoryOption = ['--directory <file>', "the migration's directory, a file of @oneintent/directory-sqlite"] as const;

/** Works with a directory, and lets it go whatever happens. @throws UsageError when it can't be opened. */
export const withDirectory = async <T>(world: World, file: string, work: (directory: MigrationDirectory) => Promise<T>, { create = false } = {}): Promise<T> => {
  const { directory, close } = await world.openDirectory(file, { create }).catch((error: unknown) => {
    throw new UsageError(`--directory can't be opened: ${sentenceOf(error)}`);
  });
  try {
    return await work(directory);
  } finally {
    await close();
  }
};
