import type { Dialect } from '../dialect-names.js';
import type { DialectDefinition } from './definition.js';
import { paypercut } from './paypercut/routes.js';
import { payjpPaymentIntents } from './payjp-payment-intents/routes.js';
import { stripe } from './stripe/routes.js';
import { payjpPaymentFlows } from './payjp-payment-flows/routes.js';

/** What the sandbox knows of each dialect. */
export const dialects: Readonly<Record<Dialect, DialectDefinition>> = {
  payjp_payment_flows: payjpPaymentFlows,
  payjp_payment_intents: payjpPaymentIntents,
  paypercut,
  stripe,
};
