import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteMigrationDirectory } from '@oneintent/directory-sqlite';
import { afterAll, expect, it } from 'vitest';
import { files, openShop } from '../testing/world.js';

const args = ['import-mapping', 'mapping.csv', '--directory', 'migration.db'];
const file = (...lines: readonly string[]) => files({ 'mapping.csv': lines.join('\n') });

const folder = mkdtempSync(join(tmpdir(), 'oneintent-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('loads customers and payment methods, with the network transaction ids that come with them', async () => {
  const { run, directory } = openShop();
  const { exitCode, out, err } = await run(args, file('\uFEFFkind,old,new,network_transaction_id', 'customer,cus_1,"cus_""new""_1",', '', 'payment_method,pm_1,pm_n1,1234567', ''));
  expect({ exitCode, out, err }).toEqual({ exitCode: 0, out: '2 mappings were loaded.\n', err: '' });
  expect(await directory.mapping('customer', 'cus_1')).toEqual({ kind: 'customer', from: 'cus_1', to: 'cus_"new"_1' });
  expect(await directory.mapping('payment_method', 'pm_1')).toEqual({ kind: 'payment_method', from: 'pm_1', to: 'pm_n1', networkTransactionId: '1234567' });
});

it("takes a provider's export as it is: columns by their own names, the kind said once", async () => {
  const { run, directory } = openShop();
  const { exitCode } = await run([...args, '--columns', 'old=source id,new=target', '--kind', 'customer'], file('name,target,source id', 'Hanako,cus_n1,cus_1'));
  expect(exitCode).toBe(0);
  expect(await directory.mapping('customer', 'cus_1')).toMatchObject({ to: 'cus_n1' });
});

it('names each bad line by its number, quotes none, and loads nothing of the file', async () => {
  const { run, directory } = openShop();
  const bad = file('kind,old,new', 'customer,cus_1,cus_n1', 'card,pm_1,pm_n1', '', 'customer,cus_2,', 'customer,cus_3,cus_n3,Hanako');
  const { exitCode, out } = await run(args, bad);
  expect({ exitCode, out }).toEqual({
    exitCode: 1,
    out: 'mapping.csv:3: kind is neither customer nor payment_method\nmapping.csv:5: new is empty\nmapping.csv:6: has 4 columns, and the first line 3\nNothing was loaded.\n',
  });
  expect(await directory.mapping('customer', 'cus_1')).toBeNull();
  expect(JSON.parse((await run([...args, '--json'], bad)).out)).toMatchObject({ loaded: 0, bad: [{ field: 'line 3' }, { field: 'line 5' }, { field: 'line 6' }] });
});

it.each([
  ['an empty file', file(''), [], 'The file is empty.'],
  ['a file without the columns', file('a,b', '1,2'), [], 'The first line names no column old, new, kind.'],
  ['a quotation mark that is never closed', file('kind,old,new', 'customer,"cus_1,cus_n1'), [], 'The file is not CSV (CSV_QUOTE_NOT_CLOSED'],
  ['a file that is not there', files({}), [], "mapping.csv can't be read: there is no such file"],
  ['columns that are none', file('kind,old,new'), ['--columns', 'from=a'], 'Give pairs such as old=source_id'],
  ['a kind that is none', file('old,new'), ['--kind', 'card'], 'Allowed choices are customer, payment_method.'],
])('ends with 2 for %s', async (_what, world, more, says) => {
  const { exitCode, out, err } = await openShop().run([...args, ...more], world);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain(says);
});

it('loads nothing when it is interrupted', async () => {
  const { run, directory } = openShop();
  const controller = new AbortController();
  controller.abort();
  const { exitCode, err } = await run(args, { ...file('kind,old,new', 'customer,cus_1,cus_n1'), signal: controller.signal });
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: 'oneintent: Stopped.\n' });
  expect(await directory.mapping('customer', 'cus_1')).toBeNull();
});

it('loads 100,000 lines with progress, and needs no more memory for them than for some', async () => {
  const directory = sqliteMigrationDirectory({ file: join(folder, 'large.db') });
  const total = 100_000;
  async function* lines() {
    yield 'kind,old,new\n';
    for (let index = 0; index < total; index += 1) yield `customer,cus_old_${index}_${'x'.repeat(60)},cus_new_${index}_${'y'.repeat(60)}\n`;
  }
  const before = process.memoryUsage.rss();
  let most = before;
  const progress: string[] = [];
  const { exitCode, out } = await openShop().run(args, {
    readFile: async () => lines(),
    openDirectory: async () => ({ directory, close: () => undefined }),
    printError: (text) => {
      progress.push(text);
      most = Math.max(most, process.memoryUsage.rss());
    },
  });
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: '100000 mappings were loaded.\n' });
  expect(await directory.mapping('customer', `cus_old_99999_${'x'.repeat(60)}`)).not.toBeNull();
  directory.close();
  expect(progress.slice(0, 2)).toEqual(['10000 lines read\n', '20000 lines read\n']);
  expect((most - before) / 2 ** 20).toBeLessThan(100);
});
