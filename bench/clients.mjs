// Who is measured. Each client is loaded only in its own process, and set up as its documentation says.
import { amount, apiKey, shapes } from './payloads.mjs';

/** @typedef {import('./payloads.mjs').Shape} Shape */

/**
 * Both operations give the id of what was answered, so that only right answers are counted.
 * @typedef {{ readonly retrieve: () => Promise<unknown>, readonly create: () => Promise<unknown> }} Calls
 */

/**
 * The adapters of this library, each in its configurations.
 * @type {Readonly<Record<string, { readonly shape: Shape, readonly currency: string, readonly metadata: boolean, readonly adapter: (baseUrl: string) => Promise<import('@oneintent/core').AnyAdapter> }>>}
 */
export const configurations = {
  'oneintent: payjp payment_flows': {
    shape: shapes.paymentFlows,
    currency: 'JPY',
    metadata: true,
    adapter: async (baseUrl) => (await import('@oneintent/adapter-payjp')).payjp({ apiKey, baseUrl }),
  },
  'oneintent: payjp payment_intents': {
    shape: shapes.paymentIntents,
    currency: 'JPY',
    metadata: true,
    adapter: async (baseUrl) => (await import('@oneintent/adapter-payjp')).payjp({ apiKey, baseUrl, dialect: 'payment_intents' }),
  },
  'oneintent: paypercut': {
    shape: shapes.paypercut,
    currency: 'EUR',
    metadata: false,
    adapter: async (baseUrl) => (await import('@oneintent/adapter-paypercut')).paypercut({ apiKey, baseUrl }),
  },
  'oneintent: generic stripe': {
    shape: shapes.stripe,
    currency: 'EUR',
    metadata: true,
    adapter: async (baseUrl) => {
      const { generic, stripe } = await import('@oneintent/adapter-generic');
      return generic(stripe, { apiKey, baseUrl });
    },
  },
};

/** @param {string} name @returns {(origin: string) => Promise<Calls>} */
const ours = (name) => async (origin) => {
  const { createPayments, money, supports } = await import('@oneintent/core');
  const { shape, currency, metadata, adapter } = configurations[name] ?? missing(name);
  /** @type {import('@oneintent/core').Payments<never>} */
  const payments = createPayments({ adapter: await adapter(`${origin}${shape.folder}`) });
  if (!supports(payments, 'paymentIntents.retrieve') || !supports(payments, 'paymentIntents.create')) throw new Error(`${name} lacks an operation.`);
  const { paymentIntents } = payments;
  return {
    retrieve: async () => (await paymentIntents.retrieve(shape.payment.id)).id,
    create: async () =>
      (await paymentIntents.create(
        {
          amount: money(amount, currency),
          customer: 'cus_bench',
          paymentMethod: 'pm_bench',
          captureMethod: 'manual',
          ...(metadata ? { metadata: { order: 'order-77' } } : {}),
        },
        { reference: 'order-77' },
      )).id,
  };
};

const flow = shapes.paymentFlows;
const flowBody = { amount, currency: 'jpy', customer_id: 'cus_bench', payment_method_id: 'pm_bench', capture_method: 'manual', metadata: { order: 'order-77' } };
const intentBody = { amount, currency: 'eur', customer: 'cus_bench', payment_method: 'pm_bench', metadata: { order: 'order-77' } };

/** @param {boolean} overFetch @returns {(origin: string) => Promise<Calls>} */
const stripeSdk = (overFetch) => async (origin) => {
  const { Stripe } = await import('stripe');
  const { hostname, port } = new URL(origin);
  const stripe = new Stripe(apiKey, { protocol: 'http', host: hostname, port, ...(overFetch ? { httpClient: Stripe.createFetchHttpClient() } : {}) });
  return {
    retrieve: async () => (await stripe.paymentIntents.retrieve(shapes.stripe.payment.id)).id,
    create: async () => (await stripe.paymentIntents.create({ ...intentBody, capture_method: 'manual' })).id,
  };
};

/** @param {import('ofetch').FetchOptions<'json'>} more @returns {(origin: string) => Promise<Calls>} */
const overOfetch = (more) => async (origin) => {
  const { ofetch } = await import('ofetch');
  const headers = { Authorization: `Bearer ${apiKey}` };
  return {
    retrieve: async () => (await ofetch(`${origin}${flow.path}/${flow.payment.id}`, { headers, ...more })).id,
    create: async () => (await ofetch(`${origin}${flow.path}`, { method: 'POST', headers, body: flowBody, ...more })).id,
  };
};

/**
 * @type {Readonly<Record<string, { readonly id: string, readonly connect: (origin: string) => Promise<Calls> }>>}
 */
export const clients = {
  ...Object.fromEntries(Object.entries(configurations).map(([name, { shape }]) => [name, { id: shape.payment.id, connect: ours(name) }])),
  fetch: {
    id: flow.payment.id,
    connect: async (origin) => {
      const headers = { Authorization: `Bearer ${apiKey}` };
      return {
        retrieve: async () => (await (await fetch(`${origin}${flow.path}/${flow.payment.id}`, { headers })).json()).id,
        create: async () => {
          const init = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(flowBody) };
          return (await (await fetch(`${origin}${flow.path}`, init)).json()).id;
        },
      };
    },
  },
  ofetch: { id: flow.payment.id, connect: overOfetch({}) },
  'ofetch (timeout)': { id: flow.payment.id, connect: overOfetch({ timeout: 25_000 }) },
  'stripe (node:http)': { id: shapes.stripe.payment.id, connect: stripeSdk(false) },
  'stripe (fetch)': { id: shapes.stripe.payment.id, connect: stripeSdk(true) },
  '@payjp/payjpv2': {
    id: flow.payment.id,
    connect: async (origin) => {
      const { createClient, createPaymentFlow, getPaymentFlow } = await import('@payjp/payjpv2');
      const client = createClient({ apiKey, baseUrl: origin });
      return {
        retrieve: async () => (await getPaymentFlow({ client, path: { payment_flow_id: flow.payment.id } })).data?.id,
        create: async () => (await createPaymentFlow({ client, body: { ...flowBody, currency: 'jpy', capture_method: 'manual' } })).data?.id,
      };
    },
  },
};

/** @param {string} name @returns {never} */
export const missing = (name) => {
  throw new Error(`There is no client named "${name}"; there are: ${Object.keys(clients).join(', ')}.`);
};
