import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createPayments, paymentsFromConfig, Secret, type SelectionConfig } from '@oneintent/core';
import { dialectNames } from './dialects/index.js';
import { payjp, type PayjpDialect, type PayjpOptions } from './index.js';

const thrown = (make: () => unknown): unknown => {
  try {
    return { made: make() };
  } catch (error) {
    return error;
  }
};

/** What JavaScript may pass, whatever the types say. */
const untyped = (options: unknown): PayjpOptions => options as PayjpOptions;

describe('payjp(options)', () => {
  it.each([
    ['nothing at all', undefined],
    ['no key', {}],
    ['an empty key', { apiKey: '' }],
    ['a key of another provider', { apiKey: 'whsec_123' }],
    ['a key with a line break', { apiKey: 'sk_test_123\n' }],
    ['a key that no header can carry', { apiKey: 'sk_test_鍵' }],
    ['a key with something before it', { apiKey: 'Bearer sk_test_123' }],
    ['a list of keys', { apiKey: ['sk_test_123'] }],
    ['a secret that holds no text', { apiKey: new Secret(1) }],
  ])('refuses %s at start-up, in one sentence that says what to give', (_what, options) => {
    expect(thrown(() => payjp(untyped(options)))).toMatchObject({
      code: 'configuration', outcome: 'not_sent', provider: 'payjp', message: expect.stringContaining('begins with sk_test_ or sk_live_'),
      problems: [{ field: 'apiKey', problem: 'is not a secret key of PAY.JP' }],
    });
  });

  it('says that a public key is for browsers, without quoting it', () => {
    const error = thrown(() => payjp({ apiKey: 'pk_test_0123456789' }));
    expect(error).toMatchObject({ code: 'configuration', message: expect.stringContaining('is a public key, which is for browsers') });
    expect(inspect(error, { depth: 9 })).not.toContain('0123456789');
  });

  it.each(['payment_intent', 'constructor', '__proto__', 7])('refuses the dialect %s and names those that there are', (dialect) => {
    expect(thrown(() => payjp(untyped({ apiKey: 'sk_test_1', dialect })))).toMatchObject({
      code: 'configuration', provider: 'payjp', problems: [{ field: 'dialect', problem: 'is not a dialect of PAY.JP', remedy: 'Use one of payment_flows, payment_intents.' }],
    });
  });

  it('knows test mode from live mode by the key, also when the key comes sealed', () => {
    expect([payjp({ apiKey: 'sk_test_1' }), payjp({ apiKey: new Secret('sk_live_1') })].map(({ livemode }) => livemode)).toEqual([false, true]);
  });

  it("speaks today's payment flows unless it is told otherwise", () => {
    expect(payjp({ apiKey: 'sk_test_1' })).toMatchObject({ provider: 'payjp', dialect: 'payment_flows', baseUrl: 'https://api.pay.jp' });
  });

  it.each(dialectNames)('%s: has an operation exactly where PAY.JP has it', (dialect) => {
    const operations: readonly string[] = createPayments({ adapter: payjp({ apiKey: 'sk_test_1', dialect }) }).operations;
    const own: Readonly<Record<PayjpDialect, readonly string[]>> = {
      payment_flows: [],
      payment_intents: ['paymentIntents.incrementAuthorization', 'setupIntents.confirm', 'refunds.cancel'],
    };
    const common = [
      ...['create', 'retrieve', 'update', 'confirm', 'capture', 'cancel', 'list'].map((verb) => `paymentIntents.${verb}`),
      ...['create', 'retrieve', 'update', 'cancel', 'list'].map((verb) => `setupIntents.${verb}`),
      ...['create', 'retrieve', 'update', 'list'].map((verb) => `refunds.${verb}`),
      'events.retrieve',
      'events.list',
    ];
    expect(operations.filter((name) => !own[dialect].includes(name))).toEqual(common);
    expect(operations.filter((name) => !common.includes(name))).toEqual(own[dialect]);
  });
});

describe('the README', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

  it.each(dialectNames)('%s: names the dialect as a value of the option', (dialect) => {
    expect(readme).toMatch(new RegExp(`^\\| \`dialect\` \\|.*\`${dialect}\``, 'm'));
  });

  it.each(dialectNames)('%s: has its tables of operations, events and limits', (dialect) => {
    expect(readme.split('\n').filter((line) => line === `### PAY.JP \`${dialect}\``)).toHaveLength(3);
  });
});

describe('PAY.JP, chosen by name in a configuration', () => {
  /** As a configuration that was read from a file: nothing is known of its type. */
  const chosen = (options: object) => paymentsFromConfig({ accounts: { jp: { provider: 'payjp', ...options } } } as SelectionConfig, { payjp: () => import('./index.js') });

  it.each([
    ['payment flows, unless it is told otherwise', {}, 'payment_flows'],
    ['the dialect that it names', { dialect: 'payment_intents' }, 'payment_intents'],
  ])('speaks %s', async (_what, options, dialect) => {
    expect((await chosen({ apiKey: new Secret('sk_test_1'), ...options })).default).toMatchObject({ provider: 'payjp', account: 'jp', dialect, livemode: false });
  });

  it.each([
    ['no key', {}, 'apiKey', 'is missing'],
    ['a key for browsers', { apiKey: 'pk_test_0123456789' }, 'apiKey', 'is a public key'],
    ['what is no key', { apiKey: 7 }, 'apiKey', 'is not a secret key of PAY.JP'],
    ['a dialect that there is not', { apiKey: 'sk_test_1', dialect: 'charges' }, 'dialect', 'is not a dialect of PAY.JP'],
  ])('%s is refused, saying where and what, without the value', async (_what, options, field, problem) => {
    const error = await chosen(options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'configuration', problems: [{ field: `accounts.jp.${field}`, problem: expect.stringContaining(problem), remedy: expect.stringMatching(/^(?:Give the secret key|Use one of payment_flows)/) }] });
    expect(inspect(error, { depth: 9 })).not.toContain('0123456789');
  });
});
