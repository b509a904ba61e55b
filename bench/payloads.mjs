// What the server answers: one invented payment of about 1.1 kB in each wire shape, always the same bytes.

export const amount = 5400;
export const apiKey = 'sk_test_bench';

const text = 'Order 77: two cups of tea, one cake, delivery to the second door on the left'.padEnd(250, ', please');

const payjp = {
  livemode: false, amount, amount_capturable: amount, amount_received: 0, description: text, payment_method_types: ['card'], status: 'requires_capture',
  next_action: null, return_url: 'https://shop.example/back?order=order-77', capture_method: 'manual', last_payment_error: null, cancellation_reason: null,
  canceled_at: null, metadata: { order: 'order-77', gift: true, items: 3, oneintent_reference: 'order-77' },
  created_at: '2026-04-10T05:00:00Z', updated_at: '2026-04-10T05:00:04Z',
};

const stripe = {
  object: 'payment_intent', id: 'pi_3PbenchBenchBench', amount, amount_capturable: amount, amount_received: 0, amount_details: { tip: {} }, application: null,
  application_fee_amount: null, automatic_payment_methods: null, canceled_at: null, cancellation_reason: null, capture_method: 'manual',
  client_secret: 'pi_3PbenchBenchBench_secret_EXAMPLE', confirmation_method: 'automatic', created: 1775797200, currency: 'eur', customer: 'cus_bench',
  description: text.slice(0, 100), last_payment_error: null, latest_charge: 'ch_3PbenchBenchBench', livemode: false, metadata: { order: 'order-77', oneintent_reference: 'order-77' },
  next_action: null, on_behalf_of: null, payment_method: 'pm_bench', payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  payment_method_types: ['card'], processing: null, receipt_email: null, review: null, setup_future_usage: null, shipping: null, statement_descriptor: null,
  statement_descriptor_suffix: null, status: 'requires_capture', transfer_data: null, transfer_group: null,
};

/**
 * A wire shape: where the server answers with it, and its payment. Two providers have the same paths, so Paypercut has a folder of its own.
 * @typedef {{ readonly folder: string, readonly path: string, readonly payment: { readonly id: string } & Readonly<Record<string, unknown>> }} Shape
 */
export const shapes = {
  /** @type {Shape} */
  paymentFlows: {
    folder: '',
    path: '/v2/payment_flows',
    payment: {
      object: 'payment_flow', id: 'pfw_bench0bench0bench', currency: 'jpy', client_secret: 'pfws_EXAMPLE_bench0bench0bench', customer_id: 'cus_bench',
      payment_method_id: 'pm_bench', payment_method_options: { card: { request_three_d_secure: 'automatic' } }, expired_at: '2026-04-17T05:00:00Z', ...payjp,
    },
  },
  /** @type {Shape} */
  paymentIntents: {
    folder: '',
    path: '/v2/payment_intents',
    payment: {
      object: 'payment_intent', id: 'pi_bench0bench0bench', client_secret: 'pi_bench0bench0bench_secret_EXAMPLE', customer: 'cus_bench', payment_method: 'pm_bench',
      payment_method_options: { card: { request_three_d_secure: 'automatic' } }, confirmation_method: 'automatic', receipt_email: 'buyer@example.com', ...payjp,
    },
  },
  /** @type {Shape} */
  paypercut: {
    folder: '/paypercut',
    path: '/v1/payment_intents',
    payment: {
      object: 'payment_intent', id: 'pi_bench0bench0bench', amount, amount_capturable: amount, amount_received: 0, currency: { iso: 'EUR', scale: 2 },
      status: 'requires_capture', capture_method: 'manual', customer: { id: 'cus_bench', object: 'customer', name: text.slice(0, 90), email: 'buyer@example.com' },
      payment_method: { id: 'pm_bench', object: 'payment_method', type: 'card', card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030, country: 'BG' } },
      payment_method_options: { card: { request_three_d_secure: 'automatic' } }, latest_payment: 'pay_bench0bench0bench', setup_future_usage: 'off_session',
      last_payment_error: null, next_action: null, canceled_at: null, cancellation_reason: null, off_session: null, description: text.slice(0, 130),
      created_at: '2026-04-10T05:00:00Z', updated_at: '2026-04-10T05:00:04Z', livemode: false,
    },
  },
  /** @type {Shape} */
  stripe: { folder: '', path: '/v1/payment_intents', payment: stripe },
};

/** What the server signs its deliveries with, and one delivery of about 2 kB: an event with a payment intent in it, set out as Stripe sends it. */
export const webhookSecret = 'whsec_bench';
export const webhookId = 'evt_3PbenchBenchBench';
export const webhookBody = JSON.stringify(
  {
    id: webhookId, object: 'event', api_version: '2026-06-30', created: 1775797204, livemode: false, pending_webhooks: 1,
    data: { object: stripe, previous_attributes: { amount_capturable: 0, latest_charge: null, status: 'requires_payment_method' } },
    request: { id: 'req_bench', idempotency_key: 'b3f1c2d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d' }, type: 'payment_intent.amount_capturable_updated',
  },
  null,
  2,
);
