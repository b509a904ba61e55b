import { unixTime } from '../../engine/clock.js';
import type { Json, JsonObject } from '../../engine/json.js';
import { metadataJson } from '../../engine/metadata.js';
import type { Setup } from '../../engine/setup.js';
import { renderCustomer, renderPaymentMethod } from './render-charge.js';
import { errorOf } from './failures.js';

function nextAction(setup: Setup): Json {
  const attempt = setup.attempts.at(-1);
  if (setup.status !== 'requires_action' || attempt === undefined) return null;
  const url = `https://sandbox.invalid/authenticate/${attempt.id}`;
  const { returnUrl } = setup.details;
  if (returnUrl !== null) return { redirect_to_url: { return_url: returnUrl, url }, type: 'redirect_to_url' };
  return { type: 'use_stripe_sdk', use_stripe_sdk: { source: attempt.id, stripe_js: url, type: 'three_d_secure_redirect' } };
}

/** The last failure as an error object; null when there is none. */
export function lastSetupError({ lastFailure, customer, createdAt }: Setup): JsonObject | null {
  if (lastFailure?.failure == null) return null;
  const paymentMethod = renderPaymentMethod(lastFailure.method.id, customer, createdAt);
  return errorOf(lastFailure.failure, 'setup_intent', { payment_method: paymentMethod });
}

/** A setup intent; `expand` names the references to give as objects. */
export function renderSetup(setup: Setup, expand: readonly string[] = []): JsonObject {
  const { details, customer, paymentMethod, createdAt } = setup;
  return {
    id: setup.id,
    object: 'setup_intent',
    application: null,
    automatic_payment_methods: details.automaticPaymentMethods,
    cancellation_reason: setup.cancellationReason,
    client_secret: setup.clientSecret,
    created: unixTime(createdAt),
    customer: customer !== null && expand.includes('customer') ? renderCustomer(customer, createdAt) : customer,
    description: details.description,
    flow_directions: null,
    last_setup_error: lastSetupError(setup),
    latest_attempt: setup.attempts.at(-1)?.id ?? null,
    livemode: false,
    mandate: null,
    metadata: metadataJson(setup.metadata),
    next_action: nextAction(setup),
    on_behalf_of: null,
    payment_method: paymentMethod !== null && expand.includes('payment_method') ? renderPaymentMethod(paymentMethod, customer, createdAt) : paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: details.paymentMethodOptions,
    payment_method_types: setup.paymentMethodTypes,
    single_use_mandate: null,
    status: setup.status,
    usage: setup.usage,
  };
}
