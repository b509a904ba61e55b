import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { bareImports, nodesOf } from './imports.ts';
import { filesBelow, isTest, packages, publishedPackages, read, root, sourcesBelow } from './tree.ts';

const longest = 300;

/** Tables of data that are better read in one piece, and why. */
const tables: Readonly<Record<string, string>> = {};

const linesOf = (file: string): number => read(file).trimEnd().split('\n').length;

const sources = [...packages.map((folder) => join(folder, 'src')), 'examples/src', 'tools'].flatMap((folder) =>
  sourcesBelow(folder, '.ts', '.mjs'));
const tests = [...packages, 'tests', 'examples', 'bench'].flatMap((folder) => filesBelow(folder, '.ts', '.mjs'))
  .filter((file) => isTest(file) || !sources.includes(file));

const linesWith = (files: readonly string[], pattern: RegExp): string[] =>
  files.flatMap((file) =>
    read(file).split('\n').flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])));

/** A call such as it.only(…) or describe.each(…).skip(…): found in the syntax, so a word in a text is none. */
const marksTest = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node)
  && ['only', 'skip', 'todo'].includes(node.name.text)
  && /^(describe|it|test|suite)\b/.test(node.expression.getText());

const position = (file: string, node: ts.Node): string => {
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return `${file}:${line + 1}: ${node.parent.getText().slice(0, 80)}`;
};

const nodesWhere = (files: readonly string[], matches: (node: ts.Node) => boolean): string[] =>
  files.flatMap((file) => nodesOf(file).filter(matches).map((node) => position(file, node)));

describe('sources', () => {
  it(`have no file of more than ${longest} lines, except tables of data`, () => {
    const long = sources.filter((file) => linesOf(file) > longest && !(file in tables));
    expect(long.map((file) => `${file}: ${linesOf(file)} lines`)).toEqual([]);
  });

  it('make an exception only for a file that is there and needs it', () => {
    expect(Object.keys(tables).filter((file) => !existsSync(join(root, file)) || linesOf(file) <= longest)).toEqual([]);
  });

  it('leave nothing unfinished', () => {
    expect(linesWith(sources, /\b(TODO|FIXME|XXX)\b|not (yet )?implemented/i)).toEqual([]);
  });

  it('switch off no type check and no lint rule', () => {
    expect(linesWith(sources, /@ts-(ignore|nocheck|expect-error)|(oxlint|eslint)-disable|biome-ignore/)).toEqual([]);
  });

  it('import zod and zod/mini as a namespace, of which a bundle keeps what it uses: the member z keeps all, every language among it', () => {
    expect(linesWith([...sources, ...tests], /import (type )?\{ z \} from 'zod(\/mini)?'/)).toEqual([]);
  });

  it('never say any', () => {
    expect(nodesWhere([...sources, ...tests], (node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([]);
  });
});

describe('published sources', () => {
  // The sandbox is a tool for tests: it is bundled by nobody, and checks requests as strictly as a provider does.
  const published = publishedPackages.filter((folder) => folder !== 'packages/sandbox').flatMap((folder) => sourcesBelow(join(folder, 'src'), '.ts'));
  const full = published.filter((file) => bareImports(file).some((to) => /^zod(\/|$)/.test(to) && to !== 'zod/mini'));

  it('import zod/mini and no other part of zod: the rest costs every application 30 ms to load and 60 kB to bundle', () => {
    expect(full).toEqual([]);
  });
});

describe('tests', () => {
  it('all run: none is skipped, left for later or run alone', () => {
    expect(nodesWhere(tests, marksTest)).toEqual([]);
  });
});

describe('names', () => {
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(base|config|test|test-d))*\.[a-z]+$/;
  const customary = new Set(['README.md', 'CHANGELOG.md', 'LICENSE']);

  it('of files are in kebab-case', () => {
    const files = ['packages', 'tests', 'examples', 'bench', 'docs', 'tools'].flatMap((folder) => filesBelow(folder));
    expect(files.filter((file) => !customary.has(basename(file)) && !kebab.test(basename(file)))).toEqual([]);
  });

  it('of folders are in kebab-case', () => {
    const folders = ['packages', 'tests', 'examples', 'bench', 'docs', 'tools'].flatMap((folder) => filesBelow(folder))
      .flatMap((file) => file.split('/').slice(0, -1));
    expect([...new Set(folders)].filter((folder) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(folder))).toEqual([]);
  });
});
