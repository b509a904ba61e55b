const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const randomText = (alphabet: string, length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet.charAt(byte % alphabet.length)).join('');

/** A prefixed id such as `pi_3Nr…`. */
export const prefixedId = (prefix: string, length = 24): string => `${prefix}${randomText(base62, length)}`;

/** A 26-character ULID: 10 characters of time, 16 of chance. */
export function ulid(at: number): string {
  const time = Array.from({ length: 10 }, (_, place) => crockford.charAt(Math.floor(at / 32 ** (9 - place)) % 32));
  return `${time.join('')}${randomText(crockford, 16)}`;
}
