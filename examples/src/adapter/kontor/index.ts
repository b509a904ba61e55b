import { defineAdapter, inputError, Secret, type Adapter, type OperationName, type SecretValue } from '@oneintent/core/adapter';
import { readError } from './errors.js';
import { limits } from './limits.js';
import { operations } from './operations.js';
import { webhooks } from './webhook.js';
import { check } from './write.js';

/** What {@link kontor} needs. */
export interface KontorOptions {
  /** The secret key, `sk_test_…` or `sk_live_…`. It decides the mode. */
  readonly apiKey: string | SecretValue<string>;
  /** Default `https://api.kontor.example`. */
  readonly baseUrl?: string;
}

const keyOf = (apiKey: string | SecretValue<string>): string => {
  const key: unknown = Secret.is(apiKey) ? apiKey.reveal() : apiKey;
  if (typeof key === 'string' && /^sk_(?:test|live)_\w+$/.test(key)) return key;
  const problem = { field: 'apiKey', problem: 'is not a secret key of Kontor', remedy: 'Give the key that begins with sk_test_ or sk_live_.' };
  throw inputError([problem], { code: 'configuration', provider: 'kontor' });
};

/**
 * The adapter for Kontor's payments.
 * @throws PaymentError `configuration` when the key is not a secret key. Nothing is sent.
 */
export const kontor = (options: KontorOptions): Adapter<keyof typeof operations & OperationName> => {
  const apiKey = new Secret(keyOf(options?.apiKey));
  return defineAdapter({
    contract: 1,
    provider: 'kontor',
    dialect: null,
    baseUrl: options.baseUrl ?? 'https://api.kontor.example',
    livemode: apiKey.reveal().startsWith('sk_live_'),
    authorization: () => ({ Authorization: new Secret(`Bearer ${apiKey.reveal()}`) }),
    headers: {},
    encoding: 'json',
    connectedAccountHeader: null,
    requestId: { headers: [], members: ['ticket'] },
    replayedHeader: null,
    shouldRetryHeader: null,
    limits,
    legalFrom: {},
    check,
    operations,
    readError,
    webhooks,
  });
};
