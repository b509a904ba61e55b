import * as z from 'zod/mini';
import type { Problem } from '../model/payment-error.js';
import { problemFrom } from '../model/problems.js';
import { currencyExponents } from '../model/currencies.js';
import { entriesOf } from '../model/metadata.js';
import { cancellationReasons, captureMethods, futureUsages } from '../model/payment-intent.js';
import { refundReasons } from '../model/refund.js';
import { operationDefinitions, type FieldOf, type OperationName } from '../operations/index.js';

/** Half of a pair of surrogates cannot be written in UTF-8, so it cannot be sent. */
const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);
const halfCharacter = 'has half a character; give well-formed Unicode text';

const text = z.string().check(
  z.refine((given) => given !== '', 'is an empty text; give a value, or leave it out'),
  z.refine(isWellFormed, halfCharacter),
);
const time = z.iso.datetime({ offset: true, error: "is not an ISO 8601 time with a zone; write '2026-04-10T05:00:00Z'" });

const currency = z
  .string()
  .check(z.refine((code) => currencyExponents.has(code), 'is not an active ISO 4217 code in upper case; make amounts with money() or parseMoney()'));

const amount = z.strictObject({
  minorUnits: z.int('is not a safe whole number; amounts are whole minor units, made by money() or parseMoney()').check(z.minimum(1, 'is not above zero; give an amount to pay')),
  currency,
});

const values = z.union([z.string(), z.int(), z.boolean()], 'is neither text, a whole number nor true or false; metadata is flat');

/** A schema that says nothing of its own gets no words, whatever language the application has set for its own schemas: the issue's code is put into words below. */
const ownWords = { error: () => '' };

/** What each neutral input field must be, whatever the operation. Metadata differs between a creation and a change. A field that is missing here does not compile. */
const fields: { readonly [F in Exclude<FieldOf<OperationName>, 'metadata'>]: z.ZodMiniType } = {
  amount,
  customer: text,
  paymentMethod: text,
  paymentMethodTypes: z.array(text).check(z.refine((types) => types.length > 0, 'is empty; name at least one type, or leave it out')),
  captureMethod: z.enum(captureMethods),
  confirm: z.boolean(),
  returnUrl: text,
  offSession: z.union([z.literal(false), z.literal('unscheduled'), z.literal('recurring')], "is not false, 'unscheduled' or 'recurring'"),
  setupFutureUsage: z.enum(futureUsages),
  usage: z.enum(futureUsages),
  currency,
  threeDSecure: z.enum(['automatic', 'any', 'challenge']),
  statementDescriptor: text,
  receiptEmail: text,
  description: text,
  reason: z.enum([...cancellationReasons, ...refundReasons]),
  paymentIntent: text,
  subject: text,
  providerType: text,
  providerOptions: z.record(z.string(), z.unknown()),
  limit: z.int('is not a whole number; give the size of a page').check(z.minimum(1, 'is below 1; give the size of a page')),
  cursor: text,
  createdFrom: time,
  createdBefore: time,
};

const change = z.union([values, z.null()], 'is neither a value nor null; metadata is flat');

const metadataOf = (member: z.ZodMiniType) =>
  z.unknown().check(z.superRefine((given, context) => {
    const entries = entriesOf(given);
    if (entries === null) context.addIssue('is not an object of keys and values; metadata is flat');
    for (const [key, value] of entries ?? []) {
      const issues = member.safeParse(value, ownWords).error?.issues ?? [];
      for (const { message } of issues) context.addIssue({ code: 'custom', path: [key], message });
      if (key === '') context.addIssue('has an empty key; name every value');
      if (!isWellFormed(typeof value === 'string' ? key + value : key)) context.addIssue({ code: 'custom', path: [key], message: halfCharacter });
    }
  }));

const metadata = { whole: metadataOf(values), change: metadataOf(change) };

const callOptions = ['reference', 'attempt', 'idempotencyKey', 'signal', 'deadline', 'connectedAccount'];

const unknownField = (operation: OperationName, field: string): Problem => {
  if (callOptions.includes(field)) return { field, problem: 'is a call option, not an input', remedy: 'Pass it in the argument after the input.' };
  const names = Object.keys(operationDefinitions[operation].fields);
  return {
    field,
    problem: `is not a field of ${operation}`,
    remedy: names.length === 0 ? 'It takes none.' : `Its fields are ${names.join(', ')}. What only one provider has goes into providerOptions.`,
  };
};

const problemOf = (field: string, issue: z.core.$ZodIssue): Problem => {
  const name = [field, ...issue.path.map(String)].join('.');
  if (issue.code === 'invalid_value') return { field: name, problem: `is not one of ${issue.values.map(String).join(', ')}`, remedy: 'Use one of these.' };
  if (issue.code === 'unrecognized_keys') return { field: name, problem: `has members that do not belong there (${issue.keys.join(', ')})`, remedy: 'Remove them.' };
  if (issue.code === 'invalid_type' && issue.message === '')
    return { field: name, problem: `is not of the type ${issue.expected}`, remedy: 'Give a value of that type, or leave the field out.' };
  return problemFrom(name, issue.message);
};

const schemas: Readonly<Record<string, z.ZodMiniType>> = fields;

/** What is wrong with an input's fields, by the neutral model and by what the provider cannot do without. Values are never quoted. Fields that are `undefined` count as left out. */
export const fieldProblems = (operation: OperationName, input: Readonly<Record<string, unknown>>, required: readonly string[] = []): readonly Problem[] => {
  const known: Readonly<Record<string, string | undefined>> = operationDefinitions[operation].fields;
  const given = Object.keys(input).filter((field) => input[field] !== undefined);
  const missing = Object.entries(known)
    .filter(([field, need]) => (need === 'required' || required.includes(field)) && !given.includes(field))
    .map(([field]): Problem => ({ field, problem: 'is missing', remedy: `${operation} needs it.` }));
  return [
    ...missing,
    ...given.flatMap((field) => {
      if (!Object.hasOwn(known, field)) return [unknownField(operation, field)];
      const schema = field === 'metadata' ? metadata[operation.endsWith('.create') ? 'whole' : 'change'] : schemas[field];
      const issues = schema?.safeParse(input[field], ownWords).error?.issues ?? [];
      return issues.map((issue) => problemOf(field, issue));
    }),
  ];
};
