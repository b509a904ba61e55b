import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationDirectoryPromises, type Mapping, type MigrationDirectoryStage, type Proposal } from '@oneintent/core/migration';
import Database from 'libsql';
import { afterAll, describe, expect, it } from 'vitest';
import { sqliteMigrationDirectory } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'oneintent-directory-'));
const opened: { readonly close: () => void }[] = [];
let files = 0;

afterAll(() => {
  for (const { close } of opened) close();
  rmSync(folder, { recursive: true });
});

const newFile = (): string => {
  files += 1;
  return join(folder, `${files}.db`);
};

const openFile = (file: string) => {
  const directory = sqliteMigrationDirectory({ file });
  opened.push(directory);
  return directory;
};

const openStage = (file = newFile()): MigrationDirectoryStage => {
  const directory = openFile(file);
  const other = openFile(file);
  const reopen = (): MigrationDirectoryStage => {
    directory.close();
    other.close();
    return openStage(file);
  };
  return { directory, other, reopen };
};

const proposal: Proposal = { key: 'order-1', kind: 'payment_intent', side: 'from', account: 'old', idempotencyKey: 'k', reason: 'rollout', decidedAt: '2026-01-01T00:00:00.000Z' };

describe('the directory in a SQLite file', () => {
  it.each(migrationDirectoryPromises.map(({ title, prove }) => [title, prove] as const))('keeps its promise: %s', async (_title, prove) => {
    await expect(prove(openStage)).resolves.toBeUndefined();
  });

  it('refuses a mapping without an id, says which one and no id of it, and loads none', async () => {
    const { directory } = openStage();
    const mappings = [{ kind: 'customer', from: 'cus_1', to: 'cus_2' }, { kind: 'customer', from: 'cus_secret', to: '' }] satisfies Mapping[];
    await expect(directory.loadMappings(mappings)).rejects.toThrow(new TypeError('Mapping 2 is not a mapping (to). None was loaded.'));
    expect(await directory.mapping('customer', 'cus_1')).toBeNull();
  });

  it('loads two sources at once, each as a whole', async () => {
    const { directory } = openStage();
    const source = (kind: Mapping['kind']) => Array.from({ length: 2500 }, (_, index): Mapping => ({ kind, from: `old_${index}`, to: `${kind}_${index}` }));
    expect(await Promise.all([directory.loadMappings(source('customer')), directory.loadMappings(source('payment_method'))])).toEqual([2500, 2500]);
    expect([(await directory.mapping('customer', 'old_2499'))?.to, (await directory.mapping('payment_method', 'old_0'))?.to]).toEqual(['customer_2499', 'payment_method_0']);
  });

  it('after it was closed rejects every call, and closing again does nothing', async () => {
    const directory = openFile(newFile());
    await directory.claim(proposal);
    directory.close();
    directory.close();
    for (const call of [() => directory.claim(proposal), () => directory.byKey('payment_intent', 'order-1'), () => directory.record('line'), () => directory.loadMappings([])])
      await expect(call()).rejects.toThrow(TypeError);
  });

  it('never tells a caller that a key is free when its entry cannot be read', async () => {
    const file = newFile();
    const directory = openFile(file);
    await directory.claim(proposal);
    new Database(file).exec(`UPDATE entries SET entry = json_set(entry, '$.side', 'elsewhere')`);
    await expect(directory.byKey('payment_intent', 'order-1')).rejects.toThrow(/side/);
    await expect(directory.claim(proposal)).rejects.toThrow(/side/);
  });
});

describe('a file that is not a directory of this version', () => {
  it('is refused when a newer version has written it, and stays as it is', () => {
    const file = newFile();
    openFile(file).close();
    new Database(file).exec('PRAGMA user_version = 2');
    expect(() => sqliteMigrationDirectory({ file })).toThrow(expect.objectContaining({ name: 'TypeError', message: expect.stringContaining('newer version of @oneintent/directory-sqlite (its schema is 2, this version knows 1)') }));
    expect(new Database(file).prepare('PRAGMA user_version').get([])).toMatchObject({ user_version: 2 });
  });

  it('is refused when it is a database of something else, and stays as it is', () => {
    const file = newFile();
    new Database(file).exec('CREATE TABLE customers (id TEXT)');
    const before = readFileSync(file);
    expect(() => sqliteMigrationDirectory({ file })).toThrow(/a database of something else/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is refused when it is no database, and stays as it is', () => {
    const file = newFile();
    writeFileSync(file, 'An export of customers, which somebody named here by mistake.\n'.repeat(100));
    const before = readFileSync(file);
    expect(() => sqliteMigrationDirectory({ file })).toThrow(/is not a SQLite database/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is refused when its folder is not there, or it has no name', () => {
    expect(() => sqliteMigrationDirectory({ file: join(folder, 'nowhere', 'directory.db') })).toThrow(/can't be opened/);
    expect(() => sqliteMigrationDirectory({ file: ' ' })).toThrow(/file is missing/);
  });
});
