import { unixTime } from './clock.js';

/** HMAC-SHA256 of a text under a secret taken as it is: lower-case hexadecimal. */
async function hmac(secret: string, text: string): Promise<string> {
  const bytes = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);
  const key = await crypto.subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return Array.from(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(text))), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The signature `t=<unix seconds>,v1=<hex>` over `t`, a full stop and the exact body.
 * Stripe and Paypercut sign alike, the whole secret being the key.
 */
export async function timestampedSignature(secret: string, body: string, at: number): Promise<string> {
  const time = unixTime(at);
  return `t=${time},v1=${await hmac(secret, `${time}.${body}`)}`;
}
