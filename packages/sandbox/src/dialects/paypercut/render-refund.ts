import { isoTime } from '../../engine/clock.js';
import type { JsonObject } from '../../engine/json.js';
import type { Refund } from '../../engine/refund.js';
import type { Store } from '../../engine/store.js';

/** The status as Paypercut tells it; null where the switch says so. */
export const toldStatus = ({ switches }: Store, { status }: Refund): string | null => (switches.refundStatus === 'null' ? null : status);

const arrival = { type: 'card', card: { reference: '74537000000000000000001', reference_status: 'available', reference_type: 'acquirer_reference_number', type: 'refund' } };

/** A refund. */
export function renderRefund(store: Store, refund: Refund): JsonObject {
  const status = toldStatus(store, refund);
  return {
    id: refund.id,
    created: isoTime(refund.createdAt),
    updated: isoTime(refund.updatedAt),
    amount: refund.amount,
    currency: { iso: refund.currency.toLowerCase(), scale: 2 },
    payment: refund.attempt,
    payment_intent: refund.payment,
    reason: refund.reason ?? undefined,
    status,
    pending_reason: status === 'pending' ? 'charge_pending' : undefined,
    failure_reason: status === 'failed' ? 'expired_or_canceled_card' : undefined,
    destination_details: status === 'succeeded' ? arrival : undefined,
  };
}
