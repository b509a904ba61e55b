import type { LedgerEntry, Movement } from '../contract.js';
import { isoTime } from './clock.js';
import type { Intent } from './intent.js';

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

/** The payment with one more movement on its books. A movement of nothing is none. */
export function move(intent: Intent, type: Movement['type'], amount: number, at: number, key: string | null): Intent {
  if (amount === 0) return intent;
  const movement: Movement = Object.freeze({ type, amount, at: isoTime(at), idempotencyKey: key });
  return { ...intent, movements: [...intent.movements, movement] };
}

/** The entry of one payment, as it is shown to the outside. */
export function ledgerEntry(intent: Intent): LedgerEntry {
  const reference = intent.metadata.get('oneintent_reference');
  return Object.freeze({
    id: intent.id,
    status: intent.status,
    currency: intent.currency,
    amount: intent.amount,
    authorized: authorizedTotal(intent),
    captured: capturedTotal(intent),
    released: releasedTotal(intent),
    confirmations: intent.confirmations,
    reference: reference === undefined ? null : String(reference),
    movements: Object.freeze([...intent.movements]),
  });
}
