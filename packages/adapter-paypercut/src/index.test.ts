import { createPayments, Secret } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { paypercut, type PaypercutOptions } from './index.js';

/** What JavaScript may pass, whatever the types say. */
const untyped = (options: unknown): PaypercutOptions => options as PaypercutOptions;

describe('the configuration', () => {
  it.each([
    ['sk_test_a', false],
    ['sk_live_a', true],
  ])('%s says the mode', (apiKey, livemode) => {
    expect(createPayments({ adapter: paypercut({ apiKey }) }).livemode).toBe(livemode);
    expect(paypercut({ apiKey: new Secret(apiKey) }).livemode).toBe(livemode);
  });

  it.each(['', 'pk_test_public', 'sk_other_a', 'sk_test_', 'sk_test_a\nX-Other: 1', ' sk_test_a'])('refuses the key %j', (apiKey) => {
    expect(() => paypercut({ apiKey })).toThrow(expect.objectContaining({ code: 'configuration', problems: [expect.objectContaining({ field: 'apiKey' })] }));
  });

  it.each([undefined, {}, { apiKey: 7 }, { apiKey: new Secret(7) }])('refuses what is no key', (options) => {
    expect(() => paypercut(untyped(options))).toThrow('begins with sk_test_ or sk_live_');
  });

  it('says that a public key is for browsers, without quoting it', () => {
    expect(() => paypercut({ apiKey: 'pk_test_0123456789' })).toThrow(/^(?!.*0123456789).*is a public key, which is for browsers/);
  });
});
