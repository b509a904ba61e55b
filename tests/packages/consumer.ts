import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root, type Manifest } from '../repository/tree.ts';

export interface PackedPackage {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
  /** Paths inside the tarball. */
  readonly files: readonly string[];
}

/** A project outside the repository, so that nothing is found by looking upwards. */
export const newConsumer = (): string => mkdtempSync(join(tmpdir(), 'oneintent-consumer-'));

export const runNode = (args: readonly string[], cwd: string): { readonly code: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  return { code: status, output: status === 0 ? stdout : stdout + stderr };
};

/** Packs all published packages and unpacks them into the consumer's `node_modules`, without their dependencies. */
export const installPacked = (consumer: string): PackedPackage[] => {
  const { code, output } = runNode([join(root, 'tools/pack.mjs'), join(consumer, 'tarballs')], root);
  if (code !== 0) throw new Error(output);
  const packed = JSON.parse(output) as readonly { readonly name: string; readonly tarball: string }[];
  return packed.map(({ name, tarball }) => {
    const folder = join(consumer, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    const { status } = spawnSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
    if (status !== 0) throw new Error(`${tarball} could not be unpacked`);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    return { name, folder, files, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest };
  });
};

/** A second consumer with the same packages, in which their declared dependencies, and only those, can be resolved too. */
export const withDependencies = (consumer: string, packages: readonly PackedPackage[]): string => {
  const copy = newConsumer();
  cpSync(join(consumer, 'node_modules'), join(copy, 'node_modules'), { recursive: true });
  for (const name of packages.flatMap(({ manifest }) => Object.keys(manifest.dependencies ?? {}))) {
    const link = join(copy, 'node_modules', name);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'junction');
  }
  return copy;
};

export const write = (consumer: string, file: string, content: string | object): void =>
  writeFileSync(join(consumer, file), typeof content === 'string' ? content : JSON.stringify(content));

/** Every specifier that a package publishes code under. */
export const entriesOf = ({ name, manifest }: PackedPackage): string[] =>
  Object.keys(manifest.exports ?? {}).filter((entry) => entry !== './package.json').map((entry) => join(name, entry));
