import { createPayments, currencyExponent, money, type CallOptions, type CreatePaymentIntent, type CreateRefund, type CreateSetupIntent, type Money, type OperationName, type PaymentIntent, type Payments, type PaymentsOptions, type Refund, type SetupIntent } from '../index.js';
import { oneOf } from './assertions.js';
import type { Harness, MethodName, Stage, StageSwitches, TestLedgerEntry, TestLedgerRefund, TestSetupEntry } from './harness.js';
import { withNeutralBooks } from './neutral-books.js';
import { NotTested } from './not-tested.js';
import { filled, neededFields, type InputSources } from './samples.js';
import { waysOf } from './ways.js';

/** What a promise is proven with: a client on a fresh stage, and the witnesses. */
export interface Scene extends InputSources {
  /** The client. Its verbs that the adapter lacks reject; a promise names the operations that it needs. */
  readonly payments: Payments<OperationName>;
  /** Another client on the same stage, set up otherwise. */
  readonly client: (options: Partial<PaymentsOptions>) => Payments<OperationName>;
  readonly hasField: (operation: OperationName, field: string) => boolean;
  /** The fields with which a payment is created by a certain method: those of the method, and all that the adapter requires beside them. */
  readonly payBy: (method: MethodName, units: number) => CreatePaymentIntent;
  /** How many requests have arrived. */
  readonly seen: () => Promise<number>;
  /** The books on one intent. Amounts are in minor units, whatever the provider counts in. */
  readonly entry: (id: string) => Promise<TestLedgerEntry>;
  /** What was taken in all, in minor units. */
  readonly captured: () => Promise<number>;
}

/** Whether the client has all of some operations. */
export const can = ({ payments }: Pick<Scene, 'payments'>, ...operations: readonly OperationName[]): boolean => operations.every((operation) => payments.operations.includes(operation));

/** Waiting costs nothing on a stage. */
const immediately = (): Promise<void> => Promise.resolve();

/** A client of any adapter. The verbs exist on every client; those that the adapter lacks reject, which is one of the promises. */
export const createClient = (options: PaymentsOptions): Payments<OperationName> => createPayments(options) as unknown as Payments<OperationName>;

/** Puts a client on a stage, as the harness wants it. */
export const connect = (harness: Pick<Harness, 'connect'>, options: PaymentsOptions, stage: Stage): Payments<OperationName> =>
  harness.connect === undefined ? createClient(options) : (harness.connect(options, stage) as unknown as Payments<OperationName>);

/** Opens a stage and puts a client on it. */
export const openScene = async (harness: Harness): Promise<Scene> => {
  const opened = await harness.open();
  const stage = withNeutralBooks(opened, harness.adapter.limits);
  const client = (options: Partial<PaymentsOptions>): Payments<OperationName> =>
    connect(harness, { adapter: harness.adapter, account: 'suite', baseUrl: stage.origin, fetch: stage.fetch, sleep: immediately, ...options }, opened);
  const payments = client({});
  const hasField = (operation: OperationName, field: string): boolean => payments.accepts(operation).includes(field);
  const amount = (units: number): Money => money(units * 10 ** (currencyExponent(stage.currency) ?? 0), stage.currency);
  const ledger = async (): Promise<readonly TestLedgerEntry[]> => (await stage.ledger?.()) ?? [];
  return {
    harness,
    stage,
    client,
    payments,
    hasField,
    amount,
    payBy: (method, units) => {
      const paymentMethod = stage.paymentMethods[method];
      if (paymentMethod === undefined) throw new NotTested(`the stage has no payment method ${method}`);
      return filled({ harness, stage, amount }, 'paymentIntents.create', {
        amount: amount(units),
        paymentMethod,
        ...(stage.customer !== undefined && hasField('paymentIntents.create', 'customer') && { customer: stage.customer }),
      });
    },
    seen: async () => ((await stage.requests?.()) ?? []).length,
    entry: async (id) => {
      const found = (await ledger()).find((entry) => entry.id === id);
      if (found === undefined) throw new Error(`the ledger has no ${id}`);
      return found;
    },
    captured: async () => (await ledger()).reduce((sum, { captured }) => sum + captured, 0),
  };
};

