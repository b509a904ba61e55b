import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, type Manifest } from '../repository/tree.ts';

/** The adapters that 0.1 had. */
export const packages = ['generic', 'payjp', 'paypercut'] as const;
type Name = (typeof packages)[number];

/** The packed adapters of 0.1, unpacked outside the repository. Their `zod` and `ts-pattern` are those of the repository; their core is the one under test. */
export interface Unpacked {
  /** Everything that a package exports, of which nothing is known until it is looked at. */
  readonly load: (name: Name) => Promise<Readonly<Record<string, unknown>>>;
  readonly manifestOf: (name: Name) => Manifest;
  readonly remove: () => void;
}

/** Unpacks the adapters of 0.1 into a temporary folder. */
export const unpack = (): Unpacked => {
  const folder = mkdtempSync(join(tmpdir(), 'oneintent-adapters-of-0-1-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const name of packages) {
    mkdirSync(join(folder, name));
    const { status } = spawnSync('tar', ['-xzf', join(import.meta.dirname, `${name}.tgz`), '--strip-components=1', '-C', join(folder, name)]);
    if (status !== 0) throw new Error(`${name}.tgz could not be unpacked`);
  }
  const manifestOf = (name: Name): Manifest => JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as Manifest;
  return {
    load: (name) => import(pathToFileURL(join(folder, name, 'dist/index.js')).href) as Promise<Readonly<Record<string, unknown>>>,
    manifestOf,
    remove: () => rmSync(folder, { recursive: true }),
  };
};
