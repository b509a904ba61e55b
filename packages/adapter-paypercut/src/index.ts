import {
  defineAdapter,
  inputError,
  Secret,
  type Adapter,
  type AdapterPackage,
  type AdapterVariant,
  type OperationName,
  type SecretValue,
} from '@oneintent/core/adapter';
import * as z from 'zod/mini';
import { readError } from './errors.js';
import { limits } from './limits.js';
import { operations } from './operations.js';
import { webhooks } from './webhook.js';
import { check } from './write.js';

/** The provider's own address, for test and live keys alike. Source: https://docs.paypercut.io/api-reference, 2026-07. */
const productionUrl = 'https://api.paypercut.io';

/** What {@link paypercut} needs. */
export interface PaypercutOptions {
  /** The secret key, `sk_test_…` or `sk_live_…`. It decides the mode. */
  readonly apiKey: string | SecretValue<string>;
  /** Default `https://api.paypercut.io`. */
  readonly baseUrl?: string;
}

/**
 * The result of a 3-D Secure authentication that was run elsewhere.
 * Source: https://docs.paypercut.io/api-reference/models/PaymentMethodOptionCard, 2026-07.
 */
export interface PaypercutThreeDSecureResult {
  /** The proof that the card's issuer gave. At most 1000 characters. */
  readonly cryptogram: string;
  /** The directory server's id of the authentication. At most 5000 characters. */
  readonly transactionId: string;
  readonly version: '1.0.2' | '2.1.0' | '2.2.0';
  /** The `transStatus` of the authentication response. */
  readonly aresTransStatus?: 'A' | 'C' | 'I' | 'N' | 'R' | 'U' | 'Y';
  readonly electronicCommerceIndicator?: '01' | '02' | '05' | '06' | '07';
  readonly exemptionIndicator?: 'low_risk' | 'none';
}

/** What only Paypercut has: `providerOptions: { paypercut: { … } }`. */
export interface PaypercutProviderOptions {
  readonly threeDSecureResult?: PaypercutThreeDSecureResult;
}

declare global {
  namespace OneIntent {
    interface ProviderOptions {
      readonly paypercut?: PaypercutProviderOptions;
    }
  }
}

const keyRemedy = 'Give the secret key, which begins with sk_test_ or sk_live_.';

/** What is wrong with a key; `null` for a secret key. */
const keyProblem = (apiKey: unknown): string | null => {
  const key: unknown = Secret.is(apiKey) ? apiKey.reveal() : apiKey;
  if (typeof key === 'string' && /^sk_(?:test|live)_[\x21-\x7E]+$/.test(key)) return null;
  return typeof key === 'string' && key.startsWith('pk_') ? 'is a public key, which is for browsers' : 'is not a secret key of Paypercut';
};

const keyOf = (apiKey: string | SecretValue<string>): string => {
  const problem = keyProblem(apiKey);
  if (problem !== null) throw inputError([{ field: 'apiKey', problem, remedy: keyRemedy }], { code: 'configuration', provider: 'paypercut' });
  return Secret.is(apiKey) ? String(apiKey.reveal()) : String(apiKey);
};

/**
 * The adapter for Paypercut's payment intents.
 * @throws PaymentError `configuration` when the key is not a secret key. Nothing is sent.
 */
export const paypercut = (options: PaypercutOptions): Adapter<keyof typeof operations & OperationName> => {
  const apiKey = new Secret(keyOf(options?.apiKey));
  return defineAdapter({
    contract: 1,
    provider: 'paypercut',
    dialect: null,
    baseUrl: options.baseUrl ?? productionUrl,
    livemode: apiKey.reveal().startsWith('sk_live_'),
    authorization: () => ({ Authorization: new Secret(`Bearer ${apiKey.reveal()}`) }),
    headers: {},
    encoding: 'json',
    connectedAccountHeader: 'Paypercut-Account',
    requestId: { headers: [], members: ['trace_id', 'error.trace_id'] },
    replayedHeader: null,
    shouldRetryHeader: null,
    limits,
    legalFrom: {
      'paymentIntents.cancel': {
        value: ['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture'],
        source: 'https://docs.paypercut.io/api-reference/tag/payment-intent/post/v1/payment_intents/id/cancel, 2026-07',
        confidence: 'documented',
      },
    },
    check,
    operations,
    readError,
    webhooks,
  });
};

const options = z.strictObject(
  {
    apiKey: z.custom<string | SecretValue<string>>((key) => keyProblem(key) === null, {
      error: ({ input }) => `${input === undefined ? 'is missing' : keyProblem(input)}; ${keyRemedy}`,
    }),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? `has options that do not exist (${issue.keys.join(', ')}); remove them` : 'is not an object of options; pass { apiKey }') },
);

/** Paypercut, to be chosen by name: `provider: 'paypercut'`. */
export const adapterPackage: AdapterPackage<readonly [AdapterVariant<PaypercutOptions, Adapter<keyof typeof operations & OperationName>>]> = {
  provider: 'paypercut',
  options,
  environment: { apiKey: { variable: 'API_KEY', secret: true } },
  create: paypercut,
};