/** Creates and confirms by a method, in one call. */
export const pay = (scene: Scene, method: MethodName, units: number, more: Partial<CreatePaymentIntent> = {}, options: CallOptions = {}): Promise<PaymentIntent> =>
  scene.payments.paymentIntents.create(
    {
      ...scene.payBy(method, units),
      confirm: true,
      ...(scene.hasField('paymentIntents.create', 'returnUrl') && { returnUrl: 'https://shop.example/return' }),
      ...more,
    },
    options,
  );

/** An intent that is authorised and waits for its capture. */
export const authorise = async (scene: Scene, units: number): Promise<PaymentIntent> => {
  const intent = await pay(scene, 'succeeds', units, { captureMethod: 'manual' });
  oneOf(intent.status, ['requires_capture'], 'manual capture holds the money until it is captured');
  return intent;
};

/** A payment to which as little is done as the adapter's declaration lets: nothing is given but what it requires, and what it would charge at once is held where that can be. */
export const openIntent = (scene: Scene, more: Partial<CreatePaymentIntent> = {}, options: CallOptions = {}): Promise<PaymentIntent> => {
  const { waits, held } = waysOf(scene.harness.adapter);
  const given: CreatePaymentIntent = { amount: scene.amount(100), ...(!waits && held && { captureMethod: 'manual' }), ...more };
  return scene.payments.paymentIntents.create(filled(scene, 'paymentIntents.create', given), options);
};

/**
 * A payment in one of certain statuses (`null`: in any), as early in its life as the adapter's declaration lets it be: with a method and not confirmed, held,
 * without a method, or paid. Throws {@link NotTested} where none of them can be.
 */
export const intentIn = async (
  scene: Scene,
  statuses: readonly string[] | null,
  method: MethodName = 'succeeds',
  units = 100,
  more: Partial<CreatePaymentIntent> = {},
): Promise<PaymentIntent> => {
  const ways = waysOf(scene.harness.adapter);
  const may = (status: string): boolean => statuses === null || statuses.includes(status);
  if (ways.waitsWithMethod && may('requires_confirmation')) return scene.payments.paymentIntents.create({ ...scene.payBy(method, units), ...more });
  if (ways.paid && statuses?.includes('succeeded') === true) return pay(scene, method, units, more);
  if (ways.held && may('requires_capture')) return pay(scene, method, units, { captureMethod: 'manual', ...more });
  if (ways.waits && may('requires_payment_method')) return openIntent(scene, { amount: scene.amount(units), ...more });
  if (ways.paid && may('succeeded')) return pay(scene, method, units, more);
  throw new NotTested(`the adapter declares no way to a payment that is ${statuses?.join(' or ') ?? 'there'}`);
};

/** An intent with a payment method that is not confirmed yet; where none waits with a method, the earliest that there can be. */
export const prepareIntent = (scene: Scene, method: MethodName, units: number, more: Partial<CreatePaymentIntent> = {}): Promise<PaymentIntent> =>
  intentIn(scene, null, method, units, more);

/** The intent as the provider has it now. */
export const now = (scene: Scene, intent: PaymentIntent): Promise<PaymentIntent> => scene.payments.paymentIntents.retrieve(intent);

/** A payment once it has ended what it was told to do: what the books too have under way is read again when the provider has had its time. */
export const settled = async (scene: Scene, intent: PaymentIntent): Promise<PaymentIntent> => {
  const books = (await scene.stage.ledger?.())?.find(({ id }) => id === intent.id);
  if (intent.status !== 'processing' || books?.status !== 'processing' || scene.stage.advance === undefined) return intent;
  await scene.stage.advance(aWhile);
  return now(scene, intent);
};

