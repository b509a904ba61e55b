// Every operation: its definition, its name and the types that follow from them. Guards, keys, retries, clients, the suite, documentation and matrix read this
// table. A new operation is a new member of one of the resources.
import type { NeutralObjects, ObjectKind, StatusOf } from '../model/kinds.js';
import { attempts } from './attempts.js';
import type { Asked, Definition, Effect, InputOfFields, Reconciliation } from './definition.js';
import { events } from './events.js';
import { paymentIntents } from './payment-intents.js';
import { refunds } from './refunds.js';
import { setupIntents } from './setup-intents.js';
import type { VerbsOfResource } from './verbs.js';

/** Every resource. Named one by one, so that the docstrings of the definitions reach the declarations that are published. */
interface ResourceTable {
  readonly paymentIntents: typeof paymentIntents;
  readonly setupIntents: typeof setupIntents;
  readonly refunds: typeof refunds;
  readonly attempts: typeof attempts;
  readonly events: typeof events;
}

const resources: ResourceTable = { paymentIntents, setupIntents, refunds, attempts, events };

type ResourceName = keyof ResourceTable;

/** The name of an operation, the same everywhere: adapters, limits, `supports()`, errors, reports. */
export type OperationName = { [R in ResourceName]: `${R}.${keyof ResourceTable[R] & string}` }[ResourceName];

type DefinitionAt<K extends OperationName> = K extends `${infer R extends ResourceName}.${infer V}` ? (V extends keyof ResourceTable[R] ? ResourceTable[R][V] : never) : never;

type InputTable = { readonly [K in OperationName]: DefinitionAt<K> extends { readonly fields: infer F } ? InputOfFields<F> : never };

/** The neutral input of each operation, without its target. An interface, so that an operation that is not named yet has the fields of any. */
export interface Inputs extends InputTable {}

/** The neutral input of one operation. */
export type InputOf<K extends OperationName> = Inputs[K];

/** The name of a neutral input field of one operation. */
export type FieldOf<K extends OperationName> = K extends OperationName ? keyof Inputs[K] & string : never;

/** The kind of object that an operation returns, or a page of. */
export type ResultKind<K extends OperationName> = DefinitionAt<K> extends { readonly result: infer T extends ObjectKind } ? T : never;

/** The neutral object that an operation returns, or a page of. */
export type ResultOf<K extends OperationName> = NeutralObjects[ResultKind<K>];

/** The kind of existing object that an operation is about; `null` when it is about none. A refund is made of a payment. */
export type TargetOf<K extends OperationName> = DefinitionAt<K> extends { readonly target: infer T extends ObjectKind | null } ? T : never;

/** The operations that return a page. */
export type PageOperation = { [K in OperationName]: DefinitionAt<K> extends { readonly page: true } ? K : never }[OperationName];

/** The operations that return one object. */
export type SingleOperation = Exclude<OperationName, PageOperation>;

/** The operations that only read. */
export type ReadOperation = { [K in OperationName]: DefinitionAt<K> extends { readonly effect: 'reads' } ? K : never }[OperationName];

/** The operations that change something, and whose outcome can therefore be unknown. */
export type WriteOperation = Exclude<OperationName, ReadOperation>;

/** The operations that may move money: a creation does where it also confirms. */
export type MoneyOperation = { [K in OperationName]: DefinitionAt<K> extends { readonly effect: 'moves_money' | 'moves_money_when_confirmed' } ? K : never }[OperationName];

/** The statuses that an operation's target may have. */
export type TargetStatus<K extends OperationName> = TargetOf<K> extends ObjectKind ? StatusOf<TargetOf<K>> : never;

