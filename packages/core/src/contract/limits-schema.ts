import * as z from 'zod/mini';
import { keyBehaviors, listFreshness, shortestKey, withKeyBehavior, type AmountLimits, type HonouredKeys, type LimitOverrides, type Limits } from './limits.js';
import { operationNames } from '../operations/index.js';
import type { Problem } from '../model/payment-error.js';
import { problemFrom } from '../model/problems.js';
import { captureMethods } from '../model/payment-intent.js';

/** What is said of a value has two parts, as everywhere in settings: the problem, and after `; ` the remedy. */
type Sentence = `${string}; ${string}`;

/** An object of exactly these members. What it has besides is named, since a misspelt limit would be no limit. */
const members = <S extends z.core.$ZodShape>(shape: S, otherwise: Sentence) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has members that nobody knows (${issue.keys.join(', ')}); remove them, or use some of ${Object.keys(shape).join(', ')}`
        : otherwise,
  });

const noSource = 'is empty; say which document it is from, with its date' satisfies Sentence;

const fact = <T>(value: z.ZodMiniType<T>) =>
  members(
    {
      value,
      source: z.string('is not a text; say which document it is from, with its date' satisfies Sentence).check(z.regex(/\S/, noSource)),
      confidence: z.enum(
        ['documented', 'third_party', 'inferred', 'unverified'],
        'is no degree of confidence; use documented, third_party, inferred or unverified' satisfies Sentence,
      ),
    },
    'is not a fact; give { value, source, confidence }',
  );

const from = (least: number, otherwise: Sentence) => z.int(otherwise).check(z.gte(least, otherwise));
const bound = z.nullable(from(1, 'is not a whole number from 1; give one, or null where there is no bound'));
const units = from(0, 'is not a whole number from 0; count in the units of the provider, without a fraction');

const digits = 'is not a whole number from 0 to 6; give the number of decimal digits of the unit of the provider' satisfies Sentence;
const bounds = members(
  {
    wireExponent: z.exactOptional(from(0, digits).check(z.lte(6, digits))),
    multipleOf: z.exactOptional(from(1, 'is not a whole number from 1; count in the units of the provider')),
    minimum: z.exactOptional(units),
    maximum: z.exactOptional(units),
  },
  'is not an object of bounds; give some of wireExponent, multipleOf, minimum and maximum',
);

const isEmpty = ({ minimum, maximum }: AmountLimits): boolean => minimum !== undefined && maximum !== undefined && minimum > maximum;

const noCode = "is not a currency's code; use three capital letters such as EUR" satisfies Sentence;
const code = z.string(noCode).check(z.regex(/^[A-Z]{3}$/, noCode));
const noCurrency = "is neither 'all' nor a list of currencies; give at least one, in three capital letters such as EUR" satisfies Sentence;

const amounts = members(
  {
    every: bounds,
    byCurrency: z.exactOptional(
      z.record(code, bounds, {
        error: (issue) => (issue.code === 'invalid_key' ? noCode : ('is not an object; give bounds by the code of a currency' satisfies Sentence)),
      }),
    ),
  },
  'is not an object of amounts; give { every: {} }, with bounds in it where there are some',
).check(
  z.superRefine(({ every, byCurrency = {} }, context) => {
    const message = 'leaves no amount between its minimum and its maximum; correct one of the two' satisfies Sentence;
    if (isEmpty(every)) context.addIssue({ code: 'custom', path: ['every'], message });
    // What a currency does not say of itself is as for every one.
    else
      for (const [currency, own] of Object.entries(byCurrency))
        if (isEmpty({ ...every, ...own })) context.addIssue({ code: 'custom', path: ['byCurrency', currency], message });
  }),
);

const list = <T extends string>(values: readonly T[], what: string) =>
  z.array(z.enum(values, `is ${what} that cannot be written; use ${values.join(', ')}` satisfies Sentence), 'is not a list; give one, or [] for none' satisfies Sentence);

/** A word of a closed list. */
const word = <T extends string>(values: readonly T[]) => z.enum(values, `is none of the words for it; use ${values.join(', ')}` satisfies Sentence);

const metadata = z.nullable(
  members(
    {
      maximumKeys: bound,
      maximumKeyLength: bound,
      maximumValueLength: bound,
      valueTypes: list(['string', 'integer', 'boolean'], 'a type'),
    },
    'is not an object; give maximumKeys, maximumKeyLength, maximumValueLength and valueTypes, or null where nothing has metadata',
  ),
);

/** Headers of which each request has its own: a key there would be overwritten, and protect nothing. */
const takenHeaders = ['accept', 'authorization', 'connection', 'content-length', 'content-type', 'cookie', 'host', 'transfer-encoding', 'user-agent'];

const isHeader = (name: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !takenHeaders.includes(name.toLowerCase());
const header = z.string().check(z.refine(isHeader, "is not a header that is free; give the one in which the provider takes keys, such as 'Idempotency-Key'" satisfies Sentence));
const member = z
  .string()
  .check(z.regex(/^(?!__proto__$)[A-Za-z_][\w.-]*$/, "is not the name of a member; give the one in which the provider takes keys, such as 'idempotency_key'" satisfies Sentence));

const place = z.union(
  [z.strictObject({ header }), z.strictObject({ member })],
  "is not exactly one place; give { header: 'Idempotency-Key' }, or { member: 'idempotency_key' } for a member of the body" satisfies Sentence,
);

const expressionOf = (alphabet: string): RegExp | null => {
  try {
    return new RegExp(`^(?:${alphabet})$`, 'u');
  } catch {
    return null;
  }
};

/** A key as the core makes them, of hexadecimal digits. */
const ownKey = ({ maximumLength }: Pick<HonouredKeys, 'maximumLength'>): string => '0123456789abcdef'.repeat(4).slice(0, maximumLength);

const noExpression = "is not a regular expression; give its source, such as '[A-Za-z0-9_-]+'" satisfies Sentence;
const seconds = 'is not a number of seconds above zero; give one, or null where the provider does not say' satisfies Sentence;
const noOperations = 'is not a list of operations; give one, or leave it out' satisfies Sentence;

const honouredKeys = members(
  {
    honoured: z.enum(['documented', 'assumed']),
    place,
    alphabet: z.string(noExpression).check(z.refine((alphabet) => expressionOf(alphabet) !== null, noExpression)),
    maximumLength: from(shortestKey, `is not a whole number from ${shortestKey}, below which keys meet by chance; say honoured: 'no' where longer ones are refused`),
    window: z.nullable(z.number(seconds).check(z.positive(seconds))),
    except: z.exactOptional(z.array(z.enum(operationNames, 'is not an operation; use one such as paymentIntents.cancel' satisfies Sentence), noOperations)),
    stores: z.exactOptional(word(keyBehaviors.stores)),
    inFlight: z.exactOptional(word(keyBehaviors.inFlight)),
    repetition: z.exactOptional(word(keyBehaviors.repetition)),
  },
  "is not an object; give honoured, place, alphabet, maximumLength and window, or honoured: 'no' alone",
).check(
  z.refine((keys) => expressionOf(keys.alphabet)?.test(ownKey(keys)) !== false, {
    path: ['alphabet'],
    message: "does not allow the hexadecimal digits of which keys are made here; say honoured: 'no' where the provider refuses them" satisfies Sentence,
  }),
);

const idempotency = z.discriminatedUnion(
  'honoured',
  [members({ honoured: z.literal('no') }, "is not an object; give { honoured: 'no' }"), honouredKeys],
  { error: (issue) => (issue.code === 'invalid_union' ? 'is none of documented, assumed and no; use one of them' : "is not an object; give { honoured: 'no' }, or how keys are honoured") },
);

const currencies = z.union([z.literal('all'), z.array(code).check(z.minLength(1, noCurrency))], noCurrency);
const methods = list(captureMethods, 'a method').check(z.minLength(1, 'is empty; name at least one of automatic, automatic_async and manual' satisfies Sentence));
const reasons = list(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'], 'a reason');

/** What `limits` may be in a configuration: for each limit that differs from the adapter's own, a whole fact. What is wrong is said without a word of the values. */
export const limitsSchema = members(
  {
    currencies: z.exactOptional(fact(currencies)),
    amounts: z.exactOptional(fact(amounts)),
    captureMinimum: z.exactOptional(fact(bound)),
    captureMethods: z.exactOptional(fact(methods)),
    cancellationReasons: z.exactOptional(fact(reasons)),
    setupCancellationReasons: z.exactOptional(fact(reasons)),
    refundReasons: z.exactOptional(fact(list(['duplicate', 'fraudulent', 'requested_by_customer'], 'a reason'))),
    metadata: z.exactOptional(fact(metadata)),
    idempotency: z.exactOptional(fact(idempotency)),
    pageSize: z.exactOptional(fact(bound)),
    lists: z.exactOptional(fact(word(listFreshness))),
  } satisfies { readonly [L in keyof Limits]: z.ZodMiniType },
  'is not an object of limits; give those that differ from those of the adapter',
) satisfies z.ZodMiniType<LimitOverrides>;

/**
 * Limits that come from a configuration or a file, as they are used: a copy, so that changing the original changes nothing. Where something is wrong with them there
 * are none, and `problems` has what, field by field (`limits.amounts.value.every.minimum`).
 */
export const readLimits = (given: unknown): { readonly limits: Partial<Limits>; readonly problems: readonly Problem[] } => {
  const { data, error } = limitsSchema.safeParse(given);
  if (data === undefined) return { limits: {}, problems: error.issues.map(({ path, message }) => problemFrom(['limits', ...path.map(String)].join('.'), message)) };
  const { idempotency: keys, ...others } = data;
  return { limits: keys === undefined ? others : { ...others, idempotency: withKeyBehavior(keys) }, problems: [] };
};
