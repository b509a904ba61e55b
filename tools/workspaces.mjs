import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

/**
 * @typedef {{ readonly name: string, readonly private?: boolean, readonly workspaces?: readonly string[],
 *   readonly scripts?: Record<string, string> }} Manifest
 */

/** @param {string} folder @returns {Manifest} */
export const manifestOf = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

/** The folders of all workspaces, relative to the root. The patterns in use are a folder, or all folders of a folder. */
export const workspaces = () =>
  (manifestOf('.').workspaces ?? [])
    .flatMap((pattern) =>
      pattern.endsWith('/*')
        ? readdirSync(join(root, pattern.slice(0, -2))).map((name) => `${pattern.slice(0, -2)}/${name}`)
        : [pattern])
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .toSorted();

export const publishedPackages = () => workspaces().filter((folder) => manifestOf(folder).private !== true);
