import type { Dialect } from '../contract.js';
import type { DialectDefinition } from './definition.js';
import { paypercut } from './paypercut/routes.js';
import { payjpPaymentIntents } from './payjp-payment-intents/routes.js';
import { stripe } from './stripe/routes.js';
import { payjpPaymentFlows } from './payjp-payment-flows/routes.js';

/** Every dialect that the sandbox speaks. */
export const dialects: Readonly<Record<Dialect, DialectDefinition>> = {
  payjp_payment_flows: payjpPaymentFlows,
  payjp_payment_intents: payjpPaymentIntents,
  paypercut,
  stripe,
};
