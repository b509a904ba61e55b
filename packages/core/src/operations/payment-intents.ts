// The operations on payment intents. The docstring of each is what an application's author sees at the client's verb.
import type {
  CancelPaymentIntent,
  CapturePaymentIntent,
  ConfirmPaymentIntent,
  CreatePaymentIntent,
  IncrementAuthorization,
  ListPaymentIntents,
  UpdatePaymentIntent,
} from '../model/payment-intent-inputs.js';
import { sameMoney } from '../model/money.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { LivingObject } from '../model/event.js';
import { fields, type Asked, type NoInput, type Reconciliation, type ResourceDefinitions } from './definition.js';
import { cannotTell, reconcileCancel, reconcileConfirm, reconcileCreate } from './reconcile-rules.js';

const confirmFields = {
  paymentMethod: 'optional',
  paymentMethodTypes: 'optional',
  captureMethod: 'optional',
  returnUrl: 'optional',
  offSession: 'optional',
  setupFutureUsage: 'optional',
  threeDSecure: 'optional',
  receiptEmail: 'optional',
  description: 'optional',
  providerOptions: 'optional',
} as const;

const beforeConfirmation = ['requires_payment_method', 'requires_confirmation', 'requires_action'] as const;

const receivedBefore = (before: LivingObject | null): number => (before?.object === 'payment_intent' ? (before.amountReceived?.minorUnits ?? 0) : 0);

/** Whether what was received is what a capture asked for, on top of what had been received before at a provider that keeps the rest open. */
export const receivedAsAsked = ({ amountReceived }: PaymentIntent, { amount, before }: Pick<Asked, 'amount' | 'before'>): boolean =>
  amount === null ||
  amountReceived === null ||
  (amountReceived.currency === amount.currency && amountReceived.minorUnits - receivedBefore(before) === amount.minorUnits);

const reconcileCapture = (intent: PaymentIntent, asked: Asked): Reconciliation => {
  const received = intent.amountReceived?.minorUnits ?? 0;
  // A provider that keeps the rest of a partial capture open lets it be canceled later.
  if (intent.status === 'canceled') return received === 0 ? 'impossible' : asked.amount !== null && receivedAsAsked(intent, asked) ? 'done' : 'undecided';
  if (intent.status === 'succeeded') return receivedAsAsked(intent, asked) ? 'done' : 'conflict';
  // What was authorized, and is processing now, is being captured.
  if (intent.status === 'processing' && asked.before?.status === 'requires_capture') return 'done';
  const more = intent.status === 'requires_capture' && received > receivedBefore(asked.before);
  return more && asked.amount !== null && receivedAsAsked(intent, asked) ? 'done' : 'undecided';
};

const reconcileIncrement = (intent: PaymentIntent, { amount, before }: Asked): Reconciliation => {
  const was = before?.object === 'payment_intent' ? before.amount : null;
  return amount !== null && sameMoney(intent.amount, amount) && !(was !== null && sameMoney(was, amount)) ? 'done' : 'undecided';
};