/** What there is to know about an operation, whoever the provider is. */
export interface OperationDefinition<K extends OperationName = OperationName> {
  /** One line for documentation and reports. */
  readonly summary: string;
  readonly effect: Effect;
  /** The kind of existing object that it is about; `null` when it is about none. */
  readonly target: TargetOf<K>;
  /** The kind of object that it returns. */
  readonly result: ResultKind<K>;
  /** Whether it returns a page of them. */
  readonly page: K extends PageOperation ? true : false;
  /** Whether the object itself keeps a second run from moving money twice, so that a key may be sent again although its lifetime is not known. */
  readonly stateProtects: boolean;
  /** The target's statuses from which it is legal; `null` when there is no object yet, or every status will do. */
  readonly legalFrom: readonly TargetStatus<K>[] | null;
  /** Each neutral input field, and whether it must be passed. */
  readonly fields: { readonly [F in FieldOf<K>]: 'required' | 'optional' };
  /** What an object that is looked up later proves, where the outcome is unknown. What only reads proves nothing and needs none. */
  readonly reconcile: (subject: ResultOf<K>, asked: Asked) => Reconciliation;
}

const nothingToReconcile = (): Reconciliation => 'done';

const entriesOf = (resource: string, definitions: Readonly<Record<string, Definition<ObjectKind>>>): readonly (readonly [string, unknown])[] =>
  Object.entries(definitions).map(([verb, definition]) => [
    `${resource}.${verb}`,
    Object.freeze({
      ...definition,
      legalFrom: ('legalFrom' in definition ? definition.legalFrom : null) ?? null,
      stateProtects: 'stateProtects' in definition ? definition.stateProtects : true,
      reconcile: 'reconcile' in definition ? definition.reconcile : nothingToReconcile,
    }),
  ]);

/** One definition per operation, by its name. */
export const operationDefinitions = Object.freeze(
  // The names of this record are those that the type lists: a resource's and a verb's, with a dot between them.
  Object.fromEntries(Object.entries(resources).flatMap(([resource, definitions]) => entriesOf(resource, definitions as Readonly<Record<string, Definition<ObjectKind>>>))),
) as { readonly [K in OperationName]: OperationDefinition<K> };

/** The names of all operations, in the order of the table. */
export const operationNames = Object.keys(operationDefinitions) as readonly OperationName[];

/** Whether a text is the name of an operation. */
export const isOperationName = (name: string): name is OperationName => Object.hasOwn(operationDefinitions, name);

/** Whether an operation only reads: it moves no money, carries no key and can be sent again. */
export const isRead = (name: OperationName): name is ReadOperation => operationDefinitions[name].effect === 'reads';

/** Whether an operation charges, authorizes, releases or refunds money; a creation does where it also confirms. */
export const mayMoveMoney = (name: OperationName): boolean => ['moves_money', 'moves_money_when_confirmed'].includes(operationDefinitions[name].effect);

/** The resources of a client and their verbs, as an adapter that has every operation gives them. */
export type Resources = { readonly [R in ResourceName]: VerbsOfResource<ResourceTable[R]> };

/**
 * The operations on payment intents. An adapter has those that its provider has; the others are missing from the client's type and are refused at run
 * time with `unsupported`, nothing sent.
 *
 * All of them throw a `PaymentError`. Money may have moved only when its `outcome` is `unknown` (or `done`); store `error.resume` then.
 * A decline is not an error: the returned intent carries it as `lastPaymentError`.
 */
export type PaymentIntents = Resources['paymentIntents'];

/** The operations on setup intents: a payment method is saved for later. None of them moves money. They throw as those on payment intents do. */
export type SetupIntents = Resources['setupIntents'];

/**
 * The operations on refunds. They throw as those on payment intents do; money may have been refunded only when the error's `outcome` is `unknown` (or
 * `done`): store `error.resume` then.
 */
export type Refunds = Resources['refunds'];

/** The operations on payment attempts. They only read. */
export type Attempts = Resources['attempts'];

/** The operations on events. They only read. */
export type Events = Resources['events'];

/** Verbs that are made of another operation: they are there when that one is. */
type MadeOf<V> = V extends 'list' ? 'iterate' : V extends 'retrieve' ? 'waitFor' : never;
type ResourceOf<N> = N extends `${infer R extends ResourceName}.${string}` ? R : never;
type VerbOf<N, R extends ResourceName> = N extends `${R}.${infer V}` ? (V | MadeOf<V>) & keyof Resources[R] : never;

/** The verbs of the operations named `N`, by resource. */
export type VerbsOf<N extends OperationName> = { readonly [R in ResourceOf<N>]: Pick<Resources[R], VerbOf<N, R>> };
