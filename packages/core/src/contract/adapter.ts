import type { SecretValue } from '../model/secret.js';
import type { Problem } from '../model/payment-error.js';
import { contractProblems, contractVersion, withEveryLimit } from './contract-version.js';
import { honouredKeys, keyBehaviors, listFreshness, shortestKey, type Fact, type LimitOverrides, type Limits } from './limits.js';
import type { ErrorReading, ReadingOf } from './readings.js';
import { isOperationName, operationNames, operationDefinitions, type FieldOf, type InputOf, type OperationName, type ResultKind, type TargetOf, type TargetStatus, type WriteOperation } from '../operations/index.js';
import type { WebhookFacts } from './webhooks.js';
import { inputError } from '../model/payment-error.js';

/** An amount in the units that the provider counts. The core has converted it exactly; an adapter writes the units as they are, or `decimalText` of it. */
export interface WireAmount {
  readonly units: number;
  /** The number of decimal digits of these units: 1234 units of scale 2 are 12.34. */
  readonly scale: number;
  /** The ISO 4217 code, upper case. */
  readonly currency: string;
}

/** What an adapter's `request` gets: the neutral input, checked, with the target's id and the amount in wire units. */
export type RequestInput<K extends OperationName> = K extends OperationName
  ? Omit<InputOf<K>, 'amount'> & AmountOf<InputOf<K>> & (TargetOf<K> extends null ? unknown : { readonly id: string })
  : never;
type AmountOf<I> = I extends { readonly amount: unknown } ? { readonly amount: WireAmount } : I extends { readonly amount?: unknown } ? { readonly amount?: WireAmount } : unknown;

/** JSON as it can be written. Members that are `undefined` are left out. */
export type WireBody = { readonly [key: string]: WireValue | undefined };
export type WireValue = string | number | boolean | null | readonly WireValue[] | { readonly [key: string]: WireValue | undefined };

/** One request, as data. Build `path` with {@link path}, which encodes what is put into it. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: WireBody;
}

/** One answer, as data. */
export interface WireAnswer {
  readonly status: number;
  /** A header's value, whatever the case of its name. */
  readonly header: (name: string) => string | null;
  /** The body as JSON; `undefined` when it is none. */
  readonly json: unknown;
}

/** How one operation is spelt at the provider. Function properties, not methods: strict variance. */
export interface Operation<K extends OperationName> {
  /** The neutral fields that the provider has for this operation. What is not here is refused by the core with `unsupported`, nothing sent. */
  readonly accepts: readonly FieldOf<K>[];
  /** Those of them that this provider cannot do without, though the model can. */
  readonly requires?: readonly FieldOf<K>[];
  readonly request: (input: RequestInput<K>) => WireRequest;
  /**
   * Reads a success; `input` is what `request` got. Throws (best by {@link readWire}) when an essential is missing. Where the answer to a change of an object is
   * empty, or another object, it returns `null`: the core then reads the object anew, and the outcome is unknown while it can't.
   */
  readonly response: (answer: WireAnswer, input: RequestInput<K>) => ReadingOf<K> | (K extends ChangeOperation ? null : never);
}

/** The operations that change an object which is there, and answer with that very object. */
export type ChangeOperation = { [K in WriteOperation]: TargetOf<K> extends ResultKind<K> ? K : never }[WriteOperation];

/** The table of an adapter's operations: one row per operation. */
export type Operations<N extends OperationName> = { readonly [K in N]: Operation<K> };

/** Declares the table of an adapter's operations. A misspelt name is a compile error on that key. */
export const defineOperations = <N extends OperationName>(operations: Operations<N>): Operations<N> => Object.freeze(operations);

/** A problem that an adapter's own rules find. `unsupported` when the provider lacks what was asked for, rather than the input being wrong. */
export interface AdapterProblem extends Problem {
  readonly unsupported?: true;
}

/** Everything about an adapter but its operations. */
export interface AdapterFacts {
  /**
   * The version of this contract that the adapter is written for. At run time it may be missing: then the adapter was built on 0.1, and what 0.1 did not have is
   * `unknown`.
   */
  readonly contract: 1;
  /** The provider's name: the default account name, the `provider` of every object. */
  readonly provider: string;
  /** Which of the provider's wire shapes; `null` when it has one. */
  readonly dialect: string | null;
  readonly baseUrl: string;
  /** From the API key where its form says so; part of every idempotency key. */
  readonly livemode: boolean | null;
  /** The headers that authorise a request, sealed until they are sent. */
  readonly authorization: () => Readonly<Record<string, SecretValue<string>>>;
  /** Headers on every request, such as an API version. */
  readonly headers: Readonly<Record<string, string>>;
  readonly encoding: 'json' | 'form';
  /** The header that names the connected account; `null` where there are no platforms. */
  readonly connectedAccountHeader: string | null;
  /** Headers, or members of an answer's body (with dots for nesting), that carry the provider's request id, first found first taken. */
  readonly requestId: { readonly headers: readonly string[]; readonly members: readonly string[] };
  /** The header that says, by the word `true`, that an answer is a stored one, replayed; `null` where there is none. */
  readonly replayedHeader: string | null;
  /** The header by which the provider itself allows or forbids a retry; `null` where there is none. */
  readonly shouldRetryHeader: string | null;
  readonly limits: Limits;
  /** Where the provider is stricter than the shared lifecycle. */
  readonly legalFrom: { readonly [K in OperationName]?: Fact<readonly TargetStatus<K>[]> };
  /** Rules across fields, and the adapter's own provider options. Pure; an empty list is good. */
  readonly check: <K extends OperationName>(operation: K, input: InputOf<K>) => readonly AdapterProblem[];
  readonly readError: (answer: WireAnswer, operation: OperationName) => ErrorReading;
  /** How the provider tells what happens; `null` where it does not. */
  readonly webhooks: WebhookFacts | null;
}

