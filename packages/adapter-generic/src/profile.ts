import {
  inputError,
  readLimits,
  type FieldOf,
  type LimitOverrides,
  type Limits,
  type OperationName,
  type Problem,
  type SentEvent,
  type WebhookScheme,
} from '@oneintent/core/adapter';
import * as z from 'zod/mini';
import { readMembers, sharedEvents, stripeFields, writtenMembers } from './stripe-shape.js';

/** A JSON member of the Stripe shape that a service may call by another name in its requests. */
export type WrittenMember = (typeof writtenMembers)[number];
/** A JSON member of the Stripe shape that a service may call by another name in its answers. */
export type ReadMember = (typeof readMembers)[number];

/**
 * One Stripe-shaped service, as plain data: it can be kept in a JSON file. What is left out is as in the Stripe shape, or, where money depends on it,
 * as the more careful reading has it.
 */
export interface Profile {
  /** The provider's name, in lower-case letters, digits and hyphens: the default account name, the `provider` of every object. */
  readonly name: string;
  readonly baseUrl: string;
  /** What stands before the resource in every path. Default `/v1`. */
  readonly pathPrefix?: string;
  /** The resource's name in every path. Default `payment_intents`. */
  readonly resource?: string;
  /** The names of the other resources in every path. Default `setup_intents`, `refunds`, `charges`, `events`. */
  readonly resources?: { readonly setupIntents?: string; readonly refunds?: string; readonly attempts?: string; readonly events?: string };
  /** The operations that the service has. */
  readonly operations: readonly OperationName[];
  /** Where the service has fewer input fields than the Stripe shape. */
  readonly accepts?: { readonly [K in OperationName]?: readonly FieldOf<K>[] };
  /** Fields that a create takes only together with `confirm`. Default `returnUrl` and `offSession`. */
  readonly onlyWithConfirm?: readonly FieldOf<'paymentIntents.create'>[];
  /** How the API key is sent. `basic`: as the user name, with an empty password. Default `bearer`. */
  readonly authentication?: { readonly type: 'bearer' } | { readonly type: 'basic' } | { readonly type: 'header'; readonly name: string };
  /** How secret keys begin in test and in live mode. Without it `livemode` is not known. */
  readonly keyPrefixes?: { readonly test: readonly string[]; readonly live: readonly string[] } | null;
  /** Headers on every request, such as an API version. They are no place for secrets. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default `form`. */
  readonly encoding?: 'form' | 'json';
  /** How times are written in list filters; answers are read in both forms. Default `unix` (seconds). */
  readonly time?: 'unix' | 'iso';
  /**
   * How a list goes on: by the last id, by counting, or by a cursor that the answer gives in `member`. `parameter` is the query parameter's name.
   * Default: by id, in `starting_after`.
   */
  readonly pagination?:
    | { readonly type: 'id'; readonly parameter: string }
    | { readonly type: 'offset'; readonly parameter: string }
    | { readonly type: 'cursor'; readonly parameter: string; readonly member: string };
  /** The names of a list's members. Default `data` and `has_more`. */
  readonly envelope?: { readonly items: string; readonly hasMore: string };
  /** Members that requests call by another name, by their name in the Stripe shape: `{ customer: 'customer_id' }`. */
  readonly names?: { readonly [M in WrittenMember]?: string };
  /** Other names under which answers may have a member, by its name in the Stripe shape: `{ customer: ['customer_id'] }`. */
  readonly aliases?: { readonly [M in ReadMember]?: readonly string[] };
  /** What the amount of an increment is at the service. With `delta` the operation cannot be offered. Default `total`. */
  readonly increment?: 'total' | 'delta';
  /** Whether a partial capture has to say `final_capture: true` so that the rest is released. Default `false`. */
  readonly finalCapture?: boolean;
  /** Whether objects inside an answer can be asked for whole, by `expand[]`: a charge's fee is told so. Default `false`. */
  readonly expand?: boolean;
  /** How the service proves its deliveries, and which events it sends where that is not what Stripe sends. Default: it sends none. */
  readonly webhooks?: { readonly scheme: WebhookScheme; readonly sends?: readonly SentEvent[] } | null;
  /** The header that names a connected account. Default: there are none. */
  readonly connectedAccountHeader?: string | null;
  /** The headers that carry the service's id of an exchange, first found first taken. Default `request-id`, `x-request-id`. */
  readonly requestIdHeaders?: readonly string[];
  /** The header that is `true` on an answer from store. Default: there is none. */
  readonly replayedHeader?: string | null;
  /** The header by which the service allows or forbids a retry. Default: there is none. */
  readonly shouldRetryHeader?: string | null;
  /** Limits, each with its source. Default: no bounds, and keys are not believed to be honoured. */
  readonly limits?: LimitOverrides;
}

/** A profile that has been checked, with every default filled in. */
export type CheckedProfile = Omit<Required<Profile>, 'limits'> & { readonly limits: Partial<Limits>; readonly accepts: typeof stripeFields; readonly resources: Required<NonNullable<Profile['resources']>> };

