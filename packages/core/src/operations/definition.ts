// What the definition of an operation says, as types. The definitions themselves are in one file per resource; `index.ts` has them all in one table.
import type { LivingObject } from '../model/event.js';
import type { NeutralObjects, ObjectKind, StatusOf } from '../model/kinds.js';
import type { Money } from '../model/money.js';

/**
 * What an operation does. `reads`: nothing changes, so it may be sent again without a key. `changes`: an object changes, no money. `moves_money`: it charges,
 * authorizes, releases or refunds. `moves_money_when_confirmed`: only where it also confirms.
 */
export type Effect = 'reads' | 'changes' | 'moves_money' | 'moves_money_when_confirmed';

/** Whether a field has to be passed, as its type says. */
type Need<I, F extends keyof I> = Readonly<Record<never, never>> extends Pick<I, F> ? 'optional' : 'required';

/** Every neutral input field of an operation, and whether it has to be passed. Carries the type of the input. */
export type Fields<I> = { readonly [F in keyof I]-?: Need<I, F> } & { readonly [input]?: I };

/** Never there at run time: the type of an input travels under it. */
declare const input: unique symbol;

/** The input whose fields a table lists. */
export type InputOfFields<T> = T extends { readonly [input]?: infer I } ? NonNullable<I> : never;

/** The fields of one input. A field that is missing here, or whose need is wrong, does not compile. */
export const fields = <I>(table: { readonly [F in keyof I]-?: Need<I, F> }): Fields<I> => table;

/** The input of an operation that takes none. */
export type NoInput = Readonly<Record<never, never>>;

/** What was asked for, as far as an object that is looked up later can prove it. */
export interface Asked {
  readonly amount: Money | null;
  readonly confirm: boolean;
  /** The target as it was before; `null` where it is not known. */
  readonly before: LivingObject | null;
  /** When the first request left, ISO 8601. */
  readonly since: string;
}

/**
 * What an object, looked up later, proves about an operation whose outcome is unknown.
 * `done`: it happened, and the object is its result. `conflict`: something else was done under its name. `impossible`: the object is in a final status, the
 * operation did not happen and no longer can. `undecided`: nothing is proven; an unchanged object proves nothing, as the request may still be under way.
 */
export type Reconciliation = 'done' | 'conflict' | 'impossible' | 'undecided';

/** The target of an operation, and the statuses of it from which the operation is legal; every status where `legalFrom` is left out. */
type OnTarget = { readonly target: null } | { readonly [T in ObjectKind]: { readonly target: T; readonly legalFrom?: readonly StatusOf<T>[] } }[ObjectKind];

interface Common<Kind extends ObjectKind> {
  /** One line for documentation and reports. */
  readonly summary: string;
  /** The kind of object that the provider returns. */
  readonly result: Kind;
  /** Whether it returns a page of them. */
  readonly page: boolean;
  /** Whether the client's verb takes an input. */
  readonly input: 'required' | 'optional' | 'none';
  readonly fields: Readonly<Record<string, 'required' | 'optional'>>;
}

interface Reads {
  readonly effect: 'reads';
}

interface Writes<Kind extends ObjectKind> {
  readonly effect: Exclude<Effect, 'reads'>;
  /** Whether the object's own status keeps a second run from moving money twice, so that a key may be sent again although its lifetime is not known. */
  readonly stateProtects: boolean;
  /** What an object that is looked up later proves, where the outcome is unknown. */
  readonly reconcile: (subject: NeutralObjects[Kind], asked: Asked) => Reconciliation;
}

/** The definition of one operation of a resource. An operation that changes something and has no `reconcile` does not compile. */
export type Definition<Kind extends ObjectKind> = Common<Kind> & OnTarget & (Reads | Writes<Kind>);

/** The part of any definition that the types of verbs read. */
export type AnyDefinition = Common<ObjectKind> & { readonly target: ObjectKind | null };

/** The definitions of one resource, by verb. */
export type ResourceDefinitions<Kind extends ObjectKind> = Readonly<Record<string, Definition<Kind>>>;
