import type { Payments, PaymentsFacts } from '../client/payments.js';
import { operationDefinitions, type OperationName } from '../operations/index.js';
import { PaymentError, type PaymentErrorDetails } from '../model/payment-error.js';
import { parseRef } from '../model/ref.js';
import type { Side } from './directory.js';

type ClientVerb = (...args: readonly unknown[]) => unknown;

/** Both clients of a migration. */
export type Sides = { readonly [S in Side]: PaymentsFacts };

/** The operations that a client's type has. */
export type OperationsIn<P> = { [K in OperationName]: P extends Payments<K> ? K : never }[OperationName];

/** Whether an operation is about an object that is there already, whose owner then decides. */
export const isTargeted = (operation: OperationName): boolean => operationDefinitions[operation].target !== null;

/** The side of an account. */
export const sideOf = ({ from, to }: Sides, account: string): Side | null => (account === from.account ? 'from' : account === to.account ? 'to' : null);

export const otherSide = (side: Side): Side => (side === 'from' ? 'to' : 'from');

/** A verb of one side. Every client has all of them; those that its provider lacks reject with `unsupported`. */
export const verbOf = (client: PaymentsFacts, operation: OperationName, verb?: string): ClientVerb => {
  const [resource = '', own = ''] = operation.split('.');
  const verbs = (client as unknown as Readonly<Record<string, Readonly<Record<string, ClientVerb>>>>)[resource];
  const found = verbs?.[verb ?? own];
  if (found === undefined) throw new TypeError(`${client.account} is no client: it has no ${operation}`);
  return found;
};

/** A refusal of the migration itself: nothing was sent. The same call may be made again. */
export const refusal = (about: Pick<PaymentErrorDetails, 'operation' | 'account' | 'provider' | 'problems'>, message: string, cause?: unknown): PaymentError =>
  new PaymentError({
    ...about,
    code: 'migration_refused',
    outcome: 'not_sent',
    message: `${message} Nothing was sent.`,
    ...(cause instanceof Error && { cause: { name: cause.name, code: 'code' in cause && typeof cause.code === 'string' ? cause.code : null } }),
  });

/** The account that a target belongs to: by its ref, or as a snapshot says. `null` for a bare id, which could be anybody's. */
export const accountOf = (target: unknown): string | null => {
  if (typeof target === 'string') return parseRef(target)?.account ?? null;
  if (typeof target !== 'object' || target === null) return null;
  if ('account' in target && typeof target.account === 'string') return target.account;
  return 'ref' in target && typeof target.ref === 'string' ? (parseRef(target.ref)?.account ?? null) : null;
};
