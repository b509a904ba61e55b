import type { AnyAdapter } from '../contract/adapter.js';
import type { StandardSchema } from '../contract/wire.js';

/** Options of an adapter, and the adapter that comes of them: one row of what {@link AdapterPackage} is made of. */
export interface AdapterVariant<O extends object = object, A extends AnyAdapter = AnyAdapter> {
  readonly options: O;
  readonly adapter: A;
}

/** The environment variable that fills one option. Its value arrives as text. */
export interface EnvironmentVariable {
  /** What stands after `ONEINTENT_` and the account's name, in capitals: `API_KEY`. */
  readonly variable: string;
  /** Whether the value may never be printed. */
  readonly secret: boolean;
}

/**
 * What an adapter's module exports as `adapterPackage`, so that an application can choose it by name at start-up. `V` lists its variants, the most
 * particular first, as overloads are: a configuration has the type of the first variant whose options it has.
 */
export interface AdapterPackage<V extends readonly AdapterVariant[]> {
  /** The name under which it is chosen: `provider: 'payjp'`. */
  readonly provider: string;
  /**
   * Checks the options, synchronously. The message of an issue says what is wrong and, after a semicolon, what to do:
   * `is not a dialect; use payment_flows`. It never quotes the value.
   */
  readonly options: StandardSchema<V[number]['options']>;
  /**
   * Every option, by name; `null` where it cannot be given by the environment. An option that is not here is refused as unknown. The settings that every account has
   * (`baseUrl`, `webhookSecret`, `deadline`, …) are read for all adapters, and are not here.
   */
  readonly environment: Readonly<Record<string, EnvironmentVariable | null>>;
  /**
   * Makes the adapter, of options that have passed `options`. A method, for its looser variance: packages are kept in one record, and get no options but those that
   * their own schema gave.
   * @throws PaymentError `configuration`. Nothing is sent.
   */
  create(options: V[number]['options']): V[number]['adapter'];
}

/** The package of any adapter. */
export type AnyAdapterPackage = AdapterPackage<readonly AdapterVariant[]>;

/** Imports an adapter's module: `() => import('@oneintent/adapter-payjp')`. It is called only when that provider is chosen. */
export type AdapterLoader = () => Promise<{ readonly adapterPackage: AnyAdapterPackage }>;

/** The adapters that can be chosen, by the provider's name. */
export type AdapterLoaders = Readonly<Record<string, AdapterLoader>>;
