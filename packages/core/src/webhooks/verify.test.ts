import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WebhookScheme } from '../contract/webhooks.js';
import { verifyDelivery, type Signed } from './verify.js';

const now = 1_780_391_710_000;
const seconds = now / 1000;
const body = '{"id":"evt-1","type":"payment_intent.captured"}';
const bytes = new TextEncoder().encode(body);
const secret = 'test_webhook_secret';

type Headers_ = Readonly<Record<string, string | readonly string[]>>;

const signed = (headers: Headers_, more: Partial<Signed> = {}): Signed => ({
  body: bytes,
  header: (name) => Object.entries(headers).flatMap(([key, value]) => (key.toLowerCase() === name.toLowerCase() ? value : [])),
  query: null,
  address: null,
  secrets: [secret],
  now,
  ...more,
});

const timestamped: WebhookScheme = { type: 'timestamped_hmac', header: 'Paypercut-Signature', timestampKey: 't', signatureKey: 'v1' };
const standard: WebhookScheme = { type: 'standard_webhooks', headerPrefix: 'webhook-' };
const token: WebhookScheme = { type: 'shared_token', in: 'header', name: 'X-Payjp-Webhook-Token' };
const plain: WebhookScheme = { type: 'hmac', in: 'header', name: 'X-Signature', encoding: 'hex', prefix: 'sha256=' };
const plainBase64: WebhookScheme = { type: 'hmac', in: 'header', name: 'X-Signature', encoding: 'base64' };

const inAddress: WebhookScheme = { type: 'hmac', in: 'query', name: 'signature', encoding: 'hex' };
const tokenInAddress: WebhookScheme = { type: 'shared_token', in: 'query', name: 'token' };

/** A delivery to an address with this query, and what headers say beside it. */
const posted = (query: string, headers: Headers_ = {}, more: Partial<Signed> = {}): Signed => signed(headers, { query: (name) => new URLSearchParams(query).getAll(name), ...more });

/** By Node's own crypto; the vectors made elsewhere keep it honest. */
const hmac = (content: string, key: string | Buffer = secret, encoding: 'hex' | 'base64' = 'hex'): string => createHmac('sha256', key).update(content).digest(encoding);
const header = (time: number | string = seconds, key = secret): string => `t=${time},v1=${hmac(`${time}.${body}`, key)}`;

const whsec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const standardKey = Buffer.from(whsec.slice(6), 'base64');
const standardHeaders = (time = seconds, id = 'msg_1'): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(time),
  'webhook-signature': `v1,${hmac(`${id}.${time}.${body}`, standardKey, 'base64')}`,
});

