import type { Resume } from '../model/resume.js';
import type { LivingObject } from '../model/event.js';
import type { AnyAdapter } from '../contract/adapter.js';
import type { Limits } from '../contract/limits.js';

import type { InputOf, OperationName, Resources, VerbsOf } from '../operations/index.js';
import type { Explanation, ExplainOptions } from './explain.js';
import type { ResumeOptions } from '../call/resume.js';
import type { Webhooks } from '../contract/webhooks.js';

/** What every client has, whatever its adapter can do. */
export interface PaymentsFacts {
  readonly account: string;
  readonly provider: string;
  /** The wire shape, where the provider has several. */
  readonly dialect: string | null;
  readonly livemode: boolean | null;
  /** The operations that this client has. */
  readonly operations: readonly OperationName[];
  /** The provider's limits, with what was overridden in configuration. */
  readonly limits: Limits;
  /** The neutral input fields that an operation takes here; empty for an operation that is not there. */
  readonly accepts: (operation: OperationName) => readonly string[];
  /** The operations that this client has for one object, by its ref: all of them for an object of its own account, none for another's. */
  readonly operationsFor: (ref: string) => readonly OperationName[];
  /**
   * The request that an operation would send, redacted, under this client's own limits. Sends nothing.
   * @throws PaymentError as the operation itself would before sending.
   */
  readonly explain: <K extends OperationName>(operation: K, input: InputOf<K>, more?: ExplainOptions) => Promise<Explanation>;
  /**
   * Settles an operation whose outcome is unknown, from `error.resume`, on another machine too: looks first; then, if the same input is given and the
   * key still protects, sends the same request again.
   * @returns the payment intent, setup intent or refund (its `object` says which), once it is proven what happened.
   * @throws PaymentError `unresolved` (outcome `unknown`, with the same `resume`) while nothing is proven; `idempotency_key_reused` or `invalid_state` when it is proven that this movement did not happen.
   */
  readonly resume: (resume: Resume, options?: ResumeOptions) => Promise<LivingObject>;
  readonly webhooks: Webhooks;
}

/** The verbs of a resource of which the compiler does not know whether this client has them. Its name is what a compile error says. */
export interface AskSupportsBefore<_Resource extends string> {}

/** The resources of a client whose operations are known only at run time. Optional, so that every client is one of these. */
type UnknownVerbs = { readonly [R in keyof Resources]?: AskSupportsBefore<`supports(payments, '${R}.…')`> };

/**
 * A client that has the operations named `N`. Of `Payments<never>` the operations are known only at run time: ask `supports(payments, operation)`, which
 * narrows it.
 */
export type Payments<N extends OperationName> = PaymentsFacts & ([N] extends [never] ? UnknownVerbs : VerbsOf<N>);

type Declared<O> = { [K in keyof O]-?: undefined extends O[K] ? never : K }[keyof O] & OperationName;

/** The client of an adapter; of a union of adapters, the union of their clients. */
export type PaymentsOf<A extends AnyAdapter> = A extends AnyAdapter ? Payments<Declared<A['operations']>> : never;

/** A client narrowed to those that have an operation. */
export type Supporting<P, K extends OperationName> = [Extract<P, Payments<K>>] extends [never] ? P & Payments<K> : Extract<P, Payments<K>>;

type IsUnion<T, U = T> = [T] extends [never] ? false : T extends T ? ([U] extends [T] ? false : true) : never;

/** The operations of the resource that a misspelt name begins with, or all of them. */
type Nearest<K extends string> = K extends `${infer R extends keyof Resources}.${string}` ? Extract<OperationName, `${R}.${string}`> : OperationName;

/**
 * What `supports` takes: the name of one operation. A misspelt name is refused with the names that there are, and a name that is known only at run time with a
 * sentence, as it narrows nothing.
 */
export type OneOperation<K extends string> =
  IsUnion<K> extends true ? 'Pass the name of one operation. Of a name that is known only at run time ask payments.operations.includes(name)' : K extends OperationName ? K : Nearest<K>;

/**
 * Whether a client has an operation; with `ref`, whether it has it for that very object: a client of two accounts, as a migration is, may have an operation
 * at one of them only. Narrows the client's type, so that the verb can be called.
 * @example if (supports(payments, 'paymentIntents.list')) await payments.paymentIntents.list();
 */
export const supports = <P extends PaymentsFacts, const K extends string>(
  payments: P,
  operation: OneOperation<K>,
  { ref }: { readonly ref?: string } = {},
): payments is P & Supporting<P, K & OperationName> => {
  const operations: readonly string[] = ref === undefined ? payments.operations : payments.operationsFor(ref);
  return operations.includes(String(operation));
};

