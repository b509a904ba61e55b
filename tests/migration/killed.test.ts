import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteMigrationDirectory } from '@oneintent/directory-sqlite';
import { createSandbox, serve } from '@oneintent/sandbox';
import { afterAll, expect, it } from 'vitest';
import { randomFrom } from '../chaos/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'oneintent-killed-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The job of a worker, as it is delivered again and again until it has ended: what is built is run, since a process of its own runs no TypeScript. */
const worker = `
  import { createPayments } from '@oneintent/core';
  import { createMigration } from '@oneintent/core/migration';
  import { payjp } from '@oneintent/adapter-payjp';
  import { generic, stripe } from '@oneintent/adapter-generic';
  import { sqliteMigrationDirectory } from '@oneintent/directory-sqlite';
  const { file, from, to, share, orders, customer, oldMethod, newMethod } = JSON.parse(process.argv[1]);
  const apiKey = 'sk_test_sandbox';
  const directory = sqliteMigrationDirectory({ file });
  await directory.loadMappings([{ kind: 'customer', from: customer, to: customer }, { kind: 'payment_method', from: oldMethod, to: newMethod }]);
  const payments = createMigration({
    from: createPayments({ adapter: payjp({ apiKey }), account: 'old', baseUrl: from }),
    to: createPayments({ adapter: generic(stripe, { apiKey }), account: 'new', baseUrl: to }),
    rollout: share, directory, mappings: {},
    rule: () => null,
  });
  console.log('ready');
  for (let number = 1; number <= orders; number += 1)
    await payments.paymentIntents.create(
      { amount: { minorUnits: 1000 + number, currency: 'JPY' }, confirm: true, customer, paymentMethod: oldMethod },
      { reference: 'order-' + number });
  console.log('done');
`;

it('a worker that is killed at any instant, and its successors under other shares, pay every order exactly once', { timeout: 60_000 }, async () => {
  const [old, fresh] = [createSandbox({ dialect: 'payjp_payment_flows' }), createSandbox({ dialect: 'stripe' })];
  const [oldServer, freshServer] = [await serve(old), await serve(fresh)];
  const random = randomFrom(20_261_121);
  const file = join(folder, 'directory.db');
  const orders = 40;
  const job = (share: number): string =>
    JSON.stringify({ file, from: oldServer.origin, to: freshServer.origin, share, orders, customer: old.customer, oldMethod: old.paymentMethods.succeeds, newMethod: fresh.paymentMethods.succeeds });
  let kills = 0;
  for (let round = 1; round <= 40; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', worker, '--', job(random.whole(0, 100))], { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let faults = '';
    child.stderr.on('data', (chunk: Buffer) => void (faults += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      if (said === '' && round < 12) setTimeout(() => child.kill('SIGKILL'), random.whole(1, 60));
      said += chunk.toString();
    });
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (signal === 'SIGKILL') kills += 1;
    else if (code !== 0) throw new Error(faults);
    if (said.includes('done')) break;
  }
  expect(kills).toBeGreaterThan(3);
  const directory = sqliteMigrationDirectory({ file });
  const sides = { old: old.ledger(), new: fresh.ledger() };
  const taken = Object.entries(sides).flatMap(([account, ledger]) => ledger.filter(({ captured }) => captured > 0).map(({ id, captured }) => ({ account, ref: `${account}:${id}`, captured })));
  expect(taken.map(({ captured }) => captured).toSorted((one, other) => one - other)).toEqual(Array.from({ length: orders }, (_, index) => 1001 + index));
  for (const { account, ref, captured } of taken) {
    const entry = await directory.byKey('payment_intent', `order-${captured - 1000}`);
    expect([entry?.account, entry?.ref]).toEqual([account, ref]);
  }
  expect(new Set(taken.map(({ account }) => account)).size).toBe(2);
  directory.close();
  await Promise.all([oldServer.close(), freshServer.close()]);
});
