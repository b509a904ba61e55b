import type { EnvironmentVariables } from '@oneintent/core';
import { createSandbox, serve, type Sandbox } from '@oneintent/sandbox';
import { openAccounts, type Accounts } from './accounts.js';
import type { Order } from './check-out.js';

/** How a framework's app answers a request. */
export type Handler = (accounts: Accounts) => (request: Request) => Promise<Response>;

/** Where European orders are paid: the only thing that differs between two deployments of the shop. */
export type EuropeanProvider = 'paypercut' | 'stripe';

const europe = {
  paypercut: { ONEINTENT_EU_PROVIDER: 'paypercut' },
  stripe: { ONEINTENT_EU_PROVIDER: 'generic', ONEINTENT_EU_PROFILE: 'stripe' },
} as const;

const post = (order: Order): Request =>
  new Request('https://shop.example/orders', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) });

const orderAt = ({ customer, paymentMethods }: Sandbox, number: string, amount: number, currency: string): Order => ({
  number,
  amount,
  currency,
  customer,
  paymentMethod: paymentMethods.succeeds,
});

/** Two orders, in yen and in euros, in a shop whose environment says where each is paid; then what each provider's books say. */
export const play = async (handle: Handler, provider: EuropeanProvider) => {
  const sandboxes = { jp: createSandbox({ dialect: 'payjp_payment_flows' }), eu: createSandbox({ dialect: provider }) };
  const [jp, eu] = await Promise.all([serve(sandboxes.jp, { port: 0 }), serve(sandboxes.eu, { port: 0 })]);
  const env: EnvironmentVariables = {
    ONEINTENT_ACCOUNTS: 'jp,eu',
    ONEINTENT_DEFAULT_ACCOUNT: 'jp',
    ONEINTENT_JP_PROVIDER: 'payjp',
    ONEINTENT_JP_API_KEY: sandboxes.jp.apiKey,
    ONEINTENT_JP_BASE_URL: jp.origin,
    ...europe[provider],
    ONEINTENT_EU_API_KEY: sandboxes.eu.apiKey,
    ONEINTENT_EU_BASE_URL: eu.origin,
  };
  try {
    const send = handle(await openAccounts(env));
    const orders = [orderAt(sandboxes.jp, '1', 5400, 'JPY'), orderAt(sandboxes.eu, '2', 2599, 'EUR')];
    const answers = [];
    for (const order of orders) answers.push(await (await send(post(order))).json());
    const books = Object.values(sandboxes).map((sandbox) => sandbox.ledger().map(({ captured, currency }) => `${captured} ${currency}`));
    return { answers, books };
  } finally {
    await Promise.all([jp.close(), eu.close()]);
  }
};
