import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { sqliteMigrationDirectory } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'oneintent-processes-'));
const bundle = join(folder, 'index.mjs');
const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

beforeAll(async () => {
  // A process of its own can't run the sources: it gets them in one file.
  const libsql = createRequire(import.meta.url).resolve('libsql');
  await build({
    entry: [source('index.ts')], outDir: folder, outExtension: () => ({ js: '.mjs' }), format: 'esm', platform: 'node', config: false, silent: true, dts: false,
    noExternal: [/^(?!libsql)/],
    esbuildOptions: (options) => {
      options.external = [libsql];
      options.alias = { libsql, '@oneintent/core/migration': source('../../core/src/migration.ts') };
    },
  });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** A process that runs a program, with `open`, `propose`, `say` and `told` at hand, and what it says. */
const start = (program: string, file: string, name: string) => {
  const code = `
    import { sqliteMigrationDirectory } from ${JSON.stringify(pathToFileURL(bundle).href)};
    const [given, name] = process.argv.slice(1);
    const open = (file = given) => sqliteMigrationDirectory({ file });
    const say = (what) => console.log(JSON.stringify(what));
    const told = () => new Promise((resolve) => process.stdin.once('data', resolve));
    const propose = (key) => ({ key, kind: 'payment_intent', side: name.at(-1) % 2 === 0 ? 'from' : 'to', account: name, idempotencyKey: name + key, reason: 'rollout', decidedAt: '2026-01-01T00:00:00.000Z' });
    ${program}
    process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code, '--', file, name], { stdio: ['pipe', 'pipe', 'pipe'] });
  let faults = '';
  child.stderr.on('data', (chunk: Buffer) => void (faults += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hear = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${name} has ended: ${faults}`);
    return JSON.parse(value);
  };
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => child.once('close', (exit, signal) => resolve(signal ?? exit)));
  return { child, hear, ended, tell: () => child.stdin.write('go\n') };
};

const claimsSchema = z.array(z.object({ key: z.string(), side: z.string(), account: z.string(), idempotencyKey: z.string(), uses: z.int() }));

describe('several processes with one file', () => {
  it('open a file that is not there yet and claim the same keys at once: every key has one owner, and every claim is counted', { timeout: 60_000 }, async () => {
    const files = Array.from({ length: 8 }, (_, index) => join(folder, `claims-${index}.db`));
    const names = Array.from({ length: 8 }, (_, index) => `process-${index}`);
    const keys = Array.from({ length: 10 }, (_, index) => `order-${index}`);
    const processes = names.map((name) => start(`
      for (const file of ${JSON.stringify(files)}) {
        say('ready');
        await told();
        const directory = open(file);
        const claimed = [];
        for (const key of ${JSON.stringify(keys)}) claimed.push(await directory.claim(propose(key)));
        say(claimed);
      }`, '', name));
    for (const file of files) {
      await Promise.all(processes.map(({ hear }) => hear()));
      for (const { tell } of processes) tell();
      const claims = (await Promise.all(processes.map(async ({ hear }) => claimsSchema.parse(await hear())))).flat();
      const directory = sqliteMigrationDirectory({ file });
      for (const key of keys) {
        const ofKey = claims.filter((claim) => claim.key === key);
        const owners = new Set(ofKey.map(({ side, account, idempotencyKey }) => `${side} ${account} ${idempotencyKey}`));
        const entry = await directory.byKey('payment_intent', key);
        expect([...owners]).toEqual([`${entry?.side} ${entry?.account} ${entry?.idempotencyKey}`]);
        expect(ofKey.map(({ uses }) => uses).toSorted((one, another) => one - another)).toEqual(names.map((_, index) => index + 1));
      }
      directory.close();
    }
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual(names.map(() => 0));
  });

  it('still know a claim whose process was killed right after it', async () => {
    const file = join(folder, 'killed.db');
    const { child, hear, ended } = start(`
      const directory = open();
      for (let index = 0; ; index += 1) {
        const { key } = await directory.claim(propose('order-' + index));
        say(key);
        if (index === 20) await told();
      }`, file, 'process-1');
    const heard: unknown[] = [];
    while (heard.at(-1) !== 'order-20') heard.push(await hear());
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const directory = sqliteMigrationDirectory({ file });
    expect((await directory.entries()).data.map(({ key }) => key).toSorted()).toEqual(heard.toSorted());
    expect(await directory.claim({ key: 'order-20', kind: 'payment_intent', side: 'from', account: 'other', idempotencyKey: 'k', reason: 'rule', decidedAt: '2026-01-02T00:00:00.000Z' }))
      .toMatchObject({ side: 'to', account: 'process-1', uses: 2 });
    directory.close();
  });

  it('see nothing of mappings whose process was killed while it loaded them', async () => {
    const file = join(folder, 'loading.db');
    const { child, hear, ended } = start(`
      const directory = open();
      await directory.loadMappings((async function* () {
        for (let index = 0; index < 5000; index += 1) yield { kind: 'customer', from: 'cus_' + index, to: 'new_' + index };
        say('staged');
        await told();
      })());`, file, 'process-1');
    expect(await hear()).toBe('staged');
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const directory = sqliteMigrationDirectory({ file });
    expect(await directory.mapping('customer', 'cus_0')).toBeNull();
    expect(await directory.loadMappings([{ kind: 'customer', from: 'cus_0', to: 'new_0' }])).toBe(1);
    directory.close();
  });

  it('take 100,000 mappings in seconds, and in less than 150 MB', { timeout: 60_000 }, async () => {
    const file = join(folder, 'mappings.db');
    const { hear, ended } = start(`
      const directory = open();
      const startedAt = performance.now();
      const loaded = await directory.loadMappings((async function* () {
        for (let index = 0; index < 100_000; index += 1) yield { kind: index % 2 === 0 ? 'customer' : 'payment_method', from: 'old_0123456789abcdef_' + index, to: 'new_0123456789abcdef_' + index };
      })());
      say({ loaded, seconds: (performance.now() - startedAt) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 });`, file, 'process-1');
    const { loaded, seconds, megabytes } = z.object({ loaded: z.int(), seconds: z.number(), megabytes: z.number() }).parse(await hear());
    expect(loaded).toBe(100_000);
    expect(seconds).toBeLessThan(20);
    expect(megabytes).toBeLessThan(150);
    expect(await ended).toBe(0);
    const directory = sqliteMigrationDirectory({ file });
    expect((await directory.mapping('payment_method', 'old_0123456789abcdef_99999'))?.to).toBe('new_0123456789abcdef_99999');
    directory.close();
  });
});
