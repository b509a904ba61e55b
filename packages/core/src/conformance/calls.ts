import { isRead, operationDefinitions, type CallOptions, type ObjectKind, type OperationName, type PaymentIntent, type Payments, type Resources, type SetupIntent } from '../index.js';
import { NotTested } from './not-tested.js';
import type { Promised } from './promise.js';
import { neededFields, real } from './samples.js';
import { giveBack, intentIn, pay, prepareIntent, switchTo, type Scene } from './scene.js';

export { sample } from './samples.js';

/** An operation's resource and verb. */
export const partsOf = (operation: OperationName): readonly [keyof Resources, string] => {
  const [resource, verb = ''] = operation.split('.');
  // The name of every operation begins with its resource.
  return [resource as keyof Resources, verb];
};

type Method = (...values: readonly unknown[]) => Promise<unknown>;

/** What an operation is called with. */
export interface Call {
  readonly operation: OperationName;
  /** A snapshot, or an id; not given where the operation is about none. */
  readonly target?: unknown;
  readonly input: object;
}

/** Calls an operation by its name, as its definition says that it is called. */
export const callOn = (payments: Payments<OperationName>, { operation, target, input }: Call, options: CallOptions = {}): Promise<unknown> => {
  const [resource, verb] = partsOf(operation);
  // Every verb takes its target, its input and its options, in this order.
  const method = (payments[resource] as unknown as Readonly<Record<string, Method>>)[verb] ?? (() => Promise.reject(new Error(`the client has no ${operation}`)));
  const row = operationDefinitions[operation];
  if (row.target === null) return method(input, options);
  return isRead(operation) ? method(target, options) : method(target, input, options);
};

/** The statuses of a payment intent from which an operation is legal here; `null` for any. */
const legalFrom = (operation: OperationName): readonly string[] | null => operationDefinitions[operation].legalFrom;

const waits = (statuses: readonly string[]): boolean => statuses.includes('requires_confirmation');

/** What has to be there to bring about a call that succeeds. */
export const neededFor = (operation: OperationName): Pick<Promised, 'operations' | 'fields' | 'levers'> => {
  const { target, result: answer } = operationDefinitions[operation];
  const legal = legalFrom(operation);
  const confirm = ['paymentIntents.create.confirm'] as const;
  if (target === 'payment_intent' && (legal === null || waits(legal))) return { operations: [operation, 'paymentIntents.create'], levers: ['succeeds'] };
  if (target === 'payment_intent' || target === 'payment_attempt')
    return {
      operations: [operation, 'paymentIntents.create'],
      fields: legal?.includes('succeeded') === true ? confirm : [...confirm, 'paymentIntents.create.captureMethod'],
      levers: ['succeeds'],
    };
  if (target === 'setup_intent') return { operations: [operation, 'setupIntents.create'], levers: ['succeeds'] };
  if (target === 'refund') return { operations: [operation, 'refunds.create', 'paymentIntents.create'], fields: confirm, levers: legal === null ? ['succeeds'] : ['succeeds', 'setSwitches'] };
  if (target === 'event') return { operations: [operation, 'events.list', 'paymentIntents.create'], levers: ['succeeds'] };
  const makes: { readonly [kind in ObjectKind]?: readonly OperationName[] } = {
    payment_intent: ['paymentIntents.create'],
    setup_intent: ['setupIntents.create'],
    refund: ['refunds.create', 'paymentIntents.create'],
    event: ['paymentIntents.create'],
  };
  const isOfPayment = answer === 'refund' || answer === 'event';
  return { operations: [operation, ...(makes[answer] ?? [])], ...(isOfPayment && { fields: confirm }), levers: ['succeeds'] };
};

/** Fields with which a change changes something. */
const telling = ['description', 'metadata', 'paymentMethod', 'amount'];

const inputFor = (scene: Scene, operation: OperationName): Readonly<Record<string, unknown>> => {
  const { accepts = [] } = scene.harness.adapter.operations[operation] ?? {};
  const fields = neededFields(scene, operation);
  const change = operation.endsWith('.update') && fields.length === 0 ? telling.find((field) => accepts.some((accepted) => accepted === field)) : undefined;
  const confirmed = operation === 'paymentIntents.create' && accepts.some((field) => field === 'confirm');
  const nested = operation.endsWith('.create') ? ['metadata', 'paymentMethodTypes'].filter((field) => accepts.some((accepted) => accepted === field)) : [];
  return {
    ...Object.fromEntries([...fields, ...nested, ...(change === undefined ? [] : [change])].map((field) => [field, real(scene, operation, field)])),
    ...(confirmed && { ...scene.payBy('succeeds', 100), confirm: true, ...(scene.hasField(operation, 'returnUrl') && { returnUrl: 'https://shop.example/return' }) }),
  };
};

/** A payment intent of which an operation is legal here, with as little done to it as can be. */
export const intentFor = ({ harness, ...scene }: Scene, operation: OperationName): Promise<PaymentIntent> => {
  const stricter: readonly string[] | undefined = harness.adapter.legalFrom[operation]?.value;
  return intentIn({ harness, ...scene }, stricter ?? legalFrom(operation));
};

const newSetup = (scene: Scene): Promise<SetupIntent> => {
  const taken = ['customer', 'paymentMethod'].filter((field) => scene.hasField('setupIntents.create', field));
  const fields = new Set([...taken, ...neededFields(scene, 'setupIntents.create')]);
  return scene.payments.setupIntents.create(Object.fromEntries([...fields].map((field) => [field, real(scene, 'setupIntents.create', field)])));
};

const targetFor = async (scene: Scene, operation: OperationName): Promise<unknown> => {
  const { target } = operationDefinitions[operation];
  if (target === 'payment_intent') return intentFor(scene, operation);
  if (target === 'payment_attempt') {
    const { latestPayment } = await pay(scene, 'succeeds', 100);
    if (latestPayment === null) throw new NotTested('the stage names no payment behind an intent');
    return { id: latestPayment };
  }
  if (target === 'setup_intent') return newSetup(scene);
  if (target === 'refund') {
    const legal = legalFrom(operation);
    if (legal !== null) await switchTo(scene, { refundsSettle: 'later', refundsFail: 'never' });
    const refund = await giveBack(scene, await pay(scene, 'succeeds', 100));
    if (legal === null || legal.includes(refund.status)) return refund;
    throw new NotTested(`a refund of the stage is ${refund.status} at once`);
  }
  await pay(scene, 'succeeds', 100);
  const [event] = (await scene.payments.events.list({ limit: 1 })).data;
  if (event === undefined) throw new NotTested('the stage tells no event');
  return event;
};

/** What puts something on a page. */
const itemFor: { readonly [kind in ObjectKind]?: (scene: Scene) => Promise<unknown> } = {
  payment_intent: (scene) => prepareIntent(scene, 'succeeds', 100),
  setup_intent: newSetup,
  refund: async (scene) => giveBack(scene, await pay(scene, 'succeeds', 100)),
  event: (scene) => pay(scene, 'succeeds', 100),
};

/** Brings about a call of an operation that succeeds on the stage. */
export const prepareCall = async (scene: Scene, operation: OperationName): Promise<Call> => {
  const { target, result: answer, page } = operationDefinitions[operation];
  if (page) await itemFor[answer]?.(scene);
  return { operation, input: inputFor(scene, operation), ...(target !== null && { target: await targetFor(scene, operation) }) };
};
