import { PaymentError, type CallOptions, type LivingObject, type OperationName, type PaymentErrorShape, type PaymentIntent, type Payments } from '../index.js';
import { equal, holds } from './assertions.js';
import type { LedgerEntry } from './harness.js';
import type { Promised } from './promise.js';
import { authorise, prepareIntent, type Scene } from './scene.js';

/** One movement of money that may be disturbed, and how the books show that it happened. */
export interface Movement {
  readonly operation: OperationName;
  readonly name: string;
  readonly fields: NonNullable<Promised['fields']>;
  readonly before: (scene: Scene) => Promise<PaymentIntent | null>;
  readonly input: (scene: Scene) => object;
  readonly act: (payments: Payments<OperationName>, intent: PaymentIntent | null, input: object, options: CallOptions) => Promise<PaymentIntent>;
  /** Whether the books say that it happened. */
  readonly happened: (entries: readonly LedgerEntry[], intent: PaymentIntent | null) => boolean;
}

const own = (entries: readonly LedgerEntry[], intent: PaymentIntent | null): LedgerEntry | undefined => entries.find(({ id }) => id === intent?.id);
const manual = ['paymentIntents.create.captureMethod', 'paymentIntents.create.confirm'] as const;

/** Every movement of money on payment intents. */
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
    before: (scene) => prepareIntent(scene, 'succeeds', 100),
    input: () => ({}),
    act: (payments, intent, input, options) => payments.paymentIntents.confirm(intent ?? '', input, options),
    happened: (entries, intent) => (own(entries, intent)?.confirmations ?? 0) > 0,
  },
  capture: {
    operation: 'paymentIntents.capture',
    name: 'capture',
    fields: manual,
    before: (scene) => authorise(scene, 100),
    input: () => ({}),
    act: (payments, intent, input, options) => payments.paymentIntents.capture(intent ?? '', input, options),
    happened: (entries, intent) => (own(entries, intent)?.captured ?? 0) > 0,
  },
  partialCapture: {
    operation: 'paymentIntents.capture',
    name: 'partial-capture',
    fields: [...manual, 'paymentIntents.capture.amount'],
    before: (scene) => authorise(scene, 100),
    input: (scene) => ({ amount: scene.amount(60) }),
    act: (payments, intent, input, options) => payments.paymentIntents.capture(intent ?? '', input, options),
    happened: (entries, intent) => (own(entries, intent)?.captured ?? 0) > 0,
  },
  cancel: {
    operation: 'paymentIntents.cancel',
    name: 'cancel',
    fields: manual,
    before: (scene) => authorise(scene, 100),
    input: () => ({}),
    act: (payments, intent, input, options) => payments.paymentIntents.cancel(intent ?? '', input, options),
    happened: (entries, intent) => own(entries, intent)?.status === 'canceled',
  },
  increment: {
    operation: 'paymentIntents.incrementAuthorization',
    name: 'increment',
    fields: manual,
    before: (scene) => authorise(scene, 100),
    input: (scene) => ({ amount: scene.amount(150) }),
    act: (payments, intent, input, options) => payments.paymentIntents.incrementAuthorization(intent ?? '', input as never, options),
    happened: (entries, intent) => {
      const entry = own(entries, intent);
      return entry !== undefined && intent !== null && entry.authorized > intent.amount.minorUnits;
    },
  },
} as const satisfies Readonly<Record<string, Movement>>;

/** The provider's books. */
export const booksOf = async (scene: Scene): Promise<readonly LedgerEntry[]> => (await scene.stage.ledger?.()) ?? [];

/** The money of one reference: taken at most once, and never more than was asked for. */
export const takenOnce = (entries: readonly LedgerEntry[], most: number): void => {
  holds(
    entries.every(({ confirmations, captured, authorized }) => confirmations <= 1 && captured <= authorized),
    'no intent is confirmed twice, or captured beyond what is held',
    entries,
  );
  holds(entries.reduce((sum, { captured }) => sum + captured, 0) <= most, 'the money is taken once', entries);
};

/** What a call says has to be what the books say. */
export const agrees = (intent: PaymentIntent, entries: readonly LedgerEntry[]): void => {
  const entry = own(entries, intent);
  holds(entry !== undefined, 'the intent that is returned is in the books', intent.id);
  equal(intent.status, entry?.status, 'the status that is returned is the one in the books');
  if (intent.amountReceived !== null) equal(intent.amountReceived.minorUnits, entry?.captured, 'the amount that is returned is the one in the books');
};

/** How a call ended. */
export type Ended = { readonly intent: PaymentIntent } | { readonly error: PaymentErrorShape };

/** The payment intent that a movement was settled as. */
export const intentOf = (settled: LivingObject): PaymentIntent => {
  if (settled.object === 'payment_intent') return settled;
  throw new Error(`a movement of a payment intent was settled as a ${settled.object}`);
};

/** Runs a call to its end, whichever it is. An error that is no PaymentError is thrown on. */
export const ending = async (action: () => Promise<PaymentIntent>): Promise<Ended> => {
  try {
    return { intent: await action() };
  } catch (error) {
    if (PaymentError.is(error)) return { error };
    throw error;
  }
};
