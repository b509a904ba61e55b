import { describe, expect, it } from 'vitest';
import { money, type Limits, type OperationName } from '../index.js';
import { acmeLimits } from '../testing/acme.js';
import { limitProblems, wireUnits, type Limited } from './check-limits.js';

type Values = { readonly [K in keyof Limits]?: Limits[K]['value'] };

/** Acme's limits, of which some are others. */
const limitsOf = (values: Values = {}): Limits => ({
  ...acmeLimits,
  ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source: 'a test', confidence: 'documented' }])),
});
const bounds = { maximumKeys: 2, maximumKeyLength: 20, maximumValueLength: 4, valueTypes: ['string', 'integer'] } as const;
const boundless = { ...bounds, maximumKeys: null, maximumKeyLength: null, maximumValueLength: null } as const;
const create = 'paymentIntents.create';

interface Case {
  readonly values?: Values;
  readonly operation?: OperationName;
  readonly input: Limited;
  readonly ownKeys?: number;
}
const problemsOf = ({ values, operation = create, input, ownKeys = 0 }: Case) => limitProblems(limitsOf(values), operation, input, ownKeys);

type Row = readonly [what: string, given: Case, field: string, problem: string, remedy: string];

const beyond: readonly Row[] = [
  ['less than the minimum', { input: { amount: money(49, 'EUR') } }, 'amount', "below the provider's minimum of 0.50 EUR", 'Give a larger amount.'],
  ['less than the minimum of a currency without minor units', { input: { amount: money(49, 'JPY') } }, 'amount', 'minimum of 50 JPY', 'Give a larger amount.'],
  ['more than the maximum', { input: { amount: money(1_000_001, 'EUR') } }, 'amount', "above the provider's maximum of 10000.00 EUR", 'Give a smaller amount.'],
  ['no multiple', { input: { amount: money(1001, 'KWD') } }, 'amount', 'is not a multiple of 0.010 KWD', 'Round it, by your own rule.'],
  ['no multiple of the provider’s unit', { values: { amounts: { every: {}, byCurrency: { ISK: { wireExponent: 2, multipleOf: 150 } } } }, input: { amount: money(1, 'ISK') } }, 'amount', "is not a multiple of 150 of the provider's units", 'Round it'],
  ['an amount between two of the provider’s units', { values: { amounts: { every: { wireExponent: 0 } } }, input: { amount: money(1050, 'EUR') } }, 'amount', 'cannot be said exactly', 'without a fraction'],
  ['a capture below the smallest capture', { values: { captureMinimum: 100 }, operation: 'paymentIntents.capture', input: { amount: money(99, 'EUR') } }, 'amount', "below the provider's minimum of 1.00 EUR", 'Give a larger amount.'],
  ['a metadata key too many', { values: { metadata: bounds }, input: { metadata: { a: 1, b: 2, c: 3 } } }, 'metadata', 'has too many keys: the provider keeps 2', 'Give fewer.'],
  ['a metadata key too many beside the reference', { values: { metadata: bounds }, input: { metadata: { a: 1 } }, ownKeys: 2 }, 'metadata', 'keeps 2, of which the reference takes 2', 'Give fewer.'],
  ['our key of the reference', { input: { metadata: { oneintent_reference: 'a' } } }, 'metadata.oneintent_reference', 'is reserved for the reference', 'call option `reference`'],
  ['our key of the attempt', { input: { metadata: { oneintent_attempt: '2' } } }, 'metadata.oneintent_attempt', 'is reserved for the reference', 'call option `reference`'],
  ['an empty metadata value', { input: { metadata: { a: '' } } }, 'metadata.a', 'is an empty text, which deletes the key', 'Leave it out, or give null in an update.'],
  ['a long metadata key', { values: { metadata: { ...bounds, maximumKeyLength: 3 } }, input: { metadata: { keys: 1 } } }, 'metadata.keys', 'is a key longer than 3 characters', 'Shorten it.'],
  ['a long metadata value', { values: { metadata: bounds }, input: { metadata: { a: 'texts' } } }, 'metadata.a', 'is longer than 4 characters', 'Shorten it.'],
  ['a page too large', { operation: 'paymentIntents.list', input: { limit: 101 } }, 'limit', "above the provider's largest page of 100", 'use iterate()'],
]; // prettier-ignore

const lacking: readonly Row[] = [
  ['a currency', { input: { amount: money(1, 'USD') } }, 'amount.currency', 'is USD, which this provider does not take', 'It takes EUR, JPY, ISK, KWD.'],
  ['the currency of a setup', { operation: 'setupIntents.create', input: { currency: 'USD' } }, 'currency', 'is USD, which this provider does not take', 'It takes EUR, JPY, ISK, KWD.'],
  ['a method of capture', { input: { captureMethod: 'automatic_async' } }, 'captureMethod', 'this provider does not take', 'It takes automatic, manual.'],
  ['a reason to cancel a payment', { operation: 'paymentIntents.cancel', input: { reason: 'abandoned' } }, 'reason', 'this provider does not take', 'It takes duplicate, requested_by_customer.'],
  ['a reason to cancel a setup', { operation: 'setupIntents.cancel', input: { reason: 'duplicate' } }, 'reason', 'this provider does not take', 'It takes abandoned.'],
  ['a reason to give money back', { values: { refundReasons: ['duplicate'], cancellationReasons: ['abandoned'] }, operation: 'refunds.create', input: { reason: 'abandoned' } }, 'reason', 'this provider does not take', 'It takes duplicate.'],
  ['any reason at all', { values: { refundReasons: [] }, operation: 'refunds.create', input: { reason: 'duplicate' } }, 'reason', 'this provider does not take', 'Leave it out.'],
  ['a kind of metadata value', { input: { metadata: { a: true } } }, 'metadata.a', 'is true or false, which this provider does not keep', 'Write it as text.'],
  ['text in metadata', { values: { metadata: { ...bounds, valueTypes: ['integer'] } }, input: { metadata: { a: 'b' } } }, 'metadata.a', 'is text, which this provider does not keep', 'Leave it out.'],
  ['whole numbers in metadata', { values: { metadata: { ...bounds, valueTypes: ['string'] } }, input: { metadata: { a: 1 } } }, 'metadata.a', 'is a whole number, which this provider does not keep', 'Write it as text.'],
]; // prettier-ignore

