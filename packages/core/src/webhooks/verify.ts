import { match } from 'ts-pattern';
import type { ProofPlace, WebhookScheme } from '../contract/webhooks.js';
import { nodeCrypto } from '../transport/node-crypto.js';
import { bytesOf, joinBytes } from './bytes.js';

/** Why a delivery was refused. */
export type Unverified =
  | 'no usable secret is configured'
  | 'the signature header is not as it must be'
  | `the signature ${'header' | 'in the address'} ${'is missing' | 'is there more than once' | 'is not as it must be'} (${string})`
  | 'no signature fits the body and the secret'
  | 'the token is not the configured one'
  | 'it is too old'
  | 'it is from the future';

/** What is verified. */
export interface Signed {
  /** The raw bytes that arrived. */
  readonly body: Uint8Array;
  /** Every value of a header, whatever the case of its name. */
  readonly header: (name: string) => readonly string[];
  /** Every value of a parameter in the query of the address that was posted to; `null` when that is not known. */
  readonly query: ((name: string) => readonly string[]) | null;
  /** The whole address that was posted to; `null` when it is not known. */
  readonly address: string | null;
  readonly secrets: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Milliseconds that a signed time may lie in the past, or in the future. The Stripe SDK's and Standard Webhooks' own number. */
const tolerance = 300_000;

/** 32 bytes from lower-case hexadecimal digits: no other spelling is taken, so that every altered character is seen. */
const fromHex = (text: string): Uint8Array<ArrayBuffer> | null =>
  /^[0-9a-f]{64}$/.test(text) ? Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) : null;

const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> | null => {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
};

/** 32 bytes from base64 in its one canonical spelling. */
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | null => {
  const bytes = /^[A-Za-z0-9+/]{43}=$/.test(text) ? decodeBase64(text) : null;
  return bytes !== null && btoa(String.fromCharCode(...bytes)) === text ? bytes : null;
};

const hmacKey = (key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> => crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);

/** Whether any signature fits the content under any key. Every pair is tried, whichever fits, and each is compared in constant time. */
const anyFits = async (keys: readonly Uint8Array<ArrayBuffer>[], signatures: readonly Uint8Array<ArrayBuffer>[], content: Uint8Array<ArrayBuffer>): Promise<boolean> => {
  const node = nodeCrypto();
  if (node !== undefined) {
    const expected = keys.map((key) => node.createHmac('sha256', key).update(content).digest());
    return expected.flatMap((right) => signatures.map((signature) => node.timingSafeEqual(right, signature))).includes(true);
  }
  const imported = await Promise.all(keys.map(hmacKey));
  const fits = await Promise.all(imported.flatMap((key) => signatures.map((signature) => crypto.subtle.verify('HMAC', key, signature, content))));
  return fits.includes(true);
};

/** Whether a token is one of the secrets: compared under a random key, so that nothing is to be learnt from the time that it takes. */
const isToken = async (token: string, secrets: readonly string[]): Promise<boolean> => {
  const key = await hmacKey(crypto.getRandomValues(new Uint8Array(32)));
  const expected = await Promise.all(secrets.map((secret) => crypto.subtle.sign('HMAC', key, bytesOf(secret))));
  const fits = await Promise.all(expected.map((signature) => crypto.subtle.verify('HMAC', key, signature, bytesOf(token))));
  return fits.includes(true);
};

type Single = { readonly value: string } | { readonly refused: Unverified };

/** What is wrong with a place, with its name: never with its value. */
const wrong = ({ in: where, name }: ProofPlace, what: 'is missing' | 'is there more than once' | 'is not as it must be', isKnown = true): Unverified =>
  where === 'header'
    ? `the signature header ${what} (the header ${name})`
    : `the signature in the address ${what} (the query member ${name}${isKnown ? '' : '; the address is not known: give its url'})`;

const single = ({ header, query }: Signed, place: ProofPlace): Single => {
  const [value, ...more] = place.in === 'header' ? header(place.name) : (query?.(place.name) ?? []);
  if (more.length > 0) return { refused: wrong(place, 'is there more than once') };
  return value === undefined || value === '' ? { refused: wrong(place, 'is missing', query !== null) } : { value };
};

const timeProblem = (seconds: string, now: number): Unverified | null => {
  const age = now - Number(seconds) * 1000;
  return age > tolerance ? 'it is too old' : age < -tolerance ? 'it is from the future' : null;
};

const isTime = (text: string | undefined): text is string => text !== undefined && /^\d{1,12}$/.test(text);

const present = <T>(values: readonly (T | null)[]): readonly T[] => values.filter((value) => value !== null);

