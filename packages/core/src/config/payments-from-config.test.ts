import { describe, expect, it } from 'vitest';
import { paymentsFromConfig, Secret, type SelectionConfig } from '../index.js';
import { apiKey } from '../testing/acme.js';
import { errorOf, payment } from '../testing/client.js';
import { answer, scriptedFetch } from '../testing/scripted-fetch.js';
import { shops } from './testing/shops.js';

/** A configuration as a file may have it. */
const told = (config: unknown, options: object = {}) => errorOf(paymentsFromConfig(config as SelectionConfig, shops().adapters, options));
const account = { provider: 'corner', apiKey } as const;

describe('a configuration object', () => {
  it('gives a client for each account, under its name, with its settings', async () => {
    const { fetch, requests } = scriptedFetch(answer(200, payment()), answer(200, payment()));
    const { adapters } = shops();
    const selection = await paymentsFromConfig(
      { default: 'eu', accounts: { jp: account, eu: { ...account, apiKey: new Secret(apiKey), baseUrl: 'https://eu.example', fetch } } },
      adapters,
    );
    expect(selection).toMatchObject({ accounts: ['jp', 'eu'], environment: 'test' });
    expect(selection.for('jp').account).toBe('jp');
    expect(selection.default).toBe(selection.for('eu'));
    const intent = await selection.default.paymentIntents.retrieve('eu:pi_1');
    expect(intent.ref).toBe('eu:pi_1');
    expect(requests[0]?.url.origin).toBe('https://eu.example');
  });

  it('loads the adapters that it names, each once, and no others', async () => {
    const { adapters, loaded } = shops();
    await paymentsFromConfig({ default: 'a', accounts: { a: account, b: account } }, adapters);
    expect(loaded).toEqual(['corner']);
  });

  it('passes what all accounts share to each of them; what an account says itself wins', async () => {
    const [all, one] = [scriptedFetch(answer(200, payment())), scriptedFetch(answer(200, payment()))];
    const accounts = { a: account, b: { ...account, fetch: one.fetch } } as const;
    const selection = await paymentsFromConfig({ default: 'a', accounts }, shops().adapters, { fetch: all.fetch });
    await selection.for('a').paymentIntents.retrieve('a:pi_1');
    await selection.for('b').paymentIntents.retrieve('b:pi_1');
    expect([all.requests.length, one.requests.length]).toEqual([1, 1]);
  });

  it('gives the adapter of an account, and refuses a name of no account', async () => {
    const selection = await paymentsFromConfig({ default: 'a', accounts: { a: account, b: account } }, shops().adapters);
    expect(selection.adapterOf('b').provider).toBe(selection.for('b').provider);
    const name: string = 'c';
    expect(() => selection.adapterOf(name as 'a')).toThrow('account is not the name of an account. Accounts are a, b.');
  });

  it('leaves out what is undefined', async () => {
    const accounts: unknown = { shop: { ...account, wire: undefined, deadline: undefined } };
    await expect(paymentsFromConfig({ accounts } as SelectionConfig, shops().adapters)).resolves.toMatchObject({ accounts: ['shop'] });
  });
});

it.each([['adapters that are none', null], ['no adapters', {}]])('%s: the message says to give one', async (_what, adapters) => {
  const { problems } = await errorOf(paymentsFromConfig({ accounts: { shop: account } }, adapters as ReturnType<typeof shops>['adapters']));
  expect(problems).toMatchObject([{ field: 'accounts.shop.provider', remedy: 'Give an adapter for it.' }]);
});

