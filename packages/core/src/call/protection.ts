// What keeps a repeated request from moving money twice.
import { honouredKeys, type Limits } from '../contract/limits.js';
import type { Money } from '../model/money.js';
import { operationDefinitions, type OperationName } from '../operations/index.js';

/** Whether the object's own status keeps a second run from moving money twice. A part can be captured twice where the rest stays open. */
export const stateProtects = (operation: OperationName, amount: Money | null): boolean =>
  operationDefinitions[operation].stateProtects && !(operation === 'paymentIntents.capture' && amount !== null);

/**
 * Whether a repeated key keeps the provider from doing an operation twice. Where keys are only assumed to be honoured, the object's own status must
 * protect as well.
 */
export const keyProtects = (limits: Limits, operation: OperationName, amount: Money | null = null): boolean => {
  const honoured = honouredKeys(limits, operation)?.honoured;
  return honoured === 'documented' || (honoured === 'assumed' && stateProtects(operation, amount));
};