describe('an input beyond a provider’s limits', () => {
  it.each(beyond)('%s is named as wrong, with the bound and what to do', (_what, given, field, problem, remedy) => {
    expect(problemsOf(given)).toEqual({ unsupported: [], invalid: [{ field, problem: expect.stringContaining(problem), remedy: expect.stringContaining(remedy) }] });
  });

  it.each(lacking)('%s that the provider lacks is told as unsupported, with what it takes', (_what, given, field, problem, remedy) => {
    expect(problemsOf(given)).toEqual({ unsupported: [{ field, problem: expect.stringContaining(problem), remedy: expect.stringContaining(remedy) }], invalid: [] });
  });

  it('does not speak of a reference that takes no keys', () => {
    expect(problemsOf({ values: { metadata: bounds }, input: { metadata: { a: 1, b: 2, c: 3 } } }).invalid[0]?.problem).toBe('has too many keys: the provider keeps 2');
  });
});

describe('an input within a provider’s limits is taken', () => {
  it.each<readonly [string, Case]>([
    ['exactly the minimum', { input: { amount: money(50, 'EUR') } }],
    ['exactly the maximum', { input: { amount: money(1_000_000, 'EUR') } }],
    ['any amount where none is too large', { values: { amounts: { every: {} } }, input: { amount: money(Number.MAX_SAFE_INTEGER, 'EUR') } }],
    ['the smallest amount where there is no minimum', { values: { amounts: { every: {} } }, input: { amount: money(1, 'EUR') } }],
    ['any currency where all are taken', { values: { currencies: 'all' }, input: { amount: money(1000, 'USD'), currency: 'USD' } }],
    ['a whole number of coarser units', { values: { amounts: { every: { wireExponent: 0 } } }, input: { amount: money(1100, 'EUR') } }],
    ['exactly the smallest capture', { values: { captureMinimum: 100 }, operation: 'paymentIntents.capture', input: { amount: money(100, 'EUR') } }],
    ['a small part of a capture, where none is too small', { operation: 'paymentIntents.capture', input: { amount: money(1, 'EUR') } }],
    ['a small part of a refund', { values: { captureMinimum: 100 }, operation: 'refunds.create', input: { amount: money(1, 'EUR') } }],
    ['a whole payment below the smallest capture', { values: { captureMinimum: 100 }, input: { amount: money(50, 'EUR') } }],
    ['as many metadata keys as are kept', { values: { metadata: bounds }, input: { metadata: { a: 1 } }, ownKeys: 1 }],
    ['metadata keys that an update deletes', { values: { metadata: bounds }, operation: 'paymentIntents.update', input: { metadata: { a: 1, b: 2, c: null } } }],
    ['a metadata key and a value as long as can be', { values: { metadata: { ...bounds, maximumKeyLength: 4 } }, input: { metadata: { keys: 'text', more: 1234 } } }],
    ['any metadata where nothing bounds it', { values: { metadata: boundless }, input: { metadata: { ['k'.repeat(99)]: 'v'.repeat(999), b: 2, c: 3 } } }],
    ['exactly the largest page', { operation: 'paymentIntents.list', input: { limit: 100 } }],
    ['any page where none is too large', { values: { pageSize: null }, operation: 'paymentIntents.list', input: { limit: 5 } }],
    ['a page of a size of the provider’s own choice', { operation: 'paymentIntents.list', input: {} }],
    ['a reason of the list of its own operation, to cancel a setup', { operation: 'setupIntents.cancel', input: { reason: 'abandoned' } }],
    ['a reason of the list of its own operation, to give money back', { values: { cancellationReasons: [] }, operation: 'refunds.create', input: { reason: 'duplicate' } }],
  ])('%s', (_what, given) => {
    expect(problemsOf(given)).toEqual({ unsupported: [], invalid: [] });
  });
});

describe('an amount in the provider’s units', () => {
  it.each<readonly [string, Values, ReturnType<typeof money>, number | null]>([
    ['is the minor units where nothing else is said', {}, money(1000, 'EUR'), 1000],
    ['has as many digits more as the provider’s unit', {}, money(1000, 'ISK'), 100_000],
    ['has as many digits fewer', { amounts: { every: { wireExponent: 0 } } }, money(1000, 'EUR'), 10],
    ['is never rounded', { amounts: { every: { wireExponent: 0 } } }, money(1001, 'EUR'), null],
    ['is never beyond what a number can say exactly', {}, money(Number.MAX_SAFE_INTEGER, 'ISK'), null],
  ])('%s', (_what, values, amount, units) => {
    expect(wireUnits(limitsOf(values), amount)).toBe(units);
  });
});
