import { paymentsFromEnv, requireCapabilities, type EnvironmentVariables } from '@oneintent/core';

/** The providers that this shop can be told to use. What is not chosen is never imported, and need not be installed. */
const adapters = {
  payjp: () => import('@oneintent/adapter-payjp'),
  paypercut: () => import('@oneintent/adapter-paypercut'),
  generic: () => import('@oneintent/adapter-generic'),
};

/** What the shop cannot do without, wherever it is. */
const needed = ['paymentIntents.create', { operation: 'paymentIntents.create', field: 'confirm' }] as const;

/** The one decision that is the shop's own: yen are taken in Japan. */
const accountFor = ({ currency }: { readonly currency: string }): string => (currency === 'JPY' ? 'jp' : 'eu');

/**
 * The shop's accounts, as the environment has them: nothing here depends on which provider an account is at. It rejects when anything is wrong, and
 * the process does not start.
 */
export const openAccounts = async (env: EnvironmentVariables) => {
  const selection = await paymentsFromEnv(env, adapters, { choose: accountFor });
  for (const name of selection.accounts) requireCapabilities(selection.for(name), needed);
  return {
    forCurrency: (currency: string) => {
      const payments = selection.choose({ currency });
      requireCapabilities(payments, needed);
      return payments;
    },
  };
};

export type Accounts = Awaited<ReturnType<typeof openAccounts>>;
