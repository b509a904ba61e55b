import { captured, fresh } from './payloads.js';

/** Refunds, payments, setup intents and events as Paypercut's documents describe them. */
export const pendingRefund = {
  id: '01KB2MH8K0M2N4P6Q8R0S2T4V6',
  created: '2026-06-03T08:00:00.000Z',
  updated: '2026-06-03T08:00:00.000Z',
  amount: 1000,
  currency: { iso: 'eur', scale: 2 },
  payment: '01KB2MAK2D4F6H8J0K2M4N6P8Q',
  payment_intent: fresh.id,
  reason: 'requested_by_customer',
  status: 'pending',
  pending_reason: 'charge_pending',
} as const;

export const failedRefund = {
  id: '01KB2MJ9M1N3P5Q7R9S1T3V5W7',
  created: '2026-06-03T09:00:00.000Z',
  amount: 500,
  currency: { iso: 'eur', scale: 2 },
  payment_intent: fresh.id,
  reason: 'duplicate',
  status: 'failed',
  failure_reason: 'expired_or_canceled_card',
} as const;

export const paidPayment = {
  id: '01KB2MAK2D4F6H8J0K2M4N6P8Q',
  amount: 2599,
  amount_captured: 2599,
  amount_refunded: 1000,
  currency: { iso: 'eur', scale: 2 },
  status: 'succeeded',
  latest_status: 'partially_refunded',
  captured: true,
  paid: true,
  created: '2026-06-02T09:14:20.900Z',
  updated: '2026-06-02T09:20:00.000Z',
  livemode: false,
  failure_code: null,
  failure_message: null,
  payment_method: 'card',
  payment_method_details: {
    card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030, funding: 'credit', country: 'BG', capture_before: '2026-06-09T09:14:20.900Z' },
  },
  balance_transaction: { amount: 2599, fee: 62, net: 2537, currency: { iso: 'eur', scale: 2 }, exchange_rate: null },
  payment_intent: fresh.id,
  checkout_id: null,
} as const;

export const failedPayment = {
  id: '01KB2MF6H8K0M2N4P6Q8R0S2T4',
  amount: 2599,
  currency: { iso: 'eur', scale: 2 },
  status: 'failed',
  latest_status: 'failed',
  created: '2026-06-02T11:00:00.000Z',
  livemode: false,
  failure_code: 'card_declined',
  failure_message: 'The card has insufficient funds.',
  outcome: { network_decline_code: '51', network_status: 'declined_by_network', risk_score: 12, seller_message: null, type: 'issuer_declined' },
  payment_method: 'card',
  payment_intent: fresh.id,
} as const;

export const savedSetup = {
  id: '01KB2MMBP3Q5R7S9T1V3W5X7Y9',
  status: 'succeeded',
  currency: 'EUR',
  usage: 'off_session',
  payment_method: '01KB2M8R5V0W7Y9Z1ABCDEFGHJ',
  livemode: false,
  created: '2026-06-04T07:00:00.000Z',
} as const;

export const capturedEvent = {
  id: '01KB2MTHW9X1Y3Z5A7B9C1D3E5',
  type: 'payment_intent.captured',
  created: '2026-06-02T09:20:00Z',
  livemode: false,
  account: null,
  api_version: 'v1',
  data: { object: captured },
} as const;
