// Step "check": everything that can be refused without sending. What passes is a `CallContext`, which no later step refuses.
import type { AnyAdapter } from '../contract/adapter.js';
import { honouredKeys } from '../contract/limits.js';
import { mayBeLegal } from '../lifecycle/legality.js';
import { isTerminal } from '../lifecycle/transitions.js';
import type { LivingObject } from '../model/event.js';
import { canonicalJson } from '../model/canonical-json.js';
import { attemptKey, metadataOf, referenceKey } from '../model/metadata.js';
import { formatMoney, type Money } from '../model/money.js';
import { inputError, type Problem } from '../model/payment-error.js';
import { isRead, operationDefinitions, type InputOf, type OperationName } from '../operations/index.js';
import { namedByField } from '../operations/named-by-field.js';
import type { Target } from '../operations/targets.js';
import type { CallOptions } from '../operations/verbs.js';
import { fieldProblems } from './check-fields.js';
import { limitProblems, wireExponentOf, wireUnits, type Limited } from './check-limits.js';
import { checkOptions } from './check-options.js';
import { bareId, resolveTarget } from './check-target.js';
import { beginTime, type CallContext, type ClientContext } from './context.js';
import { deriveKey, randomKey, sha256 } from './key.js';
import { operationOf } from './read.js';

type Fields = Readonly<Record<string, unknown>>;

const present = (input: object): Fields => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

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

const snapshotProblems = (client: ClientContext, name: OperationName, snapshot: LivingObject | null, amount: Money | undefined): readonly Problem[] => {
  if (snapshot === null) return [];
  const legalFrom: readonly string[] | null = client.adapter.legalFrom[name]?.value ?? operationDefinitions[name].legalFrom;
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
  const named = Object.entries(fields).flatMap(([field, value]) => (typeof value === 'string' && namedByField(field) === 'object' ? [[field, bareId(value, account)] as const] : []));
  return { ...fields, ...Object.fromEntries(named) };
};

/** Brackets are what a form nests by: in a name they would say another structure. */
const formProblems = (encoding: 'json' | 'form', metadata: object = {}): readonly Problem[] =>
  Object.keys(metadata)
    .filter((key) => encoding === 'form' && /[[\]]/.test(key))
    .map((key) => ({ field: `metadata.${key}`, problem: 'has a bracket, which this provider cannot take in a key', remedy: 'Name it without brackets.' }));

/** Whether an operation makes an object: then the reference is written to it. */
const isCreate = (name: OperationName): boolean => name.endsWith('.create');

const referenceEntries = (client: ClientContext, accepts: readonly string[], name: OperationName, { reference, attempt = 1 }: CallOptions) =>
  isCreate(name) && reference !== undefined && accepts.includes('metadata') && client.limits.metadata.value !== null
    ? [[referenceKey, reference] as const, ...(attempt > 1 ? [[attemptKey, String(attempt)] as const] : [])]
    : [];

/** What is asked of a client, unchecked: an application in JavaScript can pass anything. */
export interface Requested {
  readonly operation: OperationName;
  readonly target: Target | null;
  readonly input: object | undefined;
  readonly options: CallOptions | undefined;
  /** Required fields that are found out before the request is sent. */
  readonly later?: readonly string[];
}

/** The rules of an adapter across the fields of an input, which has been checked to be this operation's own. */
const adapterProblems = (adapter: AnyAdapter, name: OperationName, input: Fields) => adapter.check(name, input as InputOf<OperationName>);

/**
 * Checks everything about a call before anything is sent, makes its key, and starts its time. A step of a call takes the time, and the name, of the `whole`.
 * @throws PaymentError `invalid_request` or `unsupported`, `not_sent`.
 */
