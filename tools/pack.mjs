import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Problem, root } from './process.mjs';
import { publishedPackages } from './workspaces.mjs';

/**
 * Packs every published package, just as publishing would.
 * @param {string} folder an absolute path
 * @returns {{ readonly name: string, readonly tarball: string }[]}
 */
export const pack = (folder) => {
  mkdirSync(folder, { recursive: true });
  const workspaces = publishedPackages().flatMap((path) => ['--workspace', path]);
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...workspaces],
    { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Problem(`npm pack failed:\n${stderr}`);
  /** @type {{ readonly name: string, readonly filename: string }[]} */
  const packed = Object.values(JSON.parse(stdout));
  return packed.map(({ name, filename }) => ({ name, tarball: join(folder, filename) }));
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(JSON.stringify(pack(process.argv[2] ?? join(root, 'reports', 'packed'))));
}
