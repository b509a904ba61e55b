import type { LedgerEntry, LedgerRefund, Movement, SetupEntry } from '../contract.js';
import { isoTime } from './clock.js';
import type { Intent, MetadataValue } from './intent.js';
import { refundedTotal, refundPendingTotal, type Refund } from './refund.js';
import type { Setup } from './setup.js';

const total = (intent: Intent, ...types: readonly Movement['type'][]): number =>
  intent.movements.filter(({ type }) => types.includes(type)).reduce((sum, { amount }) => sum + amount, 0);

/** All that was ever authorised, in minor units. */
const authorizedTotal = (intent: Intent): number => total(intent, 'authorized', 'incremented');

/** All that was captured, in minor units. */
export const capturedTotal = (intent: Intent): number => total(intent, 'captured');

/** All that was released, in minor units. */
const releasedTotal = (intent: Intent): number => total(intent, 'released');

/** What is held and neither captured nor released, in minor units. */
export const heldTotal = (intent: Intent): number => authorizedTotal(intent) - capturedTotal(intent) - releasedTotal(intent);

const movement = (type: Movement['type'], amount: number, at: number, key: string | null): Movement =>
  Object.freeze({ type, amount, at: isoTime(at), idempotencyKey: key });

/** The payment with one more movement on its books. A movement of nothing is none. */
export const move = (intent: Intent, type: Movement['type'], amount: number, at: number, key: string | null): Intent =>
  amount === 0 ? intent : { ...intent, movements: [...intent.movements, movement(type, amount, at, key)] };

const refundMovements = ({ amount, key, succeededAt, failedAt }: Refund): readonly Movement[] => {
  if (succeededAt === null) return [];
  const gone = movement('refunded', amount, succeededAt, key);
  return failedAt === null ? [gone] : [gone, movement('refund_failed', amount, failedAt, key)];
};

const byTime = (one: Movement, other: Movement): number => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0);

const referenceIn = (metadata: ReadonlyMap<string, MetadataValue>): string | null => {
  const reference = metadata.get('oneintent_reference');
  return reference === undefined ? null : String(reference);
};

const ledgerRefund = (refund: Refund): LedgerRefund =>
  Object.freeze({
    id: refund.id,
    status: refund.status,
    amount: refund.amount,
    reference: referenceIn(refund.metadata),
    idempotencyKey: refund.key,
    at: isoTime(refund.createdAt),
  });

/** The entry of one payment and its refunds, as it is shown to the outside. */
export function ledgerEntry(intent: Intent, refunds: readonly Refund[]): LedgerEntry {
  return Object.freeze({
    id: intent.id,
    status: intent.status,
    currency: intent.currency,
    amount: intent.amount,
    authorized: authorizedTotal(intent),
    captured: capturedTotal(intent),
    released: releasedTotal(intent),
    refunded: refundedTotal(refunds),
    refundPending: refundPendingTotal(refunds),
    refunds: Object.freeze(refunds.map(ledgerRefund)),
    confirmations: intent.confirmations,
    reference: referenceIn(intent.metadata),
    movements: Object.freeze([...intent.movements, ...refunds.flatMap(refundMovements)].toSorted(byTime)),
  });
}

/** The entry of one setup, as it is shown to the outside. */
export function setupEntry(setup: Setup): SetupEntry {
  const { saved } = setup;
  return Object.freeze({
    id: setup.id,
    status: setup.status,
    customer: setup.customer,
    usage: setup.usage,
    confirmations: setup.confirmations,
    reference: referenceIn(setup.metadata),
    saved:
      saved === null
        ? null
        : Object.freeze({ paymentMethod: saved.paymentMethod, customer: saved.customer, at: isoTime(saved.at), idempotencyKey: saved.key }),
  });
}
