/** Payment intents of the Stripe shape, one for each state and era. */
export const fresh = {
  id: 'pi_3OlivesAndOil001',
  object: 'payment_intent',
  amount: 2000,
  amount_capturable: 0,
  amount_received: 0,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: 'manual',
  client_secret: 'pi_3OlivesAndOil001_secret_hunted0Browser',
  confirmation_method: 'automatic',
  created: 1_775_797_200,
  currency: 'usd',
  customer: 'cus_Olive',
  description: 'Two bottles',
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  metadata: { order: '42' },
  next_action: null,
  payment_method: null,
  payment_method_types: ['card'],
  receipt_email: null,
  setup_future_usage: null,
  statement_descriptor: null,
  status: 'requires_payment_method',
} as const;

export const redirected = {
  ...fresh,
  status: 'requires_action',
  payment_method: 'pm_Olive',
  next_action: { type: 'redirect_to_url', redirect_to_url: { url: 'https://bank.example/hunted-step', return_url: 'https://shop.example/back' } },
} as const;

const charge = {
  id: 'ch_3OlivesAndOil001',
  object: 'charge',
  payment_method_details: { type: 'card', card: { last4: '4242', capture_before: 1_776_402_000 } },
} as const;

/** Since API version 2022-11-15, with the charge expanded. */
export const authorised = {
  ...redirected,
  status: 'requires_capture',
  next_action: null,
  amount_capturable: 2000,
  latest_charge: charge,
  customer: { id: 'cus_Olive', object: 'customer', email: 'olive@example.com', name: 'Olive Oyl' },
  payment_method: { id: 'pm_Olive', object: 'payment_method', card: { last4: '4242' } },
} as const;

/** Before API version 2022-11-15. */
export const old = {
  ...fresh,
  latest_charge: undefined,
  status: 'requires_capture',
  amount_capturable: 2000,
  payment_method: 'pm_Olive',
  charges: { object: 'list', data: [charge, { ...charge, id: 'ch_Older' }], has_more: false, url: '/v1/charges' },
} as const;

export const captured = { ...authorised, status: 'succeeded', amount_capturable: 0, amount_received: 1500 } as const;
export const canceled = { ...fresh, status: 'canceled', canceled_at: 1_775_800_800, cancellation_reason: 'requested_by_customer' } as const;

export const declinedCard = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'do_not_honor',
  advice_code: 'try_again_later',
  network_decline_code: '05',
  network_advice_code: '02',
  charge: 'ch_3OlivesAndOil001',
  doc_url: 'https://stripe.com/docs/error-codes/card-declined',
  message: 'Your card was declined.',
} as const;

export const declined = { ...fresh, last_payment_error: declinedCard } as const;
