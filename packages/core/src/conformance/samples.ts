import { operationDefinitions, type FieldOf, type Money, type OperationName } from '../index.js';
import type { Harness, Stage } from './harness.js';

/** What an input is made from: the adapter's declaration, the stage's ids, and amounts in its currency. */
export interface InputSources {
  readonly harness: Harness;
  readonly stage: Stage;
  /** A whole number of the currency's main unit, such as 100 yen or 100 euros. */
  readonly amount: (units: number) => Money;
}

/** A value of the right type for a neutral field. A new input field does not compile until it has one. */
export const sample = (scene: Pick<InputSources, 'stage' | 'amount'>, operation: OperationName, field: string): unknown => {
  const samples: { readonly [F in FieldOf<OperationName>]: unknown } = {
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
  const found = Object.entries(samples).find(([name]) => name === field);
  if (found === undefined) throw new Error(`${operation} has no field ${field}, so the suite has no sample for it`);
  return found[1];
};

/** A value that the stage takes. */
export const real = (scene: Pick<InputSources, 'stage' | 'amount'>, operation: OperationName, field: string): unknown => {
  const { customer, paymentMethods } = scene.stage;
  if (field === 'customer' && customer !== undefined) return customer;
  if (field === 'paymentMethod' && paymentMethods.succeeds !== undefined) return paymentMethods.succeeds;
  return operation === 'paymentIntents.incrementAuthorization' && field === 'amount' ? scene.amount(150) : sample(scene, operation, field);
};

/** The fields without which an operation cannot be called here: those of the operationDefinitions, and the adapter's own. */
export const neededFields = ({ harness }: Pick<InputSources, 'harness'>, operation: OperationName): readonly string[] => {
  const { requires = [] } = harness.adapter.operations[operation] ?? {};
  return Object.entries(operationDefinitions[operation].fields)
    .filter(([field, need]) => need === 'required' || requires.some((required) => required === field))
    .map(([field]) => field);
};

/** An input with all that cannot be left out here, where it is not given: a method with the customer who owns it. */
export const filled = <I extends object>(scene: InputSources, operation: OperationName, given: I): I => {
  const needed = neededFields(scene, operation);
  const isOwned = needed.includes('paymentMethod') && scene.stage.customer !== undefined && scene.harness.adapter.operations[operation]?.accepts.some((field) => field === 'customer');
  const fields = [...needed, ...(isOwned === true ? ['customer'] : [])];
  return { ...Object.fromEntries(fields.map((field) => [field, real(scene, operation, field)])), ...given };
};
