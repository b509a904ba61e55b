import { PaymentError, type CallOptions, type LivingObject, type OperationName, type PaymentIntent, type PaymentErrorShape, type Payments } from '../../index.js';
import { equal, holds, oneOf } from '../assertions.js';
import { faults, faulty, type Fault } from '../faults.js';
import type { LedgerEntry } from '../harness.js';
import type { Promised } from '../promise.js';
import { authorise, openScene, prepareIntent, type Scene } from '../scene.js';

/** One movement of money that a fault may hit, and how the books show that it happened. */
interface Movement {
  readonly operation: OperationName;
  readonly name: string;
  readonly fields: Promised['fields'];
  readonly before: (scene: Scene) => Promise<PaymentIntent | null>;
  readonly input: (scene: Scene) => object;
  readonly act: (payments: Payments<OperationName>, intent: PaymentIntent | null, input: object, options: CallOptions) => Promise<PaymentIntent>;
  /** Whether the books say that it happened. */
  readonly happened: (entries: readonly LedgerEntry[], intent: PaymentIntent | null) => boolean;
}

const own = (entries: readonly LedgerEntry[], intent: PaymentIntent | null): LedgerEntry | undefined => entries.find(({ id }) => id === intent?.id);
const manual = ['paymentIntents.create.captureMethod', 'paymentIntents.create.confirm'] as const;

