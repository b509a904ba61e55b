import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main, processWorld, type World } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'oneintent-world-'));
afterAll(() => rmSync(folder, { recursive: true }));

let out = '';
let err = '';
const world: World = { ...processWorld(), env: {}, print: (text) => void (out += text), printError: (text) => void (err += text) };
const at = (name: string): string => join(folder, name);

const run = async (args: readonly string[], env: World['env'] = {}) => {
  out = '';
  err = '';
  const exitCode = await main(args, { ...world, env });
  return { exitCode, out, err };
};

it('makes a directory for mappings, and reads it in another run', async () => {
  writeFileSync(at('mapping.csv'), 'kind,old,new\ncustomer,cus_1,cus_n1\n');
  expect(await run(['import-mapping', at('mapping.csv'), '--directory', at('migration.db')])).toMatchObject({ exitCode: 0, err: '' });
  expect(await run(['status', '--directory', at('migration.db')])).toMatchObject({ exitCode: 0, out: expect.stringContaining('The directory has no entries.') });
});

it.each([
  ['a directory', ['status', '--directory', at('none.db')], "--directory can't be opened: there is no such file"],
  ['a file', ['import-mapping', at('none.csv'), '--directory', at('none.db')], "can't be read: ENOENT"],
])('makes no empty directory where %s is not there', async (_what, args, says) => {
  expect(await run(args)).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(says) });
  expect(existsSync(at('none.db'))).toBe(false);
});

it('imports adapters of your own from a file', async () => {
  writeFileSync(at('mine.mjs'), "export const adapters = { mine: () => Promise.resolve({ adapterPackage: null }) };\n");
  const { exitCode, out: told } = await run(['doctor', '--adapters', at('mine.mjs')], { ONEINTENT_PROVIDER: 'mine', ONEINTENT_API_KEY: 'sk_test_1' });
  expect(exitCode).toBe(1);
  expect(told).toContain('ONEINTENT_PROVIDER is mine, whose module exports no adapterPackage');
});

it('says the version of the package', async () => {
  expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});
