import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSandbox, serve } from './index.js';
import { allDialects, drive } from './testing/drive.js';

it.each(allDialects)('%s: the README names it, and shows its events and how its deliveries are authenticated', (dialect) => {
  const lines = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8').split('\n');
  expect(lines.filter((line) => /^It speaks .* dialects: /.test(line) && line.includes(`\`${dialect}\``))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith(`| \`${dialect}\` |`))).toHaveLength(1);
});

describe('createSandbox', () => {
  it.each(allDialects)('%s: names its customer, its currency and a payment method for every outcome', (dialect) => {
    const sandbox = createSandbox({ dialect });
    expect(sandbox).toMatchObject({ dialect, apiKey: 'sk_test_sandbox', origin: 'https://sandbox.invalid', currency: dialect.startsWith('payjp') ? 'JPY' : 'EUR' });
    expect(new Set(Object.values(sandbox.paymentMethods)).size).toBe(9);
    expect(sandbox.customer).not.toBe('');
  });

  it('refuses bad options by name', () => {
    expect(() => createSandbox(JSON.parse('{"dialect":"paypal"}'))).toThrow('dialect');
    expect(() => createSandbox(JSON.parse('{"dialect":"stripe","key":"x"}'))).toThrow('key');
    expect(() => createSandbox({ dialect: 'stripe', now: 'tomorrow' })).toThrow('tomorrow');
  });

  it('keeps two sandboxes apart', async () => {
    const [one, other] = [drive({ dialect: 'stripe' }), drive({ dialect: 'stripe' })];
    await one.create();
    expect(other.sandbox.ledger()).toEqual([]);
  });

  it('has a clock that starts where it is told, and moves forward only', async () => {
    const driver = drive({ dialect: 'stripe', now: '2030-01-01T00:00:00Z' });
    expect((await driver.create()).body['created']).toBe(Date.parse('2030-01-01T00:00:00Z') / 1000);
    driver.sandbox.advance(3600);
    expect((await driver.create()).body['created']).toBe(Date.parse('2030-01-01T01:00:00Z') / 1000);
    expect(() => driver.sandbox.advance(-1)).toThrow(RangeError);
    expect(() => driver.sandbox.advance(Number.NaN)).toThrow(RangeError);
  });

  it('remembers what arrived, without the key', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows' });
    await driver.create({ amount: 1 }, 'k');
    await driver.list('?limit=2');
    const [first, second] = driver.sandbox.requests();
    expect(first).toMatchObject({
      method: 'POST', path: '/v2/payment_flows', query: '', status: 422, headers: { authorization: '[redacted]', 'idempotency-key': 'k' }, body: '{"amount":1,"currency":"jpy","capture_method":"automatic"}',
    });
    expect(second).toMatchObject({ method: 'GET', query: 'limit=2', status: 200, body: '' });
    expect(JSON.stringify(driver.sandbox.requests())).not.toContain(driver.sandbox.apiKey);
  });

  it('remembers refused requests too, and those without a key as they were', async () => {
    const { sandbox } = drive({ dialect: 'stripe' });
    await sandbox.fetch(`${sandbox.origin}/v1/payment_intents`);
    expect(sandbox.requests()).toMatchObject([{ status: 401, headers: {} }]);
  });

  it('reset puts back everything, the switches and the clock included', async () => {
    const driver = drive({ dialect: 'stripe', now: '2030-01-01T00:00:00Z', switches: { listOrder: 'oldest_first' } });
    await driver.create({}, 'k');
    driver.sandbox.advance(100);
    driver.sandbox.setSwitches({ listOrder: 'newest_first' });
    driver.sandbox.reset();
    expect(driver.sandbox.ledger()).toEqual([]);
    expect(driver.sandbox.requests()).toEqual([]);
    expect(driver.sandbox.switches().listOrder).toBe('oldest_first');
    expect((await driver.create({ amount: 2000 }, 'k')).body).toMatchObject({ amount: 2000, created: Date.parse('2030-01-01T00:00:00Z') / 1000 });
  });
});

