import { describe, expect, it } from 'vitest';
import type { Dialect } from './index.js';
import { allDialects, drive, items, payjpDialects, type Driver, type Reply } from './testing/drive.js';

const now = '2030-01-01T00:00:00.000Z';
const start = Date.parse(now);

const idOf = ({ body }: Reply): string => String(body['id']);
const family: Readonly<Record<Dialect, string>> = { payjp_payment_flows: 'payment_flow', payjp_payment_intents: 'payment_intent', paypercut: 'payment_intent', stripe: 'payment_intent' };
const named = (dialect: Dialect, ...facts: readonly string[]): readonly string[] => facts.map((fact) => `${family[dialect]}.${fact}`);
const eventsPath = (dialect: Dialect): string => (dialect.startsWith('payjp') ? '/v2/events' : '/v1/events');

/** The events as the provider lists them. */
async function listed(driver: Driver, query = ''): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const reply = await driver.get(`${eventsPath(driver.sandbox.dialect)}${query}`);
  return driver.sandbox.dialect === 'paypercut' ? Object(reply.body['items']) : items(reply);
}

describe('the envelope', () => {
  it.each(payjpDialects)('%s: the resource is the data itself, and times are ISO 8601', async (dialect) => {
    const driver = drive({ dialect, now });
    const payment = await driver.create();
    const [event] = await listed(driver);
    expect(event).toEqual({
      object: 'event',
      id: expect.stringMatching(/^evt_/),
      livemode: false,
      type: named(dialect, 'created')[0],
      pending_webhooks: 1,
      data: payment.body,
      created_at: expect.stringMatching(/^2030-01-01T00:00:0\d\.\d{3}Z$/),
      updated_at: event?.['created_at'],
    });
  });

  it('paypercut: data.object, ISO 8601, no object, request or pending_webhooks', async () => {
    const driver = drive({ dialect: 'paypercut', now });
    const payment = await driver.create({ method: 'succeeds', confirm: true });
    expect(await listed(driver)).toEqual([
      {
        id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        type: 'payment_intent.captured',
        created: expect.stringMatching(/^2030-01-01T00:00:0\d\.\d{3}Z$/),
        livemode: false,
        account: null,
        api_version: 'v1',
        data: { object: payment.body },
      },
    ]);
  });

  it('stripe: data.object, seconds, an API version', async () => {
    const driver = drive({ dialect: 'stripe', now });
    const payment = await driver.create();
    expect(await listed(driver)).toEqual([
      {
        id: expect.stringMatching(/^evt_/),
        object: 'event',
        api_version: '2023-08-16',
        created: start / 1000,
        data: { object: payment.body },
        livemode: false,
        pending_webhooks: 1,
        request: { id: null, idempotency_key: null },
        type: 'payment_intent.created',
      },
    ]);
  });
});

it('stripe: an API version of the age of its objects', async () => {
  const driver = drive({ dialect: 'stripe', switches: { charge: 'charges' } });
  await driver.create();
  expect(await listed(driver)).toMatchObject([{ api_version: '2020-08-27', data: { object: { charges: { object: 'list' } } } }]);
});

