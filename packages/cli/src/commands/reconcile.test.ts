import { paymentsFromEnv, supports } from '@oneintent/core';
import { expect, it } from 'vitest';
import { openShop, type Shop } from '../testing/world.js';

const refund = async ({ env, adapters, fetch }: Shop, ref: string): Promise<void> => {
  const payments = (await paymentsFromEnv(env, adapters, { fetch })).for(ref.split(':')[0] ?? '');
  if (supports(payments, 'refunds.create')) await payments.refunds.create(ref, { amount: { minorUnits: 400, currency: 'JPY' } }, { reference: `back-${ref}` });
};

const lines = (out: string): readonly unknown[] => out.trimEnd().split('\n').map((line): unknown => JSON.parse(line));

it('prints a line for each payment and refund, in neutral terms, and nothing else', async () => {
  const shop = openShop();
  const ref = await shop.pay('jp', 'order-1');
  await refund(shop, ref);
  const { exitCode, out, err } = await shop.run(['reconcile', '--account', 'jp']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(lines(out)).toEqual([
    expect.objectContaining({ type: 'payment', account: 'jp', ref, reference: 'order-1', status: 'succeeded', currency: 'JPY', amount: 1000 }),
    expect.objectContaining({ type: 'refund', account: 'jp', payment: ref, status: 'succeeded', amount: 400, settled: 400 }),
  ]);
});

it('reads every page as it prints: the first line is there before the last page is asked for', async () => {
  const shop = openShop();
  const ordersOfTwoPages = 25;
  for (let index = 0; index < ordersOfTwoPages; index += 1) await shop.pay('eu', `order-${index}`, { confirm: false });
  const before = shop.eu.requests().length;
  const asked: number[] = [];
  const { exitCode } = await shop.run(['reconcile', '--account', 'eu'], { print: () => void asked.push(shop.eu.requests().length - before) });
  expect(exitCode).toBe(0);
  expect(asked).toHaveLength(ordersOfTwoPages);
  expect(asked[0]).toBe(1);
  expect(asked.at(-1)).toBeGreaterThan(1);
});

it.each(['jp', 'eu'] as const)('leaves out what was created outside the period, at %s', async (account) => {
  const shop = openShop();
  const sandbox = shop[account];
  await shop.pay(account, 'early');
  sandbox.advance(60);
  const from = new Date(sandbox.now()).toISOString();
  sandbox.advance(60);
  const wanted = await shop.pay(account, 'within');
  sandbox.advance(60);
  const to = new Date(sandbox.now()).toISOString();
  sandbox.advance(60);
  await shop.pay(account, 'late');
  const { out } = await shop.run(['reconcile', '--account', account, '--from', from, '--to', to]);
  expect(lines(out)).toEqual([expect.objectContaining({ ref: wanted })]);
});

it('ends with 1 and says so when payments cannot be listed: books with holes are no books', async () => {
  const { run, env } = openShop();
  const { exitCode, out, err } = await run(['reconcile', '--account', 'jp'], {
    env: { ...env, ONEINTENT_JP_PROVIDER: 'paypercut' },
    client: { fetch: async () => Response.json({ items: [], has_more: false }) },
  });
  expect({ exitCode, out, err }).toEqual({ exitCode: 1, out: '', err: "jp can't list its payments: they are missing.\n" });
});

it('ends with 1 when the provider fails on the way', async () => {
  const { run } = openShop();
  const { exitCode, err } = await run(['reconcile', '--json'], { client: { fetch: async () => Response.json({}, { status: 500 }), sleep: () => Promise.resolve() } });
  expect(exitCode).toBe(1);
  expect(JSON.parse(err)).toMatchObject({ error: { code: 'provider_unavailable' } });
});

it('ends with 2 for a time that is none', async () => {
  expect(await openShop().run(['reconcile', '--from', 'May'])).toMatchObject({ exitCode: 2, err: expect.stringContaining('Give a time as ISO 8601') });
});
