import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bareImports, relativeImports } from './imports.ts';
import { importCircles } from './import-circles.ts';
import { adapters, filesBelow, firstFolder, manifestOf, packages, sourcesBelow } from './tree.ts';

/** A room may import itself and the rooms to its left. */
const rooms = ['errors', 'model', 'lifecycle', 'operations', 'contract', 'transport', 'webhooks', 'call', 'client', 'receiver', 'config', 'migration', 'conformance'];

const core = 'packages/core/src';
const coreFiles = sourcesBelow(core, '.ts');
const publicFiles = [`${core}/index.ts`, `${core}/adapter.ts`, `${core}/webhooks.ts`, `${core}/migration.ts`];
const ours = (specifier: string): boolean => specifier.startsWith('@oneintent/');
const libraries = (...names: readonly string[]) => (to: string): boolean => names.includes(to);
const outside = (files: readonly string[], allowed: (specifier: string) => boolean): string[] =>
  files.flatMap((file) => bareImports(file).filter((to) => !allowed(to)).map((to) => `${file} imports ${to}`));

const dependenciesOf = (folder: string): string[] => {
  const { dependencies, devDependencies, peerDependencies } = manifestOf(folder);
  return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
};

describe('the rooms of core', () => {
  it('are all in the order that this test holds', () => {
    const found = new Set(coreFiles.map((file) => firstFolder(core, file)).filter((room) => room !== undefined));
    expect([...found].filter((room) => !rooms.includes(room))).toEqual([]);
  });

  it('import only themselves and the rooms to their left', () => {
    const wrong = coreFiles.flatMap((file) => {
      const room = firstFolder(core, file);
      if (room === undefined || room === 'conformance') return [];
      const allowed = rooms.slice(0, rooms.indexOf(room) + 1);
      return relativeImports(file)
        .filter((to) => !allowed.includes(firstFolder(core, to) ?? ''))
        .map((to) => `${file} (${room}) imports ${to}`);
    });
    expect(wrong).toEqual([]);
  });

  it('show conformance no more than an outsider sees', () => {
    const wrong = sourcesBelow(`${core}/conformance`, '.ts').flatMap((file) =>
      relativeImports(file)
        .filter((to) => firstFolder(core, to) !== 'conformance' && !publicFiles.includes(to))
        .map((to) => `${file} imports ${to}`));
    expect(wrong).toEqual([]);
  });

  it('keep conformance out of the other entries', () => {
    const wrong = publicFiles.filter((file) =>
      relativeImports(file).some((to) => firstFolder(core, to) === 'conformance'));
    expect(wrong).toEqual([]);
  });

  it('use three libraries and nothing of Node, so that they run wherever fetch does', () => {
    expect(outside(coreFiles, libraries('ofetch', 'ts-pattern', 'zod/mini'))).toEqual([]);
  });

  it('leave HTTP to transport', () => {
    const wrong = coreFiles.filter((file) =>
      bareImports(file).includes('ofetch') && firstFolder(core, file) !== 'transport');
    expect(wrong).toEqual([]);
  });
});

describe('adapters', () => {
  it('import only what an author outside this repository can import', () => {
    const files = adapters.flatMap((adapter) => sourcesBelow(join(adapter, 'src'), '.ts'));
    expect(outside(files, libraries('@oneintent/core/adapter', 'ts-pattern', 'zod/mini'))).toEqual([]);
  });

  it('depend on no other adapter', () => {
    const wrong = adapters.flatMap((adapter) =>
      dependenciesOf(adapter).filter((name) => name.startsWith('@oneintent/adapter-')).map((name) => `${adapter} needs ${name}`));
    expect(wrong).toEqual([]);
  });
});

describe('sandbox', () => {
  it('imports nothing of ours, so that it stays a second reading of the facts', () => {
    expect(outside(sourcesBelow('packages/sandbox/src', '.ts'), (to) => !ours(to))).toEqual([]);
  });
});

describe('imports', () => {
  it.each(packages.map((folder) => join(folder, 'src')))('the files of %s import each other in no circle, imports of types included', (folder) => {
    const graph = new Map(sourcesBelow(folder, '.ts').map((file) => [file, relativeImports(file)]));
    expect(importCircles(graph).map((circle) => [...circle, circle[0]].join(' imports '))).toEqual([]);
  });
});

describe('workspaces', () => {
  it.each(['packages/core', 'packages/sandbox'])('%s depends on no package of ours', (folder) => {
    expect(dependenciesOf(folder).filter(ours)).toEqual([]);
  });

  it.each([...packages.map((folder) => join(folder, 'src')), 'examples/src', 'bench', 'tests'])(
    '%s reaches no file of another workspace by a relative path',
    (folder) => {
      const wrong = filesBelow(folder, '.ts').flatMap((file) =>
        relativeImports(file).filter((to) => !to.startsWith(`${folder}/`)).map((to) => `${file} imports ${to}`));
      expect(wrong).toEqual([]);
    });

  it('import only entries that are published', () => {
    const entries = new Set(packages.map((folder) => manifestOf(folder)).flatMap(({ name, exports = {} }) =>
      Object.keys(exports).map((entry) => join(name, entry))));
    const files = ['packages', 'examples', 'bench', 'tests'].flatMap((folder) => filesBelow(folder, '.ts'));
    expect(outside(files, (to) => !ours(to) || entries.has(to))).toEqual([]);
  });
});
