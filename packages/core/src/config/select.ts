import { createPayments } from '../client/create-payments.js';
import type { Payments } from '../client/payments.js';
import type { AnyAdapter } from '../contract/adapter.js';
import { inputError, type Problem } from '../model/payment-error.js';
import { problemIf } from '../model/problems.js';
import type { AdapterLoaders, AnyAdapterPackage } from './adapter-package.js';
import { problemsOfError, readOptions, type FieldOfOption, type GivenOptions } from './issues.js';
import { loadAdapters, type Loaded } from './load.js';
import { functionsSchema, settingNames, settingsSchema, settingVariables } from './settings.js';
import { isRecord, type AccountSource, type Given, type SelectionSource } from './source.js';
import type { AccountSettings, SelectionEnvironment, SelectionOptions } from './types.js';

/** A `Selection` before its types are known. */
export interface Selected<R> {
  readonly environment: SelectionEnvironment;
  readonly accounts: readonly string[];
  readonly default: Payments<never>;
  readonly for: (name: string) => Payments<never>;
  readonly adapterOf: (name: string) => AnyAdapter;
  readonly choose: (request: R) => Payments<never>;
}

/** What an account has when nothing is wrong with it. */
interface Working {
  readonly payments: Payments<never>;
  readonly adapter: AnyAdapter;
}

/** An account that works, or what is wrong with it. */
interface Opened {
  /** `null` while only its adapter could tell. */
  readonly name: string | null;
  readonly working: Working | null;
  readonly problems: readonly Problem[];
}

const part = (values: Readonly<Record<string, unknown>>, isIn: (option: string) => boolean): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([option]) => isIn(option)));

const isSetting = (option: string): boolean => settingNames.includes(option);

const adapterOf = (adapterPackage: AnyAdapterPackage, given: GivenOptions, field: FieldOfOption): { readonly adapter: AnyAdapter } | { readonly problems: readonly Problem[] } => {
  const options = readOptions(adapterPackage.options, given, field);
  if ('problems' in options) return options;
  try {
    return { adapter: adapterPackage.create(options.value) };
  } catch (error) {
    return { problems: problemsOfError(error, given, field) };
  }
};

/** A live key where no money should move, or a test key where it should. */
const wrongMode = (source: SelectionSource, name: string, livemode: boolean | null, field: string): readonly Problem[] => {
  const { environment, environmentField, liveKeys, testKeys } = source;
  const isLive = environment === 'test' && livemode === true && !liveKeys.value.includes(name);
  const isTest = environment === 'production' && livemode === false && !testKeys.value.includes(name);
  return [
    ...problemIf(isLive, field, 'is a live key, and this is not production', `Give a test key, set ${environmentField} to production, or name ${name} in ${liveKeys.field}.`),
    ...problemIf(isTest, field, 'is a test key, and this is production', `Give a live key, set ${environmentField} to test, or name ${name} in ${testKeys.field}.`),
  ];
};

const open = (source: SelectionSource, account: AccountSource, adapterPackage: AnyAdapterPackage, shared: AccountSettings): Opened => {
  const field = account.fieldsOf(adapterPackage);
  const values = account.read(adapterPackage);
  const secrets = Object.entries({ ...adapterPackage.environment, ...settingVariables }).flatMap(([option, row]) => (row?.secret === true ? [option] : []));
  const settings = readOptions(settingsSchema, { values: part(values, isSetting), secrets }, field);
  const made = adapterOf(adapterPackage, { values: part(values, (option) => !isSetting(option)), secrets }, field);
  const failed = (problems: readonly Problem[]): Opened => ({ name: account.name, working: null, problems });
  if ('problems' in settings || 'problems' in made) return failed([...('problems' in made ? made.problems : []), ...('problems' in settings ? settings.problems : [])]);
  const { adapter } = made;
  const name = account.name ?? adapter.provider;
  try {
    const payments = createPayments({ ...shared, ...settings.value, adapter, account: name });
    return { name, working: { payments, adapter }, problems: wrongMode(source, name, adapter.livemode, field('apiKey')) };
  } catch (error) {
    // A name that the source gave has been checked there.
    const problems = problemsOfError(error, { values, secrets }, field);
    return failed(account.name === null ? problems : problems.filter((problem) => problem.field !== field('account')));
  }
};

