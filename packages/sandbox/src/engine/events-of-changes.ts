import type { Intent, Status } from './intent.js';
import { capturedTotal, heldTotal } from './ledger.js';
import type { Refund } from './refund.js';
import type { Setup } from './setup.js';

/** What can happen to a payment, in the words that most dialects share. */
export type PaymentFact =
  | 'created'
  | 'requires_action'
  | 'processing'
  | 'payment_failed'
  | 'amount_capturable_updated'
  | 'succeeded'
  | 'canceled';

/** What can happen to a setup. */
export type SetupFact = 'created' | 'requires_action' | 'setup_failed' | 'succeeded' | 'canceled';

/** What can happen to a refund. `failed` comes beside `updated`, or beside `created`. */
export type RefundFact = 'created' | 'updated' | 'failed';

type Attempted = { readonly status: Status; readonly confirmations: number };

/** Has it come to this status, or come to it anew by another confirmation? */
const reached = (status: Status, before: Attempted | null, after: Attempted): boolean =>
  after.status === status && (before?.status !== status || after.confirmations > before.confirmations);

const inOrder = <Fact extends string>(facts: Readonly<Record<Fact, boolean>>, order: readonly Fact[]): readonly Fact[] =>
  order.filter((fact) => facts[fact]);

/** What one step of a payment's life amounts to, in the order in which it is told. */
export function paymentFacts(before: Intent | null, after: Intent): readonly PaymentFact[] {
  return inOrder(
    {
      created: before === null,
      requires_action: reached('requires_action', before, after),
      processing: reached('processing', before, after),
      payment_failed: after.failures > (before?.failures ?? 0),
      amount_capturable_updated: after.status === 'requires_capture' && heldTotal(after) !== (before === null ? 0 : heldTotal(before)),
      succeeded: reached('succeeded', before, after),
      canceled: reached('canceled', before, after),
    },
    ['created', 'requires_action', 'processing', 'payment_failed', 'amount_capturable_updated', 'succeeded', 'canceled'],
  );
}

/** What one step of a setup's life amounts to. */
export function setupFacts(before: Setup | null, after: Setup): readonly SetupFact[] {
  return inOrder(
    {
      created: before === null,
      requires_action: reached('requires_action', before, after),
      setup_failed: after.lastFailure !== null && after.lastFailure.id !== before?.lastFailure?.id,
      succeeded: reached('succeeded', before, after),
      canceled: reached('canceled', before, after),
    },
    ['created', 'requires_action', 'setup_failed', 'succeeded', 'canceled'],
  );
}

/** What one step of a refund's life amounts to. */
export function refundFacts(before: Refund | null, after: Refund): readonly RefundFact[] {
  return inOrder(
    { created: before === null, updated: before !== null, failed: after.status === 'failed' && before?.status !== 'failed' },
    ['created', 'updated', 'failed'],
  );
}

/** Has this step put a hold on the customer's money? */
export const authorizedNow = (before: Intent | null, after: Intent): boolean => after.authorizedAt !== null && (before?.authorizedAt ?? null) === null;

/** Has this step taken money? */
export const capturedNow = (before: Intent | null, after: Intent): boolean => capturedTotal(after) > (before === null ? 0 : capturedTotal(before));
