import type { AdapterProblem, FieldOf, InputOf, MetadataChange, OffSession, OperationName, Problem, RequestInput, ThreeDSecure, WireBody, WireValue } from '@oneintent/core/adapter';
import * as z from 'zod/mini';
import { keysOf } from './limits.js';
import { ownHeaders, type CheckedProfile, type WrittenMember } from './profile.js';

/** A body before its members get the service's own names. */
type Body = { readonly [M in WrittenMember]?: WireValue | undefined };

/** The operations that have a body. */
type Written = Exclude<OperationName, `${string}.retrieve` | `${string}.list`>;

/** Metadata as it is written: an empty text deletes a key. */
const writeMetadata = (metadata: MetadataChange | undefined): WireValue | undefined =>
  metadata && Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, value ?? '']));

/** Nothing is said of a customer who is present, which is what a service assumes. */
const writeOffSession = (offSession: OffSession | undefined): string | undefined =>
  offSession === undefined || offSession === false ? undefined : { unscheduled: 'one_off', recurring: 'recurring' }[offSession];

const writeCardOptions = (threeDSecure: ThreeDSecure | undefined): WireValue | undefined =>
  threeDSecure && { card: { request_three_d_secure: threeDSecure } };

type Bodies = { readonly [K in Written]: (input: RequestInput<K>, profile: Pick<CheckedProfile, 'finalCapture'>) => Body };

/** The body of each operation, in the names of the Stripe shape. */
const bodiesAsWritten = {
  'paymentIntents.create': (input) => ({
    amount: input.amount.units,
    currency: input.amount.currency.toLowerCase(),
    customer: input.customer,
    payment_method: input.paymentMethod,
    payment_method_options: writeCardOptions(input.threeDSecure),
    payment_method_types: input.paymentMethodTypes,
    capture_method: input.captureMethod,
    confirm: input.confirm,
    return_url: input.returnUrl,
    off_session: writeOffSession(input.offSession),
    setup_future_usage: input.setupFutureUsage,
    statement_descriptor: input.statementDescriptor,
    receipt_email: input.receiptEmail,
    description: input.description,
    metadata: writeMetadata(input.metadata),
  }),
  'paymentIntents.update': (input) => ({
    amount: input.amount?.units,
    currency: input.amount?.currency.toLowerCase(),
    customer: input.customer,
    payment_method: input.paymentMethod,
    payment_method_options: writeCardOptions(input.threeDSecure),
    payment_method_types: input.paymentMethodTypes,
    capture_method: input.captureMethod,
    setup_future_usage: input.setupFutureUsage,
    statement_descriptor: input.statementDescriptor,
    receipt_email: input.receiptEmail,
    description: input.description,
    metadata: writeMetadata(input.metadata),
  }),
  'paymentIntents.confirm': (input) => ({
    payment_method: input.paymentMethod,
    payment_method_options: writeCardOptions(input.threeDSecure),
    payment_method_types: input.paymentMethodTypes,
    capture_method: input.captureMethod,
    return_url: input.returnUrl,
    off_session: writeOffSession(input.offSession),
    setup_future_usage: input.setupFutureUsage,
    receipt_email: input.receiptEmail,
  }),
  'paymentIntents.capture': (input, { finalCapture }) => ({
    amount_to_capture: input.amount?.units,
    final_capture: finalCapture && input.amount !== undefined ? true : undefined,
    statement_descriptor: input.statementDescriptor,
    metadata: writeMetadata(input.metadata),
  }),
  'paymentIntents.cancel': (input) => ({ cancellation_reason: input.reason }),
  'paymentIntents.incrementAuthorization': (input) => ({
    amount: input.amount.units,
    description: input.description,
    statement_descriptor: input.statementDescriptor,
    metadata: writeMetadata(input.metadata),
  }),
  'setupIntents.create': (input) => ({
    customer: input.customer,
    payment_method: input.paymentMethod,
    payment_method_options: writeCardOptions(input.threeDSecure),
    payment_method_types: input.paymentMethodTypes,
    usage: input.usage,
    confirm: input.confirm,
    return_url: input.returnUrl,
    description: input.description,
    metadata: writeMetadata(input.metadata),
  }),
  'setupIntents.update': (input) => ({
    customer: input.customer,
    payment_method: input.paymentMethod,
    payment_method_options: writeCardOptions(input.threeDSecure),
    payment_method_types: input.paymentMethodTypes,
    description: input.description,
    metadata: writeMetadata(input.metadata),
  }),
  'setupIntents.confirm': (input) => ({
    payment_method: input.paymentMethod,
    payment_method_options: writeCardOptions(input.threeDSecure),
    return_url: input.returnUrl,
  }),
  'setupIntents.cancel': (input) => ({ cancellation_reason: input.reason }),
  'refunds.create': (input) => ({ payment_intent: input.id, amount: input.amount?.units, reason: input.reason, metadata: writeMetadata(input.metadata) }),
  'refunds.update': (input) => ({ metadata: writeMetadata(input.metadata) }),
  'refunds.cancel': () => ({}),
} satisfies Bodies;