const noAccount = ({ field, value }: Given<readonly string[]>, names: readonly string[]): readonly Problem[] =>
  problemIf(value.some((name) => !names.includes(name)), field, 'names an account that is not there', `Accounts are ${names.join(', ')}.`);

const readShared = (options: unknown): { readonly value: AccountSettings; readonly problems: readonly Problem[] } => {
  const { choose, ...shared } = isRecord(options) ? options : {};
  const given = Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined));
  const settings = readOptions(functionsSchema, { values: given, secrets: [] }, (option) => (option === '' ? 'options' : `options.${option}`));
  const problems = problemIf(choose !== undefined && typeof choose !== 'function', 'options.choose', 'is not a function', "Give one that returns an account's name, or leave it out.");
  return 'problems' in settings ? { value: {}, problems: [...problems, ...settings.problems] } : { value: settings.value, problems };
};

const selectionOf = <R>(
  { environment }: SelectionSource,
  opened: readonly Opened[],
  chosen: string | undefined,
  { choose }: SelectionOptions<R>,
): Selected<R> => {
  const workings = new Map(opened.flatMap(({ name, working }) => (name === null || working === null ? [] : [[name, working] as const])));
  const accounts = Object.freeze([...workings.keys()]);
  const named = (name: unknown, field: string, problem: string): Working => {
    const working = typeof name === 'string' ? workings.get(name) : undefined;
    if (working === undefined) throw inputError([{ field, problem, remedy: `Accounts are ${accounts.join(', ')}.` }], { code: 'configuration' });
    return working;
  };
  const notThere = 'is not the name of an account';
  const fallback = named(chosen, 'default', 'names an account that is not there').payments;
  return Object.freeze({
    environment,
    accounts,
    default: fallback,
    for: (name: string) => named(name, 'account', notThere).payments,
    adapterOf: (name: string) => named(name, 'account', notThere).adapter,
    choose: (request: R) => (choose === undefined ? fallback : named(choose(request), 'choose', "returned something else than an account's name").payments),
  });
};

/** What names accounts that are not there; told only when all accounts' own names are known. */
const wrongNames = (source: SelectionSource, names: readonly string[]): readonly Problem[] => [
  ...problemIf(source.default.value === null && names.length > 1, source.default.field, 'is missing, and there are several accounts', `Use one of ${names.join(', ')}.`),
  ...noAccount({ field: source.default.field, value: source.default.value === null ? [] : [source.default.value] }, names),
  ...noAccount(source.liveKeys, names),
  ...noAccount(source.testKeys, names),
];

/**
 * The clients of a source. Only the adapters that it chooses are loaded.
 * @throws PaymentError `configuration` with all problems.
 */
export const select = async <R>(source: SelectionSource, adapters: AdapterLoaders, options: SelectionOptions<R>): Promise<Selected<R>> => {
  const shared = readShared(options);
  const loaded = await loadAdapters(isRecord(adapters) ? adapters : {}, source.accounts.map(({ provider }) => provider));
  const loadedOf = ({ provider }: AccountSource): Loaded | undefined => (provider === null ? undefined : loaded.get(provider));
  const packageOf = (account: AccountSource): AnyAdapterPackage | null => {
    const found = loadedOf(account);
    return found !== undefined && 'adapterPackage' in found ? found.adapterPackage : null;
  };
  const opened = source.accounts.map((account): Opened => {
    const adapterPackage = packageOf(account);
    const found = loadedOf(account);
    if (adapterPackage !== null) return open(source, account, adapterPackage, shared.value);
    const problems = found === undefined || 'adapterPackage' in found ? [] : [{ field: account.fieldsOf(null)('provider'), ...found }];
    return { name: account.name, working: null, problems };
  });
  const names = opened.map(({ name }) => name).filter((name) => name !== null);
  const problems = [
    ...source.problems,
    ...opened.flatMap((account) => account.problems),
    ...source.unknown(packageOf),
    ...(names.length === 0 || names.length < opened.length ? [] : wrongNames(source, names)),
    ...shared.problems,
  ];
  if (problems.length > 0) throw inputError(problems, { code: 'configuration' });
  return selectionOf(source, opened, source.default.value ?? names[0], options);
};
