import { operationNames, vocabulary, type OperationName, type Payments } from '../../index.js';
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
  };
  if (!Object.hasOwn(samples, field)) throw new Error(`the suite has no sample for ${operation}.${field}`);
  return samples[field];
};

/** Calls an operation by its name. */
const call = (payments: Payments<OperationName>, operation: OperationName, input: object): Promise<unknown> => {
  const verb = operation.slice(operation.indexOf('.') + 1) as keyof Payments<OperationName>['paymentIntents'];
  const method = payments.paymentIntents[verb] as (...values: readonly unknown[]) => Promise<unknown>;
  if (operation === 'paymentIntents.retrieve') return method('intent-1');
  return vocabulary[operation].hasTarget ? method('intent-1', input) : method(input);
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
    equal(Object.keys(scene.payments.paymentIntents).includes(operation.slice(operation.indexOf('.') + 1)), false, 'the verb is not visible');
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