describe('serve', () => {
  it('answers over HTTP what fetch answers in process', async () => {
    const sandbox = createSandbox({ dialect: 'stripe' });
    const served = await serve(sandbox);
    const headers = { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/x-www-form-urlencoded' };
    const created = await fetch(`${served.origin}/v1/payment_intents`, { method: 'POST', headers, body: 'amount=1000&currency=eur' });
    const intent = JSON.parse(await created.text());
    const inProcess = await sandbox.fetch(`${sandbox.origin}/v1/payment_intents/${intent.id}`, { headers });
    expect(JSON.parse(await inProcess.text())).toEqual(intent);
    expect(served.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await served.close();
    await expect(fetch(served.origin)).rejects.toThrow('fetch failed');
  });

  it('is controlled under /_sandbox, without a key and without a trace', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows' });
    const { sandbox } = driver;
    const served = await serve(sandbox);
    const control = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${served.origin}/_sandbox${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      return { status: response.status, body: JSON.parse(await response.text()) };
    };
    const [one, two, three] = [
      await driver.create({ method: 'three_d_secure', confirm: true }),
      await driver.create({ method: 'three_d_secure', confirm: true }),
      await driver.create({ method: 'processing_succeeds', confirm: true }),
    ].map(({ body }) => String(body['id']));
    expect(await control('POST', `/actions/${one}/complete`)).toEqual({ status: 200, body: { id: one, status: 'succeeded' } });
    expect(await control('POST', `/actions/${two}/fail`)).toEqual({ status: 200, body: { id: two, status: 'requires_payment_method' } });
    expect(await control('POST', '/clock', { seconds: 60 })).toMatchObject({ status: 200 });
    expect((await control('GET', '/ledger')).body).toMatchObject([{ status: 'succeeded' }, {}, { id: three, status: 'succeeded' }]);
    expect((await control('GET', '/requests')).body).toHaveLength(3);
    expect((await control('POST', '/switches', { listOrder: 'oldest_first' })).body).toMatchObject({ listOrder: 'oldest_first' });
    expect((await control('GET', '/switches')).body).toEqual(sandbox.switches());
    const [setup, refused] = [await driver.setup(), await driver.setup()].map(({ body }) => String(body['id']));
    expect(await control('POST', `/setups/${setup}/complete`)).toEqual({ status: 200, body: { id: setup, status: 'succeeded' } });
    expect((await control('POST', `/setups/${refused}/complete`, { method: 'card_declined' })).body).toMatchObject({ status: 'requires_payment_method' });
    expect((await control('GET', '/setups')).body).toMatchObject([{ id: setup, saved: {} }, { id: refused, saved: null }]);
    expect((await control('POST', `/setups/${refused}/complete`, { method: 'gold' })).status).toBe(400);
    expect((await control('POST', '/actions/nobody/complete')).status).toBe(400);
    expect((await control('POST', '/clock', { seconds: -1 })).status).toBe(400);
    expect((await control('POST', '/switches', { colour: 'red' })).status).toBe(400);
    expect((await control('GET', '/nothing')).status).toBe(404);
    expect((await control('POST', '/reset')).status).toBe(200);
    expect(sandbox.ledger()).toEqual([]);
    await served.close();
  });

  it('says why it cannot listen', async () => {
    const served = await serve(createSandbox({ dialect: 'stripe' }));
    const port = Number(new URL(served.origin).port);
    await expect(serve(createSandbox({ dialect: 'stripe' }), { port })).rejects.toThrow('EADDRINUSE');
    await served.close();
  });
});

describe('the command', () => {
  const command = join(import.meta.dirname, '../dist/cli.js');
  const run = (...flags: readonly string[]) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [command, ...flags], (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
    });

  it.each([
    [[], '--dialect is missing'],
    [['--dialect', 'paypal'], '--dialect: there is no paypal'],
    [['--dialect', 'stripe', '--port', 'x'], '--port: not a port: x'],
    [['--dialect', 'stripe', '--port', '70000'], '--port: not a port: 70000'],
    [['--colour'], '--colour'],
  ])('%j: says what is wrong, how it is used, and ends with 2', async (flags, message) => {
    const { code, stderr } = await run(...flags);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage:');
  });

  it('explains itself', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage:') });
  });

  it('serves, says where and how, and ends when asked to', async () => {
    const child = spawn(process.execPath, [command, '--dialect', 'paypercut', '--api-key', 'sk_test_mine']);
    const text = await new Promise<string>((resolve) => {
      let seen = '';
      child.stdout.on('data', (chunk) => {
        seen += String(chunk);
        if (seen.includes('Ctrl+C')) resolve(seen);
      });
    });
    const [, origin] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(text) ?? [];
    expect(text).toContain('three_d_secure');
    expect(text).toContain('/_sandbox/ledger');
    const response = await fetch(`${origin}/v1/payment_intents/x`, { headers: { authorization: 'Bearer sk_test_mine' } });
    expect(response.status).toBe(404);
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  });
});
