import type { AdapterLoaders } from './adapter-package.js';
import { readConfig } from './read-config.js';
import { readEnvironment, type EnvironmentVariables } from './read-environment.js';
import { select } from './select.js';
import type { AnyClientOf, CheckedConfig, ChoiceRequest, ClientsOf, DefaultOf, Selection, SelectionConfig, SelectionOptions } from './types.js';

/**
 * Clients for the accounts of a configuration. Only the adapters of the providers that it names are loaded; nothing is sent.
 * @returns the clients: precise ones where the provider is a literal, otherwise the union of all that can be chosen, for `supports()`.
 * @throws PaymentError `configuration` with all problems in one message, each with its path, what is wrong and what to do; no value is in it.
 * @example
 * const { default: payments } = await paymentsFromConfig(
 *   { accounts: { jp: { provider: 'payjp', apiKey } } },
 *   { payjp: () => import('@oneintent/adapter-payjp') },
 * );
 */
export const paymentsFromConfig = async <const S extends SelectionConfig, L extends AdapterLoaders, R = ChoiceRequest>(
  config: S & CheckedConfig<S, L>,
  adapters: L,
  options: SelectionOptions<R> = {},
): Promise<Selection<ClientsOf<S, L>, DefaultOf<S>, R>> => {
  const selection: unknown = await select(readConfig(config), adapters, options);
  // Which client an account has follows from its provider's adapter, as the type says.
  return selection as Selection<ClientsOf<S, L>, DefaultOf<S>, R>;
};

/**
 * Clients for the accounts that an environment names: one by `ONEINTENT_PROVIDER` and `ONEINTENT_API_KEY`, several by `ONEINTENT_ACCOUNTS=jp,eu` and
 * `ONEINTENT_JP_PROVIDER`, `ONEINTENT_JP_API_KEY`, …. Only the adapters of the providers that it names are loaded; nothing is sent.
 * @param env such as `process.env`. Without `ONEINTENT_ENVIRONMENT` it is production when `NODE_ENV` is.
 * @returns the clients, each of the union of all that can be chosen, for `supports()` and `requireCapabilities`.
 * @throws PaymentError `configuration` with all problems in one message, each with its variable, what is wrong and what to do; no value is in it.
 */
export const paymentsFromEnv = async <L extends AdapterLoaders, R = ChoiceRequest>(
  env: EnvironmentVariables,
  adapters: L,
  options: SelectionOptions<R> = {},
): Promise<Selection<Readonly<Record<string, AnyClientOf<L>>>, string, R>> => {
  const selection: unknown = await select(readEnvironment(env), adapters, options);
  // Which clients there can be follows from the adapters, as the type says.
  return selection as Selection<Readonly<Record<string, AnyClientOf<L>>>, string, R>;
};