const badHeader: Unverified = 'the signature header is not as it must be';
const noFit: Unverified = 'no signature fits the body and the secret';

const verifyTimestamped = async ({ header, timestampKey, signatureKey }: Extract<WebhookScheme, { type: 'timestamped_hmac' }>, signed: Signed): Promise<Unverified | null> => {
  const place: ProofPlace = { in: 'header', name: header };
  const found = single(signed, place);
  if ('refused' in found) return found.refused;
  const parts = found.value.split(',');
  // Headers that came twice are joined with a space.
  if (parts.some((part) => part !== part.trim())) return wrong(place, 'is not as it must be');
  const items = parts.map((item) => [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)] as const);
  const valuesOf = (key: string): readonly string[] => items.flatMap(([name, value]) => (name === key ? [value] : []));
  const [time, ...otherTimes] = valuesOf(timestampKey);
  const signatures = present(valuesOf(signatureKey).map(fromHex));
  if (!isTime(time) || otherTimes.length > 0 || signatures.length === 0) return wrong(place, 'is not as it must be');
  const fits = await anyFits(signed.secrets.map(bytesOf), signatures, joinBytes([bytesOf(`${time}.`), signed.body]));
  return fits ? timeProblem(time, signed.now) : noFit;
};

const verifyStandard = async ({ headerPrefix }: Extract<WebhookScheme, { type: 'standard_webhooks' }>, signed: Signed): Promise<Unverified | null> => {
  const [id, time, signature] = ['id', 'timestamp', 'signature'].map((name) => single(signed, { in: 'header', name: headerPrefix + name }));
  for (const found of [id, time, signature]) if (found === undefined || 'refused' in found) return found?.refused ?? badHeader;
  if (id === undefined || time === undefined || signature === undefined || !('value' in id && 'value' in time && 'value' in signature)) return badHeader;
  const signatures = present(signature.value.split(' ').map((item) => (item.startsWith('v1,') ? fromBase64(item.slice(3)) : null)));
  if (!isTime(time.value) || id.value.includes('.') || signatures.length === 0) return badHeader;
  const keys = present(signed.secrets.map((secret) => decodeBase64(secret.replace(/^whsec_/, '')))).filter((key) => key.length > 0);
  if (keys.length === 0) return 'no usable secret is configured';
  const fits = await anyFits(keys, signatures, joinBytes([bytesOf(`${id.value}.${time.value}.`), signed.body]));
  return fits ? timeProblem(time.value, signed.now) : noFit;
};

const verifyPlain = async ({ encoding, prefix = '', over = 'body', ...place }: Extract<WebhookScheme, { type: 'hmac' }>, signed: Signed): Promise<Unverified | null> => {
  const found = single(signed, place);
  if ('refused' in found) return found.refused;
  const text = found.value.startsWith(prefix) ? found.value.slice(prefix.length) : '';
  const signature = encoding === 'hex' ? fromHex(text) : fromBase64(text);
  if (signature === null) return wrong(place, 'is not as it must be');
  const before = over === 'body' ? '' : signed.address;
  // Without its address it is not known what was signed.
  if (before === null) return noFit;
  return (await anyFits(signed.secrets.map(bytesOf), [signature], joinBytes([bytesOf(before), signed.body]))) ? null : noFit;
};

const verifyToken = async (place: ProofPlace, signed: Signed): Promise<Unverified | null> => {
  const found = single(signed, place);
  if ('refused' in found) return found.refused;
  return (await isToken(found.value, signed.secrets)) ? null : 'the token is not the configured one';
};

/**
 * Whether a delivery is the provider's own, by its scheme. Anything missing, altered, old (300 seconds), from the future (300 seconds) or ambiguous is
 * refused, and so is whatever cannot be worked out.
 * @returns why it is refused; `null` when it is verified.
 */
export const verifyDelivery = async (scheme: WebhookScheme, signed: Signed): Promise<Unverified | null> => {
  const secrets = signed.secrets.filter((secret) => secret.trim() !== '');
  if (secrets.length === 0) return 'no usable secret is configured';
  const usable = { ...signed, secrets };
  try {
    return await match(scheme)
      .returnType<Promise<Unverified | null>>()
      .with({ type: 'shared_token' }, (token) => verifyToken(token, usable))
      .with({ type: 'timestamped_hmac' }, (timestamped) => verifyTimestamped(timestamped, usable))
      .with({ type: 'standard_webhooks' }, (standard) => verifyStandard(standard, usable))
      .with({ type: 'hmac' }, (plain) => verifyPlain(plain, usable))
      .exhaustive();
  } catch {
    return badHeader;
  }
};
