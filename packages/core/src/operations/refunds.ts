// The operations on refunds.
import { sameMoney } from '../model/money.js';
import type { CreateRefund, ListRefunds, UpdateRefund } from '../model/refund-inputs.js';
import type { Refund } from '../model/refund.js';
import { fields, type Asked, type NoInput, type Reconciliation, type ResourceDefinitions } from './definition.js';
import { cannotTell } from './reconcile-rules.js';

const reconcileRefund = (refund: Refund, { amount }: Asked): Reconciliation => (amount !== null && !sameMoney(refund.amount, amount) ? 'conflict' : 'done');

const reconcileCancelRefund = ({ status }: Refund): Reconciliation =>
  status === 'canceled' ? 'done' : status === 'succeeded' || status === 'failed' ? 'impossible' : 'undecided';

/** The operations on refunds. */
export const refunds = {
  /**
   * Refunds a payment: `amount`, or all that was captured and is not refunded yet. Refused before sending when it is more than the snapshot says was
   * received. The same part refunded twice on purpose takes two references; under one reference it happens once.
   * @returns the refund, which may be `pending` for days.
   * @throws PaymentError. Money may have been refunded only when its `outcome` is `unknown` (or `done`): store `error.resume` then.
   */
  create: {
    summary: 'Refunds a payment: all that was captured and is not refunded yet, or `amount`.',
    effect: 'moves_money',
    target: 'payment_intent',
    // Where the rest of a partial capture stays open, money was captured of an intent that can still be captured, or was canceled later.
    legalFrom: ['succeeded', 'requires_capture', 'canceled'],
    result: 'refund',
    page: false,
    stateProtects: false,
    input: 'optional',
    fields: fields<CreateRefund>({ amount: 'optional', reason: 'optional', metadata: 'optional', providerOptions: 'optional' }),
    reconcile: reconcileRefund,
  },
  /** Reads a refund as it is now. Moves no money. */
  retrieve: {
    summary: 'Reads a refund as it is now.',
    effect: 'reads',
    target: 'refund',
    result: 'refund',
    page: false,
    input: 'none',
    fields: fields<NoInput>({}),
  },
  /** Changes a refund's metadata; `null` deletes a key. Moves no money. */
  update: {
    summary: "Changes a refund's metadata.",
    effect: 'changes',
    target: 'refund',
    result: 'refund',
    page: false,
    stateProtects: true,
    input: 'required',
    fields: fields<UpdateRefund>({ metadata: 'required' }),
    reconcile: cannotTell,
  },
  /**
   * Stops a refund that has not gone out yet: the payment stays captured.
   * @throws PaymentError. The refund may have been stopped only when its `outcome` is `unknown` (or `done`): store `error.resume` then.
   */
  cancel: {
    summary: 'Stops a refund that has not gone out yet.',
    effect: 'moves_money',
    target: 'refund',
    legalFrom: ['pending', 'requires_action'],
    result: 'refund',
    page: false,
    stateProtects: true,
    input: 'optional',
    fields: fields<NoInput>({}),
    reconcile: reconcileCancelRefund,
  },
  /** One page of refunds, in the provider's order. */
  list: {
    summary: 'Reads a page of refunds.',
    effect: 'reads',
    target: null,
    result: 'refund',
    page: true,
    input: 'optional',
    fields: fields<ListRefunds>({ limit: 'optional', cursor: 'optional', paymentIntent: 'optional', createdFrom: 'optional', createdBefore: 'optional' }),
  },
} as const satisfies ResourceDefinitions<'refund'>;
