import type { PaymentsOptions } from '../client/configure.js';
import type { PaymentsOf } from '../client/payments.js';
import type { AnyAdapter } from '../contract/adapter.js';
import type { Money } from '../model/money.js';
import type { AdapterLoader, AdapterLoaders, AdapterPackage, AdapterVariant } from './adapter-package.js';

/** Where the application runs. Outside `production` a live key is refused, and in it a test key. */
export type SelectionEnvironment = 'production' | 'test';

/** The settings of an account's client, beside those of its adapter. */
export type AccountSettings = Omit<PaymentsOptions, 'adapter' | 'account'>;

/** One account as it is read at run time: the provider's name, the options of its adapter and {@link AccountSettings}. */
export interface AccountConfig {
  /** A key of the adapters' record. */
  readonly provider: string;
  readonly [option: string]: unknown;
}

/** Which accounts there are. Every member is checked at run time, so it may come of a JSON file. */
export interface SelectionConfig {
  /** Default `test`. */
  readonly environment?: SelectionEnvironment;
  /** The account that is used when nothing else is said. Needed where there are several. */
  readonly default?: string;
  /** Exceptions, by account: a live key outside production, a test key in it. */
  readonly allow?: { readonly liveKeys?: readonly string[]; readonly testKeys?: readonly string[] };
  /** By the account's name, which is part of every ref: keep it for ever. */
  readonly accounts: Readonly<Record<string, AccountConfig>>;
}

/** What an application usually chooses an account by; a `choose` function may take anything else. */
export interface ChoiceRequest {
  /** The ISO 4217 code. */
  readonly currency?: string;
  /** The ISO 3166 code. */
  readonly country?: string;
  readonly amount?: Money;
}

/** What all accounts share, and what no configuration file can hold. */
export interface SelectionOptions<R = ChoiceRequest> extends Pick<AccountSettings, 'onExchange' | 'fetch' | 'clock' | 'sleep' | 'random'> {
  /** The name of the account for a request. A pure function of yours. Default: always the default account. */
  readonly choose?: (request: R) => string;
}

/** The accounts that were chosen, with a client for each. `C` has the clients by account, `D` is the default account's name. */
export interface Selection<C extends object, D extends keyof C = keyof C, R = ChoiceRequest> {
  /** Where the application runs. */
  readonly environment: SelectionEnvironment;
  /** The accounts' names, in the order of the configuration. */
  readonly accounts: readonly (keyof C & string)[];
  /** The client of the default account. */
  readonly default: C[D];
  /**
   * The client of an account.
   * @throws PaymentError `configuration` when there is no account of that name. Nothing is sent.
   */
  readonly for: <N extends string>(name: N & (string extends N ? unknown : keyof C)) => N extends keyof C ? C[N] : C[keyof C];
  /**
   * The adapter of an account, for what is held against data rather than asked of a provider, such as `planMigration`. Its key stays sealed.
   * @throws PaymentError `configuration` when there is no account of that name. Nothing is sent.
   */
  readonly adapterOf: (name: keyof C & string) => AnyAdapter;
  /**
   * The client of the account that your `choose` names; without one, the default account's.
   * @throws PaymentError `configuration` when it names no account. Nothing is sent.
   */
  readonly choose: (request: R) => C[keyof C];
}

type VariantsOf<L extends AdapterLoader> = Awaited<ReturnType<L>>['adapterPackage'] extends AdapterPackage<infer V> ? V : readonly AdapterVariant[];

type FirstMatch<A, Rest extends readonly unknown[], Otherwise> = Rest extends readonly [infer V, ...infer More]
  ? V extends AdapterVariant
    ? A extends V['options']
      ? V['adapter']
      : FirstMatch<A, More, Otherwise>
    : Otherwise
  : Otherwise;

type AdapterFor<A, V extends readonly AdapterVariant[]> = FirstMatch<A, V, V[number]['adapter']>;

type AdaptersOf<L extends AdapterLoaders> = { [P in keyof L]: VariantsOf<L[P]>[number]['adapter'] }[keyof L];

/** The client of an account whose provider is known only at run time: the union of all that can be chosen. Use it through `supports()`. */
export type AnyClientOf<L extends AdapterLoaders> = PaymentsOf<AdaptersOf<L>>;

type ClientFor<A, P, L extends AdapterLoaders> = P extends keyof L ? PaymentsOf<AdapterFor<A, VariantsOf<L[P]>> & AnyAdapter> : never;

/** The clients of a configuration, by account: precise where its provider is a literal. */
export type ClientsOf<S extends SelectionConfig, L extends AdapterLoaders> = {
  readonly [N in keyof S['accounts']]: string extends S['accounts'][N]['provider'] ? AnyClientOf<L> : ClientFor<S['accounts'][N], S['accounts'][N]['provider'], L>;
};

/** The default account's name, as far as the configuration's type tells. */
export type DefaultOf<S extends SelectionConfig> = S extends { readonly default: infer D extends keyof S['accounts'] } ? D : keyof S['accounts'];

type KeysOf<O> = O extends O ? keyof O : never;

type Checked<A, O> = O & { readonly [K in Exclude<keyof A, KeysOf<O> | keyof AccountSettings | 'provider'>]: never };

type CheckedAccount<A extends AccountConfig, L extends AdapterLoaders> = string extends A['provider']
  ? unknown
  : A['provider'] extends infer P extends keyof L
    ? AccountSettings & (number extends VariantsOf<L[P]>['length'] ? unknown : Checked<A, VariantsOf<L[P]>[number]['options']>)
    : { readonly provider: keyof L };

/** What a literal configuration is held to by the compiler: providers, options and accounts that are there. */
export type CheckedConfig<S extends SelectionConfig, L extends AdapterLoaders> = {
  readonly default?: keyof S['accounts'];
  readonly allow?: { readonly liveKeys?: readonly (keyof S['accounts'])[]; readonly testKeys?: readonly (keyof S['accounts'])[] };
  readonly accounts: { readonly [N in keyof S['accounts']]: CheckedAccount<S['accounts'][N], L> };
} & { readonly [K in Exclude<keyof S, keyof SelectionConfig>]: never };
