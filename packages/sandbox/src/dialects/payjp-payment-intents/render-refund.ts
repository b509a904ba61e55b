import { isoTime } from '../../engine/clock.js';
import type { JsonObject } from '../../engine/json.js';
import { metadataJson } from '../../engine/metadata.js';
import type { Refund } from '../../engine/refund.js';

/** A refund: it has neither a currency nor a reason for a failure. */
export const renderRefund = (refund: Refund): JsonObject => ({
  object: 'refund',
  id: refund.id,
  created_at: isoTime(refund.createdAt),
  updated_at: isoTime(refund.updatedAt),
  livemode: false,
  amount: refund.amount,
  status: refund.status,
  payment_intent: refund.payment,
  reason: refund.reason,
  metadata: refund.metadata.size === 0 ? undefined : metadataJson(refund.metadata),
});
