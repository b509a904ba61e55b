import { createPayments, Secret } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { paypercut } from './index.js';

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
});
