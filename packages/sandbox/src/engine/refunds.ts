import { latestCharge, type Attempt, type Intent } from './intent.js';
import { keepRefund } from './keep.js';
import { capturedTotal } from './ledger.js';
import { changeMetadata, type MetadataChange } from './metadata.js';
import { cancelRefund, refundedTotal, refundPendingTotal, refundsOf, settleRefund, type Refund } from './refund.js';
import type { Refusal } from './refusal.js';
import type { Context, Result } from './verbs.js';

/** Which payment a refund is of: by its own id, or by that of the attempt that took the money. */
interface RefundTarget {
  readonly intent: string | undefined;
  readonly attempt: string | undefined;
}

/** What a creation says, in the sandbox's own words. */
export interface CreateRefundInput extends RefundTarget {
  /** Undefined: as the switch says. */
  readonly amount: number | undefined;
  readonly reason: string | null;
  readonly metadata: MetadataChange;
}

const refuse = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({ ok: false, refusal });

const keep = (context: Context, refund: Refund): Result<Refund> => ({ ok: true, item: keepRefund(context.store, refund), failed: false });

/** The refund with that id. */
export function retrieveRefund({ store }: Context, id: string): Result<Refund> {
  const refund = store.refunds.get(id);
  return refund === undefined ? refuse({ kind: 'not_found', what: 'refund', id }) : { ok: true, item: refund, failed: false };
}

type Found = { readonly ok: true; readonly intent: Intent; readonly charge: Attempt | undefined } | { readonly ok: false; readonly refusal: Refusal };

function findTarget({ store }: Context, { intent: id, attempt }: RefundTarget): Found {
  if (attempt === undefined) {
    const intent = store.intents.get(id ?? '');
    return intent === undefined ? refuse({ kind: 'not_found', what: 'refunded_intent', id: id ?? '' }) : { ok: true, intent, charge: latestCharge(intent) };
  }
  const intent = [...store.intents.values()].find(({ attempts }) => attempts.some((each) => each.charged && each.id === attempt));
  if (intent === undefined || (id !== undefined && intent.id !== id)) return refuse({ kind: 'not_found', what: 'refunded_payment', id: attempt });
  return { ok: true, intent, charge: intent.attempts.find((each) => each.id === attempt) };
}

/** What can still be refunded of a payment, in minor units: what is pending counts as gone, what has failed does not. */
function refundable({ store }: Pick<Context, 'store'>, intent: Intent): number {
  const refunds = refundsOf(store, intent);
  return capturedTotal(intent) - refundedTotal(refunds) - refundPendingTotal(refunds);
}

function wantedAmount({ store }: Context, intent: Intent, amount: number | undefined): number | null {
  if (amount !== undefined) return amount;
  const { refundWithoutAmount } = store.switches;
  if (refundWithoutAmount === 'refused') return null;
  return refundWithoutAmount === 'whole' ? capturedTotal(intent) : refundable({ store }, intent);
}

const fates = { never: 'succeeds', instead_of_success: 'fails', after_success: 'fails_after_success' } as const;

/** Sends money back, at once or later. */
export function createRefund(context: Context, input: CreateRefundInput): Result<Refund> {
  const { store, profile, at, key } = context;
  const found = findTarget(context, input);
  if (!found.ok) return found;
  const { intent, charge } = found;
  if (charge === undefined || charge.failure !== null || charge !== latestCharge(intent) || capturedTotal(intent) === 0)
    return refuse({ kind: 'nothing_to_refund', intent });
  const rest = refundable(context, intent);
  if (rest === 0) return refuse({ kind: 'already_refunded', intent, attempt: charge.id });
  const amount = wantedAmount(context, intent, input.amount);
  if (amount === null) return refuse({ kind: 'invalid', problems: [{ kind: 'missing', path: ['amount'], message: 'This field is required.' }] });
  if (amount > rest) return refuse({ kind: 'refund_too_large', intent, amount, refundable: rest });
  const metadata = changeMetadata(new Map(), input.metadata);
  if (metadata.size > profile.metadataKeys) return refuse({ kind: 'too_many_metadata_keys', on: 'create' });
  const { refundsSettle, refundsFail } = store.switches;
  const refund: Refund = {
    id: profile.newRefund(at),
    createdAt: at,
    updatedAt: at,
    payment: intent.id,
    attempt: charge.id,
    amount,
    currency: intent.currency,
    status: refundsSettle === 'after_action' ? 'requires_action' : 'pending',
    fate: fates[refundsFail],
    reason: input.reason,
    metadata,
    key,
    pendingSince: refundsSettle === 'after_action' ? null : at,
    succeededAt: null,
    failedAt: null,
  };
  return keep(context, refundsSettle === 'at_once' ? settleRefund(refund, at) : refund);
}

/** Changes the metadata of a refund; there is nothing else to change. */
export function updateRefund(context: Context, id: string, change: MetadataChange): Result<Refund> {
  const found = retrieveRefund(context, id);
  if (!found.ok) return found;
  const metadata = changeMetadata(found.item.metadata, change);
  if (metadata.size > context.profile.metadataKeys) return refuse({ kind: 'too_many_metadata_keys', on: 'update' });
  return keep(context, { ...found.item, metadata, updatedAt: context.at });
}

/** Calls off a refund that has not been settled. */
export function callOffRefund(context: Context, id: string): Result<Refund> {
  const found = retrieveRefund(context, id);
  if (!found.ok) return found;
  const { item: refund } = found;
  if (refund.status !== 'pending' && refund.status !== 'requires_action') return refuse({ kind: 'refund_status', refund, verb: 'cancel' });
  return keep(context, cancelRefund(refund, context.at));
}
