import type { AdapterLoaders, EnvironmentVariables, SelectionOptions } from '@oneintent/core';
import type { MigrationDirectory } from '@oneintent/core/migration';

/** A directory that a command works with, and how it is let go. */
export interface OpenedDirectory {
  readonly directory: MigrationDirectory;
  readonly close: () => void | Promise<void>;
}

/** Everything that a command can reach. Tests and programs hand in their own; {@link processWorld} is that of this process. */
export interface World {
  /** Such as `process.env`. Accounts and their secrets come from here, and from nowhere else. */
  readonly env: EnvironmentVariables;
  /** Takes a piece of the result, line ends included; a promise says when it can take more. */
  readonly print: (text: string) => void | Promise<void>;
  /** Takes progress and what went wrong, line ends included. */
  readonly printError: (text: string) => void;
  /** Opens a file, or the standard input for `-`. Rejects when it is not there. */
  readonly readFile: (path: string) => Promise<AsyncIterable<Uint8Array | string>>;
  /** Whether `printError` goes to a terminal, where a line can be written anew. */
  readonly isTTY: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The adapters that an account can be of. */
  readonly adapters: AdapterLoaders;
  /** Imports the module that `--adapters` names. */
  readonly importModule: (path: string) => Promise<object>;
  /** Opens the directory in a file. Without `create`, one that is not there is an error rather than an empty directory. */
  readonly openDirectory: (file: string, options: { readonly create: boolean }) => Promise<OpenedDirectory>;
  /** What the clients of the accounts are made with, such as a `fetch` of your own. */
  readonly client?: Pick<SelectionOptions, 'fetch' | 'sleep' | 'random'>;
  /** Aborted when the user wants it to end. */
  readonly signal: AbortSignal;
  /** What `--version` prints. */
  readonly version: string;
}

/** What a command ends with: 0, it is done; 1, it found something or could not finish; 2, the command line or the configuration is wrong. */
export type ExitCode = 0 | 1 | 2;