/**
 * One provider as data and pure functions; it performs no I/O. Parametrised by the union of its operations' names, so a client's type has exactly
 * these.
 */
export interface Adapter<N extends OperationName> extends AdapterFacts {
  readonly operations: Operations<N>;
}

/** Any adapter, for registries, middleware and the suite. A client of it has no verbs until `supports()` narrows it. */
export interface AnyAdapter extends AdapterFacts {
  readonly operations: Partial<Operations<OperationName>>;
}

const wordProblem = (field: string, words: readonly string[], word: unknown): readonly Problem[] =>
  word === undefined || words.some((known) => known === word) ? [] : [{ field, problem: 'is not a word of the contract', remedy: `Use one of ${words.join(', ')}.` }];

/** Words that 0.1 did not have: they may be missing, but not misspelt. */
const wordProblems = ({ limits: { idempotency, lists } }: { readonly limits: LimitOverrides }): readonly Problem[] => {
  const { value } = idempotency ?? {};
  const ofKeys = value === undefined || value.honoured === 'no' ? [] : Object.entries(keyBehaviors).flatMap(([name, words]) => wordProblem(`limits.idempotency.${name}`, words, Reflect.get(value, name)));
  return [...ofKeys, ...wordProblem('limits.lists', listFreshness, lists?.value)];
};

const keyProblems = ({ limits }: AnyAdapter): readonly Problem[] => {
  const { value } = limits.idempotency;
  if (value.honoured === 'no') return [];
  return honouredKeys(limits) !== null
    ? value.maximumLength >= shortestKey
      ? []
      : [{ field: 'limits.idempotency', problem: `takes keys too short never to meet by chance: maximumLength is below ${shortestKey}`, remedy: "Give honoured: 'no' alone." }]
    : [{ field: 'limits.idempotency', problem: 'does not say whether, and where, a key is sent', remedy: "Give honoured and a place, { header } or { member }; or honoured: 'no' alone." }];
};

const operationProblems = (adapter: AnyAdapter): readonly Problem[] =>
  Object.entries(adapter.operations).flatMap(([name, operation]): readonly Problem[] => {
    if (!isOperationName(name))
      return [{ field: `operations.${name}`, problem: 'is not the name of an operation', remedy: `Use one of ${operationNames.join(', ')}.` }];
    const { accepts = [], requires = [] } = operation ?? {};
    return [
      ...accepts
        .filter((field) => !Object.hasOwn(operationDefinitions[name].fields, field))
        .map((field) => ({ field: `operations.${name}.accepts`, problem: `names ${field}, which is not an input field`, remedy: 'Remove it.' })),
      ...requires
        .filter((field) => !accepts.some((accepted) => accepted === field))
        .map((field) => ({ field: `operations.${name}.requires`, problem: `names ${field}, which is not accepted`, remedy: 'Accept it as well, or remove it.' })),
    ];
  });

/**
 * Declares an adapter. The names of `operations` become its capabilities; a misspelt one is a compile error on that key.
 * @returns the adapter, frozen, with `unknown` for every limit that it does not state.
 * @throws PaymentError `configuration` when this library does not have the adapter's version of the contract, when an operation or an accepted field does not
 * exist, or when keys are honoured and nothing says where they go.
 */
export const defineAdapter = <N extends OperationName>(adapter: Adapter<N>): Adapter<N> => {
  // An adapter of a version that this library does not know may have any shape: nothing else of it is looked at.
  const ofVersion = contractProblems(adapter);
  const problems = ofVersion.length > 0 ? ofVersion : [...operationProblems(adapter), ...keyProblems(adapter), ...wordProblems(adapter)];
  if (problems.length > 0) throw inputError(problems, { code: 'configuration', provider: adapter.provider });
  return Object.freeze({ ...adapter, contract: contractVersion, limits: withEveryLimit(adapter.limits), operations: Object.freeze({ ...adapter.operations }) });
};