const operationNames = Object.keys(stripeFields) as readonly OperationName[];

/** A form of text, with what it is called when a text does not have it. */
const text = (form: RegExp, problem: string) => z.string().check(z.regex(form, problem));

const memberName = text(/^(?!__proto__$)[A-Za-z_][\w.-]*$/, 'is not the name of a JSON member; write it as the service does');
const headerName = text(/^[\w!#$%&'*+.^`|~-]+$/, "is not the name of a header; write it as the service does, such as 'Idempotency-Key'");
const visible = text(/^[\x20-\x7e]+$/, 'is not a text of visible characters; write it as the service expects it');

/** Headers that the library sets itself, in lower case. */
export const ownHeaders = ['authorization', 'content-type', 'content-length', 'host'];
/** Headers that it shows in what it logs, where no API key belongs. */
const shownHeaders = ['accept', 'content-type', 'content-length', 'host', 'idempotency-key', 'stripe-version', 'user-agent'];
const keyHeader = headerName.check(
  z.refine((name) => !shownHeaders.includes(name.toLowerCase()), "is a header with a meaning of its own; name the one that carries the key, such as 'X-Api-Key'"),
);
const freeHeader = headerName.check(z.refine((name) => !ownHeaders.includes(name.toLowerCase()), 'is a header that the library sets; use authentication or encoding'));

const operationFields = (name: OperationName): readonly string[] => stripeFields[name];
const fieldOf = (name: OperationName, problem: string) => z.string().check(z.refine((field) => operationFields(name).includes(field), problem));
const acceptsOf = (name: OperationName) =>
  z.exactOptional(z.array(fieldOf(name, `is not a field of ${name} in the Stripe shape; use some of ${operationFields(name).join(', ')}`)));

const resourceName = text(/^[\w.~-]+(?:\/[\w.~-]+)*$/, "is not a resource's name; use one such as 'payment_intents'");

const proofIn = z.enum(['header', 'query'], "is no place for a proof; use 'header', or 'query' where it stands in the address");

const scheme = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('shared_token'), in: proofIn, name: headerName }),
    z.strictObject({ type: z.literal('timestamped_hmac'), header: headerName, timestampKey: memberName, signatureKey: memberName }),
    z.strictObject({ type: z.literal('standard_webhooks'), headerPrefix: headerName }),
    z.strictObject({
      type: z.literal('hmac'),
      in: proofIn,
      name: headerName,
      encoding: z.enum(['hex', 'base64']),
      prefix: z.exactOptional(visible),
      over: z.exactOptional(z.enum(['body', 'address_and_body'])),
    }),
  ],
  'is no way to prove a delivery; use one of the types shared_token, timestamped_hmac, standard_webhooks, hmac',
);

const authentication = z.discriminatedUnion(
  'type',
  [z.strictObject({ type: z.literal('bearer') }), z.strictObject({ type: z.literal('basic') }), z.strictObject({ type: z.literal('header'), name: keyHeader })],
  "is no way to send a key; use { type: 'bearer' }, { type: 'basic' } or { type: 'header', name }",
);

const pagination = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('id'), parameter: memberName }),
    z.strictObject({ type: z.literal('offset'), parameter: memberName }),
    z.strictObject({ type: z.literal('cursor'), parameter: memberName, member: memberName }),
  ],
  "is no way to go through a list; use { type: 'id', parameter }, { type: 'offset', parameter } or { type: 'cursor', parameter, member }",
);

const webhooks = z.strictObject({
  scheme,
  sends: z.exactOptional(z.array(z.strictObject({ providerType: visible, type: z.enum([...sharedEvents, 'unknown']) }))),
});

