import {
  defineAdapter,
  inputError,
  Secret,
  type Adapter,
  type AdapterPackage,
  type AdapterVariant,
  type OperationName,
  type Operations,
  type Problem,
  type SecretValue,
  type WireValue,
} from '@oneintent/core/adapter';
import { match } from 'ts-pattern';
import * as z from 'zod/mini';
import { errorReader } from './errors.js';
import { limitsOf } from './limits.js';
import { operationsOf } from './operations.js';
import { readProfile, type CheckedProfile, type Profile } from './profile.js';
import { stripe, type StripeProfile } from './profiles/stripe.js';
import { intentReader, setupReader } from './read.js';
import { webhooksOf } from './webhook.js';
import { checker, nameProblems } from './write.js';

export { stripe, type StripeProfile };
export type { Profile, ReadMember, WrittenMember } from './profile.js';

/** What {@link generic} needs beside a profile. */
export interface GenericOptions {
  /** The secret key. */
  readonly apiKey: string | SecretValue<string>;
  /** Default: the profile's. */
  readonly baseUrl?: string;
}

/** What only one service has: `providerOptions: { generic: { … } }`, whatever the profile's name. */
export interface GenericProviderOptions {
  /** Members that are sent as they are, beside those of the neutral fields and never in their place. Plain JSON. */
  readonly body?: { readonly [member: string]: WireValue };
}

declare global {
  namespace OneIntent {
    interface ProviderOptions {
      readonly generic?: GenericProviderOptions;
    }
  }
}

type IsUnion<T, U = T> = T extends T ? ([U] extends [T] ? false : true) : never;
type SingleNames<T extends readonly OperationName[]> = { readonly [I in keyof T]: IsUnion<T[I]> extends true ? never : T[I] };

/** The operations of a profile that the compiler knows for certain: of a list whose length or names are known only at run time, none. */
export type OperationsOf<P extends Profile> = number extends P['operations']['length'] ? never : SingleNames<P['operations']>[number];

/** The adapter of a profile; of a union of profiles, the union of their adapters. */
export type GenericAdapter<P extends Profile> = P extends Profile ? Adapter<OperationsOf<P>> : never;

const keyProblem = (key: unknown, prefixes: CheckedProfile['keyPrefixes']): Problem | null => {
  const known = prefixes === null ? [] : [...prefixes.test, ...prefixes.live];
  const remedy = known.length === 0 ? 'Give the secret key as the service gave it.' : `Give the secret key, which begins with ${known.join(' or ')}.`;
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key)) return { field: 'apiKey', problem: 'is not a key of visible characters', remedy };
  if (known.length === 0 || known.some((prefix) => key.startsWith(prefix) && key.length > prefix.length)) return null;
  return { field: 'apiKey', problem: key.startsWith('pk_') ? 'is a public key, which is for browsers' : 'is not a secret key of this service', remedy };
};

const keyOf = (apiKey: unknown, { name, keyPrefixes }: CheckedProfile): string => {
  const key: unknown = Secret.is(apiKey) ? apiKey.reveal() : apiKey;
  const problem = keyProblem(key, keyPrefixes);
  if (problem !== null) throw inputError([problem], { code: 'configuration', provider: name });
  return String(key);
};

const authorizationOf = (authentication: CheckedProfile['authentication'], key: string): Readonly<Record<string, string>> =>
  match(authentication)
    .returnType<Readonly<Record<string, string>>>()
    .with({ type: 'bearer' }, () => ({ Authorization: `Bearer ${key}` }))
    .with({ type: 'basic' }, () => ({ Authorization: `Basic ${btoa(`${key}:`)}` }))
    .with({ type: 'header' }, ({ name }) => ({ [name]: key }))
    .exhaustive();

const livemodeOf = (prefixes: CheckedProfile['keyPrefixes'], key: string): boolean | null =>
  prefixes === null ? null : prefixes.live.some((prefix) => key.startsWith(prefix));

