import { isoTime } from '../../engine/clock.js';
import { latestAttempt, type Attempt, type Intent } from '../../engine/intent.js';
import type { Json, JsonObject } from '../../engine/json.js';
import { capturedTotal, heldTotal } from '../../engine/ledger.js';
import { authorizationSeconds } from '../../engine/lifecycle.js';
import { amountRefunded, refundsOfAttempt } from '../../engine/refund.js';
import type { Store } from '../../engine/store.js';
import type { Place } from '../definition.js';
import { failures } from './failures.js';

const date = (at: number | null): string | null => (at === null ? null : isoTime(at));

const currency = (intent: Intent): JsonObject => ({ iso: intent.currency.toLowerCase(), scale: 2 });

const card = { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2035, funding: 'credit' } as const;

function nextAction(place: Place, intent: Intent): Json {
  const attempt = latestAttempt(intent);
  if (intent.status !== 'requires_action' || attempt === undefined) return null;
  const url = `https://sandbox.invalid/authenticate/${attempt.id}`;
  if (place.store.switches.nextAction === 'redirect_to_url') return { type: 'redirect_to_url', redirect_to_url: { url, return_url: null } };
  return {
    type: 'three_d_secure',
    three_d_secure: {
      flow: 'challenge',
      idempotency_key: `3ds-${attempt.id}`,
      status_url: `${url}/status`,
      challenge: { method: 'POST', url, params: { creq: btoa(JSON.stringify({ attempt: attempt.id })) } },
      hint: { scheme: 'visa', version: '2.2.0', timeout_ms: 10_000 },
      return_url: null,
    },
  };
}

const renderCustomer = (id: string, at: number): JsonObject => ({
  id,
  created: isoTime(at),
  livemode: false,
  email: 'customer@example.com',
  name: 'Test Customer',
  phone: null,
  preferred_locales: null,
});

const renderPaymentMethod = (place: Place, id: string, at: number): JsonObject => ({
  id,
  type: 'card',
  customer: place.profile.customer,
  livemode: false,
  created: isoTime(at),
  metadata: {},
  billing_details: { email: null, name: null, phone: null, address: null },
  card: { ...card, country: 'BG', cardholder_name: null, display_brand: 'visa', fingerprint: null, issuer: null, three_d_secure_usage: { supported: true } },
});

/** A payment intent; `expand` names the references to give as objects. */
export function renderIntent(place: Place, intent: Intent, expand: readonly string[] = []): JsonObject {
  const { customer, paymentMethod, createdAt } = intent;
  return {
    id: intent.id,
    created: isoTime(createdAt),
    updated: isoTime(intent.updatedAt),
    amount: intent.amount,
    amount_capturable: heldTotal(intent),
    amount_received: capturedTotal(intent),
    currency: currency(intent),
    status: intent.status,
    capture_method: intent.captureMethod,
    payment_method: paymentMethod !== null && expand.includes('payment_method') ? renderPaymentMethod(place, paymentMethod, createdAt) : paymentMethod,
    customer: customer !== null && expand.includes('customer') ? renderCustomer(customer, createdAt) : customer,
    latest_payment: latestAttempt(intent)?.id ?? null,
    next_action: nextAction(place, intent),
    canceled_at: date(intent.canceledAt),
    cancellation_reason: intent.cancellationReason,
    livemode: false,
    setup_future_usage: intent.details.setupFutureUsage,
    statement_descriptor: null,
  };
}

type PaymentState = 'failed' | 'pending' | 'authorized' | 'succeeded' | 'canceled';

function stateOf(intent: Intent, attempt: Attempt): PaymentState {
  if (attempt.failure !== null) return 'failed';
  if (attempt !== latestAttempt(intent)) return 'canceled';
  if (intent.authorizedAt !== null) return capturedTotal(intent) > 0 ? 'succeeded' : 'authorized';
  return intent.status === 'canceled' ? 'canceled' : 'pending';
}

const statuses: Readonly<Record<PaymentState, 'succeeded' | 'pending' | 'failed'>> = {
  succeeded: 'succeeded',
  authorized: 'succeeded',
  pending: 'pending',
  failed: 'failed',
  canceled: 'failed',
};

/** One of the three statuses that are documented. */
export const paymentStatus = (intent: Intent, attempt: Attempt): 'succeeded' | 'pending' | 'failed' => statuses[stateOf(intent, attempt)];

/** A payment: one attempt to confirm an intent. */
export function renderPayment(store: Store, intent: Intent, attempt: Attempt): JsonObject {
  const refunds = refundsOfAttempt(store, attempt);
  const state = stateOf(intent, attempt);
  const paid = state === 'succeeded' || state === 'authorized';
  const failure = attempt.failure === null ? null : failures[attempt.failure];
  const captureBefore = state === 'authorized' && intent.authorizedAt !== null ? intent.authorizedAt + authorizationSeconds * 1000 : null;
  const digits = String(intent.amount).padStart(3, '0');
  return {
    id: attempt.id,
    amount: intent.amount,
    amount_captured: paid ? capturedTotal(intent) : 0,
    amount_refunded: amountRefunded(refunds, store.switches.amountRefunded),
    formatted_amount: `${digits.slice(0, -2)}.${digits.slice(-2)}`,
    currency: currency(intent),
    status: paymentStatus(intent, attempt),
    latest_status: state,
    captured: state === 'succeeded',
    paid,
    created: isoTime(attempt.at),
    updated: isoTime(Math.max(intent.updatedAt, ...refunds.map(({ updatedAt }) => updatedAt))),
    livemode: false,
    failure_code: failure === null ? null : 'card_declined',
    failure_message: failure?.message ?? null,
    outcome: failure === null ? undefined : declineOutcome(failure.network),
    payment_method: 'card',
    payment_method_details: { card: { ...card, capture_before: date(captureBefore) } },
    balance_transaction: state === 'succeeded' ? balanceTransaction(intent, attempt) : undefined,
    customer: intent.customer ?? undefined,
    payment_intent: intent.id,
    checkout_id: null,
  };
}

/** What is settled, less what the provider keeps: a hundredth and a half, and 20 cents. */
function balanceTransaction(intent: Intent, attempt: Attempt): JsonObject {
  const amount = capturedTotal(intent);
  const fee = Math.round(amount * 0.015) + 20;
  return { id: `BT${attempt.id.slice(2)}`, created: isoTime(attempt.at), amount, currency: currency(intent), exchange_rate: null, fee, net: amount - fee };
}

const declineOutcome = (network: string): JsonObject => ({
  network_decline_code: network,
  network_status: 'declined_by_network',
  risk_score: 12,
  seller_message: null,
  type: 'issuer_declined',
});
