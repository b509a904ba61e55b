import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drive, items, type Driver, type Reply } from './testing/drive.js';
import { cutPage } from './engine/paging.js';

const ids = (reply: Reply): readonly string[] => items(reply).map(({ id }) => String(id));

async function withPayments(driver: Driver, count: number): Promise<readonly string[]> {
  for (let index = 0; index < count; index += 1) await driver.create({ amount: 1000 + index });
  return driver.sandbox.ledger().map(({ id }) => id).toReversed();
}

describe.each(['payjp_payment_flows', 'stripe'] as const)('%s: paging by cursor', (dialect) => {
  it('gives ten, newest first, and says whether there is more', async () => {
    const driver = drive({ dialect });
    const newest = await withPayments(driver, 12);
    const page = await driver.list();
    expect(ids(page)).toEqual(newest.slice(0, 10));
    expect(page.body).toMatchObject({ object: 'list', has_more: true, url: driver.base });
    const rest = await driver.list(`?starting_after=${newest[9]}`);
    expect(ids(rest)).toEqual(newest.slice(10));
    expect(rest.body['has_more']).toBe(false);
  });

  it('goes back with ending_before', async () => {
    const driver = drive({ dialect });
    const newest = await withPayments(driver, 5);
    const page = await driver.list(`?limit=2&ending_before=${newest[3]}`);
    expect(ids(page)).toEqual(newest.slice(1, 3));
    expect(page.body['has_more']).toBe(true);
  });

  it('refuses a cursor that is no payment, both cursors at once, and a limit out of range', async () => {
    const driver = drive({ dialect });
    const newest = await withPayments(driver, 2);
    const bad = await driver.list('?starting_after=nope');
    expect(bad.status).toBe(400);
    expect(bad.body).toMatchObject(
      dialect === 'stripe' ? { error: { code: 'resource_missing', param: 'starting_after' } } : { title: 'Resource Missing', code: 'resource_missing' },
    );
    const status = dialect === 'stripe' ? 400 : 422;
    for (const query of [`?starting_after=${newest[0]}&ending_before=${newest[1]}`, '?limit=0', '?limit=101', '?limit=x', '?unknown=1'])
      expect((await driver.list(query)).status).toBe(status);
  });

  it('filters by customer', async () => {
    const driver = drive({ dialect });
    await driver.create();
    const mine = await driver.create({ method: 'succeeds' });
    const name = dialect === 'stripe' ? 'customer' : 'customer_id';
    expect(ids(await driver.list(`?${name}=${driver.sandbox.customer}`))).toEqual([mine.body['id']]);
    expect(ids(await driver.list(`?${name}=cus_other`))).toEqual([]);
  });
});

it('payjp_payment_intents: pages by offset, and knows no cursor', async () => {
  const driver = drive({ dialect: 'payjp_payment_intents' });
  const newest = await withPayments(driver, 12);
  expect(ids(await driver.list('?limit=5&offset=10'))).toEqual(newest.slice(10));
  expect((await driver.list('?limit=5&offset=5')).body['has_more']).toBe(true);
  expect(ids(await driver.list('?offset=99'))).toEqual([]);
  expect((await driver.list(`?starting_after=${newest[0]}`)).status).toBe(422);
});

it('stripe: filters by time of creation, and expands what is asked for', async () => {
  const driver = drive({ dialect: 'stripe', now: '2026-01-01T00:00:00Z' });
  await driver.create({ method: 'succeeds', confirm: true });
  driver.sandbox.advance(1000);
  await driver.create({ method: 'succeeds', confirm: true });
  const start = Date.parse('2026-01-01T00:00:00Z') / 1000;
  expect(ids(await driver.list(`?created[gte]=${start + 500}`))).toHaveLength(1);
  expect(ids(await driver.list(`?created%5Blt%5D=${start + 500}&created[gt]=${start - 1}`))).toHaveLength(1);
  const expanded = await driver.list('?expand[]=data.latest_charge&expand[1]=data.customer');
  expect(expanded.body['data']).toMatchObject([{ latest_charge: { object: 'charge' }, customer: { object: 'customer' } }, {}]);
  expect((await driver.list('?created=soon')).status).toBe(400);
});

it('pages put together are the list, forwards and backwards', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 12 }), (length, limit) => {
      const list = Array.from({ length }, (_, index) => ({ id: `id${index}` }));
      const walk = (next: (seen: readonly { id: string }[]) => ReturnType<typeof cutPage<{ id: string }>>, join: (seen: readonly { id: string }[], page: readonly { id: string }[]) => readonly { id: string }[]) => {
        let seen: readonly { id: string }[] = [];
        for (;;) {
          const page = next(seen);
          if (!page.ok) throw new Error('lost the cursor');
          seen = join(seen, page.items);
          if (!page.hasMore) return seen;
        }
      };
      expect(walk((seen) => cutPage(list, { limit, after: seen.at(-1)?.id }), (seen, page) => [...seen, ...page])).toEqual(list);
      expect(walk((seen) => cutPage(list, { limit, offset: seen.length }), (seen, page) => [...seen, ...page])).toEqual(list);
      const last = list.at(-1);
      if (last === undefined) return;
      const backwards = walk((seen) => cutPage(list, { limit, before: seen[0]?.id ?? last.id }), (seen, page) => [...page, ...seen]);
      expect(backwards).toEqual(list.slice(0, -1));
    }),
  );
});
