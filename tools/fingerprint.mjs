import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

/** @param {string} folder every file below it, relative to the root, in a stable order */
export const filesBelow = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        .toSorted()
    : [];

/**
 * @param {readonly string[]} files relative to the root; a missing one counts as such
 * @param {'content' | 'times'} by
 */
export const fingerprint = (files, by) => {
  const hash = createHash('sha256');
  for (const file of files) {
    const path = join(root, file);
    hash.update(`${file}\0`);
    if (!existsSync(path)) hash.update('missing');
    else if (by === 'content') hash.update(readFileSync(path));
    else hash.update(`${statSync(path).size} ${statSync(path).mtimeMs}`);
    hash.update('\0');
  }
  return hash.digest('hex');
};
