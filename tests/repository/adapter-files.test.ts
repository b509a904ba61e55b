import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { relativeImports } from './imports.ts';
import { headingsOf } from './markdown.ts';
import { adapters, sourcesBelow, firstFolder, read, root } from './tree.ts';

/** Who knows one adapter knows all: each has these files at the top of its sources. */
const common = ['index.ts', 'errors.ts', 'limits.ts', 'operations.ts', 'read.ts', 'webhook.ts', 'wire.ts', 'write.ts'];

/** What only one adapter needs, and why. */
const extras: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'adapter-generic': {
    'stripe-shape.ts': 'the fields and members of the Stripe shape, by operation',
    'profile.ts': 'a service is described by data of the user, which has a type, a schema and defaults',
    profiles: 'the profiles that ship, one file each',
  },
};

/** A file that lies at the top of a folder, or a folder in it. */
const entriesOf = (folder: string): string[] =>
  [...new Set(sourcesBelow(folder, '.ts').map((file) => firstFolder(folder, file) ?? basename(file)))];

describe.each(adapters)('%s', (adapter) => {
  const source = join(adapter, 'src');

  it('has the files that every adapter has', () => {
    expect(entriesOf(source)).toEqual(expect.arrayContaining(common));
  });

  it('has no other files', () => {
    const known = [...common, 'dialects', ...Object.keys(extras[basename(adapter)] ?? {})];
    expect(entriesOf(source).filter((entry) => !known.includes(entry))).toEqual([]);
  });
});

/** What the dialects of an adapter share lies in the common files; each has a file for what differs. */
const withDialects = adapters.filter((adapter) => entriesOf(join(adapter, 'src')).includes('dialects'));

it.each(withDialects)('%s says in dialects/definition.ts what a dialect is, and lists each in dialects/index.ts', (adapter) => {
  const folder = join(adapter, 'src/dialects');
  const each = entriesOf(folder).filter((entry) => !['definition.ts', 'index.ts'].includes(entry));
  expect(entriesOf(folder)).toEqual(expect.arrayContaining(['definition.ts', 'index.ts']));
  expect(relativeImports(join(folder, 'index.ts')).toSorted()).toEqual(each.map((entry) => join(folder, entry)).toSorted());
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
