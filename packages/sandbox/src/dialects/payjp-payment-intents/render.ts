import { isoTime } from '../../engine/clock.js';
import type { Intent } from '../../engine/intent.js';
import type { JsonObject } from '../../engine/json.js';
import { capturedTotal, heldTotal } from '../../engine/ledger.js';
import { metadataJson } from '../../engine/metadata.js';

/** A payment intent: keys without a value are absent, but for those that the document always has. */
export function renderIntent(intent: Intent): JsonObject {
  const { details } = intent;
  const authorized = intent.authorizedAt !== null;
  return {
    id: intent.id,
    object: 'payment_intent',
    created_at: isoTime(intent.createdAt),
    updated_at: isoTime(intent.updatedAt),
    livemode: false,
    amount: intent.amount,
    amount_capturable: authorized ? heldTotal(intent) : null,
    amount_received: authorized ? capturedTotal(intent) : null,
    client_secret: intent.clientSecret,
    confirmation_method: null,
    customer: intent.customer ?? undefined,
    description: details.description ?? undefined,
    metadata: intent.metadata.size === 0 ? undefined : metadataJson(intent.metadata),
    payment_method: intent.paymentMethod ?? undefined,
    payment_method_options: details.paymentMethodOptions ?? undefined,
    payment_method_types: intent.paymentMethodTypes,
    receipt_email: details.receiptEmail ?? undefined,
    status: intent.status,
    // Its keys are published nowhere; a client must pass it on unread.
    next_action: intent.status === 'requires_action' ? { opaque: 'unverified shape', intent: intent.id } : undefined,
    return_url: details.returnUrl ?? undefined,
    capture_method: intent.captureMethod,
  };
}