describe.each(allDialects)('%s: events that are asked for', (dialect) => {
  const five = async (driver: Driver): Promise<readonly string[]> => {
    for (let count = 0; count < 5; count += 1) {
      await driver.create(dialect === 'paypercut' ? { method: 'succeeds', confirm: true } : {});
      driver.sandbox.advance(100);
    }
    return driver.sandbox.events().map(({ id }) => id).toReversed();
  };

  it('are listed newest first, and retrieved one by one', async () => {
    const driver = drive({ dialect });
    const newest = await five(driver);
    const list = await listed(driver);
    expect(list.map(({ id }) => id)).toEqual(newest);
    expect((await driver.get(`${eventsPath(dialect)}/${newest[2]}`)).body).toEqual(list[2]);
    const missing = await driver.get(`${eventsPath(dialect)}/evt_nope`);
    expect(missing.status).toBe(404);
  });

  it('are cut into pages that put together are all of them', async () => {
    const driver = drive({ dialect });
    const newest = await five(driver);
    const seen: string[] = [];
    let query: string | null = '?limit=2';
    while (query !== null) {
      const { body }: Reply = await driver.get(`${eventsPath(dialect)}${query}`);
      const page: readonly { readonly id: string }[] = Object(body[dialect === 'paypercut' ? 'items' : 'data']);
      seen.push(...page.map(({ id }) => id));
      if (dialect === 'paypercut') query = body['last_key'] === null ? null : `?limit=2&last_key=${encodeURIComponent(String(body['last_key']))}`;
      else if (body['has_more'] !== true) query = null;
      else query = dialect === 'payjp_payment_intents' ? `?limit=2&offset=${seen.length}` : `?limit=2&starting_after=${seen.at(-1)}`;
    }
    expect(seen).toEqual(newest);
  });

  it('are refused with a bad cursor, limit or parameter', async () => {
    const driver = drive({ dialect });
    await five(driver);
    const cursor = dialect === 'paypercut' ? '?last_key=nope' : '?starting_after=nope';
    for (const query of [cursor, '?limit=0', '?limit=101', '?unknown=1'])
      expect((await driver.get(`${eventsPath(dialect)}${query}`)).status).toBeOneOf([400, 422]);
  });

  it('need the key', async () => {
    const { sandbox } = drive({ dialect });
    expect((await sandbox.fetch(`${sandbox.origin}${eventsPath(dialect)}`)).status).toBe(401);
  });
});

describe('filters', () => {
  it.each(payjpDialects)('%s: resource_id, object and type', async (dialect) => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true }));
    await driver.create();
    const kind = named(dialect, 'created')[0] ?? '';
    expect((await listed(driver, `?resource_id=${id}`)).map(({ type }) => type)).toEqual(named(dialect, 'succeeded', 'created'));
    expect(await listed(driver, `?type=${kind}`)).toHaveLength(2);
    expect(await listed(driver, `?type=${kind}&resource_id=${id}`)).toHaveLength(1);
    expect(await listed(driver, `?object=${family[dialect]}`)).toHaveLength(3);
    expect(await listed(driver, '?object=customer')).toEqual([]);
  });

  it('payjp_payment_intents: since and until; paypercut: start_date and end_date', async () => {
    for (const [dialect, since, until] of [['payjp_payment_intents', 'since', 'until'], ['paypercut', 'start_date', 'end_date']] as const) {
      const driver = drive({ dialect, now });
      const paid = dialect === 'paypercut' ? { method: 'succeeds', confirm: true } as const : {};
      await driver.create(paid);
      driver.sandbox.advance(1000);
      await driver.create(paid);
      const middle = new Date(start + 500_000).toISOString();
      const [first, second] = driver.sandbox.events().map(({ id }) => id);
      expect((await listed(driver, `?${since}=${middle}`)).map(({ id }) => id)).toEqual([second]);
      expect((await listed(driver, `?${until}=${middle}`)).map(({ id }) => id)).toEqual([first]);
    }
  });

  it('stripe: type, types, a kind of types, created', async () => {
    const driver = drive({ dialect: 'stripe', now });
    await driver.create({ method: 'succeeds', confirm: true });
    driver.sandbox.advance(1000);
    await driver.create({ method: 'card_declined', confirm: true });
    expect(await listed(driver, '?type=payment_intent.created')).toHaveLength(2);
    expect(await listed(driver, '?type=payment_intent.*')).toHaveLength(4);
    expect(await listed(driver, '?types[]=payment_intent.succeeded&types[]=payment_intent.payment_failed')).toHaveLength(2);
    expect(await listed(driver, `?created[gt]=${start / 1000 + 500}`)).toHaveLength(2);
  });

  it.each(['paypercut', 'stripe'] as const)('%s: events are remembered for thirty days', async (dialect) => {
    const driver = drive({ dialect });
    await driver.create({ method: 'succeeds', confirm: true });
    const [event] = driver.sandbox.events();
    driver.sandbox.advance(29 * 86_400);
    expect((await listed(driver)).length).toBeGreaterThan(0);
    driver.sandbox.advance(86_400);
    expect(await listed(driver)).toEqual([]);
    expect((await driver.get(`${eventsPath(dialect)}/${event?.id}`)).status).toBe(404);
  });
});
