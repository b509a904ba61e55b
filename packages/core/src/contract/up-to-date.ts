import { operationNames, type OperationName } from '../operations/index.js';
import { fillError, fillEvent, fillParsed } from './absent-members.js';
import type { AnyAdapter, Operation, Operations } from './adapter.js';
import { contractVersion, withEveryLimit } from './contract-version.js';

const withEveryMember = <K extends OperationName>(name: K, operation: Operation<K>): Operation<K> => ({
  ...operation,
  // What is filled in is what may be null in the same type.
  response: (answer, input) => fillParsed(name, operation.response(answer, input)) as ReturnType<Operation<K>['response']>,
});

const everyOperation = ({ operations }: AnyAdapter): Partial<Operations<OperationName>> => {
  const filled = operationNames.flatMap((name) => {
    const operation = operations[name];
    // Each operation stands under its own name, with its own types.
    return operation === undefined ? [] : [[name, withEveryMember(name, operation as never)] as const];
  });
  return Object.fromEntries(filled);
};

/** An adapter as the rest of the core uses it, whatever version it was built on: it states every limit, and what it parses has every member. */
export const upToDate = (adapter: AnyAdapter): AnyAdapter => {
  const { webhooks } = adapter;
  return {
    ...adapter,
    contract: contractVersion,
    limits: withEveryLimit(adapter.limits),
    operations: everyOperation(adapter),
    readError: (answer, operation) => fillError(operation, adapter.readError(answer, operation)),
    webhooks: webhooks === null ? null : { ...webhooks, readEvent: (json) => fillEvent(webhooks.readEvent(json)) },
  };
};
