import { describe, expect, it } from 'vitest';
import { paymentsFromEnv, supports } from '../index.js';
import { apiKey } from '../testing/acme.js';
import { errorOf, payment } from '../testing/client.js';
import { answer, scriptedFetch } from '../testing/scripted-fetch.js';
import { shops } from './testing/shops.js';

const one = { ONEINTENT_PROVIDER: 'corner', ONEINTENT_API_KEY: apiKey };
const two = {
  ONEINTENT_ACCOUNTS: 'jp, shop-eu',
  ONEINTENT_DEFAULT_ACCOUNT: 'jp',
  ONEINTENT_JP_PROVIDER: 'corner',
  ONEINTENT_JP_API_KEY: apiKey,
  ONEINTENT_SHOP_EU_PROVIDER: 'market',
  ONEINTENT_SHOP_EU_API_KEY: apiKey,
};

const told = (env: Readonly<Record<string, string | undefined>>) => errorOf(paymentsFromEnv(env, shops().adapters));
const fieldsOf = async (env: Readonly<Record<string, string | undefined>>) => (await told(env)).problems.map(({ field }) => field);

describe('an environment', () => {
  it('gives one account, called as its provider calls itself', async () => {
    const { adapters, loaded } = shops();
    const selection = await paymentsFromEnv({ ...one, PATH: '/bin', ONEINTENT_WIRE_SHAPE: 'full', ONEINTENT_DEADLINE: '' }, adapters);
    expect(selection.accounts).toEqual(['corner']);
    expect(supports(selection.default, 'paymentIntents.list')).toBe(true);
    expect(loaded).toEqual(['corner']);
    const market = await paymentsFromEnv({ ...one, ONEINTENT_PROVIDER: 'market' }, adapters);
    expect(market.accounts).toEqual(['market-eu']);
  });

  it('gives one account a name of your own', async () => {
    expect((await paymentsFromEnv({ ...one, ONEINTENT_ACCOUNT: 'shop' }, shops().adapters)).accounts).toEqual(['shop']);
  });

  it('gives several accounts, each with its own variables', async () => {
    const selection = await paymentsFromEnv(two, shops().adapters);
    expect(selection.accounts).toEqual(['jp', 'shop-eu']);
    expect(selection.default.account).toBe('jp');
    expect(selection.for('shop-eu').provider).toBe('market-eu');
  });

  it('does without what is not text', async () => {
    const bindings = { ...one, STORE: {}, ONEINTENT_RETRIES: undefined, ONEINTENT_STORE: {} };
    expect((await paymentsFromEnv(bindings, shops().adapters)).accounts).toEqual(['corner']);
  });

  it('fills the settings of the client', async () => {
    const { fetch, requests } = scriptedFetch(answer(503, {}), answer(200, payment()));
    const env = { ...one, ONEINTENT_BASE_URL: 'https://eu.example', ONEINTENT_RETRIES: '0', ONEINTENT_WEBHOOK_SECRET: 'whsec_old, whsec_new', ONEINTENT_DEADLINE: '9000', ONEINTENT_ATTEMPT_TIMEOUT: '900' };
    const { default: payments } = await paymentsFromEnv(env, shops().adapters, { fetch });
    if (!supports(payments, 'paymentIntents.retrieve')) throw new Error('It can.');
    await errorOf(payments.paymentIntents.retrieve('corner:pi_1'));
    expect(requests.map(({ url }) => url.origin)).toEqual(['https://eu.example']);
    const delivery = { body: '{}', headers: { 'acme-signature': 't=1,v1=00' } };
    await expect(payments.webhooks.verify(delivery)).rejects.toMatchObject({ code: 'webhook_unverified' });
  });

  it('is production when it says so, or else when NODE_ENV does', async () => {
    const live = { ...one, ONEINTENT_API_KEY: 'sk_live_1' };
    const { adapters } = shops();
    expect((await paymentsFromEnv({ ...live, NODE_ENV: 'production' }, adapters)).environment).toBe('production');
    expect((await paymentsFromEnv({ ...live, ONEINTENT_ENVIRONMENT: 'production' }, adapters)).environment).toBe('production');
    expect((await paymentsFromEnv({ ...one, NODE_ENV: 'production', ONEINTENT_ENVIRONMENT: 'test' }, adapters)).environment).toBe('test');
    expect((await paymentsFromEnv({ ...one, NODE_ENV: 'staging' }, adapters)).environment).toBe('test');
  });

  it('allows a key of the other mode to the accounts that it names', async () => {
    const { adapters } = shops();
    await expect(paymentsFromEnv({ ...two, ONEINTENT_JP_API_KEY: 'sk_live_1', ONEINTENT_ALLOW_LIVE_KEYS: 'jp' }, adapters)).resolves.toMatchObject({ environment: 'test' });
    await expect(paymentsFromEnv({ ...one, NODE_ENV: 'production', ONEINTENT_ALLOW_TEST_KEYS: 'corner' }, adapters)).resolves.toMatchObject({ environment: 'production' });
  });
});

