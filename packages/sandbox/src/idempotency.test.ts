import { describe, expect, it } from 'vitest';
import { drive } from './testing/drive.js';

const keyed = ['payjp_payment_flows', 'paypercut', 'stripe'] as const;

describe.each(keyed)('%s: idempotency keys', (dialect) => {
  it('the same request replays the first answer and moves no money', async () => {
    const driver = drive({ dialect });
    const first = await driver.create({ method: 'succeeds', confirm: true }, 'key-1');
    const second = await driver.create({ method: 'succeeds', confirm: true }, 'key-1');
    expect(second.body).toEqual(first.body);
    expect(second.status).toBe(200);
    expect(driver.sandbox.ledger()).toHaveLength(1);
    expect(second.headers.get('idempotent-replayed')).toBe(dialect === 'stripe' ? 'true' : null);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
  });

  it('the order of the fields makes no difference', async () => {
    const driver = drive({ dialect });
    const fields = { amount: 1000, currency: driver.sandbox.currency.toLowerCase() };
    const first = await driver.post(driver.base, fields, { 'idempotency-key': 'k' });
    const second = await driver.post(driver.base, Object.fromEntries(Object.entries(fields).toReversed()), { 'idempotency-key': 'k' });
    expect(second.body).toEqual(first.body);
  });

  it('a replay shows what was, not what is', async () => {
    const driver = drive({ dialect });
    const created = await driver.create({ method: 'succeeds' }, 'key-1');
    await driver.confirm(String(created.body['id']));
    expect((await driver.create({ method: 'succeeds' }, 'key-1')).body).toMatchObject({ status: 'requires_confirmation' });
  });

  it('other content under the same key is refused', async () => {
    const driver = drive({ dialect });
    await driver.create({ amount: 1000 }, 'key-1');
    const other = await driver.create({ amount: 2000 }, 'key-1');
    const expected = {
      payjp_payment_flows: { status: 409, body: { title: 'Conflict', status: 409 } },
      paypercut: { status: 409, body: { type: 'idempotency_error' } },
      stripe: { status: 400, body: { error: { type: 'idempotency_error' } } },
    };
    expect(other).toMatchObject(expected[dialect]);
    expect(driver.sandbox.ledger()).toHaveLength(1);
  });

  it('the same key on another endpoint is refused', async () => {
    const driver = drive({ dialect });
    const created = await driver.create({ method: 'succeeds' }, 'key-1');
    expect((await driver.confirm(String(created.body['id']), {}, 'key-1')).status).toBe(dialect === 'stripe' ? 400 : 409);
  });

  it('a request that was not valid leaves its key free', async () => {
    const driver = drive({ dialect });
    expect((await driver.create({ amount: 1 }, 'key-1')).status).toBeGreaterThanOrEqual(400);
    expect((await driver.create({ amount: 1000 }, 'key-1')).status).toBe(200);
  });

  it('a GET takes no notice of a key', async () => {
    const driver = drive({ dialect });
    const created = await driver.create({ method: 'succeeds' });
    const path = `${driver.base}/${String(created.body['id'])}`;
    await driver.get(path, { 'idempotency-key': 'k' });
    await driver.confirm(String(created.body['id']));
    expect((await driver.get(path, { 'idempotency-key': 'k' })).body).toMatchObject({ status: 'succeeded' });
  });

  it('two at once move the money once', async () => {
    const driver = drive({ dialect });
    const both = await Promise.all([driver.create({ method: 'succeeds', confirm: true }, 'k'), driver.create({ method: 'succeeds', confirm: true }, 'k')]);
    expect(driver.sandbox.ledger()).toHaveLength(1);
    expect(both.map(({ status }) => status)).toEqual(dialect === 'stripe' ? [200, 409] : [200, 200]);
  });

  it('an abort does not undo what has reached the provider', async () => {
    const driver = drive({ dialect });
    const controller = new AbortController();
    const { sandbox } = driver;
    const pending = sandbox.fetch(`${sandbox.origin}${driver.base}`, { signal: controller.signal, headers: { authorization: `Bearer ${sandbox.apiKey}` } });
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
    await expect(sandbox.fetch(sandbox.origin, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
    expect(sandbox.requests().length).toBeLessThanOrEqual(1);
  });

  it('a key is forgotten after its lifetime', async () => {
    const driver = drive({ dialect });
    await driver.create({}, 'key-1');
    driver.sandbox.advance(86_400);
    await driver.create({}, 'key-1');
    expect(driver.sandbox.ledger()).toHaveLength(2);
  });

  it('a key is as long as it may be', async () => {
    const driver = drive({ dialect });
    expect((await driver.create({}, 'k'.repeat(255))).status).toBe(200);
    expect((await driver.create({}, 'k'.repeat(256))).status).toBe(400);
  });
});

it('payjp_payment_flows: a key has letters, digits, - and _ only', async () => {
  const driver = drive({ dialect: 'payjp_payment_flows' });
  expect((await driver.create({}, 'order:42')).status).toBe(400);
});

it('stripe: keys of different accounts are different keys', async () => {
  const driver = drive({ dialect: 'stripe' });
  const headers = { 'idempotency-key': 'k' };
  await driver.post(driver.base, { amount: 1000, currency: 'eur' }, headers);
  await driver.post(driver.base, { amount: 1000, currency: 'eur' }, { ...headers, 'stripe-account': 'acct_2' });
  expect(driver.sandbox.ledger()).toHaveLength(2);
});

it('payjp_payment_intents: keys are not honoured', async () => {
  const driver = drive({ dialect: 'payjp_payment_intents' });
  await driver.create({}, 'k');
  await driver.create({}, 'k');
  expect(driver.sandbox.ledger()).toHaveLength(2);
});
