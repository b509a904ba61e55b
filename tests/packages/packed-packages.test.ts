import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { manifestOf, publishedPackages, root } from '../repository/tree.ts';
import { entriesOf, installPacked, newConsumer, runNode, withDependencies, write, type PackedPackage } from './consumer.ts';

const consumer = newConsumer();
const packages = installPacked(consumer);
const complete = withDependencies(consumer, packages);
afterAll(() => [consumer, complete].forEach((folder) => rmSync(folder, { recursive: true })));

const content = ({ folder }: PackedPackage, file: string): string => readFileSync(join(folder, file), 'utf8');
const targetsOf = ({ manifest }: PackedPackage): string[] =>
  [...Object.values(manifest.exports ?? {}).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target))),
    ...Object.values(manifest.bin ?? {})].map((target) => target.replace(/^\.\//, ''));

describe.each(packages)('$name as it is packed', (packed) => {
  it('holds every file that its exports name', () => {
    expect(targetsOf(packed).filter((target) => !packed.files.includes(target))).toEqual([]);
  });

  it('exports everything that is built, but for shared chunks', () => {
    const entries = packed.files.filter((file) => file.endsWith('.js') && !/\/chunk-\w+\.js$/.test(file));
    expect(entries.filter((entry) => !targetsOf(packed).includes(entry))).toEqual([]);
  });

  it('holds code, declarations, README and licences, and nothing else', () => {
    const expected = /^(package\.json|README\.md|LICENSE|dist\/third-party-notices\.txt|dist\/[\w-]+(\.d\.ts|\.js))$/;
    expect(packed.files.filter((file) => !expected.test(file))).toEqual([]);
    expect(packed.files).toContain('LICENSE');
  });

  it('names no path of the machine that built it', () => {
    expect(packed.files.filter((file) => content(packed, file).includes(root))).toEqual([]);
  });

  it('has public types that name none of the libraries inside', () => {
    const declarations = packed.files.filter((file) => file.endsWith('.d.ts'));
    expect(declarations.length).toBeGreaterThan(0);
    expect(declarations.filter((file) => /\bzod\b|['"/](ofetch|undici)\b/.test(content(packed, file)))).toEqual([]);
  });
});

describe('libraries that are built into the packages', () => {
  const notices = 'dist/third-party-notices.txt';
  const codeOf = (packed: PackedPackage): string => packed.files.filter((file) => file.endsWith('.js')).map((file) => content(packed, file)).join('\n');
  /** The libraries that the bundler says, in its comments, a package's code is from. */
  const librariesIn = (packed: PackedPackage): string[] => [...new Set([...codeOf(packed).matchAll(/^\/\/ .*\bnode_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)].map(([, name = '']) => name))];
  /** The state that all copies of zod in a process share: it is in each copy's code. */
  const withZod = packages.filter((packed) => codeOf(packed).includes('__zod_globalConfig'));

  it('come with their licences, word for word', () => {
    const wanting = packages.flatMap((packed) => {
      const text = packed.files.includes(notices) ? content(packed, notices) : '';
      return librariesIn(packed).filter((library) => !text.includes(readFileSync(join(root, 'node_modules', library, 'LICENSE'), 'utf8').trim())).map((library) => `${packed.name} lacks the licence of ${library}`);
    });
    expect(wanting).toEqual([]);
    expect(packages.filter((packed) => packed.files.includes(notices) !== librariesIn(packed).length > 0).map(({ name }) => name)).toEqual([]);
  });

  it('are zod alone, wherever there are schemas', () => {
    const names = ['adapter-generic', 'adapter-payjp', 'adapter-paypercut', 'core', 'directory-sqlite'].map((name) => `@oneintent/${name}`);
    expect(withZod.map(({ name }) => name).toSorted()).toEqual(names);
    expect(withZod.map((packed) => [packed.name, ...librariesIn(packed)])).toEqual(withZod.map(({ name }) => [name, 'zod']));
  });

  it('are not installed as well', () => {
    const twice = packages.flatMap((packed) => librariesIn(packed).filter((library) => library in { ...packed.manifest.dependencies, ...packed.manifest.peerDependencies }).map((library) => `${packed.name} asks for ${library}`));
    expect(twice).toEqual([]);
    expect(withZod.filter((packed) => /(from|import) ?\(?['"]zod\b/.test(codeOf(packed))).map(({ name }) => name)).toEqual([]);
  });
});

it('a package that has begun has a README', () => {
  const begun = new Set(publishedPackages.map((folder) => manifestOf(folder).name));
  const without = packages.filter(({ name, files }) => begun.has(name) && !files.includes('README.md'));
  expect(without.map(({ name }) => name)).toEqual([]);
});

it('the types compile for a strict consumer who checks libraries too and has none of ours', { timeout: 60_000 }, () => {
  const entries = packages.flatMap(entriesOf);
  write(consumer, 'index.mts', [
    ...entries.map((entry, index) => `import * as entry${index} from '${entry}';`),
    `export const used = [${entries.map((_, index) => `entry${index}`).join(', ')}];`,
  ].join('\n'));
  write(consumer, 'tsconfig.json', {
    compilerOptions: {
      target: 'ES2022', lib: ['ES2022', 'DOM', 'DOM.Iterable'], module: 'NodeNext', types: [],
      strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true,
    },
    files: ['index.mts'],
  });
  const result = runNode([join(root, 'node_modules/typescript/bin/tsc'), '-p', consumer], consumer);
  expect(result).toEqual({ code: 0, output: '' });
});

describe('at run time', () => {
  const entries = packages.flatMap(entriesOf);
  write(complete, 'load.cjs', `
    const entries = ${JSON.stringify(entries)};
    const required = entries.map((entry) => require(entry));
    Promise.all(entries.map((entry) => import(entry))).then((imported) => {
      const differs = entries.filter((_, index) => Object.keys(imported[index])
        .some((name) => imported[index][name] !== required[index][name]));
      const twice = entries.flatMap((entry, index) => Object.keys(imported[index])
        .filter((name) => /^[A-Z]/.test(name) && typeof imported[index][name] === 'function')
        .filter((name) => imported.some((other) => name in other && other[name] !== imported[index][name]))
        .map((name) => entry + ' ' + name));
      console.log(JSON.stringify({ loaded: entries, differs, twice }));
    });`);

  it('every entry can be required and imported, and a class is one class in all of them', () => {
    const { code, output } = runNode(['load.cjs'], complete);
    expect({ code, output: code === 0 ? JSON.parse(output) : output })
      .toEqual({ code: 0, output: { loaded: entries, differs: [], twice: [] } });
  });

  it('no entry prints a warning or keeps the process alive', { timeout: 10_000 }, () => {
    write(complete, 'import.mjs', entries.map((entry) => `import '${entry}';`).join('\n'));
    expect(runNode(['--throw-deprecation', 'import.mjs'], complete)).toEqual({ code: 0, output: '' });
  });
});

describe('the manifests', () => {
  const versions = new Map(packages.map(({ name, manifest }) => [name, manifest.version]));
  const folders = ['.', 'tests', 'examples', 'bench', ...packages.map(({ name }) => name.replace('@oneintent', 'packages'))];

  it('ask for the siblings in the versions that are here', () => {
    const wrong = folders.flatMap((folder) => {
      const { dependencies, devDependencies, peerDependencies } = manifestOf(folder);
      return [
        ...Object.entries({ ...dependencies, ...devDependencies }).filter(([name, range]) => versions.has(name) && range !== versions.get(name)),
        ...Object.entries(peerDependencies ?? {}).filter(([name, range]) => versions.has(name) && range !== `^${versions.get(name)}`),
      ].map(([name, range]) => `${folder} asks for ${name} ${range}`);
    });
    expect(wrong).toEqual([]);
  });

  it('agree on the version of every library', () => {
    const ranges = new Map<string, Set<string>>();
    for (const folder of folders) {
      const { dependencies, devDependencies } = manifestOf(folder);
      for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies })) {
        ranges.set(name, (ranges.get(name) ?? new Set()).add(range));
      }
    }
    expect([...ranges].filter(([, set]) => set.size > 1).map(([name, set]) => [name, ...set])).toEqual([]);
  });
});
