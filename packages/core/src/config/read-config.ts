import { accountPattern } from '../model/ref.js';
import { problemIf } from '../model/problems.js';
import type { Problem } from '../model/payment-error.js';
import type { AnyAdapterPackage } from './adapter-package.js';
import { nearest } from './nearest.js';
import { settingNames } from './settings.js';
import { isRecord, type AccountSource, type SelectionSource } from './source.js';
import type { SelectionConfig } from './types.js';

const members: { readonly [M in keyof Required<SelectionConfig>]: true } = { environment: true, default: true, allow: true, accounts: true };
const exceptions: { readonly [M in keyof Required<NonNullable<SelectionConfig['allow']>>]: true } = { liveKeys: true, testKeys: true };

/** Members of an object that nobody knows. */
const misspelt = (given: Readonly<Record<string, unknown>>, known: readonly string[], before: string): readonly Problem[] =>
  Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => ({ field: `${before}${name}`, problem: 'is not an option', remedy: `Remove it, or use ${nearest(name, known).join(', ')}.` }));

const namesOf = (allow: Readonly<Record<string, unknown>>, member: string): { readonly value: readonly string[]; readonly problems: readonly Problem[] } => {
  const given: unknown = allow[member] ?? [];
  const names = Array.isArray(given) && given.every((name) => typeof name === 'string');
  return { value: names ? given : [], problems: problemIf(!names, `allow.${member}`, "is not a list of accounts' names", "Give one such as ['jp'].") };
};

const given = (account: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(account).filter(([name, value]) => name !== 'provider' && value !== undefined));

const knownMembers = ({ environment }: AnyAdapterPackage): readonly string[] => ['provider', ...Object.keys(environment), ...settingNames];

interface ConfiguredAccount {
  readonly account: AccountSource;
  readonly problems: readonly Problem[];
  readonly unknown: (adapterPackage: AnyAdapterPackage) => readonly Problem[];
}

const configuredAccount = (name: string, value: unknown): ConfiguredAccount => {
  const at = `accounts.${name}`;
  const account = isRecord(value) ? value : {};
  const { provider } = account;
  const isNamed = typeof provider === 'string' && provider !== '';
  return {
    account: {
      name,
      provider: isNamed ? provider : null,
      fieldsOf: () => (option) => (option === '' ? at : `${at}.${option}`),
      read: (adapterPackage) => Object.fromEntries(Object.entries(given(account)).filter(([option]) => knownMembers(adapterPackage).includes(option))),
    },
    unknown: (adapterPackage) => misspelt(account, knownMembers(adapterPackage), `${at}.`),
    problems: [
      ...problemIf(!accountPattern.test(name), at, 'is not a name of lower-case letters, digits and hyphens', "Use one such as 'jp' or 'shop-eu'."),
      ...problemIf(!isRecord(value), at, 'is not an object', "Give one such as { provider: 'payjp', apiKey }."),
      ...problemIf(isRecord(value) && !isNamed, `${at}.provider`, 'is missing', "Give the provider's name, as adapters has it."),
    ],
  };
};

/** A configuration object, as a source. It is read as if nothing were known of its type: it may come of a file. */
export const readConfig = (config: unknown): SelectionSource => {
  const whole = isRecord(config) ? config : {};
  const { environment = 'test', default: chosen } = whole;
  const allow: unknown = whole['allow'] ?? {};
  const accounts: unknown = whole['accounts'];
  const list = isRecord(accounts) ? Object.entries(accounts).map(([name, account]) => configuredAccount(name, account)) : [];
  const [live, test] = [namesOf(isRecord(allow) ? allow : {}, 'liveKeys'), namesOf(isRecord(allow) ? allow : {}, 'testKeys')];
  return {
    environment: environment === 'production' ? 'production' : 'test',
    environmentField: 'environment',
    default: { field: 'default', value: typeof chosen === 'string' ? chosen : null },
    liveKeys: { field: 'allow.liveKeys', value: live.value },
    testKeys: { field: 'allow.testKeys', value: test.value },
    accounts: list.map(({ account }) => account),
    problems: [
      ...problemIf(!isRecord(config), 'config', 'is not an object', "Give one such as { accounts: { jp: { provider: 'payjp', apiKey } } }."),
      ...problemIf(environment !== 'production' && environment !== 'test', 'environment', 'is not an environment', "Use 'production' or 'test'."),
      ...problemIf(isRecord(config) && list.length === 0, 'accounts', 'names no account', "Give one such as { jp: { provider: 'payjp', apiKey } }."),
      ...problemIf(chosen !== undefined && typeof chosen !== 'string', 'default', "is not an account's name", "Use one such as 'jp'."),
      ...problemIf(!isRecord(allow), 'allow', 'is not an object', "Give one such as { liveKeys: ['jp'] }."),
      ...misspelt(whole, Object.keys(members), ''),
      ...misspelt(isRecord(allow) ? allow : {}, Object.keys(exceptions), 'allow.'),
      ...live.problems,
      ...test.problems,
      ...list.flatMap(({ problems }) => problems),
    ],
    unknown: (packageOf) =>
      list.flatMap(({ account, unknown }) => {
        const adapterPackage = packageOf(account);
        return adapterPackage === null ? [] : unknown(adapterPackage);
      }),
  };
};
