/** Example objects of each date, composed from the published schemas with invented values. */

/** Dialect payment_intents, 2025-08: fresh. Optional keys are missing. */
export const intentFresh = {
  id: 'pi_exA1', object: 'payment_intent', created_at: '2025-08-20T03:10:11Z', updated_at: '2025-08-20T03:10:11Z', livemode: false, amount: 3300,
  amount_capturable: null, amount_received: null, client_secret: 'pi_exA1_secret_EXAMPLE', confirmation_method: null, customer: 'cus_exA',
  metadata: { order: 'A-1001' }, payment_method_types: ['card'], status: 'requires_payment_method', capture_method: 'automatic_async',
}; // prettier-ignore

/** Dialect payment_intents, 2025-08: authorised by hand. Optional keys are null. */
export const intentAuthorised = {
  id: 'pi_exA2', object: 'payment_intent', created_at: '2025-08-20T03:10:11Z', updated_at: '2025-08-20T03:15:40Z', livemode: false, amount: 12000,
  amount_capturable: 12000, amount_received: 0, client_secret: 'pi_exA2_secret_EXAMPLE', confirmation_method: 'automatic', customer: null,
  description: null, metadata: null, payment_method: 'pm_exA', payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  payment_method_types: ['card'], receipt_email: 'buyer@example.com', status: 'requires_capture', next_action: null,
  return_url: 'https://shop.example/back', capture_method: 'manual',
}; // prettier-ignore

/** Dialect payment_flows before 2025-12-10: a failed attempt. `customer` and `payment_method`, no currency. */
export const earlyFlowFailed = {
  id: 'pfw_exB1', object: 'payment_flow', created_at: '2025-12-04T01:00:00Z', updated_at: '2025-12-04T01:02:09Z', livemode: false, amount: 980,
  amount_capturable: null, amount_received: null, client_secret: 'pfws_EXAMPLE_B1', customer: 'cus_exB', description: null, metadata: {},
  payment_method: null, payment_method_options: null, payment_method_types: ['card', 'paypay'], status: 'requires_payment_method', next_action: null,
  return_url: null, capture_method: 'automatic', last_payment_error: { code: 'card_declined', message: 'example decline text' },
}; // prettier-ignore

/** Dialect payment_flows of today: succeeded. */
export const flowSucceeded = {
  object: 'payment_flow', id: 'pfw_exC1', livemode: false, amount: 5400, currency: 'jpy', amount_capturable: 0, amount_received: 5400,
  client_secret: 'pfws_EXAMPLE_C1', customer_id: 'cus_exC', description: 'order 77', payment_method_id: 'pm_exC', payment_method_options: null,
  payment_method_types: ['card'], status: 'succeeded', next_action: null, return_url: null, capture_method: 'automatic', last_payment_error: null,
  cancellation_reason: null, canceled_at: null, expired_at: null, metadata: { order: '77', gift: true, items: 3 },
  created_at: '2026-04-10T05:00:00Z', updated_at: '2026-04-10T05:00:04Z',
}; // prettier-ignore

/** Dialect payment_flows of today: waiting for 3-D Secure. The inside of `next_action` is a placeholder, as it is published nowhere. */
export const flowWaiting = {
  object: 'payment_flow', id: 'pfw_exC2', livemode: false, amount: 8000, currency: 'jpy', amount_capturable: null, amount_received: null,
  client_secret: 'pfws_EXAMPLE_C2', customer_id: 'cus_exC', description: null, payment_method_id: 'pm_exC',
  payment_method_options: { card: { request_three_d_secure: 'any' } }, payment_method_types: ['card'], status: 'requires_action',
  next_action: { opaque: 'unverified shape' }, return_url: 'https://shop.example/back', capture_method: 'manual', last_payment_error: null,
  cancellation_reason: null, canceled_at: null, metadata: {}, created_at: '2026-04-10T05:00:00Z', updated_at: '2026-04-10T05:00:02Z',
}; // prettier-ignore

export const listOf = (path: string, data: readonly object[], hasMore = false) => ({ object: 'list', url: path, has_more: hasMore, data });
