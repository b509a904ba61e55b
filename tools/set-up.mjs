import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { Problem, root, run, say } from './process.mjs';
import { workspaces } from './workspaces.mjs';

const stamp = join(root, 'node_modules', '.oneintent-set-up');

const wanted = () =>
  fingerprint(['package-lock.json', 'package.json', ...workspaces().map((folder) => `${folder}/package.json`)], 'content');

/** Installs the dependencies when there are none, or when a manifest or the lock has changed since. */
export const setUp = async () => {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()) return;
  say('Installing the dependencies (the first time takes about a minute) …');
  const code = await run('npm', ['install', '--no-audit', '--no-fund'], { doing: 'still installing' });
  if (code !== 0) {
    throw new Problem([
      `npm install ended with code ${code}, so nothing was run.`,
      'If the lines above name ENOTFOUND, ECONNREFUSED or ETIMEDOUT, the package registry could not be reached:',
      'check the network connection and npm\'s proxy and registry settings, then run the same command again.',
      'If they name EACCES or ENOSPC, the folder cannot be written to. Otherwise delete node_modules and try once more.',
    ].join('\n'));
  }
  writeFileSync(stamp, wanted());
};