const bodies: Bodies = bodiesAsWritten;

/** The members that some body has. */
type MemberOfBody = { [K in Written]: keyof ReturnType<(typeof bodiesAsWritten)[K]> }[Written];

const nameOf = ({ names }: Pick<CheckedProfile, 'names'>, member: WrittenMember): string => names[member] ?? member;

/** A member of a body that is not among `writtenMembers` does not compile here: no profile could rename it. */
const renamed = (profile: Pick<CheckedProfile, 'names'>, body: Body): WireBody =>
  Object.fromEntries(Object.entries(body).map(([member, value]) => [nameOf(profile, member as MemberOfBody), value]));

/** Every field that any operation writes, to learn which members it may write. A new field does not compile until it is here. */
const everything = {
  id: 'pi_1', amount: { units: 1, scale: 2, currency: 'EUR' }, customer: 'c', paymentMethod: 'm', paymentMethodTypes: ['card'], captureMethod: 'manual', confirm: true,
  returnUrl: 'u', offSession: 'recurring', setupFutureUsage: 'off_session', threeDSecure: 'any', statementDescriptor: 's', receiptEmail: 'r', description: 'd',
  metadata: {}, reason: 'duplicate', usage: 'off_session', currency: 'EUR',
} as const satisfies { readonly [F in Exclude<FieldOf<Written>, 'providerOptions'> | 'id']: unknown }; // prettier-ignore

const isWritten = (operation: OperationName): operation is Written => Object.hasOwn(bodies, operation);

/** The members that belong to the neutral fields of an operation, by the service's names; what is paid belongs to them everywhere. */
const ownMembers = (profile: CheckedProfile, operation: Written): WireBody =>
  renamed(profile, { amount: 1, currency: 'eur', ...bodies[operation](everything, { finalCapture: true }) });

