import type { Problem } from '../model/payment-error.js';
import type { AnyAdapterPackage } from './adapter-package.js';
import type { SelectionEnvironment } from './types.js';

/** One account as a source tells of it, before its adapter is loaded. */
export interface AccountSource {
  /** `null`: it is called as its adapter calls its provider. */
  readonly name: string | null;
  /** `null` where the source names none, which is among its problems. */
  readonly provider: string | null;
  /** Where the source has an option: a variable's name, or a path; of no option (`''`), the account itself. */
  readonly fieldsOf: (adapterPackage: AnyAdapterPackage | null) => (option: string) => string;
  /** The options of the adapter and the settings of the client, as they were given. */
  readonly read: (adapterPackage: AnyAdapterPackage) => Readonly<Record<string, unknown>>;
}

/** A list or a name that the source gives, with where it stands. */
export interface Given<T> {
  readonly field: string;
  readonly value: T;
}

/** Where accounts are configured: an environment or an object. Both end in this, so that all rules are written once. */
export interface SelectionSource {
  readonly environment: SelectionEnvironment;
  readonly default: Given<string | null>;
  readonly liveKeys: Given<readonly string[]>;
  readonly testKeys: Given<readonly string[]>;
  readonly accounts: readonly AccountSource[];
  /** How the source says which environment it is for. */
  readonly environmentField: string;
  /** What is wrong with all this. */
  readonly problems: readonly Problem[];
  /** What the source has that nobody knows, once the adapters are loaded. */
  readonly unknown: (packageOf: (account: AccountSource) => AnyAdapterPackage | null) => readonly Problem[];
}

/** Whether a value is an object with members, rather than a list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