describe('an environment that is wrong', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ['nothing at all', {}, ['ONEINTENT_PROVIDER']],
    ['no provider', { ONEINTENT_API_KEY: apiKey }, ['ONEINTENT_PROVIDER']],
    ['an unknown provider', { ...one, ONEINTENT_PROVIDER: 'hunted' }, ['ONEINTENT_PROVIDER']],
    ['the key in the provider’s place', { ONEINTENT_PROVIDER: 'sk_test_hunted' }, ['ONEINTENT_PROVIDER']],
    ['no key', { ONEINTENT_PROVIDER: 'corner' }, ['ONEINTENT_API_KEY']],
    ['a wrong key', { ...one, ONEINTENT_API_KEY: 'hunted' }, ['ONEINTENT_API_KEY']],
    ['a wrong option, by the variable that its adapter calls otherwise', { ...one, ONEINTENT_WIRE_SHAPE: 'hunted' }, ['ONEINTENT_WIRE_SHAPE']],
    ['an option of another provider', { ...one, ONEINTENT_COLOUR: 'hunted' }, ['ONEINTENT_COLOUR']],
    ['an address that is not encrypted', { ...one, ONEINTENT_BASE_URL: 'http://hunted.example' }, ['ONEINTENT_BASE_URL']],
    ['text as a time', { ...one, ONEINTENT_DEADLINE: 'hunted' }, ['ONEINTENT_DEADLINE']],
    ['a time in seconds', { ...one, ONEINTENT_ATTEMPT_TIMEOUT: '1.5s' }, ['ONEINTENT_ATTEMPT_TIMEOUT']],
    ['less than no repetition', { ...one, ONEINTENT_RETRIES: '-1' }, ['ONEINTENT_RETRIES']],
    ['secrets that are only commas', { ...one, ONEINTENT_WEBHOOK_SECRET: ' , ' }, ['ONEINTENT_WEBHOOK_SECRET']],
    ['a misspelt variable', { ...one, ONEINTENT_WEBHOOK_SECERT: 'hunted' }, ['ONEINTENT_WEBHOOK_SECERT']],
    ['a misspelt key and so none', { ONEINTENT_PROVIDER: 'corner', ONEINTENT_APIKEY: 'hunted' }, ['ONEINTENT_API_KEY', 'ONEINTENT_APIKEY']],
    ['a misspelt key of an unknown provider', { ONEINTENT_PROVIDER: 'cornr', ONEINTENT_APIKEY: 'hunted', ONEINTENT_WIRE_SHAPE: 'full' }, ['ONEINTENT_PROVIDER', 'ONEINTENT_APIKEY']],
    ['an unknown environment', { ...one, ONEINTENT_ENVIRONMENT: 'hunted' }, ['ONEINTENT_ENVIRONMENT']],
    ['a default that is no account', { ...one, ONEINTENT_DEFAULT_ACCOUNT: 'hunted' }, ['ONEINTENT_DEFAULT_ACCOUNT']],
    ['an exception for no account', { ...one, ONEINTENT_ALLOW_LIVE_KEYS: 'corner,hunted' }, ['ONEINTENT_ALLOW_LIVE_KEYS']],
    ['a name that is none', { ...one, ONEINTENT_ACCOUNT: 'Hunted' }, ['ONEINTENT_ACCOUNT']],
    ['a live key outside production', { ...one, ONEINTENT_API_KEY: 'sk_live_hunted' }, ['ONEINTENT_API_KEY']],
    ['a test key in production', { ...one, NODE_ENV: 'production' }, ['ONEINTENT_API_KEY']],
    ['several accounts without a default', { ...two, ONEINTENT_DEFAULT_ACCOUNT: '' }, ['ONEINTENT_DEFAULT_ACCOUNT']],
    ['an account without variables', { ...two, ONEINTENT_ACCOUNTS: 'jp,shop-eu,us' }, ['ONEINTENT_US_PROVIDER']],
    ['an account that is not listed', { ...two, ONEINTENT_US_PROVIDER: 'corner' }, ['ONEINTENT_US_PROVIDER']],
    ['the variables of one account beside several', { ...two, ONEINTENT_API_KEY: 'hunted' }, ['ONEINTENT_API_KEY']],
    ['a name for one account beside several', { ...two, ONEINTENT_ACCOUNT: 'jp' }, ['ONEINTENT_ACCOUNT']],
    ['an account twice', { ...two, ONEINTENT_ACCOUNTS: 'jp,shop-eu,jp' }, ['ONEINTENT_ACCOUNTS']],
    ['the key in the accounts’ place', { ONEINTENT_ACCOUNTS: 'sk_test_hunted' }, ['ONEINTENT_ACCOUNTS']],
    ['an account in upper case, whose variables are right', { ...two, ONEINTENT_ACCOUNTS: 'jp,SHOP-EU' }, ['ONEINTENT_ACCOUNTS']],
    ['only commas', { ONEINTENT_ACCOUNTS: ',' }, ['ONEINTENT_ACCOUNTS']],
  ])('%s is refused at start-up, naming the variable but no value', async (_what, env, fields) => {
    const error = await told(env);
    expect(error).toMatchObject({ code: 'configuration', outcome: 'not_sent' });
    expect(error.problems.map(({ field }) => field)).toEqual(fields);
    expect(JSON.stringify(error)).not.toContain('hunted');
    for (const { field, problem, remedy } of error.problems) expect(error.message).toContain(`${field} ${problem}. ${remedy}`);
  });

  it('is told in one message, with all that is wrong', async () => {
    const env = {
      ...two,
      ONEINTENT_DEFAULT_ACCOUNT: 'us',
      ONEINTENT_ENVIRONMENT: 'live',
      ONEINTENT_JP_API_KEY: 'x',
      ONEINTENT_JP_WIRE_SHAPE: 'x',
      ONEINTENT_JP_RETRIES: 'x',
      ONEINTENT_SHOP_EU_API_KEY: '',
      ONEINTENT_SHOP_EU_API_KEYS: 'x',
    };
    expect(await fieldsOf(env)).toEqual([
      'ONEINTENT_ENVIRONMENT',
      'ONEINTENT_JP_API_KEY',
      'ONEINTENT_JP_WIRE_SHAPE',
      'ONEINTENT_JP_RETRIES',
      'ONEINTENT_SHOP_EU_API_KEY',
      'ONEINTENT_SHOP_EU_API_KEYS',
      'ONEINTENT_DEFAULT_ACCOUNT',
    ]);
  });

  it('lists the providers that there are', async () => {
    expect((await told({ ...one, ONEINTENT_PROVIDER: 'cornr' })).message).toBe('ONEINTENT_PROVIDER is not the name of a provider that adapters has. Use one of corner, market.');
  });

  it('names the variables that may be meant', async () => {
    expect((await told({ ...two, ONEINTENT_API_KEY: apiKey })).problems[0]?.remedy).toContain('ONEINTENT_JP_API_KEY');
    expect((await told({ ...one, ONEINTENT_WEBHOOK_SECRETS: 'x' })).problems[0]?.remedy).toMatch(/^Remove it, or use ONEINTENT_WEBHOOK_SECRET,/);
  });
});
