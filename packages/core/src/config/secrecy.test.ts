import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { paymentsFromConfig, paymentsFromEnv, PaymentError, type SelectionConfig } from '../index.js';
import { shops } from './testing/shops.js';

/** A text that no message has by chance, and no account is called. */
const secret = fc.tuple(fc.constantFrom('sk_test_', 'sk_live_', 'pk_test_', 'whsec_', 'broken', ''), fc.stringMatching(/^[\w+/=.$*-]{6,20}Qz7$/)).map((parts) => parts.join(''));
const value = fc.oneof({ weight: 4, arbitrary: secret }, fc.constantFrom('corner', 'market', 'jp', 'jp,eu', 'full', 'green', 'production', '1'));

const variables = [
  'PROVIDER', 'API_KEY', 'APIKEY', 'WIRE_SHAPE', 'COLOUR', 'COLOR', 'WEBHOOK_SECRET', 'WEBHOOK_SECERT', 'DEADLINE', 'RETRIES', 'BASE_URL', 'ACCOUNTS', 'ACCOUNT',
  'DEFAULT_ACCOUNT', 'ENVIRONMENT', 'ALLOW_LIVE_KEYS', 'JP_API_KEY', 'JP_PROVIDER', 'JP_COLOUR', 'EU_KEY',
]; // prettier-ignore
const misplaced = fc.dictionary(fc.constantFrom(...variables.map((name) => `ONEINTENT_${name}`)), value, { maxKeys: 6 });
/** Otherwise most environments would fail for want of a provider. */
const begun = fc.constantFrom(
  {},
  { ONEINTENT_PROVIDER: 'corner' },
  { ONEINTENT_PROVIDER: 'market', ONEINTENT_API_KEY: 'sk_test_1' },
  { ONEINTENT_ACCOUNTS: 'jp', ONEINTENT_JP_PROVIDER: 'market', ONEINTENT_JP_API_KEY: 'sk_test_1' },
);
const environment = fc.tuple(begun, misplaced).map((parts): Readonly<Record<string, string>> => Object.assign({}, ...parts));

const options = ['apiKey', 'apikey', 'wire', 'colour', 'webhookSecret', 'deadline', 'baseUrl', 'limits', 'fetch'];
const rest = fc.dictionary(fc.constantFrom(...options), fc.oneof(value, fc.array(value, { maxLength: 2 })), { maxKeys: 6 });
const account = fc.tuple(value, rest).map(([provider, others]) => ({ provider, ...others }));
const accounts = fc.record({ jp: account, eu: account }, { requiredKeys: [] });
const allow = fc.oneof(value, fc.record({ liveKeys: fc.array(value) }));
const config = fc.record({ environment: value, default: value, allow, accounts }, { requiredKeys: ['accounts'] });

const textsIn = (given: unknown): readonly string[] => (typeof given === 'string' ? [given] : typeof given === 'object' && given !== null ? Object.values(given).flatMap(textsIn) : []);

/** Every way in which an application's log may write a value. */
const printed = (shown: unknown): string => [String(shown), JSON.stringify(shown), inspect(shown, { depth: 10, showHidden: true }), shown instanceof Error ? `${shown.message}${shown.stack}` : ''].join('\n');

/** The secrets of what was given that show in what came of it. */
const leaks = async (from: unknown, selecting: Promise<unknown>): Promise<readonly string[]> => {
  const shown = await selecting.catch((error: unknown) => error);
  if (shown instanceof Error && !PaymentError.is(shown)) throw shown;
  const output = printed(shown).toLowerCase();
  return textsIn(from).filter((text) => text.endsWith('Qz7') && output.includes(text.toLowerCase()));
};

it('whatever is wrong with an environment, no secret is printed: not in the message, JSON, nor inspection, wherever it was put', async () => {
  const property = fc.asyncProperty(environment, async (env) => (await leaks(env, paymentsFromEnv(env, shops().adapters))).length === 0);
  await expect(fc.assert(property, { numRuns: 500 })).resolves.toBeUndefined();
});

it('whatever is wrong with a configuration, no secret is printed: not in the message, JSON, nor inspection, wherever it was put', async () => {
  const property = fc.asyncProperty(config, async (told) => (await leaks(told, paymentsFromConfig(told as unknown as SelectionConfig, shops().adapters))).length === 0);
  await expect(fc.assert(property, { numRuns: 500 })).resolves.toBeUndefined();
});

it('an adapter whose messages quote its options has them replaced', async () => {
  const quoted = { accounts: { eu: { provider: 'market', apiKey: 'given-key-1', colour: 'blue-ish' } } } as const;
  const error: unknown = await paymentsFromConfig(quoted, shops().adapters).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ problems: [{ field: 'accounts.eu.colour', problem: 'is not as the adapter needs it' }] });
  const broken: unknown = await paymentsFromConfig({ accounts: { eu: { provider: 'market', apiKey: 'broken-key-1' } } }, shops().adapters).catch((thrown: unknown) => thrown);
  expect(broken).toMatchObject({ problems: [{ field: 'accounts.eu', problem: 'is not as the adapter needs it' }] });
  const later: unknown = await paymentsFromConfig({ accounts: { eu: { provider: 'market', apiKey: 'given-key-1' } } }, shops().adapters).catch((thrown: unknown) => thrown);
  expect(later).toMatchObject({ problems: [{ field: 'accounts.eu.apiKey', problem: 'is not as the adapter needs it' }] });
});
