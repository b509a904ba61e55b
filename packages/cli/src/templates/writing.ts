import type { AdapterNames } from './names.js';

/** `src/write.ts`: ours to theirs. */
export const writeSource = ({ title }: AdapterNames): string => `import type { AdapterProblem, OperationName, RequestInput, WireBody } from '@oneintent/core/adapter';

// Every name of a member below is a guess: FILL IN ${title}'s own. Each field that operations.ts accepts has to be written here. Amounts come converted, in
// the units that limits.ts declares. What is undefined is left out.

export const writeCreate = (input: RequestInput<'paymentIntents.create'>): WireBody => ({
  amount: input.amount.units,
  currency: input.amount.currency,
  customer: input.customer,
  payment_method: input.paymentMethod,
  capture_method: input.captureMethod ?? 'automatic',
  confirm: input.confirm,
  metadata: input.metadata,
});

export const writeConfirm = (input: RequestInput<'paymentIntents.confirm'>): WireBody => ({ payment_method: input.paymentMethod });

export const writeCapture = (input: RequestInput<'paymentIntents.capture'>): WireBody => ({ amount: input.amount?.units });

export const writeCancel = (input: RequestInput<'paymentIntents.cancel'>): WireBody => ({ reason: input.reason });

export const writeRefund = (input: RequestInput<'refunds.create'>): WireBody => ({
  payment: input.id,
  amount: input.amount?.units,
  reason: input.reason,
  metadata: input.metadata,
});

/** FILL IN: rules across fields, each as a problem with its remedy. It is called before anything is sent; an empty list is good. */
export const check = (_operation: OperationName, _input: object): readonly AdapterProblem[] => [];
`;

/** `src/limits.ts`: what the provider takes. */
export const limitsSource = ({ title }: AdapterNames): string => `import type { Limits } from '@oneintent/core/adapter';

/**
 * What ${title} takes. FILL IN each value with its source (the page and its date) and how sure it is: \`documented\`, \`third_party\`, \`inferred\` or
 * \`unverified\`. The core checks all of it before anything is sent.
 */
export const limits: Limits = {
  currencies: { value: 'all', source: 'FILL IN', confidence: 'unverified' },
  // In the provider's units: wireExponent says how many decimal digits these have where ISO 4217 says otherwise.
  amounts: { value: { every: {} }, source: 'FILL IN', confidence: 'unverified' },
  captureMinimum: { value: null, source: 'FILL IN', confidence: 'unverified' },
  captureMethods: { value: ['automatic', 'manual'], source: 'FILL IN', confidence: 'unverified' },
  cancellationReasons: { value: ['duplicate', 'fraudulent', 'requested_by_customer'], source: 'FILL IN', confidence: 'unverified' },
  setupCancellationReasons: { value: [], source: 'FILL IN', confidence: 'unverified' },
  refundReasons: { value: ['duplicate', 'fraudulent', 'requested_by_customer'], source: 'FILL IN', confidence: 'unverified' },
  metadata: { value: { maximumKeys: null, maximumKeyLength: null, maximumValueLength: null, valueTypes: ['string'] }, source: 'FILL IN', confidence: 'unverified' },
  idempotency: {
    // 'documented' makes the core send a charge again after a lost answer: say it only where the provider publishes that a repeated key repeats the first
    // answer: { honoured: 'documented', place: { header: 'Idempotency-Key' }, alphabet: '[ -~]+', maximumLength: 255, window: 86_400, stores: 'unknown',
    // inFlight: 'unknown', repetition: 'unknown' }, and \`except\` with the operations that take none. 'no' sends no key, and the core looks instead.
    value: { honoured: 'no' },
    source: 'FILL IN',
    confidence: 'unverified',
  },
  pageSize: { value: null, source: 'FILL IN', confidence: 'unverified' },
  // 'immediate' where the provider publishes that a list shows what has just been created, 'lags' where it does so later.
  lists: { value: 'unknown', source: 'FILL IN', confidence: 'unverified' },
};
`;

