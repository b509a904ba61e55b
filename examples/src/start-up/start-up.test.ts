import { describe, expect, it } from 'vitest';
import { openAccounts } from './accounts.js';
import { frameworks } from './frameworks.js';
import { play } from './play.js';

describe.each(frameworks)('a shop in %s', (_framework, handle) => {
  it.each(['paypercut', 'stripe'] as const)('takes each currency at the account that the environment names, Europe at %s', async (provider) => {
    const { answers, books } = await play(handle, provider);
    expect(answers).toMatchObject([{ ref: expect.stringMatching(/^jp:/), status: 'succeeded' }, { ref: expect.stringMatching(/^eu:/), status: 'succeeded' }]);
    expect(books).toEqual([['5400 JPY'], ['2599 EUR']]);
  });
});

const right = { ONEINTENT_PROVIDER: 'paypercut', ONEINTENT_API_KEY: 'sk_test_1' };

describe('the real adapters, chosen by the environment', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, string, string]>([
    ['a public key of PAY.JP', { ONEINTENT_PROVIDER: 'payjp', ONEINTENT_API_KEY: 'pk_test_1' }, 'ONEINTENT_API_KEY', 'is a public key, which is for browsers'],
    ['no key of PAY.JP', { ONEINTENT_PROVIDER: 'payjp' }, 'ONEINTENT_API_KEY', 'is missing'],
    ['an unknown dialect of PAY.JP', { ONEINTENT_PROVIDER: 'payjp', ONEINTENT_API_KEY: 'sk_test_1', ONEINTENT_DIALECT: 'payment' }, 'ONEINTENT_DIALECT', 'is not a dialect of PAY.JP'],
    ['another service’s key for Paypercut', { ...right, ONEINTENT_API_KEY: 'rk_1' }, 'ONEINTENT_API_KEY', 'is not a secret key of Paypercut'],
    ['no key of Paypercut', { ONEINTENT_PROVIDER: 'paypercut' }, 'ONEINTENT_API_KEY', 'is missing'],
    ['a dialect of Paypercut, which has one', { ...right, ONEINTENT_DIALECT: 'payment_flows' }, 'ONEINTENT_DIALECT', 'is not a variable of OneIntent'],
    ['a live key', { ...right, ONEINTENT_API_KEY: 'sk_live_1' }, 'ONEINTENT_API_KEY', 'is a live key, and this is not production'],
    ['no profile of the generic adapter', { ONEINTENT_PROVIDER: 'generic', ONEINTENT_API_KEY: 'sk_test_1' }, 'ONEINTENT_PROFILE', 'is missing'],
    ['an unknown profile', { ONEINTENT_PROVIDER: 'generic', ONEINTENT_API_KEY: 'sk_test_1', ONEINTENT_PROFILE: 'acme' }, 'ONEINTENT_PROFILE', 'is neither a profile that ships nor a profile'],
    ['no key of the generic adapter', { ONEINTENT_PROVIDER: 'generic', ONEINTENT_PROFILE: 'stripe' }, 'ONEINTENT_API_KEY', 'is missing'],
    ['a public key of Stripe', { ONEINTENT_PROVIDER: 'generic', ONEINTENT_PROFILE: 'stripe', ONEINTENT_API_KEY: 'pk_test_1' }, 'ONEINTENT_API_KEY', 'is a public key, which is for browsers'],
  ])('refuse %s', async (_what, env, field, problem) => {
    const sentence = expect.stringMatching(/^[A-Z].*[^.]\.$/);
    await expect(openAccounts(env)).rejects.toMatchObject({ code: 'configuration', problems: [{ field, problem, remedy: sentence }] });
  });

  it('open one account under the name that the environment gives it', async () => {
    const accounts = await openAccounts({ ...right, ONEINTENT_ACCOUNT: 'eu' });
    expect(accounts.forCurrency('EUR')).toMatchObject({ account: 'eu', provider: 'paypercut' });
  });
});