/** The operations on payment intents. */
export const paymentIntents = {
  /**
   * Creates an intent. `captureMethod` is `automatic` unless you say otherwise. With `confirm` it charges or authorizes right away.
   * @returns the intent; after a decline in `requires_payment_method` with `lastPaymentError`.
   * @throws PaymentError `payment_declined` when the provider refused outright and made no intent. Money may have moved only when `outcome` is `unknown`
   * (or `done`) and `confirm` was set.
   */
  create: {
    summary: 'Creates an intent; with `confirm` it charges or authorizes right away.',
    effect: 'moves_money_when_confirmed',
    target: null,
    result: 'payment_intent',
    page: false,
    stateProtects: false,
    input: 'required',
    fields: fields<CreatePaymentIntent>({
      ...confirmFields,
      amount: 'required',
      customer: 'optional',
      confirm: 'optional',
      statementDescriptor: 'optional',
      metadata: 'optional',
    }),
    reconcile: (intent, asked) => (asked.amount !== null && !sameMoney(intent.amount, asked.amount) ? 'conflict' : reconcileCreate(intent, asked)),
  },
  /** Reads an intent as it is now. Moves no money. */
  retrieve: {
    summary: 'Reads an intent as it is now.',
    effect: 'reads',
    target: 'payment_intent',
    result: 'payment_intent',
    page: false,
    input: 'none',
    fields: fields<NoInput>({}),
  },
  /** Changes an intent that is not yet paid. `null` deletes a metadata key. Moves no money. */
  update: {
    summary: 'Changes an intent that is not yet paid.',
    effect: 'changes',
    target: 'payment_intent',
    result: 'payment_intent',
    page: false,
    stateProtects: true,
    input: 'required',
    fields: fields<UpdatePaymentIntent>({
      amount: 'optional',
      customer: 'optional',
      paymentMethod: 'optional',
      paymentMethodTypes: 'optional',
      captureMethod: 'optional',
      returnUrl: 'optional',
      setupFutureUsage: 'optional',
      threeDSecure: 'optional',
      statementDescriptor: 'optional',
      receiptEmail: 'optional',
      description: 'optional',
      metadata: 'optional',
      providerOptions: 'optional',
    }),
    reconcile: cannotTell,
  },
  /**
   * Charges or authorizes.
   * @returns the intent: `succeeded`, `requires_capture`, `processing`, `requires_action` (hand `toBrowser(intent)` to the page), or after a decline
   * `requires_payment_method` with `lastPaymentError`.
   * @throws PaymentError. Money may have moved only when its `outcome` is `unknown` (or `done`): store `error.resume` then.
   */
  confirm: {
    summary: 'Charges or authorizes.',
    effect: 'moves_money',
    target: 'payment_intent',
    legalFrom: beforeConfirmation,
    result: 'payment_intent',
    page: false,
    stateProtects: true,
    input: 'optional',
    fields: fields<ConfirmPaymentIntent>(confirmFields),
    reconcile: reconcileConfirm,
  },
  /**
   * Captures authorized money: all of it, or `amount`. Capture is final: the rest is released. Pass a snapshot rather than an id to have the amount's
   * currency checked before anything is sent.
   * @throws PaymentError. Money may have moved only when its `outcome` is `unknown` (or `done`): store `error.resume` then.
   */
  capture: {
    summary: 'Captures authorized money, once; the rest is released.',
    effect: 'moves_money',
    target: 'payment_intent',
    legalFrom: ['requires_capture'],
    result: 'payment_intent',
    page: false,
    stateProtects: true,
    input: 'optional',
    fields: fields<CapturePaymentIntent>({ amount: 'optional', statementDescriptor: 'optional', metadata: 'optional', providerOptions: 'optional' }),
    reconcile: reconcileCapture,
  },
  /**
   * Ends an intent and releases what is authorized. Money that was captured has to be refunded instead.
   * @throws PaymentError. The authorization may have been released only when its `outcome` is `unknown` (or `done`): store `error.resume` then.
   */
  cancel: {
    summary: 'Ends an intent and releases what is authorized.',
    effect: 'moves_money',
    target: 'payment_intent',
    legalFrom: [...beforeConfirmation, 'processing', 'requires_capture'],
    result: 'payment_intent',
    page: false,
    stateProtects: true,
    input: 'optional',
    fields: fields<CancelPaymentIntent>({ reason: 'optional', providerOptions: 'optional' }),
    reconcile: reconcileCancel,
  },
  /** One page of intents, in the provider's order. */
  list: {
    summary: 'Reads a page of intents.',
    effect: 'reads',
    target: null,
    result: 'payment_intent',
    page: true,
    input: 'optional',
    fields: fields<ListPaymentIntents>({ limit: 'optional', cursor: 'optional', customer: 'optional', createdFrom: 'optional', createdBefore: 'optional' }),
  },
  /**
   * Raises the authorized amount. `amount` is the new total, whatever the provider counts.
   * @throws PaymentError. More may have been authorized only when its `outcome` is `unknown` (or `done`): store `error.resume` then.
   */
  incrementAuthorization: {
    summary: 'Raises the authorized amount to a new total.',
    effect: 'moves_money',
    target: 'payment_intent',
    legalFrom: ['requires_capture'],
    result: 'payment_intent',
    page: false,
    stateProtects: false,
    input: 'required',
    fields: fields<IncrementAuthorization>({
      amount: 'required',
      description: 'optional',
      statementDescriptor: 'optional',
      metadata: 'optional',
      providerOptions: 'optional',
    }),
    reconcile: reconcileIncrement,
  },
} as const satisfies ResourceDefinitions<'payment_intent'>;
