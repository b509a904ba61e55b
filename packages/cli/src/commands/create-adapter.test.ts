import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { currencyExponent } from '@oneintent/core';
import { promisesFor, runConformance, type ConformanceResult, type Harness } from '@oneintent/core/conformance';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openShop, secrets } from '../testing/world.js';
import { writeFolder } from './create-adapter.js';

const root = join(import.meta.dirname, '../../../..');
// Below node_modules, so that what is generated finds the packages of this workspace.
const inWorkspace = join(import.meta.dirname, '../../node_modules');
mkdirSync(inWorkspace, { recursive: true });
const workspace = mkdtempSync(join(inWorkspace, '.create-adapter-'));
const elsewhere = mkdtempSync(join(tmpdir(), 'oneintent-create-'));
afterAll(() => {
  for (const folder of [workspace, elsewhere]) rmSync(folder, { recursive: true, force: true });
});

const emptyFolder = (): string => mkdtempSync(join(elsewhere, 'in-'));
const create = (...args: readonly string[]) => openShop().run(['create-adapter', ...args]);

const harnessesIn = async (folder: string): Promise<readonly Harness[]> => {
  const module: { readonly harness: readonly Harness[] } = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'dist/testing/harness.js')).href);
  return module.harness;
};

const harnessIn = async (folder: string): Promise<Harness> => {
  const [harness] = await harnessesIn(folder);
  if (harness === undefined) throw new Error('There is no harness.');
  return harness;
};

/** Throws with the compiler's own words where it finds something wrong. */
const compile = (folder: string): unknown => execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8', stdio: 'pipe' });

const providerIn = async (folder: string): Promise<Harness> => {
  const module: { readonly harness: Harness } = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'dist/testing/provider.js')).href);
  return module.harness;
};
afterEach(() => void vi.unstubAllEnvs());

const run = async (harness: Harness, only = /^/): Promise<readonly ConformanceResult[]> => {
  const results: ConformanceResult[] = [];
  for await (const result of runConformance(harness, { only })) results.push(result);
  return results;
};

