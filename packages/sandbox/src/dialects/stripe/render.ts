import { unixTime } from '../../engine/clock.js';
import { latestAttempt, latestCharge, type Intent } from '../../engine/intent.js';
import type { Json, JsonObject } from '../../engine/json.js';
import { capturedTotal, heldTotal } from '../../engine/ledger.js';
import { metadataJson } from '../../engine/metadata.js';
import type { Store } from '../../engine/store.js';
import { errorOf } from './failures.js';
import { renderCharge, renderCustomer, renderPaymentMethod } from './render-charge.js';

function nextAction(intent: Intent): Json {
  const attempt = latestAttempt(intent);
  if (intent.status !== 'requires_action' || attempt === undefined) return null;
  const url = `https://sandbox.invalid/authenticate/${attempt.id}`;
  const { returnUrl } = intent.details;
  if (returnUrl !== null) return { redirect_to_url: { return_url: returnUrl, url }, type: 'redirect_to_url' };
  return { type: 'use_stripe_sdk', use_stripe_sdk: { source: attempt.id, stripe_js: url, type: 'three_d_secure_redirect' } };
}

/** The last failure as an error object; null when there is none. */
export function lastError(intent: Intent): JsonObject | null {
  const attempt = intent.lastFailure;
  if (attempt?.failure == null) return null;
  return errorOf(attempt.failure, 'payment_intent', {
    charge: attempt.charged ? attempt.id : undefined,
    payment_method: renderPaymentMethod(attempt.method.id, intent.customer, intent.createdAt),
  });
}

function charges(intent: Intent, store: Store, expand: readonly string[]): JsonObject {
  const latest = latestCharge(intent);
  const { charge } = store.switches;
  if (charge !== 'charges') {
    const within = expand.flatMap((path) => (path.startsWith('latest_charge.') ? [path.slice('latest_charge.'.length)] : []));
    const whole = charge === 'latest_charge_expanded' || within.length > 0 || expand.includes('latest_charge');
    return { latest_charge: latest === undefined ? null : whole ? renderCharge(intent, latest, store, within) : latest.id };
  }
  const data = intent.attempts.filter(({ charged }) => charged).toReversed();
  return {
    charges: {
      object: 'list',
      data: data.map((attempt) => renderCharge(intent, attempt, store)),
      has_more: false,
      total_count: data.length,
      url: `/v1/charges?payment_intent=${intent.id}`,
    },
  };
}

/** A payment intent; `expand` names the references to give as objects. */
export function renderIntent(intent: Intent, store: Store, expand: readonly string[] = []): JsonObject {
  const { details, customer, paymentMethod, createdAt } = intent;
  return {
    id: intent.id,
    object: 'payment_intent',
    amount: intent.amount,
    amount_capturable: heldTotal(intent),
    amount_details: { tip: {} },
    amount_received: capturedTotal(intent),
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: details.automaticPaymentMethods,
    canceled_at: intent.canceledAt === null ? null : unixTime(intent.canceledAt),
    cancellation_reason: intent.cancellationReason,
    capture_method: intent.captureMethod,
    ...charges(intent, store, expand),
    client_secret: intent.clientSecret,
    confirmation_method: intent.confirmationMethod,
    created: unixTime(createdAt),
    currency: intent.currency.toLowerCase(),
    customer: customer !== null && expand.includes('customer') ? renderCustomer(customer, createdAt) : customer,
    description: details.description,
    last_payment_error: lastError(intent),
    livemode: false,
    metadata: metadataJson(intent.metadata),
    next_action: nextAction(intent),
    on_behalf_of: null,
    payment_method: paymentMethod !== null && expand.includes('payment_method') ? renderPaymentMethod(paymentMethod, customer, createdAt) : paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: details.paymentMethodOptions,
    payment_method_types: intent.paymentMethodTypes,
    processing: null,
    receipt_email: details.receiptEmail,
    review: null,
    setup_future_usage: details.setupFutureUsage,
    shipping: details.shipping,
    source: null,
    statement_descriptor: details.statementDescriptor,
    statement_descriptor_suffix: details.statementDescriptorSuffix,
    status: intent.status,
    transfer_data: null,
    transfer_group: null,
  };
}
