import { unixTime } from '../../engine/clock.js';
import { latestCharge, type Attempt, type Intent } from '../../engine/intent.js';
import type { Json, JsonObject } from '../../engine/json.js';
import { capturedTotal } from '../../engine/ledger.js';
import { authorizationSeconds } from '../../engine/lifecycle.js';
import { metadataJson } from '../../engine/metadata.js';
import { amountRefunded, refundsOfAttempt } from '../../engine/refund.js';
import type { Store } from '../../engine/store.js';
import { failures } from './failures.js';
import { renderRefund } from './render-refund.js';

/** What is shown of the one test card. */
const card = { brand: 'visa', country: 'US', exp_month: 12, exp_year: 2035, fingerprint: null, funding: 'credit', last4: '4242' } as const;

const billing = { address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }, email: null, name: null, phone: null };

function outcome({ failure }: Attempt): Json {
  if (failure === null) return { network_status: 'approved_by_network', reason: null, risk_level: 'normal', seller_message: 'Payment complete.', type: 'authorized' };
  const { decline, network, advice } = failures[failure];
  return {
    advice_code: advice,
    network_decline_code: network,
    network_status: 'declined_by_network',
    reason: decline ?? failure,
    risk_level: 'normal',
    seller_message: 'The bank did not approve the payment.',
    type: 'issuer_declined',
  };
}

/** What the provider keeps of a charge: a hundredth and a half, and 25 of the smallest unit. */
const feeOf = (amount: number): number => Math.round(amount * 0.015) + 25;

function balanceTransaction(intent: Intent, attempt: Attempt, captured: number, expand: readonly string[]): Json {
  if (captured === 0) return null;
  const id = attempt.id.replace('ch_', 'txn_');
  if (!expand.includes('balance_transaction')) return id;
  const fee = feeOf(captured);
  const currency = intent.currency.toLowerCase();
  return {
    id,
    object: 'balance_transaction',
    amount: captured,
    available_on: unixTime(attempt.at),
    created: unixTime(attempt.at),
    currency,
    description: intent.details.description,
    exchange_rate: null,
    fee,
    fee_details: [{ amount: fee, application: null, currency, description: 'Processing fee', type: 'stripe_fee' }],
    net: captured - fee,
    reporting_category: 'charge',
    source: attempt.id,
    status: 'pending',
    type: 'charge',
  };
}

/** A charge: one attempt that reached the card network. `expand` names the references to give as objects. */
export function renderCharge(intent: Intent, attempt: Attempt, store: Store, expand: readonly string[] = []): JsonObject {
  const refunds = refundsOfAttempt(store, attempt);
  const refunded = amountRefunded(refunds, store.switches.amountRefunded);
  const failure = attempt.failure === null ? null : failures[attempt.failure];
  const current = attempt === latestCharge(intent) && failure === null;
  const approved = current && intent.authorizedAt !== null;
  const captured = approved ? capturedTotal(intent) : 0;
  const captureBefore = approved && intent.status === 'requires_capture' && intent.authorizedAt !== null ? intent.authorizedAt + authorizationSeconds * 1000 : null;
  return {
    id: attempt.id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured,
    amount_refunded: refunded,
    balance_transaction: balanceTransaction(intent, attempt, captured, expand),
    billing_details: billing,
    captured: captured > 0,
    created: unixTime(attempt.at),
    currency: intent.currency.toLowerCase(),
    customer: intent.customer,
    description: intent.details.description,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    livemode: false,
    metadata: metadataJson(intent.metadata),
    outcome: outcome(attempt),
    paid: approved,
    payment_intent: intent.id,
    payment_method: attempt.method.id,
    payment_method_details: { card: { ...card, capture_before: captureBefore === null ? undefined : unixTime(captureBefore) }, type: 'card' },
    receipt_email: intent.details.receiptEmail,
    refunded: captured > 0 && refunded === captured,
    // Left out of newer answers, unless it is asked for.
    refunds:
      store.switches.charge === 'charges' || expand.includes('refunds')
        ? { object: 'list', data: refunds.toReversed().map(renderRefund), has_more: false, url: `/v1/charges/${attempt.id}/refunds` }
        : undefined,
    status: approved ? 'succeeded' : current && intent.status === 'processing' ? 'pending' : 'failed',
  };
}

/** A payment method, as it is shown in full. */
export const renderPaymentMethod = (id: string, customer: string | null, createdAt: number): JsonObject => ({
  id,
  object: 'payment_method',
  allow_redisplay: 'unspecified',
  billing_details: billing,
  card: { ...card, checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' }, three_d_secure_usage: { supported: true }, wallet: null },
  created: unixTime(createdAt),
  customer,
  livemode: false,
  metadata: {},
  type: 'card',
});

/** The customer, as it is shown in full. */
export const renderCustomer = (id: string, createdAt: number): JsonObject => ({
  id,
  object: 'customer',
  created: unixTime(createdAt),
  description: null,
  email: 'customer@example.com',
  livemode: false,
  metadata: {},
  name: 'Test Customer',
  phone: null,
});
