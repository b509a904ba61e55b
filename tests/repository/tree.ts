import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

export const root = join(import.meta.dirname, '../..');

const generated = new Set(['.git', '.turbo', 'coverage', 'dist', 'node_modules', 'reports']);

/** Every file that is written by hand below a folder, relative to the root. Read from the disk: a copy without git has the same rules. */
export const filesBelow = (folder: string, ...extensions: readonly string[]): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true })
        .flatMap((entry) => {
          const path = join(folder, entry.name);
          if (entry.isDirectory()) return generated.has(entry.name) ? [] : filesBelow(path, ...extensions);
          return extensions.length === 0 || extensions.some((extension) => path.endsWith(extension)) ? [path] : [];
        })
        .toSorted()
    : [];

/** Tests lie next to what they test, and what only they use in folders named `testing`: neither is built nor published. */
export const isTest = (file: string): boolean => /\.test(-d)?\.ts$/.test(file) || file.split('/').includes('testing');

/** The files below a folder that are built and published. */
export const sourcesBelow = (folder: string, ...extensions: readonly string[]): string[] =>
  filesBelow(folder, ...extensions).filter((file) => !isTest(file));

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly private?: boolean;
  readonly files?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export const manifestOf = (folder: string): Manifest => JSON.parse(read(join(folder, 'package.json'))) as Manifest;

export const packages = readdirSync(join(root, 'packages'))
  .map((name) => join('packages', name))
  .filter((folder) => existsSync(join(root, folder, 'package.json')));

/** A package that nobody has begun yet can't keep a promise. */
const isBegun = (folder: string): boolean => read(join(folder, 'src/index.ts')).trim() !== 'export {};';

export const publishedPackages = packages.filter((folder) => isBegun(folder));

export const adapters = publishedPackages.filter((folder) => basename(folder).startsWith('adapter-'));

/** `folder` as the first part of the path below `parent`, or undefined for a file that lies directly in it. */
export const firstFolder = (parent: string, file: string): string | undefined => {
  const [first, ...rest] = relative(parent, file).split('/');
  return rest.length > 0 ? first : undefined;
};
