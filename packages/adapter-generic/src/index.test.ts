import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { paymentsFromConfig, PaymentError, Secret, type SelectionConfig } from '@oneintent/core';
import { stripe, type Profile } from './index.js';
import { apiKey, errorOf } from './testing/wire.js';

const acme = { name: 'acme', baseUrl: 'https://api.acme.example', operations: ['paymentIntents.create'] } as const satisfies Profile;

/** As a configuration that was read from a file: nothing is known of its type. */
const chosen = (options: object) =>
  paymentsFromConfig({ accounts: { shop: { provider: 'generic', ...options } } } as SelectionConfig, { generic: () => import('./index.js') });

describe('chosen by name in a configuration', () => {
  it.each([
    ['Stripe, by its name', 'stripe', 'stripe', stripe.operations],
    ['a service of your own, by its profile', acme, 'acme', acme.operations],
  ])('%s', async (_what, profile, provider, operations) => {
    const { for: of } = await chosen({ profile, apiKey });
    expect(of('shop')).toMatchObject({ provider, account: 'shop' });
    expect([...of('shop').operations].toSorted()).toEqual([...operations].toSorted());
  });

  it('the key may come sealed, and never shows', async () => {
    const { default: payments } = await chosen({ profile: 'stripe', apiKey: new Secret(apiKey) });
    expect(payments.livemode).toBe(false);
    expect(inspect(payments, { depth: 9, showHidden: true })).not.toContain(apiKey);
  });

  it.each([
    ['no profile', { apiKey }, 'profile', 'is missing', 'stripe'],
    ['a profile that does not ship', { profile: 'hunted-pay', apiKey }, 'profile', 'is neither a profile that ships nor a profile', 'stripe'],
    ['what is no profile', { profile: null, apiKey }, 'profile', 'is neither a profile that ships nor a profile', 'stripe'],
    ['a name that every object has', { profile: 'constructor', apiKey }, 'profile', 'is neither a profile that ships nor a profile', 'stripe'],
    ['no key', { profile: 'stripe' }, 'apiKey', 'is missing', 'secret key'],
    ['what is no key', { profile: 'stripe', apiKey: 7 }, 'apiKey', 'is not a key', 'secret key'],
    ['a key of another service', { profile: 'stripe', apiKey: 'hunted_key' }, 'apiKey', 'is not a secret key of this service', 'sk_test_'],
    ['a key for browsers', { profile: 'stripe', apiKey: 'pk_test_hunted' }, 'apiKey', 'is a public key', 'sk_test_'],
    ['an incomplete profile', { profile: { ...acme, operations: [] }, apiKey }, 'profile.operations', 'is empty', 'operation'],
  ])('%s is refused, saying where, what and what to do, without the value', async (_what, options, field, problem, remedy) => {
    const error = await errorOf(chosen(options));
    expect(error).toMatchObject({ code: 'configuration', problems: [{ field: `accounts.shop.${field}`, problem: expect.stringContaining(problem), remedy: expect.stringContaining(remedy) }] });
    expect(PaymentError.is(error) && inspect(error)).not.toContain('hunted');
  });
});
