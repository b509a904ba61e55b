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

describe('a delivery that is not to be believed', () => {
  const inHeader: WebhookScheme = { type: 'hmac', in: 'header', name: 'X-Signature', encoding: 'hex' };
  const about = { provider: 'acme', account: 'acme', operation: 'webhooks.verify' };
  const signedAs = (content: string | Uint8Array) => ({ body: content, headers: { 'x-signature': createHmac('sha256', secret).update(content).digest('hex') } });
  const setUp = (options: object) => bench([], options).payments.webhooks;

  it('is refused by a provider that has none, which says to poll in their place', async () => {
    const error = await errorOf(setUp({ adapter: acme({ webhooks: null }), webhookSecret: secret }).verify(signedAs(body)));
    expect(error).toMatchObject({ ...about, code: 'unsupported', outcome: 'not_sent', problems: [{ field: 'webhooks', problem: 'is not something that acme has', remedy: expect.stringContaining('waitFor') }] });
  });

  it.each(['', 'undefined'])('is refused where no secret is configured, though it is signed with %j', async (guessed) => {
    const { webhooks } = acme();
    const headers = { 'x-signature': createHmac('sha256', guessed).update(body).digest('hex') };
    const error = await errorOf(setUp({ adapter: acme({ webhooks: webhooks && { ...webhooks, scheme: inHeader } }) }).verify({ body, headers }));
    expect(error).toMatchObject({ ...about, code: 'configuration', outcome: 'not_sent', problems: [{ field: 'webhookSecret', problem: 'is missing', remedy: expect.stringContaining('createPayments') }] });
  });

  it.each<readonly [string, string | Uint8Array, string]>([
    ['larger than a mebibyte', `{"padding":"${'x'.repeat(1_048_576)}"}`, 'too large'],
    ['no JSON', 'paid', 'not an event'],
    ['empty', '', 'not an event'],
    ['JSON of something else', '{"paid":true}', 'not an event'],
    ['an event without an id', '{"type":"setup.done"}', 'not an event'],
    ['not UTF-8, which would be read as another text than was signed', Buffer.concat([Buffer.from('{"id":"evt_'), Uint8Array.of(0xff), Buffer.from('","type":"setup.done"}')]), 'not an event'],
  ])('is refused when its body is %s, though the signature fits', async (_what, content, why) => {
    const error = await errorOf(proven(inHeader).webhooks.verify(signedAs(content)));
    expect(error).toMatchObject({ ...about, code: 'webhook_unverified', outcome: 'rejected', retry: 'never', message: expect.stringContaining(why) });
  });

  it.each<readonly [WebhookScheme, string]>([
    [{ type: 'hmac', in: 'query', name: 'signature', encoding: 'hex' }, "acme's proof stands there"],
    [{ type: 'shared_token', in: 'query', name: 'token' }, "acme's proof stands there"],
    [{ ...inHeader, over: 'address_and_body' }, 'https://'],
  ])('is the mistake of the caller, who is told to give the address, under %j without one', async (scheme, remedy) => {
    const error = await errorOf(proven(scheme).webhooks.verify(signedAs(body)));
    expect(error).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', operation: 'webhooks.verify', problems: [{ field: 'url', problem: expect.stringContaining('is missing'), remedy: expect.stringContaining(remedy) }] });
  });
});

describe('a delivery that says whether it is live', () => {
  const told = (live: boolean | null): string => JSON.stringify({ id: 'evt_1', type: 'setup.done', live });
  const verify = (scheme: WebhookScheme, livemode: boolean | null, content: string) => {
    const { webhooks } = acme();
    const adapter = acme({ livemode, webhooks: webhooks && { ...webhooks, scheme } });
    const headers = { 'x-token': secret, 'x-signature': createHmac('sha256', secret).update(content).digest('hex') };
    return bench([], { adapter, webhookSecret: secret }).payments.webhooks.verify({ body: content, headers });
  };
  const token: WebhookScheme = { type: 'shared_token', in: 'header', name: 'X-Token' };
  const hmac: WebhookScheme = { type: 'hmac', in: 'header', name: 'X-Signature', encoding: 'hex' };

  it.each([false, null])('is refused at a live account that knows it by a shared word alone, when it says %j', async (live) => {
    const error = await errorOf(verify(token, true, told(live)));
    expect(error).toMatchObject({ code: 'webhook_unverified', outcome: 'rejected', provider: 'acme', message: expect.stringContaining('does not say that it is live') });
  });

  it.each<readonly [string, WebhookScheme, boolean | null, boolean | null]>([
    ['live, at a live account, by a shared word', token, true, true],
    ['nothing, at a test account, by a shared word', token, false, null],
    ['test, at a test account, by a shared word', token, false, false],
    ['nothing, at an account of which that is not known, by a shared word', token, null, null],
    ['nothing, at a live account, by a signature', hmac, true, null],
    ['test, at a live account, by a signature: its mode is there to be read', hmac, true, false],
  ])('is believed when it says: %s', async (_what, scheme, livemode, live) => {
    expect(await verify(scheme, livemode, told(live))).toMatchObject({ id: 'evt_1', livemode: live, trust: scheme === token ? 'token' : 'signed' });
  });
});
