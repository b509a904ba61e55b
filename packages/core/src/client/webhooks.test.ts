import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { memoryWebhookStore, createWebhookReceiver } from '../webhooks.js';
import type { WebhookScheme } from '../index.js';
import { acme } from '../testing/acme.js';
import { bench, errorOf } from '../testing/client.js';

const secret = 'whsec_hunted_secret';
const body = JSON.stringify({ id: 'evt_1', type: 'setup.done', at: '2026-04-10T05:00:00Z', livemode: false, setup: { id: 'seti_1', status: 'succeeded', updated: '2026-04-10T05:00:00Z' } });
const signature = createHmac('sha256', secret).update(body).digest('hex');

const proven = (scheme: WebhookScheme) => {
  const { webhooks } = acme();
  if (webhooks === null) throw new Error('The fake provider has webhooks.');
  return bench([], { adapter: acme({ webhooks: { ...webhooks, scheme } }), webhookSecret: secret }).payments;
};

const signed = proven({ type: 'hmac', in: 'query', name: 'signature', encoding: 'hex' });
const address = `https://shop.example/hook?signature=${signature}`;

describe('a delivery that is signed in its address', () => {
  it.each([
    ['a Request', new Request(address, { method: 'POST', body })],
    ['its body, headers and address', { body, headers: {}, url: address }],
    ['its body, headers, path and query', { body, headers: {}, url: `/hook?signature=${signature}` }],
  ])('is verified as %s', async (_as, delivery) => {
    expect(await signed.webhooks.verify(delivery)).toMatchObject({ id: 'evt_1', trust: 'signed' });
  });

  it('reaches the handler through the receiver', async () => {
    const handled: string[] = [];
    const receiver = createWebhookReceiver({ payments: signed, store: memoryWebhookStore(), onEvent: ({ id }) => void handled.push(id) });
    expect((await receiver(new Request(address, { method: 'POST', body }))).status).toBe(200);
    expect((await receiver(new Request(address.replace(/.$/, 'x'), { method: 'POST', body }))).status).toBe(400);
    expect(handled).toEqual(['evt_1']);
  });

  it.each([undefined, '', 'http://'])('is refused with what to do when its address is %j, though a header says the same', async (url) => {
    const delivery = { body, headers: { signature }, ...(url !== undefined && { url }) };
    expect(await errorOf(signed.webhooks.verify(delivery))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'url', remedy: expect.stringContaining('with its query') }] });
  });

  it.each([address.replace('signature=', 'signature=0'), `${address}&signature=${signature}`, 'https://shop.example/hook', address.replace(signature, signature.toUpperCase())])(
    'is refused at %s, and the refusal shows nothing of it',
    async (url) => {
      const error = await errorOf(signed.webhooks.verify({ body, headers: {}, url }));
      expect(error).toMatchObject({ code: 'webhook_unverified', outcome: 'rejected' });
      expect(`${String(error)}${JSON.stringify(error)}`.toLowerCase()).not.toContain(signature.slice(0, 8));
    },
  );
});

describe('a delivery with a shared word in its address', () => {
  const shared = proven({ type: 'shared_token', in: 'query', name: 'token' });

  it('is believed as far as that word goes', async () => {
    expect(await shared.webhooks.verify({ body, headers: {}, url: `/hook?token=${secret}` })).toMatchObject({ trust: 'token' });
  });

  it.each(['/hook', '/hook?token=', '/hook?token=other', `/hook?token=${secret}&token=other`, `/hook?Token=${secret}`])('is refused at %s', async (url) => {
    const error = await errorOf(shared.webhooks.verify({ body, headers: {}, url }));
    expect(error).toMatchObject({ code: 'webhook_unverified' });
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain(secret);
  });
});

it('a delivery that is proven by a header needs no address, and its address says nothing', async () => {
  const payments = proven({ type: 'hmac', in: 'header', name: 'X-Signature', encoding: 'hex' });
  for (const url of [undefined, 'http://', '/hook?X-Signature=00'])
    expect(await payments.webhooks.verify({ body, headers: { 'x-signature': signature }, ...(url !== undefined && { url }) })).toMatchObject({ trust: 'signed' });
});

describe('a delivery whose address is signed with its body', () => {
  const { webhooks } = proven({ type: 'hmac', in: 'header', name: 'signature', encoding: 'hex', over: 'address_and_body' });
  const posted = 'https://shop.example/hook';
  const headers = { signature: createHmac('sha256', secret).update(posted + body).digest('hex') };

  it('is verified at that address, and refused at another', async () => {
    expect(await webhooks.verify(new Request(posted, { method: 'POST', body, headers }))).toMatchObject({ id: 'evt_1', trust: 'signed' });
    expect(await errorOf(webhooks.verify({ body, headers, url: 'https://proxy.internal/hook' }))).toMatchObject({ code: 'webhook_unverified' });
  });

  it.each([undefined, '/hook'])('is refused with what to do when its address is %j', async (url) => {
    const error = await errorOf(webhooks.verify({ body, headers, ...(url !== undefined && { url }) }));
    expect(error).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'url', problem: 'is missing, or is no whole address' }] });
  });
});
