import { sameMoney, type Money } from '../model/money.js';
import type { LivingObject } from '../model/event.js';
import type { PaymentFailure } from '../model/failure.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { Refund } from '../model/refund.js';
import type { SetupIntent } from '../model/setup-intent.js';
import type { NeutralOf, OperationName } from '../operations/definitions.js';

/** What was asked for, as far as a look-up can prove it. */
export interface Asked {
  readonly operation: OperationName;
  readonly amount: Money | null;
  readonly confirm: boolean;
  /** The target as it was before, if known. */
  readonly before: LivingObject | null;
  /** When the first request left, ISO 8601. */
  readonly since: string;
}

/**
 * What an object, looked up later, says about an operation whose answer was lost.
 * `done`: it happened, and the object is its result. `conflict`: something else was done under its name. `impossible`: the object is at an end at which
 * the operation never happened and never can. `undecided`: nothing is proven; unchanged does not mean undone, as the request may still be under way.
 */
export type Judgement = 'done' | 'conflict' | 'impossible' | 'undecided';

const confirmed = new Set(['requires_action', 'processing', 'requires_capture', 'succeeded', 'canceled']);

/** The failure that is on an object, where its kind can carry one. */
export const failureOn = (subject: LivingObject): PaymentFailure | null =>
  subject.object === 'payment_intent' ? subject.lastPaymentError : subject.object === 'setup_intent' ? subject.lastSetupError : null;

/** The second in which a time lies: no more is known of the time of a provider that counts in seconds. */
const secondOf = (time: string): string => `${time.slice(0, 19)}.000Z`;

/**
 * Whether a failed attempt came after the request left: the provider's clock says so, or, where it says nothing, there was none before. A snapshot without one
 * proves no more by itself: another attempt can have failed since it was taken. It settles what lies within one second.
 */
const failedSince = (intent: PaymentIntent | SetupIntent, { before, since }: Asked): boolean => {
  const { status, updatedAt } = intent;
  if (status !== 'requires_payment_method' || failureOn(intent) === null) return false;
  const isFirst = before !== null && failureOn(before) === null;
  return updatedAt === null ? isFirst : updatedAt > since || (isFirst && updatedAt === secondOf(since));
};

const judgeConfirm = (intent: PaymentIntent | SetupIntent, asked: Asked): Judgement => {
  if (intent.status === 'requires_action' && asked.before?.status === 'requires_action') return 'undecided';
  return confirmed.has(intent.status) || failedSince(intent, asked) ? 'done' : 'undecided';
};

const judgeCancel = ({ status }: PaymentIntent | SetupIntent): Judgement => (status === 'canceled' ? 'done' : status === 'succeeded' ? 'impossible' : 'undecided');

const judgeCreate = (intent: PaymentIntent, { amount, confirm }: Asked): Judgement => {
  if (amount !== null && !sameMoney(intent.amount, amount)) return 'conflict';
  return !confirm || confirmed.has(intent.status) || intent.lastPaymentError !== null ? 'done' : 'undecided';
};

const judgeCreateSetup = (intent: SetupIntent, { confirm }: Asked): Judgement =>
  !confirm || confirmed.has(intent.status) || intent.lastSetupError !== null ? 'done' : 'undecided';

const judgeRefund = (refund: Refund, { amount }: Asked): Judgement => (amount !== null && !sameMoney(refund.amount, amount) ? 'conflict' : 'done');

const judgeCancelRefund = ({ status }: Refund): Judgement => (status === 'canceled' ? 'done' : status === 'succeeded' || status === 'failed' ? 'impossible' : 'undecided');

const receivedBefore = (before: LivingObject | null): number => (before?.object === 'payment_intent' ? (before.amountReceived?.minorUnits ?? 0) : 0);

/** Whether what was received is what a capture asked for, on top of what had been received before at a provider that keeps the rest open. */
const receivedAsAsked = ({ amountReceived }: PaymentIntent, { amount, before }: Pick<Asked, 'amount' | 'before'>): boolean =>
  amount === null ||
  amountReceived === null ||
  (amountReceived.currency === amount.currency && amountReceived.minorUnits - receivedBefore(before) === amount.minorUnits);

const judgeCapture = (intent: PaymentIntent, asked: Asked): Judgement => {
  const received = intent.amountReceived?.minorUnits ?? 0;
  // A provider that keeps the rest of a partial capture open lets it be canceled later.
  if (intent.status === 'canceled') return received === 0 ? 'impossible' : asked.amount !== null && receivedAsAsked(intent, asked) ? 'done' : 'undecided';
  if (intent.status === 'succeeded') return receivedAsAsked(intent, asked) ? 'done' : 'conflict';
  // What was held, and is being worked on now, is being captured.
  if (intent.status === 'processing' && asked.before?.status === 'requires_capture') return 'done';
  const more = intent.status === 'requires_capture' && received > receivedBefore(asked.before);
  return more && asked.amount !== null && receivedAsAsked(intent, asked) ? 'done' : 'undecided';
};

const judgeIncrement = (intent: PaymentIntent, { amount, before }: Asked): Judgement => {
  const was = before?.object === 'payment_intent' ? before.amount : null;
  return amount !== null && sameMoney(intent.amount, amount) && !(was !== null && sameMoney(was, amount)) ? 'done' : 'undecided';
};

const done = (): Judgement => 'done';
const undecided = (): Judgement => 'undecided';

const judges: { readonly [K in OperationName]: (subject: NeutralOf<K>, asked: Asked) => Judgement } = {
  'paymentIntents.create': judgeCreate,
  'paymentIntents.retrieve': done,
  'paymentIntents.update': undecided,
  'paymentIntents.confirm': judgeConfirm,
  'paymentIntents.capture': judgeCapture,
  'paymentIntents.cancel': judgeCancel,
  'paymentIntents.list': done,
  'paymentIntents.incrementAuthorization': judgeIncrement,
  'setupIntents.create': judgeCreateSetup,
  'setupIntents.retrieve': done,
  'setupIntents.update': undecided,
  'setupIntents.confirm': judgeConfirm,
  'setupIntents.cancel': judgeCancel,
  'setupIntents.list': done,
  'refunds.create': judgeRefund,
  'refunds.retrieve': done,
  'refunds.update': undecided,
  'refunds.cancel': judgeCancelRefund,
  'refunds.list': done,
  'attempts.retrieve': done,
  'events.retrieve': done,
  'events.list': done,
};

/** Holds an object, looked up later, against what was asked for. It is of the kind that the operation answers with. */
export const judge = (subject: LivingObject, asked: Asked): Judgement => judges[asked.operation](subject as never, asked);

/**
 * Whether an answer is about something else than was asked for: a stored answer to other content under the same key, or a provider's own doing.
 * Only facts that the answer states are compared.
 */
export const contradicts = (subject: LivingObject, asked: Pick<Asked, 'operation' | 'amount' | 'before'>): boolean => {
  const { operation, amount } = asked;
  if (amount === null || subject.object === 'setup_intent') return false;
  if (subject.object === 'refund') return operation === 'refunds.create' && !sameMoney(subject.amount, amount);
  if (operation === 'paymentIntents.capture') return subject.status === 'succeeded' && !receivedAsAsked(subject, asked);
  if (operation === 'paymentIntents.incrementAuthorization') return subject.status === 'requires_capture' && !sameMoney(subject.amount, amount);
  return !sameMoney(subject.amount, amount);
};
