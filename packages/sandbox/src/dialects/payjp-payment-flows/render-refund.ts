import { isoTime } from '../../engine/clock.js';
import type { JsonObject } from '../../engine/json.js';
import { metadataJson } from '../../engine/metadata.js';
import type { Refund } from '../../engine/refund.js';

/** A refund: it has neither a currency nor a reason for a failure. */
export const renderRefund = (refund: Refund): JsonObject => ({
  object: 'payment_refund',
  id: refund.id,
  livemode: false,
  payment_flow_id: refund.payment,
  amount: refund.amount,
  status: refund.status,
  reason: refund.reason,
  metadata: metadataJson(refund.metadata),
  created_at: isoTime(refund.createdAt),
  updated_at: isoTime(refund.updatedAt),
});
