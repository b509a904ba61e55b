/** Payment intents as Paypercut's documents describe them, one for each state. */
export const fresh = {
  id: '01KB2MA0C3E5G7J9M1N3P5Q7R9',
  created: '2026-06-02T09:14:03.120Z',
  updated: '2026-06-02T09:14:03.120Z',
  amount: 2599,
  amount_capturable: 0,
  amount_received: 0,
  currency: { iso: 'eur', scale: 2 },
  status: 'requires_payment_method',
  capture_method: 'manual',
  payment_method: null,
  customer: '01KB2M7Q4T9V6X8Y0ZABCDEFGH',
  latest_payment: null,
  next_action: null,
  canceled_at: null,
  cancellation_reason: null,
  livemode: false,
  setup_future_usage: null,
  statement_descriptor: null,
} as const;

const threeDSecure = {
  flow: 'challenge',
  idempotency_key: '3ds-7f1c',
  status_url: 'https://shop.example/3ds/status/7f1c',
  challenge: { method: 'POST', url: 'https://acs.example/challenge', params: { creq: 'eyJhIjoxfQ' } },
  hint: { scheme: 'visa', version: '2.2.0', timeout_ms: 10_000 },
  return_url: 'https://shop.example/return',
} as const;

export const challenged = {
  ...fresh,
  updated: '2026-06-02T09:14:21.007Z',
  status: 'requires_action',
  payment_method: '01KB2M8R5V0W7Y9Z1ABCDEFGHJ',
  latest_payment: '01KB2MAK2D4F6H8J0K2M4N6P8Q',
  next_action: { type: 'three_d_secure', three_d_secure: threeDSecure },
} as const;

export const redirected = {
  ...challenged,
  amount: 5000,
  currency: { iso: 'pln', scale: 2 },
  capture_method: 'automatic',
  customer: null,
  next_action: { type: 'redirect_to_url', redirect_to_url: { url: 'https://buy.example/authenticate/abc', return_url: null } },
} as const;

export const authorised = {
  ...challenged,
  updated: '2026-06-02T09:15:10.450Z',
  amount_capturable: 2599,
  status: 'requires_capture',
  customer: {
    id: '01KB2M7Q4T9V6X8Y0ZABCDEFGH',
    created: '2026-05-30T08:00:00.000Z',
    livemode: false,
    email: 'ana@example.com',
    name: 'Ana Petrova',
    phone: null,
    preferred_locales: ['bg'],
  },
  next_action: null,
} as const;

export const captured = { ...authorised, status: 'succeeded', amount_capturable: 0, amount_received: 1999 } as const;

export const canceled = {
  id: '01KB2MD5G7J9K1M3N5P7Q9R1S3',
  created: '2026-06-01T12:00:00.000Z',
  updated: '2026-06-02T12:00:00.000Z',
  amount: 800,
  amount_capturable: 0,
  amount_received: 0,
  currency: { iso: 'gbp', scale: 2 },
  status: 'canceled',
  capture_method: 'manual',
  payment_method: '01KB2M8R5V0W7Y9Z1ABCDEFGHJ',
  latest_payment: '01KB2MD7B2C3D4E5F6G7H8J9K0',
  next_action: null,
  canceled_at: '2026-06-02T12:00:00.000Z',
  cancellation_reason: 'requested_by_customer',
  livemode: true,
} as const;

export const declinedCard = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'do_not_honor',
  advice_code: 'try_again_later',
  network_decline_code: '05',
  message: 'The card was declined.',
  param: null,
  trace_id: 'trc_a3',
} as const;
