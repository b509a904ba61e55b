import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headingsOf } from './markdown.ts';
import { adapters, sourcesBelow, firstFolder, read, root } from './tree.ts';

/**
 * Who knows one adapter knows all: each has these files. An adapter with several dialects has a folder for each, with
 * these files but for those that all its dialects share: they lie at the top.
 */
const everyDialect = ['errors.ts', 'limits.ts', 'operations.ts', 'read.ts', 'webhook.ts', 'wire.ts', 'write.ts'];

/** What only one adapter needs, and why. */
const extras: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'adapter-generic': {
    'stripe-shape.ts': 'the fields and members of the Stripe shape, by operation',
    'profile.ts': 'a service is described by data of the user, which has a type, a schema and defaults',
    profiles: 'the profiles that ship, one file each',
  },
};

const layout = (adapter: string) => {
  const source = join(adapter, 'src');
  const files = sourcesBelow(source, '.ts');
  const extra = extras[basename(adapter)] ?? {};
  const dialects = [...new Set(files.map((file) => firstFolder(source, file)).filter((folder) => folder !== undefined))]
    .filter((folder) => !(folder in extra));
  const inFolder = (folder: string): string[] =>
    sourcesBelow(folder, '.ts').filter((file) => firstFolder(folder, file) === undefined).map((file) => basename(file));
  return { source, extra, dialects, inFolder };
};

describe.each(adapters)('%s', (adapter) => {
  const { source, extra, dialects, inFolder } = layout(adapter);
  const complete = dialects.length === 0 ? [source] : dialects.map((dialect) => join(source, dialect));

  it('starts at src/index.ts', () => {
    expect(inFolder(source)).toContain('index.ts');
  });

  it.each(complete)('%s has the files that every adapter has', (folder) => {
    expect([...inFolder(folder), ...inFolder(source)]).toEqual(expect.arrayContaining(everyDialect));
  });

  it('has no other files', () => {
    const known = [...everyDialect, 'index.ts', ...Object.keys(extra)];
    const others = [source, ...dialects.map((dialect) => join(source, dialect))]
      .flatMap((folder) => inFolder(folder).filter((file) => !known.includes(file)).map((file) => join(folder, file)));
    expect(others).toEqual([]);
  });
});

it('every README has the same headings in the same order', () => {
  const headings = adapters.map((adapter) => join(adapter, 'README.md'))
    .filter((file) => existsSync(join(root, file)))
    .map((file) => ({ file, headings: headingsOf(read(file), 2) }));
  const reference = headings.find(({ file }) => file.includes('adapter-payjp')) ?? headings[0];
  expect(headings).toEqual(headings.map(({ file }) => ({ file, headings: reference?.headings })));
});

it('an exception is made only for what is there', () => {
  const missing = Object.entries(extras).flatMap(([adapter, files]) =>
    Object.keys(files).map((file) => join('packages', adapter, 'src', file)).filter((file) => !existsSync(join(root, file))));
  expect(missing).toEqual([]);
});
