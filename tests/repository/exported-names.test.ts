import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { declaredExports, exportReader, namesWithManyMeanings, type ExportedNames } from './exported-names.ts';
import { sourceOf } from './imports.ts';
import { manifestOf, packages, sourcesBelow } from './tree.ts';

const parsed = (text: string): ts.SourceFile => ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);

const exportsIn = (files: Readonly<Record<string, string>>, file: string): ExportedNames =>
  exportReader({
    parse: (name) => parsed(files[name] ?? ''),
    fileOfPackage: (specifier) => (specifier.startsWith('@ours/') ? `${specifier.slice('@ours/'.length)}.ts` : null),
  })(file);

describe('exportReader', () => {
  it('finds every kind of declaration that a file exports, and leaves out what it keeps to itself', () => {
    const text = `export const a = 1, { b, c: [d] } = x; export function e() {} export class F {} export interface G {} export type H = 1; export enum I {}
      export async function* j() {} const hidden = 1; type Hidden = 2; import { k } from './k.js';`;
    expect([...exportsIn({ 'a.ts': text }, 'a.ts').keys()]).toEqual(['a', 'b', 'd', 'e', 'F', 'G', 'H', 'I', 'j']);
  });

  it('follows a re-export to the declaration, through other files and under another name', () => {
    const files = { 'a.ts': "export { c as b, type T } from './b.js';", 'b.ts': "export { c, T } from './deep/c.js';", 'deep/c.ts': 'export const c = 1; export type T = 1;' };
    expect([...exportsIn(files, 'a.ts')]).toEqual([['b', 'deep/c.ts#c'], ['T', 'deep/c.ts#T']]);
  });

  it('follows everything that another file exports', () => {
    expect([...exportsIn({ 'a.ts': "export * from './b.js';", 'b.ts': 'export const b = 1;' }, 'a.ts')]).toEqual([['b', 'b.ts#b']]);
  });

  it('follows an import that is exported later', () => {
    expect([...exportsIn({ 'a.ts': "import { b as own } from './b.js'; export { own };", 'b.ts': 'export const b = 1;' }, 'a.ts')]).toEqual([['own', 'b.ts#b']]);
  });

  it('finds what is exported in a list of its own', () => {
    expect([...exportsIn({ 'a.ts': 'const b = 1; export { b as c };' }, 'a.ts')]).toEqual([['c', 'a.ts#b']]);
  });

  it('follows a re-export from another package of the repository, and names the module of any other', () => {
    const files = { 'a.ts': "export { b } from '@ours/b'; export { z } from 'zod';", 'b.ts': 'export const b = 1;' };
    expect([...exportsIn(files, 'a.ts')]).toEqual([['b', 'b.ts#b'], ['z', 'zod#z']]);
  });

  it('takes a namespace as one declaration', () => {
    expect([...exportsIn({ 'a.ts': "export * as all from './b.js';" }, 'a.ts')]).toEqual([['all', 'b.ts#*']]);
  });
});

describe('namesWithManyMeanings', () => {
  it('finds a name that two entries give to two declarations, with both', () => {
    expect([...namesWithManyMeanings([new Map([['A', 'x.ts#A']]), new Map([['A', 'y.ts#A']])])]).toEqual([['A', ['x.ts#A', 'y.ts#A']]]);
  });

  it('finds nothing where two entries pass on the same declaration', () => {
    expect([...namesWithManyMeanings([new Map([['A', 'x.ts#A']]), new Map([['A', 'x.ts#A'], ['B', 'x.ts#B']])])]).toEqual([]);
  });
});

/** The source file of each published entry, by the specifier that an application writes. */
const entries: ReadonlyMap<string, string> = new Map(packages.flatMap((folder) => {
  const { name, exports = {} } = manifestOf(folder);
  return Object.keys(exports).filter((entry) => entry !== './package.json')
    .map((entry) => [join(name, entry), join(folder, 'src', entry === '.' ? 'index.ts' : `${entry}.ts`)] as const);
}));

const exportsOf = exportReader({ parse: sourceOf, fileOfPackage: (specifier) => entries.get(specifier) ?? null });

/** Names that several packages export on purpose, and why. */
const shared: Readonly<Record<string, string>> = {
  adapterPackage: 'The configuration looks for this name in the package of every adapter.',
};

const asLines = (names: ReadonlyMap<string, readonly string[]>): readonly string[] => [...names].map(([name, declarations]) => `${name}: ${declarations.join(', ')}`);

describe('exported names', () => {
  const doubles = namesWithManyMeanings([...entries.values()].map(exportsOf));

  it('every published entry has a source that exports names', () => {
    expect([...entries].filter(([, file]) => exportsOf(file).size === 0)).toEqual([]);
  });

  it('an exported name has one meaning over all published entries', () => {
    expect(asLines(doubles).filter((line) => !Object.keys(shared).some((name) => line.startsWith(`${name}:`)))).toEqual([]);
  });

  it('a name is listed as shared only where several packages export it', () => {
    expect(Object.keys(shared).filter((name) => !doubles.has(name))).toEqual([]);
  });

  // An adapter and a dialect of the sandbox have the same files with the same names, each for its own provider.
  it.each(['packages/core', 'packages/cli', 'packages/directory-sqlite'])('an exported name has one meaning over all files of %s', (folder) => {
    const files = sourcesBelow(join(folder, 'src'), '.ts');
    expect(asLines(namesWithManyMeanings(files.map((file) => new Map(declaredExports(sourceOf(file)).map((name) => [name, `${file}#${name}`])))))).toEqual([]);
  });
});
