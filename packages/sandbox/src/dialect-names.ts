/** The names of all dialects. This is the only list of them: one that has no definition in `dialects` does not compile. */
export const dialectNames = ['payjp_payment_flows', 'payjp_payment_intents', 'paypercut', 'stripe'] as const;

/** One wire shape that the sandbox speaks. */
export type Dialect = (typeof dialectNames)[number];