describe('vectors made elsewhere', () => {
  it('a signature over time and body', async () => {
    const value = 't=1780391710,v1=accf0ed9c1cdff3b1daf46174c8ca5c9c18d01f6ff7c61ad07ea99016203c072';
    expect(await verifyDelivery(timestamped, signed({ 'paypercut-signature': value }))).toBeNull();
  });

  it('the example of the Standard Webhooks libraries', async () => {
    const headers = { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' };
    const content = new TextEncoder().encode('{"test": 2432232314}');
    expect(await verifyDelivery(standard, signed(headers, { body: content, secrets: [whsec], now: 1_614_265_330_000 }))).toBeNull();
  });

  it('an HMAC of RFC 4231 (case 2)', async () => {
    const headers = { 'x-signature': 'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843' };
    expect(await verifyDelivery(plain, signed(headers, { body: new TextEncoder().encode('what do ya want for nothing?'), secrets: ['Jefe'] }))).toBeNull();
  });
});

describe('what is the provider’s own', () => {
  it.each<readonly [string, WebhookScheme, Headers_, Partial<Signed>]>([
    ['one of several signatures', timestamped, { 'paypercut-signature': `t=${seconds},v1=${'0'.repeat(64)},v0=x,v1=${hmac(`${seconds}.${body}`)}` }, {}],
    ['the old secret of two', timestamped, { 'paypercut-signature': header() }, { secrets: ['the new one', secret] }],
    ['a time 300 seconds ago', timestamped, { 'paypercut-signature': header(seconds - 300) }, {}],
    ['a time 300 seconds ahead', timestamped, { 'paypercut-signature': header(seconds + 300) }, {}],
    ['a header in another case', timestamped, { 'PAYPERCUT-SIGNATURE': header() }, {}],
    ['the second of two standard signatures', standard, { ...standardHeaders(), 'webhook-signature': `v1a,x v1,${'A'.repeat(43)}= ${standardHeaders()['webhook-signature']}` }, { secrets: [whsec] }],
    ['a token', token, { 'X-Payjp-Webhook-Token': 'whook_1' }, { secrets: ['whook_0', 'whook_1'] }],
    ['a plain signature', plain, { 'x-signature': `sha256=${hmac(body)}` }, {}],
    ['a plain signature in base64', plainBase64, { 'x-signature': hmac(body, secret, 'base64') }, {}],
  ])('%s is verified', async (_what, scheme, headers, more) => {
    expect(await verifyDelivery(scheme, signed(headers, more))).toBeNull();
  });
});

describe('what is not', () => {
  it.each<readonly [string, WebhookScheme, Headers_, Partial<Signed>, string]>([
    ['no header', timestamped, {}, {}, 'missing'],
    ['an empty header', timestamped, { 'paypercut-signature': '' }, {}, 'missing'],
    ['the header twice', timestamped, { 'paypercut-signature': [header(), header()] }, {}, 'more than once'],
    ['two times', timestamped, { 'paypercut-signature': `t=${seconds},${header()}` }, {}, 'not as it must be'],
    ['two headers joined to one', timestamped, { 'paypercut-signature': `${header()}, ${header()}` }, {}, 'not as it must be'],
    ['no time', timestamped, { 'paypercut-signature': `v1=${hmac(`${seconds}.${body}`)}` }, {}, 'not as it must be'],
    ['a time that is none', timestamped, { 'paypercut-signature': header('1e9') }, {}, 'not as it must be'],
    ['no signature', timestamped, { 'paypercut-signature': `t=${seconds},v0=${hmac(`${seconds}.${body}`)}` }, {}, 'not as it must be'],
    ['a signature in capitals', timestamped, { 'paypercut-signature': header().replace(/v1=.*/, (text) => `v1=${text.slice(3).toUpperCase()}`) }, {}, 'not as it must be'],
    ['another secret', timestamped, { 'paypercut-signature': header(seconds, 'other') }, {}, 'no signature fits'],
    ['a body with one more space', timestamped, { 'paypercut-signature': header() }, { body: new TextEncoder().encode(`${body} `) }, 'no signature fits'],
    ['301 seconds ago', timestamped, { 'paypercut-signature': header(seconds - 301) }, {}, 'too old'],
    ['301 seconds ahead', timestamped, { 'paypercut-signature': header(seconds + 301) }, {}, 'future'],
    ['no secret', timestamped, { 'paypercut-signature': header() }, { secrets: [] }, 'no usable secret'],
    ['an empty secret', token, { 'x-payjp-webhook-token': ' ' }, { secrets: [' ', ''] }, 'no usable secret'],
    ['another token', token, { 'x-payjp-webhook-token': 'whook_2' }, { secrets: ['whook_1'] }, 'not the configured one'],
    ['a token that begins like it', token, { 'x-payjp-webhook-token': 'whook_1x' }, { secrets: ['whook_1'] }, 'not the configured one'],
    ['a standard delivery without its id', standard, { ...standardHeaders(), 'webhook-id': '' }, { secrets: [whsec] }, 'missing (the header webhook-id)'],
    ['a standard delivery under another id', standard, { ...standardHeaders(), 'webhook-id': 'msg_2' }, { secrets: [whsec] }, 'no signature fits'],
    ['an id that moves the border to the time', standard, { ...standardHeaders(), 'webhook-id': `msg_1.${seconds}` }, { secrets: [whsec] }, 'not as it must be'],
    ['a standard delivery of an hour ago', standard, standardHeaders(seconds - 3600), { secrets: [whsec] }, 'too old'],
    ['a standard secret that is no base64', standard, standardHeaders(), { secrets: ['whsec_!'] }, 'no usable secret'],
    ['base64 in another spelling', plainBase64, { 'x-signature': hmac(body, secret, 'base64').replace('=', '') }, {}, 'not as it must be'],
    ['a plain signature without its prefix', plain, { 'x-signature': hmac(body) }, {}, 'not as it must be'],
  ])('%s is refused, and said', async (_what, scheme, headers, more, reason) => {
    expect(await verifyDelivery(scheme, signed(headers, more))).toContain(reason);
  });

  it('is refused when it cannot be worked out', async () => {
    const broken = (): never => {
      throw new Error('broken');
    };
    expect(await verifyDelivery(token, { ...signed({}), header: broken })).not.toBeNull();
  });

  const cases: readonly (readonly [WebhookScheme, Record<string, string>, string])[] = [
    [timestamped, { 'paypercut-signature': header() }, secret],
    [standard, standardHeaders(), whsec],
    [token, { 'x-payjp-webhook-token': 'whook_0123456789' }, 'whook_0123456789'],
    [plain, { 'x-signature': `sha256=${hmac(body)}` }, secret],
    [plainBase64, { 'x-signature': hmac(body, secret, 'base64') }, secret],
  ];

  it('is anything of which one byte of the header or the body was altered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cases), fc.nat(), fc.integer({ min: 1, max: 127 }), fc.boolean(), async ([scheme, headers, key], place, shift, inBody) => {
        const signs = scheme.type !== 'shared_token';
        const alterBody = inBody && signs;
        const altered = Uint8Array.from(bytes, (byte, index) => (alterBody && index === place % bytes.length ? byte ^ shift : byte));
        const name = Object.keys(headers)[place % Object.keys(headers).length] ?? '';
        const text = headers[name] ?? '';
        const at = place % text.length;
        const other = String.fromCharCode(text.charCodeAt(at) ^ shift);
        const heads = alterBody ? headers : { ...headers, [name]: text.slice(0, at) + other + text.slice(at + 1) };
        expect(await verifyDelivery(scheme, signed(heads, { body: altered, secrets: [key] }))).not.toBeNull();
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('a signature over the address and the body', () => {
  const scheme: WebhookScheme = { type: 'hmac', in: 'header', name: 'X-Signature', encoding: 'base64', over: 'address_and_body' };
  const address = 'https://shop.example/webhooks?shop=7';
  const headers = { 'x-signature': hmac(address + body, secret, 'base64') };

  it('is verified at the address that was signed', async () => {
    expect(await verifyDelivery(scheme, signed(headers, { address }))).toBeNull();
  });

  it.each([
    ['another address', { address: 'https://shop.example/webhooks?shop=8' }],
    ['the address in another spelling', { address: 'https://SHOP.example/webhooks?shop=7' }],
    ['no address', { address: null }],
    ['an empty address before a body that begins with it', { address: '', body: new TextEncoder().encode(`${address}${body}x`) }],
    ['another body', { address, body: new TextEncoder().encode(`${body} `) }],
  ])('is refused with %s', async (_what, more) => {
    expect(await verifyDelivery(scheme, signed(headers, more))).toBe('no signature fits the body and the secret');
  });
});

describe('a proof in the address', () => {
  const proof = hmac(body);

  it.each([
    ['a signature', inAddress, posted(`signature=${proof}&order=7`)],
    ['a token', tokenInAddress, posted('token=whook_1', {}, { secrets: ['whook_0', 'whook_1'] })],
  ])('%s is verified', async (_what, scheme, delivery) => {
    expect(await verifyDelivery(scheme, delivery)).toBeNull();
  });

  it.each<readonly [string, WebhookScheme, Signed, string]>([
    ['none', inAddress, posted(''), 'in the address is missing (the query member signature)'],
    ['an empty one', inAddress, posted('signature='), 'in the address is missing'],
    ['one in a header instead', inAddress, posted('', { signature: proof }), 'in the address is missing'],
    ['one for a scheme that looks into a header', plain, posted(`X-Signature=sha256=${proof}`), 'header is missing (the header X-Signature)'],
    ['the right one twice', inAddress, posted(`signature=${proof}&signature=${proof}`), 'more than once'],
    ['one under a name in capitals', inAddress, posted(`Signature=${proof}`), 'in the address is missing'],
    ['one in capitals', inAddress, posted(`signature=${proof.toUpperCase()}`), 'not as it must be'],
    ['one of another body', inAddress, posted(`signature=${hmac(`${body} `)}`), 'no signature fits'],
    ['an address that is not known', inAddress, signed({}), 'in the address is missing (the query member signature; the address is not known: give its url)'],
    ['another token', tokenInAddress, posted('token=whook_2', {}, { secrets: ['whook_1'] }), 'not the configured one'],
    ['the right token and another', tokenInAddress, posted('token=whook_1&token=whook_2', {}, { secrets: ['whook_1'] }), 'more than once'],
  ])('%s is refused, and said', async (_what, scheme, delivery, reason) => {
    expect(await verifyDelivery(scheme, delivery)).toContain(reason);
  });
});

describe('where the runtime has no modules of Node', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each<readonly [string, WebhookScheme, Headers_, readonly string[]]>([
    ['a timestamped signature', timestamped, { 'paypercut-signature': header() }, ['another', secret]],
    ['a standard signature', standard, standardHeaders(), [whsec]],
    ['a plain signature', plain, { 'x-signature': `sha256=${hmac(body)}` }, [secret]],
  ])('%s is verified by Web Crypto, and refused when a byte of the body was altered', async (_what, scheme, headers, secrets) => {
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
    const webCrypto = vi.spyOn(crypto.subtle, 'verify');
    expect(await verifyDelivery(scheme, signed(headers, { secrets }))).toBeNull();
    expect(await verifyDelivery(scheme, signed(headers, { secrets, body: bytes.map((byte, index) => (index === 3 ? byte ^ 1 : byte)) }))).toBe('no signature fits the body and the secret');
    expect(webCrypto).toHaveBeenCalledTimes(secrets.length * 2);
  });
});
