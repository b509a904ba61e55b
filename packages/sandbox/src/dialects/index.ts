import type { Dialect } from '../contract.ts';
import type { DialectDefinition } from './definition.ts';
import { payjpPaymentFlows } from './payjp-payment-flows/routes.ts';

/** Every dialect that the sandbox speaks. */
export const dialects: Readonly<Record<Dialect, DialectDefinition>> = {
  payjp_payment_flows: payjpPaymentFlows,
  payjp_payment_intents: payjpPaymentFlows,
  paypercut: payjpPaymentFlows,
  stripe: payjpPaymentFlows,
};
