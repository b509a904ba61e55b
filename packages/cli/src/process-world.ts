import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AdapterLoaders } from '@oneintent/core';
import type { World } from './world.js';

const adapters: AdapterLoaders = {
  payjp: () => import('@oneintent/adapter-payjp'),
  paypercut: () => import('@oneintent/adapter-paypercut'),
  generic: () => import('@oneintent/adapter-generic'),
};

const openDirectory: World['openDirectory'] = async (file, { create }) => {
  if (!create && !existsSync(file)) throw new Error('there is no such file');
  const { sqliteMigrationDirectory } = await import('@oneintent/directory-sqlite');
  const directory = sqliteMigrationDirectory({ file });
  return { directory, close: () => directory.close() };
};

const readFile: World['readFile'] = async (path) => {
  if (path === '-') return process.stdin;
  // Opened first, so that a file that is not there is told at once.
  await (await open(path)).close();
  return createReadStream(path);
};

const print = async (text: string): Promise<void> => {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
};

/** The first signal asks for an end; the second is the system's own. */
const interruption = (): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
};

const versionOf = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
};

/** The world of this process: its environment, streams, files and clock. From then on the first SIGINT or SIGTERM ends a command cleanly. */
export const processWorld = (): World => ({
  env: process.env,
  print,
  printError: (text) => void process.stderr.write(text),
  readFile,
  isTTY: process.stderr.isTTY,
  now: Date.now,
  adapters,
  importModule: (path) => import(pathToFileURL(resolve(path)).href) as Promise<object>,
  openDirectory,
  signal: interruption(),
  version: versionOf(),
});
