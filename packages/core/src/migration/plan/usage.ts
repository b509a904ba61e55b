import * as z from 'zod/mini';
import { operationDefinitions, isOperationName, operationNames, type FieldOf, type InputOf, type OperationName } from '../../operations/index.js';
import { fieldProblems } from '../../call/check-fields.js';
import { inputError } from '../../model/payment-error.js';
import { eventTypes, type KnownEventType } from '../../model/event.js';
import { cancellationReasons, captureMethods, type CancellationReason, type CaptureMethod } from '../../model/payment-intent.js';
import { refundReasons, type RefundReason } from '../../model/refund.js';
import { describeIssue } from '../describe-issue.js';
import type { ObservedUsage } from './observed-usage.js';

/** The input of one call of the application. */
export type InputExample = { readonly [K in OperationName]: { readonly operation: K; readonly input: InputOf<K> } }[OperationName];

/** What a team says of how it uses payments, and what its payments show. What is left out is not known, which is another thing than empty or `false`. */
export interface MigrationUsage {
  /** ISO 4217 codes. */
  readonly currencies?: readonly string[];
  /** The smallest and largest payments by currency, in minor units. */
  readonly amounts?: Readonly<Record<string, { readonly smallest?: number; readonly largest?: number }>>;
  readonly captureMethods?: readonly CaptureMethod[];
  readonly operations?: readonly OperationName[];
  /** The input fields that are given, by operation. An operation that is named here is used. */
  readonly fields?: { readonly [K in OperationName]?: readonly FieldOf<K>[] };
  /** The reasons that payment intents are canceled for. */
  readonly cancellationReasons?: readonly CancellationReason[];
  /** The reasons that setup intents are canceled for. */
  readonly setupCancellationReasons?: readonly CancellationReason[];
  readonly refundReasons?: readonly RefundReason[];
  /** The event types that the application waits for. */
  readonly events?: readonly KnownEventType[];
  /** The most metadata that one object is given: without the reference's own key. */
  readonly metadata?: {
    readonly keys?: number;
    readonly keyLength?: number;
    readonly valueLength?: number;
    readonly valueTypes?: readonly ('string' | 'integer' | 'boolean')[];
  };
  /** The largest `limit` that lists are asked with. */
  readonly pageSize?: number;
  /** Whether customers pay with methods that were saved earlier. */
  readonly savedCards?: boolean;
  /** Whether customers are charged while they are away. */
  readonly offSession?: boolean;
  /** Whether the payer's browser is given a client secret. */
  readonly clientSecret?: boolean;
  /** Whether payments are made for the connected accounts of a platform. */
  readonly connectedAccounts?: boolean;
  /**
   * Inputs as the application gives them, one of each kind: with them the plan finds rules across fields, which stand in an adapter's code and not in its
   * data. Their fields count as given.
   */
  readonly examples?: readonly InputExample[];
  /** What payments show, counted by `usageOf`. */
  readonly observed?: ObservedUsage;
}

const currency = z.string().check(z.regex(/^[A-Z]{3}$/, 'is not an upper-case ISO 4217 code'));
const amount = z.int().check(z.minimum(0));
const flag = z.exactOptional(z.boolean());
const many = <T extends z.ZodMiniType>(one: T) => z.exactOptional(z.array(one));
const operation = z.enum(operationNames);

const example = z.strictObject({ operation, input: z.looseObject({}) }).check(({ value, issues }) => {
  for (const { field, problem } of fieldProblems(value.operation, value.input)) issues.push({ code: 'custom', input: value, path: ['input', field], message: problem });
});

const fields = z.record(z.string(), z.array(z.string())).check(({ value, issues }) => {
  for (const [name, given] of Object.entries(value))
    if (!isOperationName(name)) issues.push({ code: 'custom', input: value, path: [name], message: `is not an operation; use ${operationNames.join(', ')}` });
    else
      for (const field of given.filter((one) => !Object.hasOwn(operationDefinitions[name].fields, one)))
        issues.push({ code: 'custom', input: value, path: [name, field], message: `is not an input field; use ${Object.keys(operationDefinitions[name].fields).join(', ')}` });
});

const tallies = z.record(z.string(), amount);

/** Our own counting; it may have been kept in a file. */
const counting = z.looseObject({
  payments: amount,
  currencies: z.record(z.string(), z.looseObject({ payments: amount, smallest: amount, largest: amount, multipleOf: amount })),
  captureMethods: tallies,
  statuses: tallies,
  cancellationReasons: tallies,
  fields: tallies,
  futureUsages: tallies,
  metadata: z.looseObject({ payments: amount, mostKeys: amount, longestKey: amount, longestValue: amount, valueTypes: tallies }),
  references: amount,
  clientSecrets: amount,
  failures: amount,
});