describe('choosing per request', () => {
  const accounts = { jp: account, eu: account } as const;

  it('asks the function that was given, and gives the client of the account that it names', async () => {
    const selection = await paymentsFromConfig({ default: 'jp', accounts }, shops().adapters, { choose: ({ currency }) => (currency === 'JPY' ? 'jp' : 'eu') });
    expect(selection.choose({ currency: 'JPY' }).account).toBe('jp');
    expect(selection.choose({ currency: 'EUR' }).account).toBe('eu');
  });

  it('without one gives the default account', async () => {
    const selection = await paymentsFromConfig({ default: 'eu', accounts }, shops().adapters);
    expect(selection.choose({ currency: 'JPY' }).account).toBe('eu');
  });

  it.each([
    ['a name of no account', () => 'us'],
    ['nothing', () => undefined],
    ['a promise', async () => 'jp'],
    ['a name that every object has', () => 'constructor'],
  ])('refuses %s, and names the accounts', async (_what, choose) => {
    const selection = await paymentsFromConfig({ default: 'jp', accounts }, shops().adapters, { choose: choose as () => string });
    expect(() => selection.choose({})).toThrow(expect.objectContaining({ code: 'configuration', outcome: 'not_sent', message: expect.stringContaining('Accounts are jp, eu.') }));
  });

  it('refuses a name of no account from for() too', async () => {
    const selection = await paymentsFromConfig({ default: 'jp', accounts }, shops().adapters);
    const name: string = 'us';
    expect(() => selection.for(name)).toThrow('account is not the name of an account. Accounts are jp, eu.');
  });
});

