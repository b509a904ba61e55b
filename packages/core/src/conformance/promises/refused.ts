import { operationNames, operationDefinitions, type OperationName } from '../../index.js';
import { equal, fails } from '../assertions.js';
import { callOn, partsOf, sample } from '../calls.js';
import type { Promised } from '../promise.js';
import type { Scene } from '../scene.js';
import type { AnyAdapter } from '../../adapter.js';

const required = (scene: Scene, operation: OperationName): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(operationDefinitions[operation].fields)
      .filter(([, need]) => need === 'required')
      .map(([field]) => [field, sample(scene, operation, field)]),
  );

const absentOperation = (operation: OperationName): Promised => ({
  id: `${operation}/absent`,
  title: `${operation} is absent: refused as unsupported with nothing sent, and not found by looking`,
  operations: [],
  levers: ['requests'],
  prove: async (scene) => {
    const error = await fails(() => callOn(scene.payments, { operation, target: 'object-1', input: required(scene, operation) }), { code: ['unsupported'], outcome: ['not_sent'] }, `calling ${operation}`);
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
    const error = await fails(() => callOn(scene.payments, { operation, target: 'object-1', input }), { code: ['unsupported'], outcome: ['not_sent'] }, `giving ${field}`);
    equal(error.problems.map((problem) => problem.field), [field], 'the error names the field');
    equal(await scene.seen(), 0, 'nothing was sent');
  },
});

/** The promises about what an adapter does not have: each absent operation, and each absent field of a present one. */
export const refusedPromises = (adapter: AnyAdapter): readonly Promised[] =>
  operationNames.flatMap((operation) => {
    const declared = adapter.operations[operation];
    if (declared === undefined) return [absentOperation(operation)];
    return Object.keys(operationDefinitions[operation].fields)
      .filter((field) => !declared.accepts.some((accepted) => accepted === field))
      .map((field) => absentField(operation, field));
  });