const isObject = (value: WireValue | undefined): value is { readonly [key: string]: WireValue | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Two bodies as one. Where both have a member that is not an object, the first one's stays. */
const merged = (own: WireBody, more: WireBody): WireBody =>
  Object.fromEntries(
    [...new Set([...Object.keys(own), ...Object.keys(more)])].map((key) => {
      const [left, right] = [own, more].map((body) => (Object.hasOwn(body, key) ? body[key] : undefined));
      return [key, isObject(left) && isObject(right) ? merged(left, right) : (left ?? right)];
    }),
  );

/** The body of an operation, as it goes over the wire. */
export const write = <K extends Written>(profile: CheckedProfile, operation: K, input: RequestInput<K> & Pick<Checked, 'providerOptions'>): WireBody => {
  const own = renamed(profile, bodies[operation](input, profile));
  const more = input.providerOptions?.generic?.body;
  return more === undefined ? own : merged(own, more);
};

/** Times are whole seconds at such services: what was created at or after 10.5 s was created at or after 11 s. */
const writeTime = ({ time }: CheckedProfile, text: string | undefined): string | number | undefined =>
  text === undefined || time === 'iso' ? text : Math.ceil(Date.parse(text) / 1000);

/** What the query of any list may say. */
type ListInput = RequestInput<'paymentIntents.list'> & RequestInput<'refunds.list'> & RequestInput<'events.list'>;

/** The query of a list. */
export const writeList = (profile: CheckedProfile, { limit, cursor, customer, paymentIntent, providerType, createdFrom, createdBefore }: ListInput) => {
  const created = nameOf(profile, 'created');
  return {
    [nameOf(profile, 'limit')]: limit,
    [profile.pagination.parameter]: cursor,
    [nameOf(profile, 'customer')]: customer,
    [nameOf(profile, 'payment_intent')]: paymentIntent,
    [nameOf(profile, 'type')]: providerType,
    [`${created}[gte]`]: writeTime(profile, createdFrom),
    [`${created}[lt]`]: writeTime(profile, createdBefore),
  };
};

/** The members of each list's query. */
const lists = [
  ['paymentIntents.list', ['limit', 'customer', 'created']],
  ['setupIntents.list', ['limit', 'customer', 'created']],
  ['refunds.list', ['limit', 'payment_intent', 'created']],
  ['events.list', ['limit', 'type', 'created']],
] as const satisfies readonly (readonly [OperationName, readonly WrittenMember[]])[];

const place = (profile: CheckedProfile): { readonly header?: string; readonly member?: string } => keysOf(profile)?.place ?? {};

/** The member of an operation's body in which its key goes; `undefined` where it goes into a header, or where there is none. */
const keyMember = (profile: CheckedProfile, operation: Written): string | undefined => (keysOf(profile)?.except?.includes(operation) === true ? undefined : place(profile).member);

/** Places of the key in which something else stands already: one of the two would not arrive, and a key that does not arrive protects nothing. */
const keyProblems = (profile: CheckedProfile): readonly Problem[] => {
  const { authentication, connectedAccountHeader, headers } = profile;
  const taken = [...ownHeaders, ...Object.keys(headers), connectedAccountHeader, authentication.type === 'header' ? authentication.name : null].map((name) => name?.toLowerCase());
  const { header, member } = place(profile);
  const remedy = 'Give the place in which the service takes keys.';
  return [
    ...(header !== undefined && taken.includes(header.toLowerCase())
      ? [{ field: 'profile.limits.idempotency.value.place.header', problem: 'is a header in which something else is sent', remedy }]
      : []),
    ...(member === undefined ? [] : profile.operations.filter(isWritten))
      .filter((operation) => Object.hasOwn(ownMembers(profile, operation), keyMember(profile, operation) ?? ''))
      .map((operation) => ({ field: 'profile.limits.idempotency.value.place.member', problem: `is a member that ${operation} has for something else`, remedy })),
  ];
};

/** Names in a profile by which two members of one request would be one. */
export const nameProblems = (profile: CheckedProfile): readonly Problem[] => {
  const written = profile.operations.filter(isWritten).map((operation) => [operation, Object.keys(bodies[operation](everything, { finalCapture: true }))] as const);
  const listed = lists.filter(([operation]) => profile.operations.includes(operation));
  const clashing = [...written, ...listed].flatMap(([operation, members]) => {
    const named = members.map((member) => [`names.${member}`, nameOf(profile, member as WrittenMember)] as const);
    const all = operation.endsWith('.list') ? [...named, ['pagination.parameter', profile.pagination.parameter] as const] : named;
    return all
      .filter(([field, name]) => all.some(([other, same]) => other !== field && same === name) && (Object.hasOwn(profile.names, field.slice(6)) || field === 'pagination.parameter'))
      .map(([field, name]) => ({ field: `profile.${field}`, problem: `gives a member of ${operation} the name ${name}, which another one has`, remedy: 'Give each its own name.' }));
  });
  return [...keyProblems(profile), ...clashing];
};

/** Text without halves of characters, which no body can carry. */
const isText = (value: unknown): boolean => typeof value === 'string' && !/\p{Surrogate}/u.test(value);

/** What is plain JSON, to any depth; what refers to itself is none. */
const isJson = (value: unknown, inside: readonly unknown[] = []): value is WireValue => {
  if (typeof value !== 'object' || value === null) return value === null || typeof value === 'boolean' || isText(value) || Number.isFinite(value);
  if (inside.includes(value)) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, [...inside, value]));
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.entries(value).every(([key, member]) => key !== '__proto__' && isText(key) && isJson(member, [...inside, value]));
};

