import { inputError, Secret, type AdapterPackage, type AdapterVariant, type SecretValue } from '@oneintent/core/adapter';
import * as z from 'zod/mini';
import type { SharedFacts } from './dialects/definition.js';
import { dialectNames, dialects, isDialect, type DialectName } from './dialects/index.js';
import { readError } from './errors.js';

/** The provider's own address. Source: official SDKs, 2025-08 to 2026-04. */
const productionUrl = 'https://api.pay.jp';

/** The name of one of PAY.JP's wire shapes. `payment_flows` is the API of today; the README says when each was in force. */
export type PayjpDialect = DialectName;

const defaultDialect = 'payment_flows' satisfies PayjpDialect;
type DefaultDialect = typeof defaultDialect;

/** What {@link payjp} needs. */
export interface PayjpOptions<D extends PayjpDialect = DefaultDialect> {
  /** The secret key, `sk_test_…` or `sk_live_…`. */
  readonly apiKey: string | SecretValue<string>;
  /** Default `payment_flows`. */
  readonly dialect?: D;
  /** Default `https://api.pay.jp`. */
  readonly baseUrl?: string;
}

/** What only PAY.JP has: `providerOptions: { payjp: { … } }`. */
export interface PayjpProviderOptions {
  /**
   * Asks for a hold of up to 30 days instead of 7. `must_extend` (payment_flows only) is an error where that is not possible.
   * Source: official Python SDK, 2026-04-02.
   */
  readonly requestExtendedAuthorization?: 'if_available' | 'must_extend' | 'never';
}

declare global {
  namespace OneIntent {
    interface ProviderOptions {
      readonly payjp?: PayjpProviderOptions;
    }
  }
}

type AdapterOf<D extends PayjpDialect> = ReturnType<(typeof dialects)[D]>;

/** A dialect other than the default has to be named. */
type Naming<D extends PayjpDialect> = DefaultDialect extends D ? unknown : { readonly dialect: D };

const keyRemedy = 'Give the secret key, which begins with sk_test_ or sk_live_.';

/** What is wrong with a key; `null` for a secret key. */
const keyProblem = (apiKey: unknown): string | null => {
  const key: unknown = Secret.is(apiKey) ? apiKey.reveal() : apiKey;
  if (typeof key === 'string' && /^sk_(?:test|live)_[!-~]+$/.test(key)) return null;
  return typeof key === 'string' && key.startsWith('pk_') ? 'is a public key, which is for browsers' : 'is not a secret key of PAY.JP';
};

const keyOf = (apiKey: string | SecretValue<string>): string => {
  const problem = keyProblem(apiKey);
  if (problem !== null) throw inputError([{ field: 'apiKey', problem, remedy: keyRemedy }], { code: 'configuration', provider: 'payjp' });
  return Secret.is(apiKey) ? String(apiKey.reveal()) : String(apiKey);
};

// The same record, typed so that a name of type D gives the adapter of D.
const makers: { readonly [D in PayjpDialect]: (shared: SharedFacts) => AdapterOf<D> } = dialects;

const dialectProblem = 'is not a dialect of PAY.JP';
const dialectRemedy = `one of ${dialectNames.join(', ')}`;

/**
 * The adapter for PAY.JP's API, version 2.
 * @throws PaymentError `configuration` when the key is not a secret key, or the dialect is unknown. Nothing is sent.
 */
export const payjp = <const D extends PayjpDialect = DefaultDialect>(options: PayjpOptions<D> & Naming<D>): AdapterOf<D> => {
  const apiKey = new Secret(keyOf(options?.apiKey));
  // Only where D has the default may the name be missing: see Naming.
  const name = (options.dialect ?? defaultDialect) as D;
  if (!isDialect(name)) throw inputError([{ field: 'dialect', problem: dialectProblem, remedy: `Use ${dialectRemedy}.` }], { code: 'configuration', provider: 'payjp' });
  return makers[name]({
    contract: 1,
    provider: 'payjp',
    dialect: name,
    baseUrl: options.baseUrl ?? productionUrl,
    livemode: apiKey.reveal().startsWith('sk_live_'),
    authorization: () => ({ Authorization: new Secret(`Bearer ${apiKey.reveal()}`) }),
    headers: {},
    encoding: 'json',
    connectedAccountHeader: null,
    requestId: { headers: ['x-request-id', 'request-id'], members: [] },
    replayedHeader: null,
    shouldRetryHeader: null,
    legalFrom: {},
    readError,
  });
};

const options = z.strictObject(
  {
    apiKey: z.custom<string | SecretValue<string>>((key) => keyProblem(key) === null, {
      error: ({ input }) => `${input === undefined ? 'is missing' : keyProblem(input)}; ${keyRemedy}`,
    }),
    dialect: z.exactOptional(z.custom<PayjpDialect>(isDialect, `${dialectProblem}; use ${dialectRemedy}`)),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `has options that do not exist (${issue.keys.join(', ')}); remove them` : 'is not an object of options; pass { apiKey }, and dialect where it is not the default',
  },
);

type Named<D extends PayjpDialect> = AdapterVariant<PayjpOptions<D> & { readonly dialect: D }, AdapterOf<D>>;

/** One of several types: the last overload of a function that takes each of them. */
type LastOf<U> = (U extends U ? (take: (one: U) => void) => void : never) extends (take: infer F) => void ? (F extends (one: infer Last) => void ? Last : never) : never;

/** The variants of these dialects, as a list. Their order does not matter, as a configuration names one dialect. */
type VariantsOf<D extends PayjpDialect> = [D] extends [never] ? readonly [] : LastOf<D> extends infer L extends D ? readonly [Named<L>, ...VariantsOf<Exclude<D, L>>] : never;

/** PAY.JP, to be chosen by name: `provider: 'payjp'`. A dialect that is named gives a client of its own type. */
export const adapterPackage: AdapterPackage<
  readonly [
    AdapterVariant<PayjpOptions, AdapterOf<DefaultDialect>>,
    ...VariantsOf<Exclude<PayjpDialect, DefaultDialect>>,
    AdapterVariant<PayjpOptions<PayjpDialect>, AdapterOf<PayjpDialect>>,
  ]
> = {
  provider: 'payjp',
  options,
  environment: { apiKey: { variable: 'API_KEY', secret: true }, dialect: { variable: 'DIALECT', secret: false } },
  create: (given) => payjp<PayjpDialect>(given),
};
