/** A setup intent, a refund, a charge and an event as Stripe has them. */
export const setup = {
  id: 'seti_1', object: 'setup_intent', status: 'requires_confirmation', livemode: false, client_secret: 'seti_1_secret_hunted', customer: { id: 'cus_1', object: 'customer' },
  payment_method: 'pm_1', payment_method_types: ['card'], usage: 'off_session', description: null, metadata: { order: '1' }, created: 1_775_797_200, next_action: null,
  last_setup_error: null, cancellation_reason: null,
} as const; // prettier-ignore

export const refund = {
  id: 're_1', object: 'refund', status: 'pending', amount: 400, currency: 'eur', payment_intent: 'pi_1', charge: { id: 'ch_1' }, reason: 'requested_by_customer',
  pending_reason: 'processing', metadata: {}, created: 1_775_797_300,
} as const; // prettier-ignore

export const charge = {
  id: 'ch_1', object: 'charge', status: 'succeeded', amount: 1000, amount_captured: 1000, amount_refunded: 400, currency: 'eur', livemode: false, payment_intent: 'pi_1',
  failure_code: null, failure_message: null, outcome: { network_status: 'approved_by_network', reason: null },
  payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030, funding: 'credit', country: 'BG', capture_before: 1_776_402_000 } },
  balance_transaction: { id: 'txn_1', fee: 44, currency: 'eur' }, created: 1_775_797_250,
} as const; // prettier-ignore

export const event = { id: 'evt_1', object: 'event', type: 'refund.updated', livemode: false, created: 1_775_797_400, data: { object: refund }, pending_webhooks: 1 } as const;
