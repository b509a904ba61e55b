import { inputError, type Problem } from '../errors/payment-error.js';
import { mayBeLegal } from '../lifecycle/legality.js';
import { attemptKey, metadataOf, referenceKey } from '../model/metadata.js';
import type { Money } from '../model/money.js';
import type { PaymentIntent } from '../model/payment-intent.js';
import type { Operation, RequestInput, WireRequest } from '../contract/adapter.js';
import type { CallOptions, PaymentIntentTarget } from '../contract/resources.js';
import { vocabulary, type InputOf, type OperationName } from '../contract/vocabulary.js';
import type { ClientContext } from './context.js';
import { fieldProblems } from './fields.js';
import { canonicalJson, deriveKey, randomKey, sha256 } from './key.js';
import { limitProblems, wireUnits, type Limited } from './limits.js';
import { checkOptions } from './call-options.js';
import { resolveTarget } from './target.js';

/** A call that has passed every check: nothing about it can be refused on our side any more. */
export interface PreparedCall<K extends OperationName = OperationName> {
  readonly operation: K;
  readonly id: string | null;
  readonly snapshot: PaymentIntent | null;
  /** The neutral input with its defaults, without members that were `undefined`. */
  readonly input: InputOf<K>;
  readonly request: RequestInput<K>;
  readonly amount: Money | null;
  readonly confirm: boolean;
  readonly reference: string | null;
  readonly attempt: number;
  readonly key: string;
  readonly inputDigest: string;
  readonly options: CallOptions;
}

type Fields = Readonly<Record<string, unknown>>;

const present = (input: object): Fields => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** The adapter's own spelling of an operation; refuses one that it lacks. */
export const operationOf = <K extends OperationName>({ adapter, account }: ClientContext, name: K): Operation<K> => {
  const operation: Operation<K> | undefined = adapter.operations[name];
  if (operation !== undefined) return operation;
  throw inputError(
    [{ field: name, problem: `is not an operation of ${adapter.provider}`, remedy: 'Ask supports(payments, operation) before, or choose another provider for it.' }],
    { code: 'unsupported', provider: adapter.provider, account, operation: name },
  );
};

const withDefaults = (operation: OperationName, accepts: readonly string[], input: Fields): Fields =>
  operation === 'paymentIntents.create' && accepts.includes('captureMethod') ? { captureMethod: 'automatic', ...input } : input;

const snapshotProblems = (context: ClientContext, name: OperationName, snapshot: PaymentIntent | null, amount: Money | undefined): readonly Problem[] => {
  if (snapshot === null) return [];
  const legalFrom = context.adapter.legalFrom[name]?.value ?? vocabulary[name].legalFrom;
  return [
    ...(legalFrom !== null && !mayBeLegal(legalFrom, snapshot.status)
      ? [{ field: 'target', problem: `is ${snapshot.status}, from which no ${name} can ever follow`, remedy: `It is possible from ${legalFrom.join(', ')}.` }]
      : []),
    ...(amount !== undefined && name !== 'paymentIntents.update' && amount.currency !== snapshot.amount.currency
      ? [{ field: 'amount.currency', problem: `is ${amount.currency}, and the intent is in ${snapshot.amount.currency}`, remedy: "Give the amount in the intent's currency." }]
      : []),
  ];
};

/** Brackets are what a form nests by: in a name they would say another structure. */
const formProblems = (encoding: 'json' | 'form', metadata: object = {}): readonly Problem[] =>
  Object.keys(metadata)
    .filter((key) => encoding === 'form' && /[[\]]/.test(key))
    .map((key) => ({ field: `metadata.${key}`, problem: 'has a bracket, which this provider cannot take in a key', remedy: 'Name it without brackets.' }));

const referenceEntries = (context: ClientContext, accepts: readonly string[], name: OperationName, { reference, attempt = 1 }: CallOptions) =>
  name === 'paymentIntents.create' && reference !== undefined && accepts.includes('metadata') && context.limits.metadata.value !== null
    ? [[referenceKey, reference] as const, ...(attempt > 1 ? [[attemptKey, String(attempt)] as const] : [])]
    : [];

