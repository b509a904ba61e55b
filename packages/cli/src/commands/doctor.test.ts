import { expect, it } from 'vitest';
import { openShop, secrets } from '../testing/world.js';

it('ends with 0 when every account answers and can believe its webhooks', async () => {
  const { run, jp, eu } = openShop();
  const { exitCode, out } = await run(['doctor', '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    accounts: [
      { account: 'jp', provider: 'payjp', livemode: false, connection: { ok: true }, webhooks: { ok: true } },
      { account: 'eu', provider: 'stripe', connection: { ok: true }, webhooks: { ok: true } },
    ],
  });
  expect([...jp.requests(), ...eu.requests()].map(({ method }) => method)).toEqual(['GET', 'GET']);
});

it('shows which account has which operation', async () => {
  const { out } = await openShop().run(['doctor', '--offline']);
  expect(out).toMatch(/^account +provider +dialect +mode +connection +webhooks\njp +payjp +payment_flows +test +not asked +ok: the secret is there\n/);
  expect(out).toMatch(/operation +jp +eu\n/);
  expect(out).toMatch(/paymentIntents.incrementAuthorization +- +yes\n/);
});

it('finds a key that the provider does not accept', async () => {
  const { run, env } = openShop();
  const { exitCode, out } = await run(['doctor', '--account', 'jp'], { env: { ...env, ONEINTENT_JP_API_KEY: 'sk_test_of_another_shop' } });
  expect(exitCode).toBe(1);
  expect(out).toContain('WRONG: authentication, HTTP 401');
});

it('finds a provider that cannot be reached', async () => {
  const { run } = openShop();
  const fetch = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }));
  const { exitCode, out } = await run(['doctor'], { client: { fetch, sleep: () => Promise.resolve() } });
  expect(exitCode).toBe(1);
  expect(out).toContain('WRONG: network');
});

it('finds a webhook secret that is missing', async () => {
  const { run, env } = openShop();
  const { exitCode, out } = await run(['doctor', '--account', 'eu'], { env: { ...env, ONEINTENT_EU_WEBHOOK_SECRET: undefined } });
  expect(exitCode).toBe(1);
  expect(out).toContain('WRONG: the secret is missing: give WEBHOOK_SECRET');
});

it('asks a provider that has no list for a payment that nobody made', async () => {
  const { run } = openShop();
  const asked: string[] = [];
  const env = { ONEINTENT_PROVIDER: 'paypercut', ONEINTENT_API_KEY: secrets.ONEINTENT_EU_API_KEY, ONEINTENT_WEBHOOK_SECRET: secrets.ONEINTENT_EU_WEBHOOK_SECRET };
  const answer = (status: number) => async (url: string | URL | Request) => {
    asked.push(new URL(url instanceof Request ? url.url : url).pathname);
    return Response.json(status === 404 ? { type: 'invalid_request_error', code: 'resource_missing' } : {}, { status });
  };
  expect(await run(['doctor'], { env, client: { fetch: answer(404) } })).toMatchObject({ exitCode: 0 });
  expect(asked).toEqual(['/v1/payment_intents/oneintent_doctor_asks_for_nothing']);
  expect(await run(['doctor'], { env, client: { fetch: answer(401) } })).toMatchObject({ exitCode: 1 });
});

it('tells every problem of the configuration at once, without a value', async () => {
  const { run, env } = openShop();
  const wrong = { ...env, ONEINTENT_JP_API_KEY: 'pk_test_public_1234567', ONEINTENT_EU_PROFILE: undefined, ONEINTENT_EU_KEY: secrets.ONEINTENT_EU_API_KEY };
  const { exitCode, out } = await run(['doctor'], { env: wrong });
  expect(exitCode).toBe(1);
  expect(out).toContain('ONEINTENT_JP_API_KEY is a public key');
  expect(out).toContain('ONEINTENT_EU_PROFILE is missing');
  expect(out).toContain('ONEINTENT_EU_KEY is not a variable of OneIntent');
  expect(out).not.toMatch(/1234567|abcdef/);
  expect(JSON.parse((await run(['doctor', '--json'], { env: wrong })).out).problems).toHaveLength(3);
});

it('says how to install an adapter that is not there', async () => {
  const { run, adapters } = openShop();
  const missing = Object.assign(new Error("Cannot find package '@oneintent/adapter-payjp'"), { code: 'ERR_MODULE_NOT_FOUND' });
  const { exitCode, out } = await run(['doctor'], { adapters: { ...adapters, payjp: () => Promise.reject(missing) } });
  expect(exitCode).toBe(1);
  expect(out).toContain('Run npm install @oneintent/adapter-payjp.');
});

it('takes adapters of your own', async () => {
  const { run, adapters: { payjp = () => Promise.reject(new Error('none')), ...others } } = openShop();
  expect(await run(['doctor', '--adapters', './mine.js'], { adapters: others, importModule: async () => ({ adapters: { payjp } }) })).toMatchObject({ exitCode: 0 });
  expect(await run(['doctor', '--adapters', './mine.js'], { importModule: async () => ({}) })).toMatchObject({ exitCode: 2, err: expect.stringContaining('exports no adapters') });
  expect(await run(['doctor', '--adapters', './mine.js'])).toMatchObject({ exitCode: 2, err: expect.stringContaining("can't be imported: there is no such module") });
});