/** Empty lists and objects, which a form has no way to say. */
const unsaid = (value: WireValue | undefined, name: string): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value);
  return members.length === 0 ? [name] : members.flatMap(([key, member]) => unsaid(member, `${name}.${key}`));
};

/** The members that both have and that are not both objects, with dots for nesting. */
const clashes = (own: WireBody, more: WireBody, above = ''): readonly string[] =>
  Object.entries(more).flatMap(([key, value]) => {
    if (!Object.hasOwn(own, key)) return [];
    const mine = own[key];
    return isObject(mine) && isObject(value) && Object.keys(mine).length > 0 ? clashes(mine, value, `${above}${key}.`) : [`${above}${key}`];
  });

const jsonBody = z.custom<WireBody>((value) => isJson(value) && isObject(value));
const providerOptions = z.strictObject({ generic: z.optional(z.strictObject({ body: z.optional(jsonBody) })) });

const checkProviderOptions = (profile: CheckedProfile, operation: Written, given: unknown): readonly AdapterProblem[] => {
  const { data, success } = providerOptions.safeParse(given);
  if (!success) return [{ field: 'providerOptions', problem: 'is not as this adapter has it', remedy: 'Use { generic: { body: { … } } }, with plain JSON in body.' }];
  const body = data.generic?.body ?? {};
  const field = 'providerOptions.generic.body';
  return [
    ...Object.keys(body)
      .filter((member) => member === keyMember(profile, operation))
      .map((member) => ({ field: `${field}.${member}`, problem: 'is where the idempotency key goes, which would overwrite it', remedy: 'Give the call option reference, or idempotencyKey.' })),
    ...clashes(ownMembers(profile, operation), body).map((member) => ({
      field: `${field}.${member}`,
      problem: 'belongs to a neutral field, whose checks it would get round',
      remedy: 'Give the neutral field, or leave it out where the service does not have it here.',
    })),
    ...(profile.encoding === 'form' ? Object.entries(body) : []).flatMap(([key, value]) =>
      unsaid(value, `${field}.${key}`).map((name) => ({ field: name, problem: 'is empty, which a form cannot say', remedy: "Leave it out, or give '' to clear it." })),
    ),
  ];
};

interface Checked {
  readonly confirm?: boolean;
  readonly cursor?: string;
  readonly providerOptions?: OneIntent.ProviderOptions;
}


/** Rules across fields, and the adapter's own provider options. */
export const checker =
  (profile: CheckedProfile) =>
  <K extends OperationName>(operation: K, input: InputOf<K> & Checked): readonly AdapterProblem[] => {
    const given: Readonly<Record<string, unknown>> = { ...input };
    return [
      ...(operation.endsWith('Intents.create') && input.confirm !== true ? profile.onlyWithConfirm : [])
        .filter((field) => given[field] !== undefined && given[field] !== false)
        .map((field) => ({ field, problem: 'is given without confirm', remedy: `Give confirm: true, or give ${field} when you confirm.` })),
      ...(profile.pagination.type === 'offset' && input.cursor !== undefined && !/^\d{1,15}$/.test(input.cursor)
        ? [{ field: 'cursor', problem: 'is not a cursor of this list', remedy: 'Give the nextCursor of the page before.' }]
        : []),
      ...(input.providerOptions === undefined || !isWritten(operation) ? [] : checkProviderOptions(profile, operation, input.providerOptions)),
    ];
  };
