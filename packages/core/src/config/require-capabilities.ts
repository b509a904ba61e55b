import type { PaymentsFacts, Supporting } from '../client/payments.js';
import { isOperationName, type FieldOf, type OperationName } from '../operations/index.js';
import { inputError, type Problem } from '../model/payment-error.js';

/** What an application needs of a client: an operation, or one of its input fields as well. */
export type Capability = OperationName | { readonly [K in OperationName]: { readonly operation: K; readonly field: FieldOf<K> } }[OperationName];

type RequiredOperations<C extends readonly Capability[]> = C[number] extends infer One ? (One extends OperationName ? One : One extends { readonly operation: infer K } ? K : never) : never;

const missing = (payments: PaymentsFacts, capability: Capability): readonly Problem[] => {
  const { operation, field } = typeof capability === 'string' ? { operation: capability, field: null } : capability;
  const who = `the account ${payments.account} (${payments.provider})`;
  const remedy = 'Do without it, or choose another provider.';
  if (!isOperationName(operation)) return [{ field: String(operation), problem: 'is not an operation', remedy: 'Correct its spelling.' }];
  if (!payments.operations.includes(operation)) return [{ field: operation, problem: `is not there for ${who}`, remedy }];
  if (field === null || payments.accepts(operation).includes(field)) return [];
  return [{ field: `${operation}.${field}`, problem: `is not taken by ${who}`, remedy }];
};

/**
 * Holds a client to what the application needs, so that a provider that lacks it is found at start-up and not at the till. Sends nothing. After it
 * the client's type has the operations.
 * @throws PaymentError `configuration` that names everything that is missing.
 * @example requireCapabilities(payments, ['paymentIntents.list', { operation: 'paymentIntents.create', field: 'metadata' }]);
 */
export function requireCapabilities<P extends PaymentsFacts, const C extends readonly Capability[]>(
  payments: P,
  capabilities: C,
): asserts payments is P & Supporting<P, RequiredOperations<C> & OperationName> {
  const problems = capabilities.flatMap((capability) => missing(payments, capability));
  if (problems.length > 0) throw inputError(problems, { code: 'configuration', provider: payments.provider, account: payments.account });
}
