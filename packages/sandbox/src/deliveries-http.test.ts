import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from './index.js';
import { drive } from './testing/drive.js';

describe('deliveries over HTTP', () => {
  /** A server that takes deliveries. */
  async function listen() {
    const seen: { readonly type: unknown; readonly header: unknown }[] = [];
    let arrived = (): void => undefined;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => { body += String(chunk); });
      request.on('end', () => {
        seen.push({ type: JSON.parse(body).type, header: request.headers['stripe-signature'] });
        response.end();
        arrived();
      });
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const { port }: AddressInfo = Object(server.address());
    return {
      seen,
      url: `http://127.0.0.1:${port}/webhooks`,
      count: (wanted: number) => new Promise<void>((resolve) => {
        arrived = () => { if (seen.length >= wanted) resolve(); };
        arrived();
      }),
      close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
    };
  }

  it('the control routes show events and deliveries, and post to a URL', async () => {
    const driver = drive({ dialect: 'stripe' });
    const [target, served] = [await listen(), await serve(driver.sandbox)];
    const control = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${served.origin}/_sandbox${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      return { status: response.status, body: JSON.parse(await response.text()) };
    };
    await driver.create({ method: 'succeeds', confirm: true });
    expect((await control('GET', '/events')).body).toEqual(driver.sandbox.events());
    expect((await control('GET', '/deliveries')).body).toMatchObject([{ type: 'payment_intent.created' }, { type: 'payment_intent.succeeded' }]);
    const posted = await control('POST', '/deliveries', { url: target.url, order: 'reversed', duplicates: 1 });
    expect(posted.body).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }, { status: 200 }]);
    expect(target.seen.map(({ type }) => type)).toEqual(['payment_intent.succeeded', 'payment_intent.succeeded', 'payment_intent.created', 'payment_intent.created']);
    expect((await control('GET', '/deliveries')).body).toEqual([]);
    expect((await control('POST', '/deliveries', { url: 'nowhere' })).status).toBe(400);
    await target.close();
    await driver.create({ method: 'succeeds', confirm: true });
    expect((await control('POST', '/deliveries', { url: target.url })).body).toMatchObject([{ status: null }, { status: null }]);
    await served.close();
  });

  const command = join(import.meta.dirname, '../dist/cli.js');

  it('the command posts what happens to its --webhook-url, signed with its --webhook-secret', async () => {
    const target = await listen();
    const child = spawn(process.execPath, [command, '--dialect', 'stripe', '--webhook-url', target.url, '--webhook-secret', 'whsec_test_mine']);
    const origin = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.once('exit', (code) => reject(new Error(`It ended with ${code}.`)));
      child.stdout.on('data', (chunk) => {
        text += String(chunk);
        if (text.includes('Ctrl+C')) resolve(/(http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1] ?? '');
      });
    });
    const headers = { authorization: 'Bearer sk_test_sandbox', 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(`${origin}/v1/payment_intents`, { method: 'POST', headers, body: 'amount=1000&currency=eur' });
    await target.count(1);
    expect(target.seen).toEqual([{ type: 'payment_intent.created', header: expect.stringMatching(/^t=\d+,v1=[0-9a-f]{64}$/) }]);
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
    await target.close();
  });

  it.each([[['--webhook-url', 'nowhere'], '--webhook-url'], [['--webhook-secret', ''], '--webhook-secret']])('the command refuses %j', async (flags, message) => {
    const stderr = await new Promise<string>((resolve) => {
      execFile(process.execPath, [command, '--dialect', 'stripe', ...flags], (_error, _stdout, text) => resolve(text));
    });
    expect(stderr).toMatch(new RegExp(`^${message}: `));
  });
});
