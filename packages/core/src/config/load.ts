import type { Problem } from '../model/payment-error.js';
import type { AdapterLoader, AdapterLoaders, AnyAdapterPackage } from './adapter-package.js';
import { isRecord } from './source.js';

/** An adapter's package, or what is wrong with it: a problem and its remedy, to be told of each account that chose it. */
export type Loaded = { readonly adapterPackage: AnyAdapterPackage } | Omit<Problem, 'field'>;

const npmName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** The package that Node did not find, by its own message; else the one that the provider's adapter usually is. */
const missingPackage = (error: object, provider: string): string => {
  const named = 'message' in error && typeof error.message === 'string' ? /'([^']+)'/.exec(error.message)?.[1] : undefined;
  return named !== undefined && npmName.test(named) ? named : `@oneintent/adapter-${provider}`;
};

const loadingProblem = (error: unknown, provider: string): Omit<Problem, 'field'> => {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
    return { problem: `is ${provider}, whose adapter is not installed`, remedy: `Run npm install ${missingPackage(error, provider)}.` };
  const name = error instanceof Error && /^\w+$/.test(error.name) ? error.name : 'an error';
  return { problem: `is ${provider}, whose adapter could not be loaded (${name})`, remedy: `Import it by itself, with adapters.${provider}(), to see why.` };
};

/** A schema may be a function: some libraries make such. */
const isSchema = (value: unknown): boolean => (isRecord(value) || typeof value === 'function') && '~standard' in value;

const isAdapterPackage = (value: unknown): value is AnyAdapterPackage =>
  isRecord(value) && typeof value['provider'] === 'string' && typeof value['create'] === 'function' && isRecord(value['environment']) && isSchema(value['options']);

const load = async (provider: string, loader: AdapterLoader): Promise<Loaded> => {
  try {
    const { adapterPackage }: { readonly adapterPackage: unknown } = await loader();
    if (!isAdapterPackage(adapterPackage))
      return { problem: `is ${provider}, whose module exports no adapterPackage`, remedy: `Import an adapter in adapters.${provider}, such as '@oneintent/adapter-payjp'.` };
    if (adapterPackage.provider !== provider)
      return { problem: `is ${provider}, under which adapters has another provider's adapter`, remedy: `Call it ${adapterPackage.provider} in adapters, or import the other package.` };
    return { adapterPackage };
  } catch (error) {
    return loadingProblem(error, provider);
  }
};

/** The adapters of these providers, each loaded once and no others. */
export const loadAdapters = async (adapters: AdapterLoaders, providers: readonly (string | null)[]): Promise<ReadonlyMap<string, Loaded>> => {
  const known = Object.keys(adapters);
  const chosen = [...new Set(providers.filter((provider) => provider !== null))];
  const entries = chosen.map(async (provider): Promise<readonly [string, Loaded]> => {
    const loader = Object.hasOwn(adapters, provider) ? adapters[provider] : undefined;
    if (typeof loader === 'function') return [provider, await load(provider, loader)];
    return [provider, { problem: 'is not the name of a provider that adapters has', remedy: known.length === 0 ? 'Give an adapter for it.' : `Use one of ${known.join(', ')}.` }];
  });
  return new Map(await Promise.all(entries));
};
