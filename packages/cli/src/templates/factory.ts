import type { AdapterNames } from './names.js';

/** `src/index.ts`: the factory. */
export const indexSource = ({ name, factory, type, title }: AdapterNames): string => `import {
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

/** FILL IN: the provider's own address. Source: FILL IN. */
const productionUrl = 'https://api.${name}.invalid';

/** What {@link ${factory}} needs. */
export interface ${type}Options {
  /** The secret key. */
  readonly apiKey: string | SecretValue<string>;
  /** Default: the provider's own address. */
  readonly baseUrl?: string | undefined;
}

const keyRemedy = 'Give the secret key.';

/** What is wrong with a key; null for a secret key. FILL IN: what a secret key looks like, so that a public one is refused. */
const keyProblem = (apiKey: unknown): string | null => {
  const key: unknown = Secret.is(apiKey) ? apiKey.reveal() : apiKey;
  return typeof key === 'string' && /^[\\x21-\\x7E]+$/.test(key) ? null : 'is not a secret key of ${title}';
};

const keyOf = (apiKey: string | SecretValue<string>): string => {
  const problem = keyProblem(apiKey);
  if (problem !== null) throw inputError([{ field: 'apiKey', problem, remedy: keyRemedy }], { code: 'configuration', provider: '${name}' });
  return Secret.is(apiKey) ? String(apiKey.reveal()) : String(apiKey);
};

/**
 * The adapter for ${title}'s payments.
 * @throws PaymentError \`configuration\` when the key is not a secret key. Nothing is sent.
 */
export const ${factory} = (options: ${type}Options): Adapter<keyof typeof operations & OperationName> => {
  const apiKey = new Secret(keyOf(options?.apiKey));
  return defineAdapter({
    contract: 1,
    provider: '${name}',
    dialect: null,
    baseUrl: options.baseUrl ?? productionUrl,
    // FILL IN: true or false where the key says it; where it does not, by an option such as environment.
    livemode: null,
    authorization: () => ({ Authorization: new Secret(\`Bearer \${apiKey.reveal()}\`) }),
    // FILL IN: headers of every request, such as an API version.
    headers: {},
    encoding: 'json',
    connectedAccountHeader: null,
    // FILL IN: where an answer carries the id that the provider's support asks for.
    requestId: { headers: [], members: [] },
    // FILL IN: the header that says, by the word true, that an answer is a stored one.
    replayedHeader: null,
    shouldRetryHeader: null,
    limits,
    // FILL IN: where the provider is stricter than the shared lifecycle, with the source.
    legalFrom: {},
    check,
    operations,
    readError,
    webhooks,
  });
};

// An option more, such as one with a default, is three lines: \`readonly environment?: 'live' | 'test' | undefined\` above (a schema's optional may also give
// undefined), \`environment: z.optional(z.enum(['live', 'test'], 'is not an environment; use live or test'))\` here, and its variable
// below. Any Standard Schema will do; zod/mini keeps the bundle of every application small, and has no words of its own, so write the sentence of each rule.
const options = z.strictObject({
  apiKey: z.custom<string | SecretValue<string>>((key) => keyProblem(key) === null, {
    error: ({ input }) => \`\${input === undefined ? 'is missing' : keyProblem(input)}; \${keyRemedy}\`,
  }),
});

/** ${title}, to be chosen by name: \`provider: '${name}'\`. */
export const adapterPackage: AdapterPackage<readonly [AdapterVariant<${type}Options, Adapter<keyof typeof operations & OperationName>>]> = {
  provider: '${name}',
  options,
  environment: { apiKey: { variable: 'API_KEY', secret: true } },
  create: ${factory},
};
`;

/** `src/operations.ts`: the table, each row a guess that throws until somebody has looked it up. */
export const operationsSource = ({ title }: AdapterNames): string => `import { defineOperations, path, type OperationName, type WireRequest } from '@oneintent/core/adapter';
import { readPage, readPaymentIntent, readRefund } from './read.js';
import { writeCancel, writeCapture, writeConfirm, writeCreate, writeRefund } from './write.js';

/** A row that nobody has looked up: it sends nothing. Take the call away from each row whose request is ${title}'s own, and at last delete this. */
const fillIn = (operation: OperationName, { method, path: guessed }: WireRequest): WireRequest => {
  throw new Error(\`src/operations.ts, '\${operation}': \${method} \${guessed} is a guess. Write the request that ${title}'s documentation has, and take fillIn( ) away; or delete the row, if there is no such operation.\`);
};

/**
 * What ${title} can do. What is not here is refused, and nothing is sent; so delete the rows that the provider lacks, and add those that it has: the
 * vocabulary also knows setupIntents, attempts and events. \`accepts\` is a promise: each field changes what write.ts sends; \`requires\` names those of them
 * without which the provider refuses. A change whose answer is empty, or another object, has \`response: () => null\`. Where the table hangs on an option of the
 * factory, make it a function of it. Source: FILL IN.
 */
export const operations = defineOperations({
  'paymentIntents.create': {
    accepts: ['amount', 'customer', 'paymentMethod', 'captureMethod', 'confirm', 'metadata'],
    request: (input) => fillIn('paymentIntents.create', { method: 'POST', path: '/payments', body: writeCreate(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.retrieve': {
    accepts: [],
    request: ({ id }) => fillIn('paymentIntents.retrieve', { method: 'GET', path: path\`/payments/\${id}\` }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.confirm': {
    accepts: ['paymentMethod'],
    request: (input) => fillIn('paymentIntents.confirm', { method: 'POST', path: path\`/payments/\${input.id}/confirm\`, body: writeConfirm(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.capture': {
    accepts: ['amount'],
    request: (input) => fillIn('paymentIntents.capture', { method: 'POST', path: path\`/payments/\${input.id}/capture\`, body: writeCapture(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.cancel': {
    accepts: ['reason'],
    request: (input) => fillIn('paymentIntents.cancel', { method: 'POST', path: path\`/payments/\${input.id}/cancel\`, body: writeCancel(input) }),
    response: ({ json }) => readPaymentIntent(json),
  },
  'paymentIntents.list': {
    accepts: ['limit', 'cursor'],
    request: ({ limit, cursor }) => fillIn('paymentIntents.list', { method: 'GET', path: '/payments', query: { limit, cursor } }),
    response: ({ json }) => readPage(json, readPaymentIntent),
  },
  'refunds.create': {
    accepts: ['amount', 'reason', 'metadata'],
    request: (input) => fillIn('refunds.create', { method: 'POST', path: '/refunds', body: writeRefund(input) }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.retrieve': {
    accepts: [],
    request: ({ id }) => fillIn('refunds.retrieve', { method: 'GET', path: path\`/refunds/\${id}\` }),
    response: ({ json }) => readRefund(json),
  },
  'refunds.list': {
    accepts: ['limit', 'cursor', 'paymentIntent'],
    request: ({ limit, cursor, paymentIntent }) => fillIn('refunds.list', { method: 'GET', path: '/refunds', query: { limit, cursor, payment: paymentIntent } }),
    response: ({ json }) => readPage(json, readRefund),
  },
});
`;