/**
 * The adapter for a Stripe-shaped service, made of its profile.
 * @throws PaymentError `configuration` that names each member of the profile at fault, or when the key is not a secret key. Nothing is sent.
 */
export const generic = <const P extends Profile>(profile: P, options: GenericOptions): GenericAdapter<P> => {
  const checked = readProfile(profile);
  const problems = nameProblems(checked);
  if (problems.length > 0) throw inputError(problems, { code: 'configuration', provider: checked.name });
  const apiKey = new Secret(keyOf(options?.apiKey, checked));
  const authorization = Object.fromEntries(Object.entries(authorizationOf(checked.authentication, apiKey.reveal())).map(([name, value]) => [name, new Secret(value)]));
  const all = operationsOf(checked);
  const adapter = defineAdapter({
    contract: 1,
    provider: checked.name,
    dialect: null,
    baseUrl: options.baseUrl ?? checked.baseUrl,
    livemode: livemodeOf(checked.keyPrefixes, apiKey.reveal()),
    authorization: () => authorization,
    headers: checked.headers,
    encoding: checked.encoding,
    connectedAccountHeader: checked.connectedAccountHeader,
    requestId: { headers: checked.requestIdHeaders, members: [] },
    replayedHeader: checked.replayedHeader,
    shouldRetryHeader: checked.shouldRetryHeader,
    limits: limitsOf(checked),
    legalFrom: {},
    check: checker(checked),
    operations: Object.fromEntries(checked.operations.map((name) => [name, all[name]])) as Partial<Operations<OperationName>> as Operations<OperationName>,
    readError: errorReader({ payment: intentReader(checked), setup: setupReader(checked) }),
    webhooks: webhooksOf(checked),
  });
  // The operations that the profile names are those that are there, as the type says.
  return adapter as unknown as GenericAdapter<P>;
};

/** The profiles that ship, by name. */
const profiles = { stripe } as const;

/** What the package takes: a profile by name, or one of your own, beside the options of {@link generic}. */
export interface GenericPackageOptions<P extends 'stripe' | Profile = 'stripe' | Profile> extends GenericOptions {
  readonly profile: P;
}

const profileProblem = `is neither a profile that ships nor a profile; use one of ${Object.keys(profiles).join(', ')}, or give a profile as an object`;
const isProfile = (given: unknown): boolean => (typeof given === 'string' ? Object.hasOwn(profiles, given) : typeof given === 'object' && given !== null);

// What a profile has to be like is said by its own schema, when the adapter is made.
const packageOptions = z.strictObject(
  {
    profile: z.custom<'stripe' | Profile>(isProfile, { error: ({ input }) => (input === undefined ? `is missing; use one of ${Object.keys(profiles).join(', ')}` : profileProblem) }),
    apiKey: z.custom<string | SecretValue<string>>((key) => typeof key === 'string' || Secret.is(key), {
      error: ({ input }) => (input === undefined ? 'is missing; give the secret key as the service gave it' : 'is not a key; give the secret key as the service gave it'),
    }),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? `has options that do not exist (${issue.keys.join(', ')}); remove them` : 'is not an object of options; pass { profile, apiKey }') },
);

/** Stripe, or any service of its shape, to be chosen by name: `provider: 'generic', profile: 'stripe'`. */
export const adapterPackage: AdapterPackage<
  readonly [AdapterVariant<GenericPackageOptions<'stripe' | StripeProfile>, GenericAdapter<StripeProfile>>, AdapterVariant<GenericPackageOptions, GenericAdapter<Profile>>]
> = {
  provider: 'generic',
  options: packageOptions,
  environment: { profile: { variable: 'PROFILE', secret: false }, apiKey: { variable: 'API_KEY', secret: true } },
  create: ({ profile, ...options }) => generic<Profile>(typeof profile === 'string' ? profiles[profile] : profile, options),
};
