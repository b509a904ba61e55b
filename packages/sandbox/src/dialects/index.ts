import type { Dialect } from '../contract.ts';
import type { DialectDefinition } from './definition.ts';
import { paypercut } from './paypercut/routes.ts';
import { payjpPaymentIntents } from './payjp-payment-intents/routes.ts';
import { stripe } from './stripe/routes.ts';
import { payjpPaymentFlows } from './payjp-payment-flows/routes.ts';

/** Every dialect that the sandbox speaks. */
export const dialects: Readonly<Record<Dialect, DialectDefinition>> = {
  payjp_payment_flows: payjpPaymentFlows,
  payjp_payment_intents: payjpPaymentIntents,
  paypercut,
  stripe,
};
