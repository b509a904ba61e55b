import { paymentsFromEnv, type AdapterLoaders, type AnyAdapter, type Payments } from '@oneintent/core';
import { sentenceOf, UsageError } from './failures.js';
import type { World } from './world.js';

/** The client of an account whose provider is known only at run time. */
export type Client = Payments<never>;

/** The accounts of the environment. */
export interface Accounts {
  readonly names: readonly string[];
  readonly default: Client;
  /** @throws UsageError when there is no account of that name; `option` is what named it. */
  readonly named: (name: string, option: string) => Client;
  /** The adapter of an account, for what is held against data rather than asked of a provider. @throws as `named`. */
  readonly adapterNamed: (name: string, option: string) => AnyAdapter;
}

/** The option of every command that needs accounts. */
export const adaptersOption = ['--adapters <module>', 'a module of yours that exports adapters, by the name of their provider'] as const;

const isLoaders = (value: unknown): value is AdapterLoaders =>
  typeof value === 'object' && value !== null && Object.values(value).every((loader) => typeof loader === 'function');

const ownAdapters = async (world: World, path: string): Promise<AdapterLoaders> => {
  const module = await world.importModule(path).catch((error: unknown) => {
    throw new UsageError(`--adapters: the module can't be imported: ${sentenceOf(error)}`);
  });
  const adapters: unknown = 'adapters' in module ? module.adapters : undefined;
  if (isLoaders(adapters)) return adapters;
  throw new UsageError("--adapters: the module exports no adapters. Write: export const adapters = { mine: () => import('./my-adapter.js') };");
};

/**
 * The accounts that the environment names. Sends nothing.
 * @throws PaymentError `configuration` with all problems, without any value.
 */
export const openAccounts = async (world: World, { adapters }: { readonly adapters?: string | undefined }): Promise<Accounts> => {
  const own = adapters === undefined ? {} : await ownAdapters(world, adapters);
  const selection = await paymentsFromEnv(world.env, { ...world.adapters, ...own }, { ...world.client, clock: world.now });
  const names = selection.accounts;
  const known = (name: string, option: string): string => {
    if (!names.includes(name)) throw new UsageError(`${option} is not the name of an account. Accounts are ${names.join(', ')}.`);
    return name;
  };
  return {
    names,
    default: selection.default,
    named: (name, option) => selection.for(known(name, option)),
    adapterNamed: (name, option) => selection.adapterOf(known(name, option)),
  };
};
