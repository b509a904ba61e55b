import { match } from 'ts-pattern';
import { sameMoney, type Money } from '../model/money.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { OperationName } from '../contract/vocabulary.js';

/** What was asked for, as far as a look-up can prove it. */
export interface Asked {
  readonly operation: OperationName;
  readonly amount: Money | null;
  readonly confirm: boolean;
  /** The intent as it was before, if known. */
  readonly before: PaymentIntent | null;
  /** When the first request left, ISO 8601. */
  readonly since: string;
}

/**
 * What an intent, looked up later, says about an operation whose answer was lost.
 * `done`: it happened, and the intent is its result. `conflict`: something else was done under its name. `impossible`: the intent is at an end at which
 * the operation never happened and never can. `undecided`: nothing is proven; unchanged does not mean undone, as the request may still be under way.
 */
export type Judgement = 'done' | 'conflict' | 'impossible' | 'undecided';

const confirmed = new Set(['requires_action', 'processing', 'requires_capture', 'succeeded', 'canceled']);

/** Whether a failed attempt came after the request left: there was none before, or the provider's clock says so. */
const failedSince = (intent: PaymentIntent, { before, since }: Asked): boolean =>
  intent.status === 'requires_payment_method' &&
  intent.lastPaymentError !== null &&
  ((before !== null && before.lastPaymentError === null) || (intent.updatedAt !== null && intent.updatedAt > since));

const judgeConfirm = (intent: PaymentIntent, asked: Asked): Judgement => {
  if (intent.status === 'requires_action' && asked.before?.status === 'requires_action') return 'undecided';
  return confirmed.has(intent.status) || failedSince(intent, asked) ? 'done' : 'undecided';
};

const judgeCreate = (intent: PaymentIntent, { amount, confirm }: Asked): Judgement => {
  if (amount !== null && !sameMoney(intent.amount, amount)) return 'conflict';
  return !confirm || confirmed.has(intent.status) || intent.lastPaymentError !== null ? 'done' : 'undecided';
};

/** Whether what was received is what a capture asked for, on top of what had been received before at a provider that keeps the rest open. */
const receivedAsAsked = ({ amountReceived }: PaymentIntent, { amount, before }: Pick<Asked, 'amount' | 'before'>): boolean =>
  amount === null ||
  amountReceived === null ||
  (amountReceived.currency === amount.currency && amountReceived.minorUnits - (before?.amountReceived?.minorUnits ?? 0) === amount.minorUnits);

const judgeCapture = (intent: PaymentIntent, asked: Asked): Judgement => {
  const received = intent.amountReceived?.minorUnits ?? 0;
  // A provider that keeps the rest of a partial capture open lets it be canceled later.
  if (intent.status === 'canceled') return received === 0 ? 'impossible' : asked.amount !== null && receivedAsAsked(intent, asked) ? 'done' : 'undecided';
  if (intent.status === 'succeeded') return receivedAsAsked(intent, asked) ? 'done' : 'conflict';
  const more = intent.status === 'requires_capture' && received > (asked.before?.amountReceived?.minorUnits ?? 0);
  return more && asked.amount !== null && receivedAsAsked(intent, asked) ? 'done' : 'undecided';
};

/** Holds an intent, looked up later, against what was asked for. */
export const judge = (intent: PaymentIntent, asked: Asked): Judgement =>
  match(asked.operation)
    .returnType<Judgement>()
    .with('paymentIntents.create', () => judgeCreate(intent, asked))
    .with('paymentIntents.confirm', () => judgeConfirm(intent, asked))
    .with('paymentIntents.capture', () => judgeCapture(intent, asked))
    .with('paymentIntents.cancel', () => (intent.status === 'canceled' ? 'done' : intent.status === 'succeeded' ? 'impossible' : 'undecided'))
    .with('paymentIntents.incrementAuthorization', () =>
      asked.amount !== null && sameMoney(intent.amount, asked.amount) && !(asked.before !== null && sameMoney(asked.before.amount, asked.amount)) ? 'done' : 'undecided',
    )
    .with('paymentIntents.update', () => 'undecided')
    .with('paymentIntents.retrieve', 'paymentIntents.list', () => 'done')
    .exhaustive();

/**
 * Whether an answer is about something else than was asked for: a stored answer to other content under the same key, or a provider's own doing.
 * Only facts that the answer states are compared.
 */
export const contradicts = (intent: PaymentIntent, asked: Pick<Asked, 'operation' | 'amount' | 'before'>): boolean => {
  const { operation, amount } = asked;
  if (amount === null) return false;
  if (operation === 'paymentIntents.capture') return intent.status === 'succeeded' && !receivedAsAsked(intent, asked);
  if (operation === 'paymentIntents.incrementAuthorization') return intent.status === 'requires_capture' && !sameMoney(intent.amount, amount);
  return !sameMoney(intent.amount, amount);
};
