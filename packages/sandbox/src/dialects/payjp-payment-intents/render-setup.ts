import { isoTime } from '../../engine/clock.js';
import type { JsonObject } from '../../engine/json.js';
import { metadataJson } from '../../engine/metadata.js';
import type { Setup } from '../../engine/setup.js';

/** A setup intent: keys without a value are absent; of a failure it says nothing. */
export const renderSetup = (setup: Setup): JsonObject => ({
  object: 'setup_intent',
  id: setup.id,
  created_at: isoTime(setup.createdAt),
  updated_at: isoTime(setup.updatedAt),
  livemode: false,
  client_secret: setup.clientSecret,
  customer: setup.customer ?? undefined,
  description: setup.details.description ?? undefined,
  metadata: setup.metadata.size === 0 ? undefined : metadataJson(setup.metadata),
  payment_method: setup.paymentMethod ?? undefined,
  payment_method_options: setup.details.paymentMethodOptions ?? undefined,
  payment_method_types: setup.paymentMethodTypes,
  status: setup.status,
  // Its keys are published nowhere; a client must pass it on unread.
  next_action: setup.status === 'requires_action' ? { opaque: 'unverified shape', intent: setup.id } : undefined,
  return_url: setup.details.returnUrl ?? undefined,
});
