import { describe, expect, it } from 'vitest';
import { defineOperations, type WireAmount } from '../adapter.js';
import { createPayments, money } from '../index.js';
import { acme } from '../testing/acme.js';

describe('an amount, as an adapter gets it', () => {
  const written: WireAmount[] = [];
  const { 'paymentIntents.create': create } = acme().operations;
  if (create === undefined) throw new Error('The fake provider creates payments.');
  const operations = defineOperations({ 'paymentIntents.create': { ...create, request: (input) => (written.push(input.amount), create.request(input)) } });
  const payments = createPayments({ adapter: { ...acme(), operations }, retries: 0, fetch: () => Promise.reject(new TypeError('nobody there')) });

  it.each([
    ['of the provider’s own', money(500, 'ISK'), { units: 50_000, scale: 2, currency: 'ISK' }],
    ['of the currency: none', money(500, 'JPY'), { units: 500, scale: 0, currency: 'JPY' }],
    ['of the currency: two', money(500, 'EUR'), { units: 500, scale: 2, currency: 'EUR' }],
    ['of the currency: three', money(500, 'KWD'), { units: 500, scale: 3, currency: 'KWD' }],
  ])('says how many decimal digits its units have, %s', async (_whose, amount, wire) => {
    written.length = 0;
    await payments.paymentIntents.create({ amount }).catch(() => undefined);
    expect(written).toEqual([wire]);
  });
});