/** Checks everything about a call before anything is sent, and makes its key. */
export const prepare = async <K extends OperationName>(
  context: ClientContext,
  name: K,
  target: PaymentIntentTarget | null,
  given: object | undefined,
  givenOptions: CallOptions | undefined,
): Promise<PreparedCall<K>> => {
  const { adapter, account, limits } = context;
  const about = { provider: adapter.provider, account, operation: name };
  const { accepts } = operationOf(context, name);
  const refuse = (problems: readonly Problem[], code: 'invalid_request' | 'unsupported' = 'invalid_request'): void => {
    if (problems.length > 0) throw inputError(problems, { ...about, code });
  };

  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    refuse([{ field: 'input', problem: 'is not an object', remedy: 'Give the input as an object of fields.' }]);
  const options = checkOptions(context, name, givenOptions);
  if (vocabulary[name].hasTarget && (target === null || target === undefined))
    refuse([{ field: 'target', problem: 'is missing', remedy: 'Give an intent, its ref, or its id as the first argument.' }]);
  const { id, snapshot } = vocabulary[name].hasTarget && target !== null ? resolveTarget(target, account) : { id: null, snapshot: null };
  const fields = withDefaults(name, accepts, present(given ?? {}));

  const isKnown = (field: string): boolean => Object.hasOwn(vocabulary[name].fields, field);
  refuse(
    Object.keys(fields)
      .filter((field) => isKnown(field) && !accepts.some((accepted) => accepted === field))
      .map((field) => ({
        field,
        problem: `is not something that ${adapter.provider} has for ${name}`,
        remedy: 'Leave it out; nothing is ever dropped silently.',
      })),
    'unsupported',
  );
  refuse(fieldProblems(name, fields));
  // The fields have just been held against the schema of this operation's input.
  const input = fields as unknown as InputOf<K> & Limited;

  const reference = referenceEntries(context, accepts, name, options);
  const beyond = limitProblems(limits, name, input, reference.length);
  const own = adapter.check(name, input);
  refuse([...beyond.unsupported, ...own.filter(({ unsupported }) => unsupported === true)], 'unsupported');
  refuse([...beyond.invalid, ...own, ...formProblems(adapter.encoding, input.metadata), ...snapshotProblems(context, name, snapshot, input.amount)]);
  const ownLimit = limits.metadata.value?.maximumValueLength ?? null;
  if (reference.length > 0 && ownLimit !== null && (options.reference ?? '').length > ownLimit)
    refuse([{ field: 'reference', problem: `is longer than the ${ownLimit} characters that the provider keeps of a metadata value`, remedy: 'Shorten it.' }]);

  const units = input.amount === undefined ? null : wireUnits(limits, input.amount);
  const attempt = options.attempt ?? 1;
  const request = {
    ...input,
    ...(input.metadata === undefined && reference.length === 0 ? {} : { metadata: metadataOf([...Object.entries(input.metadata ?? {}), ...reference]) }),
    ...(input.amount === undefined || units === null ? {} : { amount: { units, currency: input.amount.currency } }),
    ...(id === null ? {} : { id }),
  };
  // Updates are free to follow each other under one reference: a derived key would answer the second with the first.
  const named = vocabulary[name].hasTarget && vocabulary[name].movesMoney === 'never' ? undefined : options.reference;
  const { readsOnly } = vocabulary[name];
  const keyParts = { account, livemode: adapter.livemode, operation: name, target: id, attempt, connectedAccount: options.connectedAccount };
  return {
    operation: name,
    id,
    snapshot,
    input,
    request: Object.freeze(request) as unknown as RequestInput<K>,
    amount: input.amount ?? null,
    confirm: 'confirm' in fields && fields['confirm'] === true,
    reference: options.reference ?? null,
    attempt,
    // What only reads carries no key, and is never resumed.
    key: options.idempotencyKey ?? (readsOnly ? '' : named === undefined ? randomKey(context.transport.random) : await deriveKey({ ...keyParts, reference: named })),
    inputDigest: readsOnly ? '' : await sha256(canonicalJson([name, id, fields])),
    options,
  };
};

/** The request that a prepared call sends. */
export const requestOf = <K extends OperationName>(context: ClientContext, call: PreparedCall<K>): WireRequest =>
  operationOf(context, call.operation).request(call.request);
