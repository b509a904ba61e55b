import { expect, it } from 'vitest';
import type { World } from '../index.js';
import { files, openShop, type Shop } from '../testing/world.js';

const twins = async ({ pay }: Shop): Promise<readonly [string, string]> => [await pay('jp', 'order-1', { currency: 'JPY' }), await pay('eu', 'order-1', { currency: 'JPY' })];

/** The new provider under another id of the customer: both sandboxes have the same. */
const withNewCustomer = ({ fetch, eu }: Shop): Pick<World, 'client'> => ({
  client: {
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const text = await response.text();
      return new Response(String(input).includes('//eu.') ? text.replaceAll(eu.customer, 'cus_new') : text, { status: response.status, headers: { 'content-type': 'application/json' } });
    },
  },
});

it('ends with 0 where the same order at two providers differs only as a migration makes it', async () => {
  const shop = openShop();
  await shop.directory.loadMappings([{ kind: 'customer', from: shop.jp.customer, to: 'cus_new' }]);
  const refs = await twins(shop);
  const { exitCode, out, err } = await shop.run(['compare', ...refs, '--directory', 'migration.db'], withNewCustomer(shop));
  expect({ exitCode, err, last: out.trimEnd().split('\n').at(-1) }).toEqual({ exitCode: 0, err: '', last: 'Every difference is explained.' });
  expect(out).toMatch(/customer +explained .*the mapping says that they are the same/);
  const without = await shop.run(['compare', ...refs], withNewCustomer(shop));
  expect(without.exitCode).toBe(1);
  expect(without.out).toMatch(/customer +different [\s\S]*1 difference is not explained\.\n$/);
});

it('ends with 1 and names what differs', async () => {
  const shop = openShop();
  const [one] = await twins(shop);
  const held = await shop.pay('eu', 'order-2', { captureMethod: 'manual' });
  const { exitCode, out } = await shop.run(['compare', one, held, '--json']);
  expect(exitCode).toBe(1);
  const { differences, fields } = JSON.parse(out) as { readonly differences: number; readonly fields: readonly { readonly field: string; readonly verdict: string }[] };
  const different = fields.filter(({ verdict }) => verdict === 'different').map(({ field }) => field);
  expect(different).toEqual(expect.arrayContaining(['reference', 'status', 'amount', 'captureMethod']));
  expect(differences).toBe(different.length);
});

it('takes accepted values for granted', async () => {
  const shop = openShop();
  const [one, other] = [await shop.pay('jp', 'order-1', { currency: 'JPY', captureMethod: 'manual' }), (await twins(shop))[1]];
  const capture = (out: string): unknown => (JSON.parse(out) as { readonly fields: readonly { readonly field: string }[] }).fields.find(({ field }) => field === 'captureMethod');
  const { out } = await shop.run(['compare', one, other, '--json', '--mappings', 'accepted.json'], files({ 'accepted.json': '{"captureMethod":{"manual":"automatic"}}' }));
  expect(capture(out)).toMatchObject({ verdict: 'explained' });
  expect(capture((await shop.run(['compare', one, other, '--json'])).out)).toMatchObject({ verdict: 'different' });
});

it('shows what people wrote only where it is asked for', async () => {
  const shop = openShop();
  const [one, other] = [await shop.pay('jp', 'order-1', { description: 'Tea for Hanako' }), await shop.pay('eu', 'order-1', { description: 'Tea for Taro' })];
  expect((await shop.run(['compare', one, other])).out).not.toMatch(/Hanako|Taro/);
  expect((await shop.run(['compare', one, other, '--values'])).out).toMatch(/description +different +"Tea for Hanako" +"Tea for Taro"/);
});

it.each([
  ['what is no ref', ['pfw_1', 'eu:pi_1'], 'A ref is an account and an id, such as jp:pfw_1.'],
  ['a ref of another account', ['us:pfw_1', 'eu:pi_1'], "A ref's account is not the name of an account. Accounts are jp, eu."],
  ['mappings that are none', ['jp:pfw_1', 'eu:pi_1', '--mappings', 'bad.json'], '--mappings is not what acceptProposals gives'],
])('ends with 2 for %s', async (_what, refs, says) => {
  expect(await openShop().run(['compare', ...refs], files({ 'bad.json': '{"captureMethod":"manual"}' }))).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(says) });
});

it('ends with 1 when a payment is not there', async () => {
  const shop = openShop();
  expect(await shop.run(['compare', 'jp:pfw_none', await shop.pay('eu', 'order-1')])).toMatchObject({ exitCode: 1, out: '', err: expect.stringContaining('not_found') });
});