export const check = async (client: ClientContext, { operation: name, target, input: given, options: givenOptions, later = [] }: Requested, whole?: CallContext): Promise<CallContext> => {
  const { adapter, account, limits } = client;
  const about = { provider: adapter.provider, account, operation: name };
  const { accepts, requires = [] } = operationOf(client, name);
  const definition = operationDefinitions[name];
  const refuse = (problems: readonly Problem[], code: 'invalid_request' | 'unsupported' = 'invalid_request'): void => {
    if (problems.length > 0) throw inputError(problems, { ...about, code });
  };

  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    refuse([{ field: 'input', problem: 'is not an object', remedy: 'Give the input as an object of fields.' }]);
  const options = checkOptions(client, name, givenOptions);
  const time = whole?.time ?? beginTime(client, options.deadline, isRead(name));
  if (definition.target !== null && (target === null || target === undefined))
    refuse([{ field: 'target', problem: 'is missing', remedy: `Give a ${definition.target}, its ref, or its id as the first argument.` }]);
  if (definition.target === null && target !== null && target !== undefined)
    refuse([{ field: 'target', problem: 'is given, and this operation is about no object that is there already', remedy: 'Leave it out.' }]);
  const { id, snapshot } = definition.target !== null && target !== null ? resolveTarget(target, account, definition.target) : { id: null, snapshot: null };
  const fields = withIds(account, withDefaults(name, accepts, present(given ?? {})));

  const isKnown = (field: string): boolean => Object.hasOwn(definition.fields, field);
  refuse(
    Object.keys(fields)
      .filter((field) => isKnown(field) && !accepts.includes(field))
      .map((field) => ({
        field,
        problem: `is not something that ${adapter.provider} has for ${name}`,
        remedy: 'Leave it out; nothing is ever dropped silently.',
      })),
    'unsupported',
  );
  refuse(fieldProblems(name, fields, requires.filter((field) => !later.includes(field))));
  // The fields have just been checked against the schemas of the neutral input.
  const input: Fields & Limited = fields;

  const reference = referenceEntries(client, accepts, name, options);
  const beyond = limitProblems(limits, name, input, reference.length);
  const own = adapterProblems(adapter, name, input);
  refuse([...beyond.unsupported, ...own.filter(({ unsupported }) => unsupported === true)], 'unsupported');
  refuse([...beyond.invalid, ...own, ...formProblems(adapter.encoding, input.metadata), ...snapshotProblems(client, name, snapshot, input.amount)]);
  const longest = limits.metadata.value?.maximumValueLength ?? null;
  if (reference.length > 0 && longest !== null && (options.reference ?? '').length > longest)
    refuse([{ field: 'reference', problem: `is longer than the ${longest} characters that the provider keeps of a metadata value`, remedy: 'Shorten it.' }]);

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
  const readsOnly = isRead(name);
  const keys = honouredKeys(limits, name);
  const keyParts = { account, livemode: adapter.livemode, operation: name, target: id, attempt, connectedAccount: options.connectedAccount };
  return {
    client,
    calledAs: whole?.calledAs ?? name,
    operation: name,
    id,
    snapshot,
    input,
    request: Object.freeze(request),
    amount: input.amount ?? null,
    confirm: fields['confirm'] === true,
    reference: options.reference ?? null,
    attempt,
    // What only reads carries no key, and is never resumed.
    key: options.idempotencyKey ?? (readsOnly ? '' : named === undefined ? randomKey(client.transport.random, keys) : await deriveKey({ ...keyParts, reference: named }, keys)),
    callersKey: options.idempotencyKey !== undefined,
    inputDigest: readsOnly ? '' : await sha256(canonicalJson([name, id, fields])),
    connectedAccount: options.connectedAccount,
    signal: options.signal,
    time,
    firstSentAt: time.startedAt,
    sentBefore: false,
  };
};

/** Checks a step of a call: for the same account and caller, in the same time. */
export const checkStep = (
  whole: CallContext,
  operation: OperationName,
  target: Target | null,
  input: object | undefined,
  named: Pick<CallOptions, 'reference' | 'attempt' | 'idempotencyKey'> = {},
): Promise<CallContext> =>
  check(
    whole.client,
    {
      operation,
      target,
      input,
      options: { ...named, ...(whole.signal && { signal: whole.signal }), ...(whole.connectedAccount !== undefined && { connectedAccount: whole.connectedAccount }) },
    },
    whole,
  );
