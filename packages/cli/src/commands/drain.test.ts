import { expect, it } from 'vitest';
import type { DirectoryEntry } from '@oneintent/core/migration';
import { openShop, type Shop } from '../testing/world.js';

const args = ['drain', '--from', 'jp', '--directory', 'migration.db'];

const adopt = async ({ directory }: Shop, key: string, ref: string): Promise<DirectoryEntry> =>
  directory.adopt({ key, kind: 'payment_intent', side: 'from', account: 'jp', idempotencyKey: `imported-${key}`, reason: 'imported', decidedAt: '2026-04-01T00:00:00.000Z' }, { ref, status: null });

it('ends with 0 when everything of the account has ended, and writes down what it learned', async () => {
  const shop = openShop();
  await adopt(shop, 'order-1', await shop.pay('jp', 'order-1'));
  const { exitCode, out, err } = await shop.run(args);
  expect({ exitCode, out: out.split('\n').at(-2) }).toEqual({ exitCode: 0, out: 'jp is drained: 2 looked at, 0 open, 0 unknown, 0 failed.' });
  expect(err).toBe('directory: 1 looked at, 0 open, 0 unknown, 0 failed\n');
  expect((await shop.directory.byKey('payment_intent', 'order-1'))?.status).toBe('succeeded');
});

it('ends with 1 while a payment is open, and names it', async () => {
  const shop = openShop();
  const ref = await shop.pay('jp', 'order-2', { captureMethod: 'manual' });
  await adopt(shop, 'order-2', ref);
  const { exitCode, out } = await shop.run([...args, '--json']);
  expect(exitCode).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ account: 'jp', drained: false, stopped: false, open: [ref], unknown: [], listed: true });
});

it('ends with 1 when a payment cannot be looked at, and says why', async () => {
  const shop = openShop();
  await adopt(shop, 'order-3', 'jp:pfw_that_is_not_there');
  const { exitCode, out } = await shop.run(args);
  expect(exitCode).toBe(1);
  expect(out).toMatch(/failed +jp:pfw_that_is_not_there: .*not_found/);
});

it('ends with 1 while nobody knows whether something was sent', async () => {
  const shop = openShop();
  await shop.directory.claim({ key: 'order-4', kind: 'payment_intent', side: 'from', account: 'jp', idempotencyKey: 'key-4', reason: 'rollout', decidedAt: '2026-04-01T00:00:00.000Z' });
  expect(await shop.run(args)).toMatchObject({ exitCode: 1, out: expect.stringContaining('unknown  order-4\n') });
});

it('writes one line anew on a terminal, and ends it', async () => {
  const shop = openShop();
  await adopt(shop, 'order-1', await shop.pay('jp', 'order-1'));
  expect((await shop.run(args, { isTTY: true })).err).toBe('\r\u001b[2Kdirectory: 1 looked at, 0 open, 0 unknown, 0 failed\n');
});

it('stops cleanly when it is interrupted, says how far it came, and lets the directory go', async () => {
  const shop = openShop();
  for (const key of ['order-1', 'order-2']) await adopt(shop, key, await shop.pay('jp', key));
  const interrupted = new AbortController();
  let closed = 0;
  const { exitCode, out, err } = await shop.run([...args, '--json'], {
    signal: interrupted.signal,
    client: {
      fetch: async (input, init) => {
        const answer = await shop.fetch(input, init);
        interrupted.abort();
        return answer;
      },
      sleep: () => Promise.resolve(),
    },
    openDirectory: async () => ({ directory: shop.directory, close: () => void (closed += 1) }),
  });
  expect({ exitCode, closed, err }).toEqual({ exitCode: 1, closed: 1, err: '' });
  expect(JSON.parse(out)).toMatchObject({ drained: false, stopped: true });
});

it.each([
  ['without an account', ['drain', '--directory', 'migration.db'], "required option '--from <account>' not specified"],
  ['for an account that is not there', ['drain', '--from', 'us', '--directory', 'migration.db'], '--from is not the name of an account. Accounts are jp, eu.'],
  ['for a time that is none', [...args, '--since', 'yesterday'], 'Give a time as ISO 8601'],
])('ends with 2 %s', async (_what, wrong, says) => {
  expect(await openShop().run(wrong)).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(says) });
});

it('ends with 2 for a directory that is not there, rather than calling an empty one drained', async () => {
  const openDirectory = (_file: string, { create }: { readonly create: boolean }) => Promise.reject(new Error(create ? 'made' : 'there is no such file'));
  expect(await openShop().run(args, { openDirectory })).toMatchObject({ exitCode: 2, err: expect.stringContaining("--directory can't be opened: there is no such file") });
});
