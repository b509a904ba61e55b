import type { Adapter } from '@oneintent/core';
import { generic, stripe } from '@oneintent/adapter-generic';
import { payjp } from '@oneintent/adapter-payjp';
import { paypercut } from '@oneintent/adapter-paypercut';
import type { Dialect } from '@oneintent/sandbox';

type Needed = 'paymentIntents.create' | 'paymentIntents.retrieve' | 'paymentIntents.confirm' | 'paymentIntents.capture' | 'paymentIntents.cancel';

/** One wire shape, and the adapter that speaks it. */
export interface Provider {
  /** As it is named on the command line. */
  readonly name: string;
  readonly title: string;
  /** The line of configuration that chooses it. */
  readonly choice: string;
  readonly adapter: (apiKey: string) => Adapter<Needed>;
  /** What the sandbox has to speak. */
  readonly dialect: Dialect;
  /** A currency that the provider takes. */
  readonly currency: string;
  /** The variable of the environment that has the test key. */
  readonly variable: string;
  /** Payment methods that the provider's test mode has for everyone. Source: https://stripe.com/docs/testing. */
  readonly testMethods?: { readonly good: string; readonly declined: string };
}

/** PAY.JP by its payment flows, the newer of its two APIs for payments. */
export const paymentFlows: Provider = {
  name: 'payjp',
  title: 'PAY.JP, payment flows',
  choice: 'payjp({ apiKey })',
  adapter: (apiKey) => payjp({ apiKey }),
  dialect: 'payjp_payment_flows',
  currency: 'JPY',
  variable: 'PAYJP_API_KEY',
};

/** PAY.JP by its payment intents. */
export const paymentIntents: Provider = {
  name: 'payjp_payment_intents',
  title: 'PAY.JP, payment intents',
  choice: "payjp({ apiKey, dialect: 'payment_intents' })",
  adapter: (apiKey) => payjp({ apiKey, dialect: 'payment_intents' }),
  dialect: 'payjp_payment_intents',
  currency: 'JPY',
  variable: 'PAYJP_API_KEY',
};

/** By the dialect of the sandbox: a new one does not compile until it is here. */
const byDialect: Readonly<Record<Dialect, Provider>> = {
  payjp_payment_flows: paymentFlows,
  payjp_payment_intents: paymentIntents,
  paypercut: {
    name: 'paypercut',
    title: 'Paypercut',
    choice: 'paypercut({ apiKey })',
    adapter: (apiKey) => paypercut({ apiKey }),
    dialect: 'paypercut',
    currency: 'EUR',
    variable: 'PAYPERCUT_API_KEY',
  },
  stripe: {
    name: 'stripe',
    title: 'Stripe',
    choice: 'generic(stripe, { apiKey })',
    adapter: (apiKey) => generic(stripe, { apiKey }),
    dialect: 'stripe',
    currency: 'EUR',
    variable: 'STRIPE_API_KEY',
    testMethods: { good: 'pm_card_visa', declined: 'pm_card_visa_chargeDeclined' },
  },
};

/** Every wire shape. */
export const providers: readonly Provider[] = Object.values(byDialect);
