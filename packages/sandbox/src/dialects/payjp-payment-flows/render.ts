import { isoTime } from '../../engine/clock.js';
import type { Intent } from '../../engine/intent.js';
import type { JsonObject } from '../../engine/json.js';
import { capturedTotal, heldTotal } from '../../engine/ledger.js';
import { authorizationSeconds } from '../../engine/lifecycle.js';
import { metadataJson } from '../../engine/metadata.js';
import { failureObject } from '../payjp/problem.js';

const date = (at: number | null): string | null => (at === null ? null : isoTime(at));

/** A payment flow: every key is there, null where it has no value. */
export function renderFlow(intent: Intent): JsonObject {
  const { details, authorizedAt } = intent;
  const authorized = authorizedAt !== null;
  const holds = authorized && (intent.status === 'requires_capture' || intent.expired);
  return {
    object: 'payment_flow',
    id: intent.id,
    livemode: false,
    amount: intent.amount,
    currency: 'jpy',
    amount_capturable: authorized ? heldTotal(intent) : null,
    amount_received: authorized ? capturedTotal(intent) : null,
    client_secret: intent.clientSecret,
    customer_id: intent.customer,
    description: details.description,
    payment_method_id: intent.paymentMethod,
    payment_method_options: details.paymentMethodOptions,
    payment_method_types: intent.paymentMethodTypes,
    status: intent.status,
    // Its keys are published nowhere; a client must pass it on unread.
    next_action: intent.status === 'requires_action' ? { opaque: 'unverified shape', flow: intent.id } : null,
    return_url: details.returnUrl,
    capture_method: intent.captureMethod,
    last_payment_error: failureObject(intent.lastFailure?.failure),
    cancellation_reason: intent.cancellationReason,
    canceled_at: date(intent.canceledAt),
    expired_at: holds ? isoTime(authorizedAt + authorizationSeconds * 1000) : null,
    metadata: metadataJson(intent.metadata),
    created_at: isoTime(intent.createdAt),
    updated_at: isoTime(intent.updatedAt),
  };
}
