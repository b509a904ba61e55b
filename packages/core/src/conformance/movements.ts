import { PaymentError, type CallOptions, type LivingObject, type OperationName, type PaymentErrorShape, type PaymentIntent, type Payments, type Refund } from '../index.js';
import { equal, holds, oneOf } from './assertions.js';
import type { Lever, TestLedgerEntry, TestLedgerRefund } from './harness.js';
import type { Promised } from './promise.js';
import { filled } from './samples.js';
import { authorise, giveBack, pay, prepareIntent, switchTo, wholeRefund, type Scene } from './scene.js';
import { waysOf } from './ways.js';

/** What a movement is done to, and what it ends as. */
export type Moved = PaymentIntent | Refund;

/** One movement of money that may be disturbed, and how the books show that it happened. */
export interface Movement {
  readonly operation: OperationName;
  readonly name: string;
  readonly fields: NonNullable<Promised['fields']>;
  /** Whether it is another one than those beside it, for an adapter. */
  readonly when?: Promised['when'];
  /** Levers that it needs beside those of every movement. */
  readonly levers?: readonly Lever[];
  readonly before: (scene: Scene) => Promise<Moved | null>;
  readonly input: (scene: Scene) => object;
  readonly act: (payments: Payments<OperationName>, target: Moved | null, input: object, options: CallOptions) => Promise<Moved>;
  /** Whether the books say that it happened. */
  readonly happened: (entries: readonly TestLedgerEntry[], target: Moved | null) => boolean;
}

const own = (entries: readonly TestLedgerEntry[], target: Moved | null): TestLedgerEntry | undefined => entries.find(({ id }) => id === target?.id);
const refundIn = (entries: readonly TestLedgerEntry[], target: Moved | null): TestLedgerRefund | undefined =>
  entries.flatMap(({ refunds = [] }) => refunds).find(({ id }) => id === target?.id);
/** A capture that takes time is under way in the books before it is there. */
const isCaptured: Movement['happened'] = (entries, target) => (own(entries, target)?.captured ?? 0) > 0 || own(entries, target)?.status === 'processing';
/** The snapshot, for an operation on payment intents. */
const payment = (target: Moved | null): PaymentIntent | string => (target?.object === 'payment_intent' ? target : '');
const paid = ['paymentIntents.create.confirm'] as const;
const manual = ['paymentIntents.create.captureMethod', 'paymentIntents.create.confirm'] as const;

/** Every movement of money. */
export const movements = {
  createAndConfirm: {
    operation: 'paymentIntents.create',
    name: 'create-and-confirm',
    fields: ['paymentIntents.create.confirm'],
    before: () => Promise.resolve(null),
    input: (scene) => ({ ...scene.payBy('succeeds', 100), confirm: true }),
    act: (payments, _, input, options) => payments.paymentIntents.create(input as never, options),
    happened: (entries) => entries.some(({ captured }) => captured > 0),
  },
  confirm: {
    operation: 'paymentIntents.confirm',
    name: 'confirm',
    fields: [],
    when: ({ harness }) => waysOf(harness.adapter).waitsWithMethod,
    before: (scene) => prepareIntent(scene, 'succeeds', 100),
    input: () => ({}),
    act: (payments, target, input, options) => payments.paymentIntents.confirm(payment(target), input, options),
    happened: (entries, intent) => (own(entries, intent)?.confirmations ?? 0) > 0,
  },
  capture: {
    operation: 'paymentIntents.capture',
    name: 'capture',
    fields: manual,
    before: (scene) => authorise(scene, 100),
    input: (scene) => filled(scene, 'paymentIntents.capture', {}),
    act: (payments, target, input, options) => payments.paymentIntents.capture(payment(target), input, options),
    happened: isCaptured,
  },
  partialCapture: {
    operation: 'paymentIntents.capture',
    name: 'partial-capture',
    fields: [...manual, 'paymentIntents.capture.amount'],
    before: (scene) => authorise(scene, 100),
    input: (scene) => ({ amount: scene.amount(60) }),
    act: (payments, target, input, options) => payments.paymentIntents.capture(payment(target), input, options),
    happened: isCaptured,
  },
  cancel: {
    operation: 'paymentIntents.cancel',
    name: 'cancel',
    fields: manual,
    before: (scene) => authorise(scene, 100),
    input: () => ({}),
    act: (payments, target, input, options) => payments.paymentIntents.cancel(payment(target), input, options),
    happened: (entries, intent) => own(entries, intent)?.status === 'canceled',
  },
  increment: {
    operation: 'paymentIntents.incrementAuthorization',
    name: 'increment',
    fields: manual,
    before: (scene) => authorise(scene, 100),
    input: (scene) => ({ amount: scene.amount(150) }),
    act: (payments, target, input, options) => payments.paymentIntents.incrementAuthorization(payment(target), input as never, options),
    happened: (entries, intent) => {
      const entry = own(entries, intent);
      return entry !== undefined && intent !== null && entry.authorized > intent.amount.minorUnits;
    },
  },
  refund: {
    operation: 'refunds.create',
    name: 'refund',
    fields: paid,
    // Elsewhere it is one exchange like that of a part, of which more could go back by mistake.
    when: ({ harness: { adapter } }) => {
      const refund = adapter.operations['refunds.create'];
      return refund?.accepts.includes('amount') !== true || refund.requires?.includes('amount') === true;
    },
    before: (scene) => pay(scene, 'succeeds', 100),
    input: (scene) => wholeRefund(scene, { amount: scene.amount(100) }),
    act: (payments, target, input, options) => payments.refunds.create(payment(target), input, options),
    happened: (entries, target) => (own(entries, target)?.refunds ?? []).length > 0,
  },
  partialRefund: {
    operation: 'refunds.create',
    name: 'partial-refund',
    fields: [...paid, 'refunds.create.amount'],
    before: (scene) => pay(scene, 'succeeds', 100),
    input: (scene) => ({ amount: scene.amount(40) }),
    act: (payments, target, input, options) => payments.refunds.create(payment(target), input, options),
    happened: (entries, target) => (own(entries, target)?.refunds ?? []).length > 0,
  },
  cancelRefund: {
    operation: 'refunds.cancel',
    name: 'cancel-refund',
    fields: paid,
    levers: ['setSwitches'],
    before: async (scene) => {
      await switchTo(scene, { refundsSettle: 'later' });
      return giveBack(scene, await pay(scene, 'succeeds', 100));
    },
    input: () => ({}),
    act: (payments, target, input, options) => payments.refunds.cancel(target?.object === 'refund' ? target : '', input, options),
    happened: (entries, target) => refundIn(entries, target)?.status === 'canceled',
  },
} as const satisfies Readonly<Record<string, Movement>>;