const schema = z.strictObject({
  currencies: many(currency),
  amounts: z.exactOptional(z.record(currency, z.strictObject({ smallest: z.exactOptional(amount), largest: z.exactOptional(amount) }))),
  captureMethods: many(z.enum(captureMethods)),
  operations: many(operation),
  fields: z.exactOptional(fields),
  cancellationReasons: many(z.enum(cancellationReasons)),
  setupCancellationReasons: many(z.enum(cancellationReasons)),
  refundReasons: many(z.enum(refundReasons)),
  events: many(z.enum(eventTypes)),
  metadata: z.exactOptional(
    z.strictObject({
      keys: z.exactOptional(amount),
      keyLength: z.exactOptional(amount),
      valueLength: z.exactOptional(amount),
      valueTypes: many(z.enum(['string', 'integer', 'boolean'])),
    }),
  ),
  pageSize: z.exactOptional(z.int().check(z.minimum(1))),
  savedCards: flag,
  offSession: flag,
  clientSecret: flag,
  connectedAccounts: flag,
  examples: many(example),
  observed: z.exactOptional(counting),
});

/** Refuses a usage in which something is misspelt: it would look unused, and the plan would be too good. */
export const checkUsage = (usage: MigrationUsage): void => {
  const checked = schema.safeParse(usage, { error: describeIssue });
  if (checked.success) return;
  throw inputError(
    checked.error.issues.map(({ path, message }) => ({ field: ['usage', ...path].join('.'), problem: message, remedy: 'Correct it, or leave it out.' })),
    { code: 'configuration' },
  );
};

/** What speaks for something being in use. `observed`: payments that show it, `null` where payments cannot. */
export interface Use {
  readonly observed: number | null;
  readonly declared: boolean;
}

/** Whether anything says that it is in use. */
export const inUse = ({ observed, declared }: Use): boolean => declared || (observed ?? 0) > 0;

/** How often a value was counted. */
export const countOf = (counts: Readonly<Record<string, number>>, value: string): number => (Object.hasOwn(counts, value) ? (counts[value] ?? 0) : 0);

/** Whether a value is declared, and how often it was counted, where anything was. */
export const useOf = (value: string, declared: readonly string[] | undefined, counts?: Readonly<Record<string, number>>): Use => ({
  observed: counts === undefined ? null : countOf(counts, value),
  declared: declared?.includes(value) ?? false,
});

/** The fields that the team says it gives; `null` where it does not say that it uses the operation. */
const givenFields = ({ operations, fields: named, examples = [] }: MigrationUsage, name: OperationName): readonly string[] | null => {
  const own = examples.filter((one) => one.operation === name);
  const used = own.length > 0 || named?.[name] !== undefined || operations?.includes(name) === true;
  return used ? [...(named?.[name] ?? []), ...own.flatMap(({ input }) => Object.keys(input))] : null;
};

/** The use of an operation. Payments show that they were created, captured and canceled, and nothing else that was done. */
export const useOfOperation = (usage: MigrationUsage, name: OperationName): Use => {
  const { observed } = usage;
  const shown =
    name === 'paymentIntents.create' ? observed?.payments
    : name === 'paymentIntents.capture' ? observed && countOf(observed.captureMethods, 'manual')
    : name === 'paymentIntents.cancel' ? observed && countOf(observed.statuses, 'canceled')
    : null; // prettier-ignore
  return { observed: shown ?? null, declared: givenFields(usage, name) !== null };
};

/** The use of an input field. */
export const useOfField = (usage: MigrationUsage, name: OperationName, field: string): Use => {
  const { offSession, observed } = usage;
  const shown = name === 'paymentIntents.create' && observed !== undefined && Object.hasOwn(observed.fields, field) ? countOf(observed.fields, field) : null;
  return { observed: shown, declared: (givenFields(usage, name)?.includes(field) ?? false) || (field === 'offSession' && name === 'paymentIntents.create' && offSession === true) };
};

/** The currencies in use. */
export const currenciesOf = ({ currencies, amounts, observed }: MigrationUsage): readonly string[] => [
  ...new Set([...(currencies ?? []), ...Object.keys(amounts ?? {}), ...Object.keys(observed?.currencies ?? {})]),
];

/** The use of a currency. */
export const useOfCurrency = ({ currencies, amounts, observed }: MigrationUsage, code: string): Use => ({
  observed: observed === undefined ? null : Object.hasOwn(observed.currencies, code) ? (observed.currencies[code]?.payments ?? 0) : 0,
  declared: (currencies?.includes(code) ?? false) || Object.hasOwn(amounts ?? {}, code),
});
