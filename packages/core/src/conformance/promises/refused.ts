import { operationNames, vocabulary, type OperationName, type Payments, type Resources } from '../../index.js';
import { equal, fails } from '../assertions.js';
import type { Promised } from '../promise.js';
import type { Scene } from '../scene.js';
import type { AnyAdapter } from '../../adapter.js';

/** A value of the right type for a neutral field. */
const sample = (scene: Scene, operation: OperationName, field: string): unknown => {
  const samples: Readonly<Record<string, unknown>> = {
    amount: scene.amount(100),
    customer: 'customer-1',
    paymentMethod: 'method-1',
    paymentMethodTypes: ['card'],
    captureMethod: 'manual',
    confirm: true,
    returnUrl: 'https://shop.example/return',
    offSession: 'unscheduled',
    setupFutureUsage: 'off_session',
    threeDSecure: 'any',
    statementDescriptor: 'SHOP',
    receiptEmail: 'payer@example.com',
    description: 'Tea',
    metadata: { order: '1' },
    reason: 'duplicate',
    providerOptions: {},
    limit: 1,
    cursor: '1',
    createdFrom: '2026-01-01T00:00:00Z',
    createdBefore: '2026-02-01T00:00:00Z',
    usage: 'off_session',
    currency: scene.stage.currency,
    paymentIntent: 'intent-1',
    providerType: 'something.happened',
    subject: 'intent-1',
  };
  if (!Object.hasOwn(samples, field)) throw new Error(`the suite has no sample for ${operation}.${field}`);
  return samples[field];
};

type Method = (...values: readonly unknown[]) => Promise<unknown>;

const partsOf = (operation: OperationName): readonly [keyof Resources, string] => {
  const [resource, verb = ''] = operation.split('.');
  // Every name in the vocabulary begins with its resource.
  return [resource as keyof Resources, verb];
};

const verbOf = (payments: Payments<OperationName>, operation: OperationName): Method => {
  const [resource, verb] = partsOf(operation);
  // Every verb takes its target, its input and its options, in this order.
  return (payments[resource] as unknown as Readonly<Record<string, Method>>)[verb] ?? (() => Promise.reject(new Error(`the client has no ${operation}`)));
};

/** Calls an operation by its name. */
const call = (payments: Payments<OperationName>, operation: OperationName, input: object): Promise<unknown> => {
  const { target, readsOnly } = vocabulary[operation];
  const method = verbOf(payments, operation);
  if (target === null) return method(input);
  return readsOnly ? method('object-1') : method('object-1', input);
};

const required = (scene: Scene, operation: OperationName): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(vocabulary[operation].fields)
      .filter(([, need]) => need === 'required')
      .map(([field]) => [field, sample(scene, operation, field)]),
  );

const absentOperation = (operation: OperationName): Promised => ({
  id: `${operation}/absent`,
  title: `${operation} is absent: refused as unsupported with nothing sent, and not found by looking`,
  operations: [],
  levers: ['requests'],
  prove: async (scene) => {
    const error = await fails(() => call(scene.payments, operation, required(scene, operation)), { code: ['unsupported'], outcome: ['not_sent'] }, `calling ${operation}`);
    equal(error.operation, operation, 'the error names the operation');
    equal(await scene.seen(), 0, 'nothing was sent');
    const [resource, verb] = partsOf(operation);
    equal(Object.keys(scene.payments[resource]).includes(verb), false, 'the verb is not visible');
  },
});

const absentField = (operation: OperationName, field: string): Promised => ({
  id: `${operation}.${field}/absent`,
  title: `${operation} has no ${field}: refused as unsupported with nothing sent`,
  operations: [operation],
  levers: ['requests'],
  prove: async (scene) => {
    const input = { ...required(scene, operation), [field]: sample(scene, operation, field) };
    const error = await fails(() => call(scene.payments, operation, input), { code: ['unsupported'], outcome: ['not_sent'] }, `giving ${field}`);
    equal(error.problems.map((problem) => problem.field), [field], 'the error names the field');
    equal(await scene.seen(), 0, 'nothing was sent');
  },
});

/** The promises about what an adapter does not have: each absent operation, and each absent field of a present one. */
export const refusedPromises = (adapter: AnyAdapter): readonly Promised[] =>
  operationNames.flatMap((operation) => {
    const declared = adapter.operations[operation];
    if (declared === undefined) return [absentOperation(operation)];
    return Object.keys(vocabulary[operation].fields)
      .filter((field) => !declared.accepts.some((accepted) => accepted === field))
      .map((field) => absentField(operation, field));
  });