const movements: readonly Movement[] = [
  {
    operation: 'paymentIntents.create',
    name: 'create-and-confirm',
    fields: ['paymentIntents.create.confirm'],
    before: () => Promise.resolve(null),
    input: (scene) => ({ ...scene.payBy('succeeds', 100), confirm: true }),
    act: (payments, _, input, options) => payments.paymentIntents.create(input as never, options),
    happened: (entries) => entries.some(({ captured }) => captured > 0),
  },
  {
    operation: 'paymentIntents.confirm',
    name: 'confirm',
    fields: [],
    before: (scene) => prepareIntent(scene, 'succeeds', 100),
    input: () => ({}),
    act: (payments, intent, input, options) => payments.paymentIntents.confirm(intent ?? '', input, options),
    happened: (entries, intent) => (own(entries, intent)?.confirmations ?? 0) > 0,
  },
  {
    operation: 'paymentIntents.capture',
    name: 'capture',
    fields: manual,
    before: (scene) => authorise(scene, 100),
    input: () => ({}),
    act: (payments, intent, input, options) => payments.paymentIntents.capture(intent ?? '', input, options),
    happened: (entries, intent) => (own(entries, intent)?.captured ?? 0) > 0,
  },
  {
    operation: 'paymentIntents.capture',
    name: 'partial-capture',
    fields: [...manual, 'paymentIntents.capture.amount'],
    before: (scene) => authorise(scene, 100),
    input: (scene) => ({ amount: scene.amount(60) }),
    act: (payments, intent, input, options) => payments.paymentIntents.capture(intent ?? '', input, options),
    happened: (entries, intent) => (own(entries, intent)?.captured ?? 0) > 0,
  },
  {
    operation: 'paymentIntents.cancel',
    name: 'cancel',
    fields: manual,
    before: (scene) => authorise(scene, 100),
    input: () => ({}),
    act: (payments, intent, input, options) => payments.paymentIntents.cancel(intent ?? '', input, options),
    happened: (entries, intent) => own(entries, intent)?.status === 'canceled',
  },
  {
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
];

const booksOf = async (scene: Scene): Promise<readonly LedgerEntry[]> => (await scene.stage.ledger?.()) ?? [];

/** The money of one reference: taken at most once, and never more than was asked for. */
const takenOnce = (entries: readonly LedgerEntry[], most: number): void => {
  holds(
    entries.every(({ confirmations, captured, authorized }) => confirmations <= 1 && captured <= authorized),
    'no intent is confirmed twice, or captured beyond what is held',
    entries,
  );
  holds(entries.reduce((sum, { captured }) => sum + captured, 0) <= most, 'the money is taken once', entries);
};

/** What a call says has to be what the books say. */
const agrees = (intent: PaymentIntent, entries: readonly LedgerEntry[]): void => {
  const entry = own(entries, intent);
  holds(entry !== undefined, 'the intent that is returned is in the books', intent.id);
  equal(intent.status, entry?.status, 'the status that is returned is the one in the books');
  if (intent.amountReceived !== null) equal(intent.amountReceived.minorUnits, entry?.captured, 'the amount that is returned is the one in the books');
};

type Ended = { readonly intent: PaymentIntent } | { readonly error: PaymentErrorShape };

const intentOf = (settled: LivingObject): PaymentIntent => {
  if (settled.object === 'payment_intent') return settled;
  throw new Error(`a movement of a payment intent was settled as a ${settled.object}`);
};

const ending = async (action: () => Promise<PaymentIntent>): Promise<Ended> => {
  try {
    return { intent: await action() };
  } catch (error) {
    if (PaymentError.is(error)) return { error };
    throw error;
  }
};

const reference = 'order-1';

/** Breaks one movement at certain exchanges, and holds the answer, and the later resume from another process, against the books. */
const survive = async (scene: Scene, movement: Movement, fault: Fault, isHit: (exchange: number) => boolean): Promise<void> => {
  const intent = await movement.before(scene);
  const input = movement.input(scene);
  const most = (intent ?? { amount: scene.amount(100) }).amount.minorUnits;
  const { fetch } = faulty(scene.stage.fetch, fault, isHit);
  const broken = scene.client({ fetch, ...(fault.attemptTimeout !== undefined && { attemptTimeout: fault.attemptTimeout }) });

  const ended = await ending(() => movement.act(broken, intent, input, { reference }));
  const books = await booksOf(scene);
  takenOnce(books, most);
  if ('intent' in ended) {
    agrees(ended.intent, books);
    holds(movement.happened(books, intent), 'what is told as done has happened');
    return;
  }

  const { error } = ended;
  oneOf(error.outcome, ['not_sent', 'rejected', 'unknown'], 'a failed call has an outcome');
  if (error.outcome !== 'unknown') {
    holds(!movement.happened(books, intent), `what is told as ${error.outcome} has not happened`);
    return;
  }
  holds(error.resume !== null, 'an unknown outcome can be resumed');
  const resume = JSON.parse(JSON.stringify(error.resume));
  const settled = await ending(async () => intentOf(await scene.client({}).resume(resume, { input })));
  const later = await booksOf(scene);
  takenOnce(later, most);
  if ('intent' in settled) {
    agrees(settled.intent, later);
    return;
  }
  oneOf(settled.error.outcome, ['unknown'], 'what cannot be settled stays unknown');
  holds(!movement.happened(later, intent) || intent === null, 'what has happened to a known intent is found');
};

const positions: readonly { readonly name: string; readonly isHit: (exchange: number) => boolean }[] = [
  { name: 'at the first exchange', isHit: (exchange) => exchange === 1 },
  { name: 'at the second exchange', isHit: (exchange) => exchange === 2 },
  { name: 'at the third exchange', isHit: (exchange) => exchange === 3 },
  { name: 'at the first two exchanges', isHit: (exchange) => exchange <= 2 },
  { name: 'at the first three exchanges', isHit: (exchange) => exchange <= 3 },
  { name: 'from the first exchange on', isHit: () => true },
  { name: 'from the second exchange on', isHit: (exchange) => exchange >= 2 },
];

/** Every movement of money, under every fault, at every exchange. */
export const faultPromises: readonly Promised[] = movements.flatMap((movement) =>
  faults.map(
    (fault): Promised => ({
      id: `faults/${movement.name}/${fault.id}`,
      title: 'the money moves at most once, and the answer agrees with the books or is unknown and can be resumed',
      operations: ['paymentIntents.create', movement.operation],
      ...(movement.fields && { fields: movement.fields }),
      levers: ['succeeds', 'ledger'],
      prove: async ({ harness }) => {
        for (const { name, isHit } of positions) {
          try {
            await survive(await openScene(harness), movement, fault, isHit);
          } catch (error) {
            throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
          }
        }
      },
    }),
  ),
);
