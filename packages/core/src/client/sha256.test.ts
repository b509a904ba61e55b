import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from './sha256.js';

const byWebCrypto = async (text: string): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))), (byte) => byte.toString(16).padStart(2, '0')).join('');

describe('SHA-256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  ])('of %j is what FIPS 180-4 says', (text, digest) => {
    expect(sha256(text)).toBe(digest);
  });

  it('of every length about the ends of blocks is that of Web Crypto', async () => {
    for (let length = 0; length <= 200; length += 1) expect(sha256('x'.repeat(length))).toBe(await byWebCrypto('x'.repeat(length)));
  });

  it('of any text, half characters too, is that of Web Crypto', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 1000 }), fc.constantFrom('\ud800', '決済', '🍣\udc00')), async (text) => {
        expect(sha256(text)).toBe(await byWebCrypto(text));
      }),
    );
  });
});