/** Whether a stage has a switch. */
export const canSwitch = (stage: Stage, name: keyof StageSwitches): boolean => {
  if (stage.setSwitches === undefined || stage.switches === undefined) return stage.setSwitches !== undefined;
  return typeof stage.switches === 'function' ? name in stage.switches() : stage.switches.includes(name);
};

/** What happens on a stage that has no switch for it. */
const asUsual: StageSwitches = { refundsFail: 'never', refundStatus: 'told', setupsOwnedBySession: false };

/** Sets a stage's switches. Throws {@link NotTested} where it lacks one of them, unless that would only say what is usual. */
export const switchTo = async ({ stage }: Pick<Scene, 'stage'>, change: StageSwitches): Promise<void> => {
  const asked: readonly (keyof StageSwitches)[] = (['refundsSettle', 'refundsFail', 'refundStatus', 'setupsOwnedBySession'] as const).filter((name) => change[name] !== undefined);
  const missing = asked.filter((name) => !canSwitch(stage, name) && change[name] !== asUsual[name]);
  if (missing.length > 0) throw new NotTested(`the stage has no switch ${missing.join(', ')}`);
  await stage.setSwitches?.(Object.fromEntries(asked.filter((name) => canSwitch(stage, name)).map((name) => [name, change[name]])));
};

/** What a refund of all of a payment is asked for with: nothing, unless the adapter needs the amount and the core has no attempt to read it from. */
export const wholeRefund = (scene: Pick<Scene, 'harness'>, { amount, amountReceived = null }: { readonly amount: Money; readonly amountReceived?: Money | null }): CreateRefund => {
  const isSaid = neededFields(scene, 'refunds.create').includes('amount') && scene.harness.adapter.operations['attempts.retrieve'] === undefined;
  return isSaid ? { amount: amountReceived ?? amount } : {};
};

/** Gives all of a payment back. */
export const giveBack = (scene: Scene, intent: PaymentIntent, more: CreateRefund = {}, options: CallOptions = {}, target: PaymentIntent | string = intent): Promise<Refund> =>
  scene.payments.refunds.create(target, { ...wholeRefund(scene, intent), ...more }, options);

/** What the books say of the refunds of one payment, oldest first. */
export const refundsOf = async (scene: Scene, intent: Pick<PaymentIntent, 'id'>): Promise<readonly TestLedgerRefund[]> => (await scene.entry(intent.id)).refunds ?? [];

/** What the books say of one saving of a payment method. */
export const setupEntry = async (scene: Scene, { id }: Pick<SetupIntent, 'id'>): Promise<TestSetupEntry> => {
  const found = ((await scene.stage.setups?.()) ?? []).find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`the books have no setup ${id}`);
  return found;
};

/** The fields with which a setup is created, by a certain method or before there is one: those that the provider takes, and what it asks for. */
export const setupBy = (scene: Scene, method: MethodName | null): CreateSetupIntent => {
  const { currency, customer, paymentMethods } = scene.stage;
  const paymentMethod = method === null ? undefined : paymentMethods[method];
  const takes = (field: string): boolean => scene.hasField('setupIntents.create', field);
  return {
    ...(takes('currency') && { currency }),
    ...(takes('customer') && customer !== undefined && { customer }),
    ...(takes('paymentMethod') && paymentMethod !== undefined && { paymentMethod }),
  };
};

/** A setup intent that is not confirmed yet. */
export const prepareSetup = (scene: Scene, method: MethodName | null, more: Partial<CreateSetupIntent> = {}, options: CallOptions = {}): Promise<SetupIntent> =>
  scene.payments.setupIntents.create(filled(scene, 'setupIntents.create', { ...setupBy(scene, method), ...more }), options);

/** Creates and confirms a setup intent by a method, in one call. */
export const save = (scene: Scene, method: MethodName, options: CallOptions = {}): Promise<SetupIntent> =>
  prepareSetup(scene, method, { confirm: true, ...(scene.hasField('setupIntents.create', 'returnUrl') && { returnUrl: 'https://shop.example/return' }) }, options);

/** Time enough for everything that a provider does by itself. Seconds. */
export const aWhile = 120;
