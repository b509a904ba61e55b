import { isoTime } from '../../engine/clock.js';
import type { JsonObject } from '../../engine/json.js';
import { metadataJson } from '../../engine/metadata.js';
import type { Setup } from '../../engine/setup.js';
import { failureObject } from '../payjp/problem.js';

/** A setup flow: every key is there, null where it has no value. `usage` is not among them. */
export const renderSetup = (setup: Setup): JsonObject => ({
  object: 'setup_flow',
  id: setup.id,
  livemode: false,
  client_secret: setup.clientSecret,
  customer_id: setup.customer,
  description: setup.details.description,
  metadata: metadataJson(setup.metadata),
  payment_method_id: setup.paymentMethod,
  payment_method_options: setup.details.paymentMethodOptions,
  payment_method_types: setup.paymentMethodTypes,
  status: setup.status,
  // Its keys are published nowhere; a client must pass it on unread.
  next_action: setup.status === 'requires_action' ? { opaque: 'unverified shape', flow: setup.id } : null,
  return_url: setup.details.returnUrl,
  last_setup_error: failureObject(setup.lastFailure?.failure),
  cancellation_reason: setup.cancellationReason,
  created_at: isoTime(setup.createdAt),
  updated_at: isoTime(setup.updatedAt),
});
