import { paymentFlows } from './payment-flows.js';
import { paymentIntents } from './payment-intents.js';

/** Every dialect, by its name. This is the only list of them: the option, its type and its messages derive from it. */
export const dialects = { payment_flows: paymentFlows, payment_intents: paymentIntents };

/** The name of a dialect. */
export type DialectName = keyof typeof dialects;

/** Whether this is the name of a dialect. */
export const isDialect = (name: unknown): name is DialectName => typeof name === 'string' && Object.hasOwn(dialects, name);

/** The names of all dialects. */
export const dialectNames: readonly DialectName[] = Object.keys(dialects).filter(isDialect);
