import { describe, expect, it } from 'vitest';
import { createPayments, paymentsFromConfig, type PaymentsOptions, type SelectionConfig } from '../index.js';
import { acme, acmeLimits, apiKey, keys } from '../testing/acme.js';
import { errorOf, thrownBy } from '../testing/client.js';
import { settingNames } from './settings.js';
import { shops } from './testing/shops.js';

const wrong: readonly (readonly [string, unknown])[] = [
  ['baseUrl', 'nowhere'],
  ['baseUrl', 'file:///nowhere'],
  ['baseUrl', 'http://shop.example'],
  ['baseUrl', 'http://localhost.shop.example'],
  ['deadline', 0],
  ['deadline', Number.NaN],
  ['deadline', Number.POSITIVE_INFINITY],
  ['deadline', '1000'],
  ['attemptTimeout', -1],
  ['attemptTimeout', 2 ** 31],
  ['retries', -1],
  ['retries', 0.5],
  ['webhookSecret', ' '],
  ['webhookSecret', 1],
  ['webhookSecret', []],
  ['webhookSecret', ['whsec_1', '']],
  ...['onExchange', 'fetch', 'clock', 'sleep', 'random'].map((name) => [name, 'text'] as const),
];
const right: readonly (readonly [string, unknown])[] = [
  ['baseUrl', 'https://shop.example'],
  ['baseUrl', 'http://127.0.0.1:4010'],
  ['baseUrl', 'http://[::1]:4010'],
  ['baseUrl', 'http://shop.localhost'],
  ['deadline', 0.5],
  ['attemptTimeout', 2 ** 31 - 1],
  ['retries', 0],
  ['webhookSecret', 'whsec_1'],
  ['webhookSecret', ['whsec_1', 'whsec_2']],
  ['limits', {}],
  ['limits', { captureMinimum: { value: 1, source: 'a letter', confidence: 'inferred' } }],
];

const wrongLimits: readonly (readonly [string, unknown])[] = [
  ['limits', 7],
  ['limits', { speed: 1 }],
  ['limits.currencies.value.0', { currencies: { value: ['eur'], source: 'a letter', confidence: 'inferred' } }],
  ['limits.pageSize.source', { pageSize: { value: 10, source: '', confidence: 'inferred' } }],
  ['limits.idempotency.value.place.header', { idempotency: { value: { ...keys().idempotency.value, place: { header: 'Acme-Account' } }, source: 'a letter', confidence: 'inferred' } }],
];

const direct = (name: string, value: unknown) => createPayments({ adapter: acme(), [name]: value } as PaymentsOptions);
const selected = (name: string, value: unknown, key = apiKey) =>
  paymentsFromConfig({ accounts: { shop: { provider: 'corner', apiKey: key, [name]: value } } } as SelectionConfig, shops().adapters);

describe('a setting of an account', () => {
  it.each(wrong)('%s as %j is refused as createPayments refuses it', async (name, value) => {
    expect(thrownBy(() => direct(name, value)).problems.map(({ field }) => field)).toEqual([name]);
    expect((await errorOf(selected(name, value))).problems.map(({ field }) => field)).toEqual([`accounts.shop.${name}`]);
  });

  it.each(wrong)('%s as %j is told beside what is wrong with the adapter', async (name, value) => {
    expect((await errorOf(selected(name, value, 'no key'))).problems.map(({ field }) => field)).toEqual(['accounts.shop.apiKey', `accounts.shop.${name}`]);
  });

  it.each(right)('%s as %j is taken as createPayments takes it', async (name, value) => {
    expect(() => direct(name, value)).not.toThrow();
    await expect(selected(name, value)).resolves.toMatchObject({ accounts: ['shop'] });
  });

  it.each(wrongLimits)('%s with %j is refused as createPayments refuses it, by the same sentence', async (field, limits) => {
    const [told, toldHere] = [thrownBy(() => direct('limits', limits)), await errorOf(selected('limits', limits))];
    expect(told.problems.map((problem) => problem.field)).toEqual([field]);
    expect(toldHere.problems).toEqual(told.problems.map((problem) => ({ ...problem, field: `accounts.shop.${problem.field}` })));
  });

  it('is taken into the limits of the client', async () => {
    const { default: payments } = await selected('limits', { currencies: { value: ['CHF'], source: 'a letter', confidence: 'documented' } });
    expect(payments.limits.currencies.value).toEqual(['CHF']);
    expect(payments.limits.pageSize).toEqual(acmeLimits.pageSize);
  });

  it('is every option that createPayments has, but for its adapter and its name', () => {
    const { remedy = '' } = thrownBy(() => direct('nothing', 1)).problems[0] ?? {};
    expect(['adapter', 'account', ...settingNames].toSorted()).toEqual(remedy.replace(/^Options are |\.$/g, '').split(', ').toSorted());
  });
});
