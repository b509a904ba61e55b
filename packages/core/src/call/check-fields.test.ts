import { describe, expect, it } from 'vitest';
import { money, type OperationName } from '../index.js';
import { operationNames, operationDefinitions } from '../operations/index.js';
import { fieldProblems } from './check-fields.js';

const amount = money(1000, 'EUR');
type Row = readonly [what: string, operation: OperationName, input: Readonly<Record<string, unknown>>, field: string, problem: string, remedy: string];

const refusals: readonly Row[] = [
  ['a missing amount', 'paymentIntents.create', {}, 'amount', 'is missing', 'paymentIntents.create needs it'],
  ['an amount that is undefined', 'paymentIntents.create', { amount: undefined }, 'amount', 'is missing', 'paymentIntents.create needs it'],
  ['a number as amount', 'paymentIntents.create', { amount: 1000 }, 'amount', 'not of the type object', 'Give a value of that type, or leave the field out'],
  ['an amount of nothing', 'paymentIntents.create', { amount: { ...amount, minorUnits: 0 } }, 'amount.minorUnits', 'is not above zero', 'Give an amount to pay.'],
  ['a fraction', 'paymentIntents.create', { amount: { ...amount, minorUnits: 10.5 } }, 'amount.minorUnits', 'is not a safe whole number', 'Amounts are whole minor units'],
  ['a currency in lower case', 'paymentIntents.create', { amount: { ...amount, currency: 'eur' } }, 'amount.currency', 'ISO 4217 code in upper case', 'Make amounts with money()'],
  ['members too many in an amount', 'paymentIntents.create', { amount: { ...amount, one: 1, two: 2 } }, 'amount', 'do not belong there (one, two)', 'Remove them.'],
  ['an empty text', 'paymentIntents.create', { amount, customer: '' }, 'customer', 'is an empty text', 'Give a value, or leave it out.'],
  ['half a character', 'paymentIntents.create', { amount, customer: 'a\ud800' }, 'customer', 'has half a character', 'Give well-formed Unicode text.'],
  ['a number for a text', 'paymentIntents.create', { amount, customer: 7 }, 'customer', 'not of the type string', 'Give a value of that type'],
  ['no method in the list of methods', 'paymentIntents.create', { amount, paymentMethodTypes: [] }, 'paymentMethodTypes', 'is empty', 'Name at least one type, or leave it out.'],
  ['an empty method in the list', 'paymentIntents.create', { amount, paymentMethodTypes: ['card', ''] }, 'paymentMethodTypes.1', 'is an empty text', 'leave it out'],
  ['a word of no list', 'paymentIntents.create', { amount, setupFutureUsage: 'hunted' }, 'setupFutureUsage', 'is not one of on_session, off_session', 'Use one of these.'],
  ['another word for 3-D Secure', 'paymentIntents.create', { amount, threeDSecure: 'hunted' }, 'threeDSecure', 'is not one of automatic, any, challenge', 'Use one of these.'],
  ['offSession: true, which does not say of which kind', 'paymentIntents.create', { amount, offSession: true }, 'offSession', "is not false, 'unscheduled' or 'recurring'", 'Correct it.'],
  ['text for true', 'paymentIntents.create', { amount, confirm: 'true' }, 'confirm', 'not of the type boolean', 'Give a value of that type'],
  ['a time without a zone', 'events.list', { createdFrom: '2026-04-10T05:00:00' }, 'createdFrom', 'is not an ISO 8601 time with a zone', "Write '2026-04-10T05:00:00Z'"],
  ['a page of nothing', 'paymentIntents.list', { limit: 0 }, 'limit', 'is below 1', 'Give the size of a page.'],
  ['a list as metadata', 'paymentIntents.create', { amount, metadata: ['hunted'] }, 'metadata', 'is not an object of keys and values', 'Metadata is flat.'],
  ['nested metadata', 'paymentIntents.create', { amount, metadata: { a: { b: 'hunted' } } }, 'metadata.a', 'is neither text, a whole number nor true or false', 'Metadata is flat.'],
  ['a fraction in metadata', 'paymentIntents.create', { amount, metadata: { a: 1.5 } }, 'metadata.a', 'is neither text, a whole number nor true or false', 'Metadata is flat.'],
  ['what is no data in metadata', 'paymentIntents.create', { amount, metadata: { a: Symbol('hunted') } }, 'metadata.a', 'is neither text', 'Metadata is flat.'],
  ['null in the metadata of a creation', 'refunds.create', { metadata: { a: null } }, 'metadata.a', 'is neither text', 'Metadata is flat.'],
  ['nested metadata in an update', 'paymentIntents.update', { metadata: { a: { b: 'hunted' } } }, 'metadata.a', 'is neither a value nor null', 'Metadata is flat.'],
  ['an empty metadata key', 'paymentIntents.create', { amount, metadata: { '': 'hunted' } }, 'metadata', 'has an empty key', 'Name every value.'],
  ['half a character in a metadata key', 'paymentIntents.create', { amount, metadata: { 'a\ud800': 'hunted' } }, 'metadata.a\ud800', 'has half a character', 'Give well-formed Unicode text.'],
  ['half a character in a metadata value', 'paymentIntents.create', { amount, metadata: { a: 'hunted\ud800' } }, 'metadata.a', 'has half a character', 'Give well-formed Unicode text.'],
  ['a list where a text is wanted', 'setupIntents.create', { customer: [] }, 'customer', 'is not of the type string', 'Give a value of that type'],
  ['a text where a list is wanted', 'setupIntents.create', { paymentMethodTypes: '' }, 'paymentMethodTypes', 'is not of the type array', 'Give a value of that type'],
  ['a page that nobody can count', 'paymentIntents.list', { limit: 2 ** 60 }, 'limit', 'is not a whole number', 'Give the size of a page.'],
  ['a field of another operation', 'paymentIntents.capture', { reason: 'duplicate' }, 'reason', 'is not a field of paymentIntents.capture', 'Its fields are amount, statementDescriptor, metadata, providerOptions'],
  ['a field of an operation without any', 'paymentIntents.retrieve', { amount }, 'amount', 'is not a field of paymentIntents.retrieve', 'It takes none.'],
  ...['reference', 'attempt', 'idempotencyKey', 'signal', 'deadline', 'connectedAccount'].map(
    (option): Row => [`the option ${option} in the input`, 'paymentIntents.capture', { [option]: 'hunted' }, option, 'is a call option', 'Pass it in the argument after the input.'],
  ),
]; // prettier-ignore

