import type { PaymentIntent } from '../model/payment-intent.js';
import type { Refund } from '../model/refund.js';

/** One payment or refund for the books: flat, plain JSON. Amounts are in minor units of `currency`. */
export interface ReconciliationLine {
  readonly type: 'payment' | 'refund';
  readonly account: string;
  readonly provider: string;
  readonly ref: string;
  /** What the application called it; `null` where the provider does not keep it. */
  readonly reference: string | null;
  /** The payment that a refund is of, by its ref. */
  readonly payment: string | null;
  readonly status: string;
  readonly currency: string;
  /** What was asked for. */
  readonly amount: number;
  /** What was taken of a payment, or went back of a refund; `null` where the provider does not tell. */
  readonly settled: number | null;
  readonly livemode: boolean | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

const settledOf = (object: PaymentIntent | Refund): number | null => {
  if (object.object === 'payment_intent') return object.amountReceived?.minorUnits ?? null;
  if (object.status === 'succeeded') return object.amount.minorUnits;
  return object.status === 'unknown' ? null : 0;
};

/** A payment intent or refund as a line for accounting: the same for every provider. Pure. Nothing secret or personal is in it. */
export const reconciliationLine = (object: PaymentIntent | Refund): ReconciliationLine =>
  Object.freeze({
    type: object.object === 'refund' ? 'refund' : 'payment',
    account: object.account,
    provider: object.provider,
    ref: object.ref,
    reference: object.reference,
    payment: object.object === 'refund' && object.paymentIntent !== null ? `${object.account}:${object.paymentIntent}` : null,
    status: object.status,
    currency: object.amount.currency,
    amount: object.amount.minorUnits,
    settled: settledOf(object),
    livemode: object.livemode,
    createdAt: object.createdAt,
    updatedAt: object.updatedAt,
  });
