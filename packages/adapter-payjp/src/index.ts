import {
  defineAdapter,
  inputError,
  Secret,
  type Adapter,
  type AdapterFacts,
  type AdapterPackage,
  type AdapterVariant,
  type OperationName,
  type SecretValue,
} from '@oneintent/core/adapter';
import * as z from 'zod';
import { readError } from './errors.js';
import { check as checkFlows } from './payment-flows/write.js';
import { limits as flowsLimits } from './payment-flows/limits.js';
import { operations as flowsOperations } from './payment-flows/operations.js';
import { check as checkIntents } from './payment-intents/write.js';
import { limits as intentsLimits } from './payment-intents/limits.js';
import { operations as intentsOperations } from './payment-intents/operations.js';
import { flowWebhooks, intentWebhooks } from './webhook.js';

/** The provider's own address. Source: official SDKs, 2025-08 to 2026-04. */
const productionUrl = 'https://api.pay.jp';

const dialects = {
  payment_flows: { operations: flowsOperations, limits: flowsLimits, check: checkFlows, webhooks: flowWebhooks },
  payment_intents: { operations: intentsOperations, limits: intentsLimits, check: checkIntents, webhooks: intentWebhooks },
} as const;

/**
 * PAY.JP's wire shapes. `payment_flows`: the API of today (since 2025-12-10), which also reads what was written from 2025-11-06.
 * `payment_intents`: the API of 2025-08-05, before general availability.
 */
export type PayjpDialect = keyof typeof dialects;

/** What {@link payjp} needs. */
export interface PayjpOptions<D extends PayjpDialect = 'payment_flows'> {
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

type AdapterOf<D extends PayjpDialect> = D extends D ? Adapter<keyof (typeof dialects)[D]['operations'] & OperationName> : never;

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

/**
 * The adapter for PAY.JP's API, version 2.
 * @throws PaymentError `configuration` when the key is not a secret key, or the dialect is unknown. Nothing is sent.
 */
export const payjp = <const D extends PayjpDialect = 'payment_flows'>(options: PayjpOptions<D>): AdapterOf<D> => {
  const apiKey = new Secret(keyOf(options?.apiKey));
  const name: PayjpDialect = options.dialect ?? 'payment_flows';
  if (!Object.hasOwn(dialects, name))
    throw inputError([{ field: 'dialect', problem: 'is not a dialect of PAY.JP', remedy: `Use one of ${Object.keys(dialects).join(', ')}.` }], {
      code: 'configuration',
      provider: 'payjp',
    });
  const facts: Omit<AdapterFacts, 'limits' | 'check' | 'webhooks'> = {
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
  };
  const adapter =
    name === 'payment_flows' ? defineAdapter({ ...facts, ...dialects.payment_flows }) : defineAdapter({ ...facts, ...dialects.payment_intents });
  // The dialect that was chosen at run time is the one that the type names.
  return adapter as AdapterOf<D>;
};

const options = z.strictObject({
  apiKey: z.custom<string | SecretValue<string>>((key) => keyProblem(key) === null, {
    error: ({ input }) => `${input === undefined ? 'is missing' : keyProblem(input)}; ${keyRemedy}`,
  }),
  dialect: z.enum(['payment_flows', 'payment_intents'], `is not a dialect of PAY.JP; use one of ${Object.keys(dialects).join(', ')}`).exactOptional(),
});

/** PAY.JP, to be chosen by name: `provider: 'payjp'`. A dialect that is named gives a client of its own type. */
export const adapterPackage: AdapterPackage<
  readonly [
    AdapterVariant<PayjpOptions, AdapterOf<'payment_flows'>>,
    AdapterVariant<PayjpOptions<'payment_intents'> & { readonly dialect: 'payment_intents' }, AdapterOf<'payment_intents'>>,
    AdapterVariant<PayjpOptions<PayjpDialect>, AdapterOf<PayjpDialect>>,
  ]
> = {
  provider: 'payjp',
  options,
  environment: { apiKey: { variable: 'API_KEY', secret: true }, dialect: { variable: 'DIALECT', secret: false } },
  create: (given) => payjp<PayjpDialect>(given),
};
