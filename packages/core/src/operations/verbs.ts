// The verbs of a client, derived from the definitions of its operations: a definition without its verb cannot exist.
import type { LivingObject } from '../model/event.js';
import type { NeutralObjects, ObjectKind } from '../model/kinds.js';
import type { Page } from '../model/page.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { AnyDefinition, InputOfFields } from './definition.js';
import type { Target, Targets } from './targets.js';

/** Options of one call. They are ours and never enter the provider's body. */
export interface CallOptions {
  /**
   * Names one logical money operation, such as the payment of an order. The idempotency key is made from it, so the same reference never moves
   * money twice, whichever process sends it again. Without one the key is random and lasts only for this call and its `resume`.
   */
  readonly reference?: string;
  /** Which attempt at that operation this is. Default 1. Raise it only after a definite decline; an unknown outcome keeps it. */
  readonly attempt?: number;
  /** The idempotency key itself, for those who keep keys of their own. Cannot be combined with `reference`. */
  readonly idempotencyKey?: string;
  /** Aborts the call. After the request has left, the outcome is unknown. */
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole call, retries and look-ups included, whatever `fetch` does. */
  readonly deadline?: number;
  /** The provider's account on whose behalf to act, at providers that have platforms. */
  readonly connectedAccount?: string;
}

/** What `waitFor` waits for, and how long. */
export interface WaitFor<T extends { readonly status: string } = PaymentIntent> {
  /** Statuses, or a condition. Default: any status in which the provider is no longer working (all but `processing`; of a refund, all but `pending` and `unknown`). */
  readonly until?: readonly T['status'][] | ((snapshot: T) => boolean);
  /** Milliseconds until it gives up waiting and returns the last snapshot. Default 60,000. */
  readonly deadline?: number;
}

type Input<D extends AnyDefinition> = InputOfFields<D['fields']>;

type TargetOfDefinition<D extends AnyDefinition> = D['target'] extends ObjectKind ? Targets[D['target']] : never;

/** The function behind one verb, as its definition says. */
type Verb<D extends AnyDefinition> = D['page'] extends true
  ? (query?: Input<D>, options?: CallOptions) => Promise<Page<NeutralObjects[D['result']]>>
  : D['target'] extends null
    ? (input: Input<D>, options?: CallOptions) => Promise<NeutralObjects[D['result']]>
    : D['input'] extends 'none'
      ? (target: TargetOfDefinition<D>, options?: CallOptions) => Promise<NeutralObjects[D['result']]>
      : D['input'] extends 'required'
        ? (target: TargetOfDefinition<D>, input: Input<D>, options?: CallOptions) => Promise<NeutralObjects[D['result']]>
        : (target: TargetOfDefinition<D>, input?: Input<D>, options?: CallOptions) => Promise<NeutralObjects[D['result']]>;

interface Iterates<D extends AnyDefinition> {
  /** All of them, page after page, fetched as they are consumed. `limit` is the size of a page. */
  iterate: (query?: Input<D>, options?: CallOptions) => AsyncIterable<NeutralObjects[D['result']]>;
}

interface Waits<T extends LivingObject, On extends Target> {
  /**
   * Retrieves again and again until the object is in one of the statuses asked for. Temporary faults of the provider are waited out.
   * @returns the last snapshot, also when the deadline has passed, which is not an error.
   */
  waitFor: (target: On, wait?: WaitFor<T>, options?: CallOptions) => Promise<T>;
}

type WaitsOf<Kind> = Kind extends LivingObject['object'] ? Waits<NeutralObjects[Kind], Targets[Kind]> : unknown;

/** Verbs that are made of another operation: they are there when that one is. */
type MadeOf<D> = (D extends { readonly list: infer L extends AnyDefinition } ? Iterates<L> : unknown) &
  (D extends { readonly retrieve: infer R extends AnyDefinition } ? WaitsOf<R['target']> : unknown);

/** One object type of an intersection of them; the docstrings of its members stay. */
type Flat<T> = { [V in keyof T]: T[V] };

/** The verbs of a resource. They keep the docstrings of the definitions. */
export type VerbsOfResource<D> = Flat<{ -readonly [V in keyof D]: D[V] extends AnyDefinition ? Verb<D[V]> : never } & MadeOf<D>>;