describe('a configuration object that is wrong', () => {
  it.each<readonly [string, unknown, readonly string[]]>([
    ['no object', 'hunted', ['config']],
    ['no accounts', {}, ['accounts']],
    ['accounts that are none', { accounts: 'hunted' }, ['accounts']],
    ['an account that is none', { accounts: { shop: 'hunted' } }, ['accounts.shop']],
    ['a name in upper case', { accounts: { Shop: account } }, ['accounts.Shop']],
    ['no provider', { accounts: { shop: { apiKey } } }, ['accounts.shop.provider']],
    ['an unknown provider', { accounts: { shop: { ...account, provider: 'hunted' } } }, ['accounts.shop.provider']],
    ['a provider that every object has', { accounts: { shop: { ...account, provider: 'constructor' } } }, ['accounts.shop.provider']],
    ['no key', { accounts: { shop: { provider: 'corner' } } }, ['accounts.shop.apiKey']],
    ['a wrong key', { accounts: { shop: { ...account, apiKey: 'hunted-key' } } }, ['accounts.shop.apiKey']],
    ['a wrong option', { accounts: { shop: { ...account, wire: 'hunted' } } }, ['accounts.shop.wire']],
    ['a misspelt option', { accounts: { shop: { ...account, wyre: 'hunted' } } }, ['accounts.shop.wyre']],
    ['an address that is none', { accounts: { shop: { ...account, baseUrl: 'hunted' } } }, ['accounts.shop.baseUrl']],
    ['an address that is not encrypted', { accounts: { shop: { ...account, baseUrl: 'http://hunted.example' } } }, ['accounts.shop.baseUrl']],
    ['text as a time', { accounts: { shop: { ...account, deadline: 'hunted' } } }, ['accounts.shop.deadline']],
    ['no time', { accounts: { shop: { ...account, attemptTimeout: 0 } } }, ['accounts.shop.attemptTimeout']],
    ['half a repetition', { accounts: { shop: { ...account, retries: 0.5 } } }, ['accounts.shop.retries']],
    ['an empty secret', { accounts: { shop: { ...account, webhookSecret: '' } } }, ['accounts.shop.webhookSecret']],
    ['no secrets', { accounts: { shop: { ...account, webhookSecret: [] } } }, ['accounts.shop.webhookSecret']],
    ['limits that are none', { accounts: { shop: { ...account, limits: 'hunted' } } }, ['accounts.shop.limits']],
    ['a fetch that is none', { accounts: { shop: { ...account, fetch: 'hunted' } } }, ['accounts.shop.fetch']],
    ['an unknown environment', { environment: 'hunted', accounts: { shop: account } }, ['environment']],
    ['a default that is no account', { default: 'hunted', accounts: { shop: account } }, ['default']],
    ['a default that is no name', { default: 1, accounts: { shop: account } }, ['default']],
    ['several accounts without a default', { accounts: { a: account, b: account } }, ['default']],
    ['an exception for no account', { allow: { liveKeys: ['hunted'] }, accounts: { shop: account } }, ['allow.liveKeys']],
    ['exceptions that are no list', { allow: { testKeys: 'hunted' }, accounts: { shop: account } }, ['allow.testKeys']],
    ['exceptions that are none', { allow: 'hunted', accounts: { shop: account } }, ['allow']],
    ['a misspelt exception', { allow: { liveKey: ['hunted'] }, accounts: { shop: account } }, ['allow.liveKey']],
    ['a misspelt member', { acounts: 'hunted', accounts: { shop: account } }, ['acounts']],
    ['a live key outside production', { accounts: { shop: { ...account, apiKey: 'sk_live_hunted' } } }, ['accounts.shop.apiKey']],
    ['a test key in production', { environment: 'production', accounts: { shop: account } }, ['accounts.shop.apiKey']],
  ])('%s is refused at start-up, naming the path but no value', async (_what, config, fields) => {
    const error = await told(config);
    expect(error).toMatchObject({ code: 'configuration', outcome: 'not_sent' });
    expect(error.problems.map(({ field }) => field)).toEqual(fields);
    expect(JSON.stringify(error)).not.toContain('hunted');
    for (const { field, problem, remedy } of error.problems) expect(error.message).toContain(`${field} ${problem}. ${remedy}`);
  });

  it('is told in one message, with all that is wrong in all accounts', async () => {
    const error = await told({
      environment: 'live',
      default: 'us',
      accounts: { jp: { provider: 'cornr' }, eu: { ...account, apiKey: 'x', wire: 'x', retries: -1, retrys: 3 } },
    }, { choose: 1 });
    expect(error.problems.map(({ field }) => field)).toEqual([
      'environment',
      'accounts.jp.provider',
      'accounts.eu.apiKey',
      'accounts.eu.wire',
      'accounts.eu.retries',
      'accounts.eu.retrys',
      'default',
      'options.choose',
    ]);
  });

  it('names the options that may be meant', async () => {
    expect((await told({ accounts: { shop: { ...account, webhookSecrets: 'whsec_1' } } })).message).toContain('Remove it, or use webhookSecret,');
  });

  it.each(['choose', 'fetch', 'onExchange', 'clock', 'sleep', 'random'])('refuses a shared %s that is no function', async (name) => {
    expect((await told({ accounts: { shop: account } }, { [name]: 'hunted' })).problems.map(({ field }) => field)).toEqual([`options.${name}`]);
  });
});

describe('a key of the wrong mode', () => {
  const live = { ...account, apiKey: 'sk_live_1' } as const;

  it.each<readonly [string, SelectionConfig]>([
    ['a live key in production', { environment: 'production', accounts: { shop: live } }],
    ['a live key elsewhere, by the account’s name', { allow: { liveKeys: ['shop'] }, accounts: { shop: live } }],
    ['a test key in production, by the account’s name', { environment: 'production', allow: { testKeys: ['shop'] }, accounts: { shop: account } }],
  ])('is allowed as %s', async (_what, config) => {
    await expect(paymentsFromConfig(config, shops().adapters)).resolves.toMatchObject({ accounts: ['shop'] });
  });

  it('is allowed for the account that is named and for no other', async () => {
    const error = await told({ default: 'a', allow: { liveKeys: ['a'], testKeys: ['b'] }, accounts: { a: live, b: live } });
    expect(error.problems).toEqual([{ field: 'accounts.b.apiKey', problem: 'is a live key, and this is not production', remedy: 'Give a test key, set environment to production, or name b in allow.liveKeys.' }]);
  });
});
