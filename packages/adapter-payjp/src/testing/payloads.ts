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

/** Dialect payment_flows of today: a card that was saved. */
export const setupSaved = {
  object: 'setup_flow', id: 'sflw_exC', livemode: false, client_secret: 'sflw_secret_EXAMPLE_C', customer_id: 'cus_exC', description: null, metadata: {},
  payment_method_id: 'pm_exC2', payment_method_options: null, payment_method_types: ['card'], status: 'succeeded', next_action: null,
  return_url: 'https://shop.example/card-saved', last_setup_error: null, cancellation_reason: null, created_at: '2026-04-10T06:00:00Z',
  updated_at: '2026-04-10T06:01:00Z',
}; // prettier-ignore

/** Dialect payment_flows of today: a setup that nobody finished. It does not say when it was canceled. */
export const setupCanceled = {
  object: 'setup_flow', id: 'sflw_exC9', livemode: false, client_secret: 'sflw_secret_EXAMPLE_C9', customer_id: null, description: null, metadata: {},
  payment_method_id: null, payment_method_options: null, payment_method_types: ['card'], status: 'canceled', next_action: null, return_url: null,
  last_setup_error: null, cancellation_reason: 'abandoned', created_at: '2026-04-10T06:00:00Z', updated_at: '2026-04-10T07:00:00Z',
}; // prettier-ignore

/** Dialect payment_flows before 2025-12-10: `customer` and `payment_method`. */
export const earlySetup = {
  object: 'setup_flow', id: 'sflw_exB', created_at: '2025-12-04T00:00:00Z', updated_at: '2025-12-04T00:00:00Z', livemode: false,
  client_secret: 'sflw_secret_EXAMPLE_B', customer: 'cus_exB', description: null, metadata: {}, payment_method: 'pm_exB', payment_method_options: null,
  payment_method_types: ['card'], status: 'requires_payment_method', next_action: null, return_url: null,
  last_setup_error: { code: 'card_declined', message: 'example decline text' }, cancellation_reason: 'abondoned',
}; // prettier-ignore

/** Dialect payment_intents: a setup with its optional keys missing. */
export const setupIntent = {
  id: 'seti_exA', object: 'setup_intent', created_at: '2025-08-20T00:00:00Z', updated_at: '2025-08-20T00:00:00Z', livemode: false,
  client_secret: 'seti_exA_secret_EXAMPLE', customer: 'cus_exA', payment_method_types: ['card'], status: 'requires_confirmation', payment_method: 'pm_exA',
}; // prettier-ignore

/** Refunds of each date: they name their payment differently, and no currency. */
export const refunds = {
  '2025-08-05': { object: 'refund', id: 're_exA', created_at: '2025-08-21T00:00:00Z', updated_at: '2025-08-21T00:00:00Z', livemode: false, amount: 3300, status: 'succeeded', payment_intent: 'pi_exA1', reason: null },
  '2025-11-13': { object: 'refund', id: 'pyr_exB', created_at: '2025-11-20T00:00:00Z', updated_at: '2025-11-20T00:00:00Z', livemode: false, amount: 500, status: 'pending', payment_flow: 'pfw_exB1', reason: 'duplicate', metadata: null },
  today: { object: 'payment_refund', id: 'pyr_exC', livemode: false, payment_flow_id: 'pfw_exC1', amount: 400, status: 'pending', reason: 'requested_by_customer', metadata: { by: 'staff-3' }, created_at: '2026-04-11T02:00:00Z', updated_at: '2026-04-11T02:00:00Z' },
} as const; // prettier-ignore

/** An event: the payment is `data` itself. */
export const event = {
  object: 'event', id: 'evt_ex1', livemode: false, type: 'payment_flow.succeeded', pending_webhooks: 1, data: flowSucceeded,
  created_at: '2026-04-10T05:00:05Z', updated_at: '2026-04-10T05:00:05Z',
}; // prettier-ignore
