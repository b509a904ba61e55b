import { unixTime } from '../../engine/clock.js';
import type { JsonObject } from '../../engine/json.js';
import { metadataJson } from '../../engine/metadata.js';
import type { Refund } from '../../engine/refund.js';

/** A refund. */
export function renderRefund(refund: Refund): JsonObject {
  const arrives = refund.status === 'succeeded';
  return {
    id: refund.id,
    object: 'refund',
    amount: refund.amount,
    balance_transaction: refund.succeededAt === null ? null : refund.id.replace('re_', 'txn_'),
    charge: refund.attempt,
    created: unixTime(refund.createdAt),
    currency: refund.currency.toLowerCase(),
    destination_details: { card: { reference_status: arrives ? 'available' : 'pending', reference_type: 'acquirer_reference_number', type: 'refund' }, type: 'card' },
    failure_reason: refund.status === 'failed' ? 'expired_or_canceled_card' : undefined,
    metadata: metadataJson(refund.metadata),
    payment_intent: refund.payment,
    pending_reason: refund.status === 'pending' ? 'processing' : undefined,
    reason: refund.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: refund.status,
    transfer_reversal: null,
  };
}