/** `src/testing/stage.ts`: the stub server. */
export const stageSource = ({ name, title }: AdapterNames): string => `import type { Refusals, Stage } from '@oneintent/core/conformance';

/** FILL IN: what ${title} itself answers, in its own format, to too many requests (rateLimited), while the same key is still at work (stillRunning), and when it is broken. */
export const refusals: Refusals = {};

/**
 * FILL IN: a small ${title} in memory, fresh for every promise. Write it from the documentation and not from the adapter: two readings of the same page find
 * the mistakes of either. Until it knows a request it answers 501, and says which. It says every status word that the provider has on some way that a payment
 * can go, and is done with whatever the provider does by itself within 120 seconds of its own clock.
 *
 * Then give it levers, one by one; without them promises are skipped, not proven:
 * paymentMethods { succeeds, card_declined, … } and customer, ledger (begin with this one: the provider's own books), completeAction and failAction, advance
 * and now, deliveries and webhookSecret, setSwitches.
 */
export const openStage = (currency: string): Stage => {
  const requests: string[] = [];
  return {
    origin: 'https://api.${name}.invalid',
    currency,
    paymentMethods: {},
    requests: () => requests,
    fetch: async (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      const request = \`\${init?.method ?? 'GET'} \${pathname}\`;
      requests.push(request);
      // FILL IN: what the provider answers, request by request.
      return Response.json({ error: { code: \`src/testing/stage.ts has no answer to \${request}: write there what ${title} answers\` } }, { status: 501 });
    },
  };
};
`;

/** `src/testing/harness.ts`: what the suite needs to know. */
export const harnessSource = ({ name, factory }: AdapterNames): string => `import type { Harness } from '@oneintent/core/conformance';
import { ${factory} } from '../index.js';
import { openStage, refusals } from './stage.js';

/** FILL IN: two currencies that the provider takes, one of them without hundredths: an adapter that takes every amount for hundredths is right in the other. */
const currencies = ['EUR', 'JPY'];

const adapter = ${factory}({ apiKey: 'sk_test_${name.replaceAll('-', '_')}' });

/** What the conformance suite needs to know, once for each currency. \`npm run conformance\` and \`npm test\` both run it. */
export const harness: readonly Harness[] = currencies.map((currency) => ({ name: \`${name} in \${currency}\`, adapter, open: () => openStage(currency), refusals }));
`;

/** `src/testing/provider.ts`: the suite at the provider itself. */
export const providerSource = ({ name, factory, title, keyVariable }: AdapterNames): string => `import { atProvider } from '@oneintent/core/conformance';
import { ${factory} } from '../index.js';

// Node's own types are left out, as an adapter runs anywhere.
declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

const { ${keyVariable}: apiKey = '' } = process.env;
if (apiKey === '') throw new Error('Set ${keyVariable} to a secret test key of ${title}.');

/** The suite at ${title}'s own test account: \`npm run conformance:provider\`. It takes test payments, one request after another, and cancels what it can. */
export const harness = atProvider({
  name: '${name}',
  adapter: ${factory}({ apiKey }),
  // FILL IN: a currency that the test account takes.
  currency: 'EUR',
  // FILL IN: payment methods of the test mode { succeeds, card_declined, three_d_secure, … }, and the \`customer\` that owns them. Without them little is tested.
  paymentMethods: {},
  date: new Date().toISOString().slice(0, 10),
  onLeftover: ({ object, id, why }) => console.error(\`Left at ${title}: \${object} \${id ?? 'whose id no answer told'}: \${why}\`),
});
`;

/** `src/conformance.test.ts`: the suite as tests. */
export const conformanceTestSource = (): string => `import { describeConformance } from '@oneintent/core/conformance';
import { describe, it } from 'vitest';
import { harness } from './testing/harness.js';

for (const each of harness) describeConformance(each, { describe, it });
`;