const shape = z.strictObject({
  name: text(/^[a-z0-9-]+$/, "is not a name of lower-case letters, digits and hyphens; use one such as 'acme-pay'"),
  baseUrl: z
    .string()
    .check(z.refine((url) => /^https?:\/\/[^\s?#@]+$/.test(url) && URL.canParse(url), "is not an http(s) address; give one such as 'https://api.example.com', without a query")),
  pathPrefix: z.prefault(text(/^(?:\/[\w.~-]+)*$/, "is not the beginning of a path; use one such as '/v1', or '' for none"), '/v1'),
  resource: z.prefault(resourceName, 'payment_intents'),
  resources: z.prefault(
    z.strictObject({
      setupIntents: z.prefault(resourceName, 'setup_intents'),
      refunds: z.prefault(resourceName, 'refunds'),
      attempts: z.prefault(resourceName, 'charges'),
      events: z.prefault(resourceName, 'events'),
    }),
    {},
  ),
  operations: z.array(z.enum(operationNames)).check(z.minLength(1, 'is empty; name at least one operation')),
  accepts: z.prefault(z.strictObject(Object.fromEntries(operationNames.map((name) => [name, acceptsOf(name)]))), {}),
  onlyWithConfirm: z.prefault(z.array(fieldOf('paymentIntents.create', 'is not a field of paymentIntents.create; use some of its optional fields')), ['returnUrl', 'offSession']),
  authentication: z.prefault(authentication, { type: 'bearer' }),
  keyPrefixes: z.prefault(z.nullable(z.strictObject({ test: z.array(visible), live: z.array(visible) })), null),
  headers: z.prefault(z.record(freeHeader, visible), {}),
  encoding: z.prefault(z.enum(['form', 'json']), 'form'),
  time: z.prefault(z.enum(['unix', 'iso']), 'unix'),
  pagination: z.prefault(pagination, { type: 'id', parameter: 'starting_after' }),
  envelope: z.prefault(z.strictObject({ items: memberName, hasMore: memberName }), { items: 'data', hasMore: 'has_more' }),
  names: z.prefault(z.partialRecord(z.enum(writtenMembers), memberName), {}),
  aliases: z.prefault(z.partialRecord(z.enum(readMembers), z.array(memberName)), {}),
  increment: z.prefault(z.enum(['total', 'delta']), 'total'),
  finalCapture: z.prefault(z.boolean(), false),
  expand: z.prefault(z.boolean(), false),
  webhooks: z.prefault(z.nullable(webhooks), null),
  connectedAccountHeader: z.prefault(z.nullable(headerName), null),
  requestIdHeaders: z.prefault(z.array(headerName), ['request-id', 'x-request-id']),
  replayedHeader: z.prefault(z.nullable(headerName), null),
  shouldRetryHeader: z.prefault(z.nullable(headerName), null),
  // What stands in it is read by itself: it is the same in every configuration.
  limits: z.optional(z.unknown()),
});

const problemOf = ({ path, message, ...issue }: z.core.$ZodIssue): Problem => {
  const field = ['profile', ...path.map(String)].join('.');
  const inner = issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
  const [problem = '', remedy] = (inner ?? message).split('; ', 2);
  if (remedy !== undefined) return { field, problem, remedy: `${remedy[0]?.toUpperCase()}${remedy.slice(1)}.` };
  if (issue.code === 'unrecognized_keys') return { field, problem: `has members that no profile has (${issue.keys.join(', ')})`, remedy: 'Remove them, or correct their spelling.' };
  if (issue.code === 'invalid_value') return { field, problem: 'is not one of the values that a profile can have', remedy: `Use one of ${issue.values.map(String).join(', ')}.` };
  return { field, problem: `is not of the type ${issue.code === 'invalid_type' ? issue.expected : 'that it must have'}`, remedy: 'A profile is plain JSON: give a value of that type.' };
};

const wrong = (when: boolean, field: string, problem: string, remedy: string): readonly Problem[] => (when ? [{ field: `profile.${field}`, problem, remedy }] : []);

/** What only several members together show to be wrong. */
const contradictions = ({ operations, accepts, increment }: z.output<typeof shape>, { metadata }: Partial<Limits>): readonly Problem[] => [
  ...wrong(
    increment === 'delta' && operations.includes('paymentIntents.incrementAuthorization'),
    'increment',
    "is 'delta', while the neutral amount is the new total: how much to add cannot be told without knowing what the service holds",
    'Leave paymentIntents.incrementAuthorization out of operations.',
  ),
  ...Object.entries(accepts).flatMap(([name, fields]) => [
    ...wrong(!operations.some((operation) => operation === name), `accepts.${name}`, 'is given for an operation that the profile does not have', 'Add it to operations, or remove it here.'),
    ...wrong(
      ['paymentIntents.create', 'paymentIntents.incrementAuthorization'].includes(name) && fields?.includes('amount') === false,
      `accepts.${name}`,
      'lacks amount, without which the operation means nothing',
      'Add amount.',
    ),
    ...wrong(metadata?.value === null && fields?.includes('metadata') === true, `accepts.${name}`, 'has metadata, which limits.metadata says the service lacks', 'Correct one of the two.'),
  ]),
];

/**
 * A profile, checked, with its defaults: a copy, so that a later change of the original changes nothing.
 * @throws PaymentError `configuration` that names each member at fault, what is wrong with it and what to do.
 */
export const readProfile = (profile: unknown): CheckedProfile => {
  // A rule without a sentence of its own says nothing here, in whatever language an application has its schemas speak: problemOf has the words.
  const result = shape.safeParse(profile, { error: () => '' });
  const given: unknown = Reflect.get(Object(profile), 'limits');
  const { limits, problems: ofLimits } = readLimits(given === undefined ? {} : given);
  const problems = [
    ...(result.success ? contradictions(result.data, limits) : result.error.issues.map(problemOf)),
    ...ofLimits.map((problem) => ({ ...problem, field: `profile.${problem.field}` })),
  ];
  if (!result.success || problems.length > 0) throw inputError(problems, { code: 'configuration' });
  const { data } = result;
  const fieldsOf = (name: OperationName): readonly string[] =>
    data.accepts[name] ?? operationFields(name).filter((field) => field !== 'metadata' || limits.metadata?.value !== null);
  // The schema has held every field of `accepts` and `onlyWithConfirm` against the table of the same operation.
  return { ...data, limits, accepts: Object.fromEntries(operationNames.map((name) => [name, fieldsOf(name)])) } as unknown as CheckedProfile;
};