describe('what is written', () => {
  const folder = join(workspace, 'adapter-acme-pay');

  beforeAll(async () => {
    const { exitCode, err } = await create('acme-pay', '--directory', workspace);
    if (exitCode !== 0) throw new Error(err);
    compile(folder);
  }, 120_000);

  it('type-checks, and its first suite run is red only for what is to be filled in, and says where', async () => {
    const harness = await harnessIn(folder);
    const results = await run(harness);
    expect(results).toHaveLength(promisesFor(harness).length);
    const red = results.filter(({ result }) => result === 'failed');
    expect(red.length).toBeGreaterThan(5);
    const unclear = red.filter(({ detail }) => !/src\/operations\.ts, '\w+\.\w+': (GET|POST) \/\S* is a guess\. Write the request that Acme Pay's documentation has/.test(detail ?? ''));
    expect(unclear).toEqual([]);
    expect(new Set(red.map(({ detail }) => /'(\w+\.\w+)'/.exec(detail ?? '')?.[1]))).toEqual(new Set(Object.keys(harness.adapter.operations)));
  });

  it('compiles for an author who adds an option that may be left out, as its comment says', { timeout: 60_000 }, () => {
    const extended = join(workspace, 'with-an-option');
    cpSync(folder, extended, { recursive: true });
    const index = join(extended, 'src/index.ts');
    const text = readFileSync(index, 'utf8');
    const option = /`(readonly environment\?: [^`]+)`/.exec(text)?.[1];
    const rule = /`(environment: z\.[^`]+)`/.exec(text)?.[1];
    expect([option, rule]).toEqual([expect.any(String), expect.any(String)]);
    writeFileSync(index, text
      .replace('readonly baseUrl?:', `${option};\n  readonly baseUrl?:`)
      .replace('z.strictObject({\n', `z.strictObject({\n  ${rule},\n`)
      .replace('environment: {', "environment: { environment: { variable: 'ENVIRONMENT', secret: false },")); // prettier-ignore
    compile(extended);
    expect(readFileSync(join(extended, 'dist/index.js'), 'utf8')).toContain('environment: z.optional(z.enum(');
  });

  it('runs the suite in two currencies with different numbers of digits', async () => {
    const stages = await Promise.all((await harnessesIn(folder)).map(({ open }) => open()));
    expect(new Set(stages.map(({ currency }) => currencyExponent(currency)))).toEqual(new Set([2, 0]));
  });

  it('says which answer of the provider is missing once a request is filled in', async () => {
    const filledIn = join(workspace, 'filled-in');
    cpSync(folder, filledIn, { recursive: true });
    const operations = join(filledIn, 'dist/operations.js');
    const text = readFileSync(operations, 'utf8');
    writeFileSync(operations, text.replace(/fillIn\('paymentIntents\.create', (\{.*\})\),/, '($1),'));
    const [result] = await run(await harnessIn(filledIn), /^paymentIntents\.retrieve\/same$/);
    expect(result?.detail).toContain('src/testing/stage.ts has no answer to POST /payments: write there what Acme Pay answers');
  });

  it('has a harness for the test account of the provider, with its key in the environment and only once the adapter knows that it is a test key', async () => {
    const [keyless, unknown, filledIn] = ['keyless', 'mode-unknown', 'mode-known'].map((name) => {
      const copy = join(workspace, name);
      cpSync(folder, copy, { recursive: true });
      return copy;
    });
    if (keyless === undefined || unknown === undefined || filledIn === undefined) throw new Error('There are no copies.');
    await expect(providerIn(keyless)).rejects.toThrow('Set ACME_PAY_API_KEY to a secret test key of Acme Pay.');
    vi.stubEnv('ACME_PAY_API_KEY', 'sk_test_acme');
    await expect(providerIn(unknown)).rejects.toThrow(/whose livemode is false/);
    const index = join(filledIn, 'dist/index.js');
    writeFileSync(index, readFileSync(index, 'utf8').replace('livemode: null', 'livemode: false'));
    expect((await providerIn(filledIn)).provenAt).toEqual({ where: 'provider', date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  });

  it('has a README with the headings that the adapters of this repository have', () => {
    const headings = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n').filter((line) => line.startsWith('## '));
    expect(headings(join(folder, 'README.md'))).toEqual(headings(join(root, 'packages/adapter-paypercut/README.md')).filter((heading) => heading !== '## Licence'));
  });

  it('says for each file what is to be filled in, and leaves no mark of another adapter', () => {
    const files = readdirSync(join(folder, 'src')).filter((file) => file !== 'conformance.test.ts' && file !== 'testing');
    expect(files.toSorted()).toEqual(['errors.ts', 'index.ts', 'limits.ts', 'operations.ts', 'read.ts', 'webhook.ts', 'wire.ts', 'write.ts']);
    for (const file of files) {
      const text = readFileSync(join(folder, 'src', file), 'utf8');
      expect(text).toMatch(/FILL IN|fillIn/);
      expect(text).not.toMatch(/paypercut|payjp|kontor/i);
    }
  });
});

it.each([
  ['capital letters', 'Acme'],
  ['a digit first', '2pay'],
  ['an underscore', 'acme_pay'],
  ['a hyphen at the end', 'acme-'],
  ['two hyphens', 'acme--pay'],
  ['a way out of the directory', '../acme'],
  ['a scope', '@mine/acme'],
  ['nothing', ''],
  ['the prefix of the folder', 'adapter-acme'],
  ['a word of JavaScript', 'switch'],
  ['a word of the generated code', 'read-error'],
  ['too many characters', 'a'.repeat(41)],
  ['a secret that went astray', secrets.ONEINTENT_EU_API_KEY],
])('refuses a name with %s, and writes nothing', async (_what, name) => {
  const directory = emptyFolder();
  const { exitCode, out, err } = await create(name, '--directory', directory);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toMatch(/^oneintent: <name> /);
  expect(err).not.toContain(secrets.ONEINTENT_EU_API_KEY);
  expect(readdirSync(directory)).toEqual([]);
});

it('overwrites nothing: neither a folder with work in it, nor an empty one, nor a file', async () => {
  const directory = emptyFolder();
  mkdirSync(join(directory, 'adapter-mine/src'), { recursive: true });
  writeFileSync(join(directory, 'adapter-mine/src/read.ts'), 'my work');
  mkdirSync(join(directory, 'adapter-empty'));
  writeFileSync(join(directory, 'adapter-file'), 'my notes');
  for (const name of ['mine', 'empty', 'file'])
    expect(await create(name, '--directory', directory)).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(`adapter-${name} is there already. Nothing was written.`) });
  expect(readdirSync(directory, { recursive: true }).toSorted()).toEqual(['adapter-empty', 'adapter-file', 'adapter-mine', 'adapter-mine/src', 'adapter-mine/src/read.ts']);
  expect(readFileSync(join(directory, 'adapter-mine/src/read.ts'), 'utf8')).toBe('my work');
});

it('leaves nothing half written when it fails in the middle', async () => {
  const directory = emptyFolder();
  await expect(writeFolder(join(directory, 'adapter-acme'), { 'one': 'written', 'one/two': 'has no place' })).rejects.toThrow(/EEXIST|ENOTDIR/);
  expect(readdirSync(directory)).toEqual([]);
});

it('ends with 2 where the directory is not there, and makes none', async () => {
  const directory = emptyFolder();
  expect(await create('acme', '--directory', join(directory, 'none'))).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining("--directory can't be written to") });
  expect(readdirSync(directory)).toEqual([]);
});

it('tells what it wrote as JSON', async () => {
  const directory = emptyFolder();
  const { exitCode, out } = await create('acme', '--directory', directory, '--json');
  const told: { readonly folder: string; readonly files: readonly string[] } = JSON.parse(out);
  expect({ exitCode, folder: told.folder }).toEqual({ exitCode: 0, folder: join(directory, 'adapter-acme') });
  const written = readdirSync(told.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(written).toHaveLength(told.files.length);
  for (const file of told.files) expect(readFileSync(join(told.folder, file), 'utf8')).not.toBe('');
});

it('--help has examples, and no option for a secret', async () => {
  const { exitCode, out } = await create('--help');
  expect(exitCode).toBe(0);
  expect(out).toContain('$ oneintent create-adapter acme\n');
  expect(out).not.toMatch(/--[\w-]*(key|secret|token|password)/i);
});