describe('an input that breaks the neutral model', () => {
  it.each(refusals)('%s is named with what is wrong and what to do, once, and without its value', (_what, operation, input, field, problem, remedy) => {
    const problems = fieldProblems(operation, input);
    expect(problems).toEqual([{ field, problem: expect.stringContaining(problem), remedy: expect.stringContaining(remedy) }]);
    expect(JSON.stringify(problems)).not.toContain('hunted');
  });

  it.each(operationNames)('%s holds every one of its fields to a type', (operation) => {
    const names = Object.keys(operationDefinitions[operation].fields);
    const problems = fieldProblems(operation, Object.fromEntries(names.map((name) => [name, 7n])));
    expect(problems.map(({ field }) => field)).toEqual(names);
    for (const { problem, remedy } of problems) expect([problem, remedy]).toEqual([expect.stringMatching(/^(?:is|has) \S/), expect.stringMatching(/^[A-Z].*\.$/)]);
  });

  it('what one provider cannot do without is missing when it is left out, beside what nobody can', () => {
    expect(fieldProblems('paymentIntents.create', { description: 'Tea' }, ['customer'])).toMatchObject([
      { field: 'amount', problem: 'is missing' },
      { field: 'customer', problem: 'is missing', remedy: 'paymentIntents.create needs it.' },
    ]);
  });
});

describe('an input that keeps to the neutral model is taken', () => {
  it.each<readonly [string, OperationName, Readonly<Record<string, unknown>>]>([
    ['the smallest amount', 'paymentIntents.create', { amount: money(1, 'JPY') }],
    ['the largest whole number', 'paymentIntents.create', { amount: money(Number.MAX_SAFE_INTEGER, 'EUR') }],
    ['a field that is undefined', 'paymentIntents.create', { amount, customer: undefined }],
    ['an unknown field that is undefined', 'paymentIntents.create', { amount, novel: undefined }],
    ['one method of payment', 'paymentIntents.create', { amount, paymentMethodTypes: ['card'] }],
    ['several methods of payment', 'paymentIntents.create', { amount, paymentMethodTypes: ['card', 'konbini'] }],
    ...[false, 'unscheduled', 'recurring'].map((offSession) => [`offSession ${String(offSession)}`, 'paymentIntents.create', { amount, offSession }] as const),
    ...['automatic', 'any', 'challenge'].map((threeDSecure) => [`3-D Secure ${threeDSecure}`, 'paymentIntents.create', { amount, threeDSecure }] as const),
    ['a time in UTC', 'events.list', { createdFrom: '2026-04-10T05:00:00Z' }],
    ['a time in a zone', 'events.list', { createdBefore: '2026-04-10T14:00:00+09:00' }],
    ['every kind of metadata value', 'paymentIntents.create', { amount, metadata: { a: 'text', b: 7, c: true, d: 'a whole 😀' } }],
    ['metadata without keys', 'paymentIntents.create', { amount, metadata: {} }],
    ['the deletion of a metadata key in an update', 'refunds.update', { metadata: { a: null, b: 'kept' } }],
    ['what only one provider has', 'paymentIntents.create', { amount, providerOptions: { anything: { at: ['all'] } } }],
    ['a query of nothing', 'paymentIntents.list', {}],
  ])('%s', (_what, operation, input) => {
    expect(fieldProblems(operation, input)).toEqual([]);
  });
});
