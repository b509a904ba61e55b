import type { Attempt, Intent, MetadataValue } from './intent.js';

/** The five statuses that all dialects share. */
type RefundStatus = 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';

/** How long a refund is pending, and how long after its success it may still come back. */
const refundSeconds = 60;

/** Money on its way back. Never changed in place: every step makes a new one. */
export interface Refund {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Id of the payment. */
  readonly payment: string;
  /** Id of the attempt that had taken the money. */
  readonly attempt: string;
  /** Minor units. */
  readonly amount: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly status: RefundStatus;
  /** What becomes of it, decided when it was made. */
  readonly fate: 'succeeds' | 'fails' | 'fails_after_success';
  readonly reason: string | null;
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  /** The idempotency key that made it. */
  readonly key: string | null;
  readonly pendingSince: number | null;
  readonly succeededAt: number | null;
  readonly failedAt: number | null;
}

/** Where refunds are remembered. */
interface RefundBooks {
  readonly refunds: ReadonlyMap<string, Refund>;
}

const total = (refunds: readonly Refund[]): number => refunds.reduce((sum, { amount }) => sum + amount, 0);

/** The refunds of one payment, oldest first. */
export const refundsOf = ({ refunds }: RefundBooks, { id }: Pick<Intent, 'id'>): readonly Refund[] =>
  [...refunds.values()].filter(({ payment }) => payment === id);

/** The refunds of one attempt, oldest first. */
export const refundsOfAttempt = ({ refunds }: RefundBooks, { id }: Pick<Attempt, 'id'>): readonly Refund[] =>
  [...refunds.values()].filter(({ attempt }) => attempt === id);

/** What has gone back and stayed there, in minor units. */
export const refundedTotal = (refunds: readonly Refund[]): number => total(refunds.filter(({ status }) => status === 'succeeded'));

/** What is on its way back, in minor units. */
export const refundPendingTotal = (refunds: readonly Refund[]): number =>
  total(refunds.filter(({ status }) => status === 'pending' || status === 'requires_action'));

/** What `amount_refunded` says of these refunds, in minor units. */
export const amountRefunded = (refunds: readonly Refund[], counts: 'with_pending' | 'succeeded_only'): number =>
  refundedTotal(refunds) + (counts === 'with_pending' ? refundPendingTotal(refunds) : 0);

/** Sets a refund off: nobody has to act any more, and from now on the clock decides. */
export const startRefund = (refund: Refund, at: number): Refund => ({ ...refund, status: 'pending', pendingSince: at, updatedAt: at });

/** The refund has arrived, or cannot. */
export function settleRefund(refund: Refund, at: number): Refund {
  const settled: Refund = { ...refund, pendingSince: null, updatedAt: at };
  if (refund.fate === 'fails') return { ...settled, status: 'failed', failedAt: at };
  return { ...settled, status: 'succeeded', succeededAt: at };
}

/** The customer has failed what the refund asked for. */
export const missRefundAction = (refund: Refund, at: number): Refund => ({ ...refund, status: 'failed', failedAt: at, updatedAt: at });

/** The refund is called off. */
export const cancelRefund = (refund: Refund, at: number): Refund => ({ ...refund, status: 'canceled', pendingSince: null, updatedAt: at });

/** The next step that time alone has done to the refund: it is settled, or comes back. */
export function passRefundTime(refund: Refund, now: number): Refund {
  const due = (since: number | null): since is number => since !== null && now >= since + refundSeconds * 1000;
  if (due(refund.pendingSince)) return settleRefund(refund, refund.pendingSince + refundSeconds * 1000);
  if (refund.status !== 'succeeded' || refund.fate !== 'fails_after_success' || !due(refund.succeededAt)) return refund;
  const at = refund.succeededAt + refundSeconds * 1000;
  return { ...refund, status: 'failed', failedAt: at, updatedAt: at };
}
