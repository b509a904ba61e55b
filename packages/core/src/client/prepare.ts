import { inputError, type Problem } from '../model/payment-error.js';
import { mayBeLegal } from '../lifecycle/legality.js';
import { isTerminal } from '../lifecycle/transitions.js';
import { attemptKey, metadataOf, referenceKey } from '../model/metadata.js';
import type { LivingObject } from '../model/event.js';
import { formatMoney, type Money } from '../model/money.js';
import type { Operation, RequestInput, WireRequest } from '../contract/adapter.js';
import { honouredKeys } from '../contract/limits.js';
import type { CallOptions, Target } from '../operations/resources.js';
import { vocabulary, type InputOf, type OperationName } from '../operations/definitions.js';
import type { ClientContext } from './context.js';
import { fieldProblems } from './fields.js';
import { canonicalJson, deriveKey, randomKey, sha256 } from './key.js';
import { limitProblems, wireExponentOf, wireUnits, type Limited } from './limits.js';
import { checkOptions } from './call-options.js';
import { bareId, resolveTarget } from './target.js';

/** A call that has passed every check: nothing about it can be refused on our side any more. */
export interface PreparedCall<K extends OperationName = OperationName> {
  readonly operation: K;
  readonly id: string | null;
  readonly snapshot: LivingObject | null;
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

/** More than was received cannot go back. What an older snapshot says may have grown since, so only an end counts. */
const refundProblems = (snapshot: LivingObject, amount: Money | undefined): readonly Problem[] => {
  if (snapshot.object !== 'payment_intent' || !isTerminal('payment_intent', snapshot.status)) return [];
  const received = snapshot.amountReceived ?? (snapshot.status === 'succeeded' ? snapshot.amount : null);
  if (received === null) return [];
  if (received.minorUnits === 0) return [{ field: 'target', problem: `is ${snapshot.status} and nothing was received`, remedy: 'There is nothing to give back.' }];
  return amount !== undefined && amount.currency === received.currency && amount.minorUnits > received.minorUnits
    ? [{ field: 'amount', problem: `is more than the ${formatMoney(received)} ${received.currency} that were received`, remedy: 'Give at most that.' }]
    : [];
};

const snapshotProblems = (context: ClientContext, name: OperationName, snapshot: LivingObject | null, amount: Money | undefined): readonly Problem[] => {
  if (snapshot === null) return [];
  const legalFrom: readonly string[] | null = context.adapter.legalFrom[name]?.value ?? vocabulary[name].legalFrom;
  return [
    ...(name === 'refunds.create' ? refundProblems(snapshot, amount) : []),
    ...(legalFrom !== null && !mayBeLegal(legalFrom, snapshot.status, snapshot.object)
      ? [{ field: 'target', problem: `is ${snapshot.status}, from which no ${name} can ever follow`, remedy: `It is possible from ${legalFrom.join(', ')}.` }]
      : []),
    ...(amount !== undefined && name !== 'paymentIntents.update' && 'amount' in snapshot && amount.currency !== snapshot.amount.currency
      ? [{ field: 'amount.currency', problem: `is ${amount.currency}, and the intent is in ${snapshot.amount.currency}`, remedy: "Give the amount in the intent's currency." }]
      : []),
  ];
};

/** Fields of a query that name an object may name it by its ref. */
const withIds = (account: string, fields: Fields): Fields => {
  const { paymentIntent, subject } = fields;
  return {
    ...fields,
    ...(typeof paymentIntent === 'string' && { paymentIntent: bareId(paymentIntent, account) }),
    ...(typeof subject === 'string' && { subject: bareId(subject, account) }),
  };
};

/** Brackets are what a form nests by: in a name they would say another structure. */
const formProblems = (encoding: 'json' | 'form', metadata: object = {}): readonly Problem[] =>
  Object.keys(metadata)
    .filter((key) => encoding === 'form' && /[[\]]/.test(key))
    .map((key) => ({ field: `metadata.${key}`, problem: 'has a bracket, which this provider cannot take in a key', remedy: 'Name it without brackets.' }));

/** Whether an operation makes an object: then the reference is written to it. */
const isCreate = (name: OperationName): boolean => name.endsWith('.create');

const referenceEntries = (context: ClientContext, accepts: readonly string[], name: OperationName, { reference, attempt = 1 }: CallOptions) =>
  isCreate(name) && reference !== undefined && accepts.includes('metadata') && context.limits.metadata.value !== null
    ? [[referenceKey, reference] as const, ...(attempt > 1 ? [[attemptKey, String(attempt)] as const] : [])]
    : [];

/** Checks everything about a call before anything is sent, and makes its key. `later` are required fields that will be found out before it is sent. */
export const prepare = async <K extends OperationName>(
  context: ClientContext,
  name: K,
  target: Target | null,
  given: object | undefined,
  givenOptions: CallOptions | undefined,
  { later = [] }: { readonly later?: readonly string[] } = {},
): Promise<PreparedCall<K>> => {
  const { adapter, account, limits } = context;
  const about = { provider: adapter.provider, account, operation: name };
  const { accepts, requires = [] } = operationOf(context, name);
  const row = vocabulary[name];
  const refuse = (problems: readonly Problem[], code: 'invalid_request' | 'unsupported' = 'invalid_request'): void => {
    if (problems.length > 0) throw inputError(problems, { ...about, code });
  };

  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    refuse([{ field: 'input', problem: 'is not an object', remedy: 'Give the input as an object of fields.' }]);
  const options = checkOptions(context, name, givenOptions);
  if (row.target !== null && (target === null || target === undefined))
    refuse([{ field: 'target', problem: 'is missing', remedy: `Give a ${row.target}, its ref, or its id as the first argument.` }]);
  if (row.target === null && target !== null && target !== undefined)
    refuse([{ field: 'target', problem: 'is given, and this operation is about no object that is there already', remedy: 'Leave it out.' }]);
  const { id, snapshot } = row.target !== null && target !== null ? resolveTarget(target, account, row.target) : { id: null, snapshot: null };
  const fields = withIds(account, withDefaults(name, accepts, present(given ?? {})));

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
  refuse(fieldProblems(name, fields, requires.filter((field) => !later.includes(field))));
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
    ...(input.amount === undefined || units === null ? {} : { amount: { units, scale: wireExponentOf(limits, input.amount.currency), currency: input.amount.currency } }),
    ...(id === null ? {} : { id }),
  };
  // Updates are free to follow each other under one reference: a derived key would answer the second with the first.
  const named = name.endsWith('.update') ? undefined : options.reference;
  const { readsOnly } = row;
  const keys = honouredKeys(limits, name);
  const keyParts = { account, livemode: adapter.livemode, operation: name, target: id, attempt, connectedAccount: options.connectedAccount };
  return {
    operation: name,
    id,
    snapshot,
    input,
    // The input's amount is in the provider's units by now, and the id is the target's.
    request: Object.freeze(request) as unknown as RequestInput<K>,
    amount: input.amount ?? null,
    confirm: 'confirm' in fields && fields['confirm'] === true,
    reference: options.reference ?? null,
    attempt,
    // What only reads carries no key, and is never resumed.
    key: options.idempotencyKey ?? (readsOnly ? '' : named === undefined ? randomKey(context.transport.random, keys) : await deriveKey({ ...keyParts, reference: named }, keys)),
    inputDigest: readsOnly ? '' : await sha256(canonicalJson([name, id, fields])),
    options,
  };
};

/** The request that a prepared call sends. */
export const requestOf = <K extends OperationName>(context: ClientContext, call: PreparedCall<K>): WireRequest =>
  operationOf(context, call.operation).request(call.request);