/** The provider's books. */
export const booksOf = async (scene: Scene): Promise<readonly TestLedgerEntry[]> => (await scene.stage.ledger?.()) ?? [];

/** The money of one reference: taken at most once, and never more than was asked for. */
export const takenOnce = (entries: readonly TestLedgerEntry[], most: number): void => {
  holds(
    entries.every(({ confirmations, captured, authorized }) => confirmations <= 1 && captured <= authorized),
    'no intent is confirmed twice, or captured beyond what is held',
    entries,
  );
  holds(entries.reduce((sum, { captured }) => sum + captured, 0) <= most, 'the money is taken once', entries);
  holds(
    entries.every(({ captured, refunded = 0, refunds = [] }) => refunds.length <= 1 && refunded <= captured),
    'the money goes back at most once',
    entries,
  );
};

/** What a refund says has to be what the books say; its status is `unknown` only where the provider does not tell it. */
export const refundAgrees = (refund: Refund, recorded: TestLedgerRefund | undefined): void => {
  const told = Object.values(Object(refund.raw.reveal())).includes(recorded?.status);
  oneOf(refund.status, told ? [recorded?.status] : [recorded?.status, 'unknown'], 'the status that is returned is the one in the books');
  equal([refund.id, refund.amount.minorUnits], [recorded?.id, recorded?.amount], 'the refund that is returned is the one in the books');
};

/** What a call says has to be what the books say. */
export const agrees = (intent: Moved, entries: readonly TestLedgerEntry[]): void => {
  if (intent.object === 'refund') return refundAgrees(intent, refundIn(entries, intent));
  const entry = own(entries, intent);
  holds(entry !== undefined, 'the intent that is returned is in the books', intent.id);
  equal(intent.status, entry?.status, 'the status that is returned is the one in the books');
  if (intent.amountReceived !== null) equal(intent.amountReceived.minorUnits, entry?.captured, 'the amount that is returned is the one in the books');
};

/** A payment that came to nothing asks for another method, or is over where the books say so, and then says why. */
export const cameToNothing = async (scene: Scene, intent: PaymentIntent, promise: string): Promise<void> => {
  const isOver = own(await booksOf(scene), intent)?.status === 'canceled';
  equal(intent.status, isOver ? 'canceled' : 'requires_payment_method', promise);
  if (isOver) holds(intent.lastPaymentError !== null, 'what is over says why');
};

/** How a call ended. */
export type Ended = { readonly intent: Moved } | { readonly error: PaymentErrorShape };

/** What a movement was settled as. */
export const movedOf = (settled: LivingObject): Moved => {
  if (settled.object !== 'setup_intent') return settled;
  throw new Error('a movement of money was settled as a setup intent');
};

/** Runs a call to its end, whichever it is. An error that is no PaymentError is thrown on. */
export const ending = async (action: () => Promise<Moved>): Promise<Ended> => {
  try {
    return { intent: await action() };
  } catch (error) {
    if (PaymentError.is(error)) return { error };
    throw error;
  }
};
