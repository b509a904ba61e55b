import { accountPattern } from '../model/ref.js';
import { problemIf } from '../model/problems.js';
import type { Problem } from '../model/payment-error.js';
import type { AnyAdapterPackage } from './adapter-package.js';
import { isSlip, nearest } from './nearest.js';
import { settingVariables, splitList } from './settings.js';
import type { AccountSource, SelectionSource } from './source.js';

/** An environment, such as `process.env`. What is not text, as the bindings of some runtimes, counts as none. */
export type EnvironmentVariables = Readonly<Record<string, unknown>>;

const start = 'ONEINTENT_';
/** Accounts' names are told in messages, and a pasted secret must not be. */
const longestName = 40;

const own = {
  accounts: `${start}ACCOUNTS`,
  account: `${start}ACCOUNT`,
  default: `${start}DEFAULT_ACCOUNT`,
  environment: `${start}ENVIRONMENT`,
  liveKeys: `${start}ALLOW_LIVE_KEYS`,
  testKeys: `${start}ALLOW_TEST_KEYS`,
} as const;

const common = ['PROVIDER', ...Object.values(settingVariables).map(({ variable }) => variable)];

/** What an account has of which the provider, and so its adapter's own variables, is not known. */
const usual = [...common, 'API_KEY'];

interface Account extends AccountSource {
  readonly prefix: string;
}

/** An empty variable counts as none, as `.env` files have them. */
type Get = (variable: string) => string | undefined;

/** Option and variable, of an adapter's own options. */
const adapterVariables = (adapterPackage: AnyAdapterPackage | null): readonly (readonly [string, string])[] =>
  Object.entries(adapterPackage?.environment ?? {}).flatMap(([option, row]) => (row === null || Object.hasOwn(settingVariables, option) ? [] : [[option, row.variable]]));

const variableOf = (option: string, adapterPackage: AnyAdapterPackage | null): string =>
  settingVariables[option]?.variable ?? adapterVariables(adapterPackage).find(([name]) => name === option)?.[1] ?? 'PROVIDER';

const environmentAccount = (name: string | null, get: Get): Account => {
  const prefix = name === null ? start : `${start}${name.toUpperCase().replaceAll('-', '_')}_`;
  return {
    name,
    prefix,
    provider: get(`${prefix}PROVIDER`) ?? null,
    fieldsOf: (adapterPackage) => (option) => `${prefix}${variableOf(option, adapterPackage)}`,
    read: (adapterPackage) => {
      const rows = [
        ...adapterVariables(adapterPackage).map(([option, variable]) => [option, get(`${prefix}${variable}`)] as const),
        ...Object.entries(settingVariables).map(([option, { variable, read }]) => {
          const text = get(`${prefix}${variable}`);
          return [option, text === undefined ? undefined : read(text)] as const;
        }),
      ];
      return Object.fromEntries(rows.filter(([, value]) => value !== undefined));
    },
  };
};

const isName = (name: string): boolean => accountPattern.test(name) && name.length <= longestName;

/** Variables of ours that nobody reads, with those that may be meant. */
const unknownVariables = (names: readonly string[], known: readonly string[], isPossible: (name: string) => boolean): readonly Problem[] =>
  names
    .filter((name) => !known.includes(name) && !isPossible(name))
    .map((name) => ({ field: name, problem: 'is not a variable of OneIntent', remedy: `Remove it, or use ${nearest(name, known).join(', ')}.` }));

/** The environment, as a source. */
export const readEnvironment = (env: EnvironmentVariables): SelectionSource => {
  const get: Get = (variable) => {
    const value = env[variable];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const listed = get(own.accounts);
  const names = splitList(listed ?? '');
  const single = get(own.account);
  const mode = get(own.environment) ?? (get('NODE_ENV') === 'production' ? 'production' : 'test');
  // One account has its variables without its name in them.
  const accounts: readonly Account[] =
    listed === undefined ? [{ ...environmentAccount(null, get), name: single !== undefined && isName(single) ? single : null }] : [...new Set(names.filter(isName))].map((name) => environmentAccount(name, get));
  const given = Object.keys(env).filter((name) => name.startsWith(start) && get(name) !== undefined);
  const isEmpty = listed === undefined && given.every((name) => name !== `${start}PROVIDER`);
  return {
    environment: mode === 'production' ? 'production' : 'test',
    environmentField: own.environment,
    default: { field: own.default, value: get(own.default) ?? null },
    liveKeys: { field: own.liveKeys, value: splitList(get(own.liveKeys) ?? '') },
    testKeys: { field: own.testKeys, value: splitList(get(own.testKeys) ?? '') },
    accounts,
    problems: [
      ...problemIf(mode !== 'production' && mode !== 'test', own.environment, 'is not an environment', 'Use production or test.'),
      ...problemIf(listed !== undefined && names.length === 0, own.accounts, 'names no account', 'Give names with commas between them, such as jp,eu.'),
      ...problemIf(!names.every(isName), own.accounts, `has a name that is not of lower-case letters, digits and hyphens, ${longestName} at most`, 'Use names such as jp or shop-eu.'),
      ...problemIf(new Set(names).size < names.length, own.accounts, 'names an account twice', 'Name it once.'),
      ...problemIf(single !== undefined && !isName(single), own.account, `is not a name of lower-case letters, digits and hyphens, ${longestName} at most`, 'Use one such as jp or shop-eu.'),
      ...problemIf(single !== undefined && listed !== undefined, own.account, `is for one account, and ${own.accounts} names several`, 'Remove one of the two.'),
      ...problemIf(isEmpty, `${start}PROVIDER`, 'is missing', `Give a provider's name; for several accounts give ${own.accounts}.`),
      ...accounts.flatMap(({ prefix, provider }) => problemIf(!isEmpty && provider === null, `${prefix}PROVIDER`, 'is missing', "Give the provider's name.")),
    ],
    unknown: (packageOf) => {
      const suffixesOf = (account: Account): readonly string[] => {
        const adapterPackage = packageOf(account);
        return adapterPackage === null ? usual : [...common, ...adapterVariables(adapterPackage).map(([, variable]) => variable)];
      };
      const known = [...Object.values(own), ...accounts.flatMap((account) => suffixesOf(account).map((suffix) => `${account.prefix}${suffix}`))];
      const undecided = accounts.filter((account) => packageOf(account) === null).map(({ prefix }) => prefix);
      const mayBeKnown = (name: string): boolean => !names.every(isName) || undecided.some((prefix) => name.startsWith(prefix));
      return unknownVariables(given, known, (name) => mayBeKnown(name) && !isSlip(name, known));
    },
  };
};
