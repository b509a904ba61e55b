import { array, assert, asyncProperty, constant, constantFrom, jsonValue, oneof, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPayments, paymentIntentStatuses, PaymentError } from '@oneintent/core';
import { payjp, type PayjpDialect } from './index.js';
import { earlyFlowFailed, flowSucceeded, flowWaiting, intentAuthorised, intentFresh } from './testing/payloads.js';
import { apiKey, rejection } from './testing/wire.js';

type Json = Readonly<Record<string, unknown>>;

const examples: readonly (readonly [PayjpDialect, Json])[] = [
  ['payment_intents', intentFresh],
  ['payment_intents', intentAuthorised],
  ['payment_flows', earlyFlowFailed],
  ['payment_flows', flowSucceeded],
  ['payment_flows', flowWaiting],
];

const essentials = ['id', 'status', 'amount'];

/** A client to which the provider says this, whatever it is asked. */
const told = (dialect: PayjpDialect, json: unknown, status = 200) =>
  createPayments({
    adapter: payjp({ apiKey, dialect }),
    retries: 0,
    fetch: async () => new Response(JSON.stringify(json), { status, headers: { 'Content-Type': 'application/json' } }),
  });

/** What a client makes of an answer to a retrieve: an intent, or the error that names what is missing. */
const outcome = async (dialect: PayjpDialect, json: Json, id: unknown) => {
  const target = typeof id === 'string' && id.trim() !== '' && id !== '.' && id !== '..' && !/\p{Cc}/u.test(id) ? { id } : { id: 'asked' };
  try {
    return { intent: await told(dialect, json).paymentIntents.retrieve(target) };
  } catch (error) {
    return { error };
  }
};

const isTime = (text: string | null): boolean => text === null || new Date(text).toISOString() === text;

/** What is wrong with the outcome of a read: nothing, where it is a well-formed intent or an error that names the essentials at fault. */
const harm = ({ intent, error }: Awaited<ReturnType<typeof outcome>>): readonly unknown[] => {
  if (intent === undefined) {
    if (!PaymentError.is(error) || error.code !== 'malformed_response' || error.outcome !== 'rejected' || error.problems.length === 0) return [error];
    return error.problems.filter(({ field }) => !essentials.includes(field));
  }
  const wellFormed =
    [...paymentIntentStatuses, 'unknown'].includes(intent.status) &&
    Number.isSafeInteger(intent.amount.minorUnits) && intent.amount.minorUnits >= 0 &&
    isTime(intent.createdAt) && isTime(intent.updatedAt) && JSON.stringify(intent).includes('"payment_intent"');
  return wellFormed ? [] : [intent];
};

const without = (json: Json, field: string): Json => Object.fromEntries(Object.entries(json).filter(([name]) => name !== field));
const otherTypes: readonly unknown[] = [null, '', 'text', 0, -1, 1.5, 1e300, true, [], [null], [[]], {}, { id: 'x' }, { constructor: 1 }];

describe.each(examples)('%s: a mutilated answer never breaks a read', (dialect, example) => {
  it.each(Object.keys(example))('%s dropped, renamed, or of any other type', async (field) => {
    const mutilated = [without(example, field), { ...without(example, field), [`${field}_`]: example[field] }, ...otherTypes.map((value) => ({ ...example, [field]: value }))];
    const outcomes = await Promise.all(mutilated.map((json) => outcome(dialect, json, json['id'])));
    expect(outcomes.flatMap(harm)).toEqual([]);
    expect(outcomes.filter(({ error }) => error !== undefined && !essentials.includes(field))).toEqual([]);
  });

  it.each(essentials)('without %s it is malformed_response, naming it and quoting nothing', async (field) => {
    const error = await rejection(told(dialect, without(example, field)).paymentIntents.retrieve(String(example['id'])));
    expect(error).toMatchObject({ code: 'malformed_response', problems: [{ field }], message: expect.stringContaining(`(${field})`) });
    expect(JSON.stringify(error)).not.toContain(String(example['client_secret']));
  });

  it('any field replaced by any JSON, any field added', async () => {
    const change = tuple(constantFrom(...Object.keys(example), 'new_field', '__proto__', 'constructor', 'toString'), jsonValue());
    await assert(
      asyncProperty(array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const json: Json = JSON.parse(JSON.stringify({ ...example, ...Object.fromEntries(changes) }));
        expect(harm(await outcome(dialect, json, json['id']))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe.each(['payment_flows', 'payment_intents'] as const)('%s: answers that are no payment at all', (dialect) => {
  it('any JSON as a list is a page, or malformed_response', async () => {
    const example = examples.find(([name]) => name === dialect)?.[1];
    const answer = oneof(jsonValue(), record({ data: array(oneof(constant(example), jsonValue())), has_more: jsonValue() }, { requiredKeys: [] }));
    await assert(
      asyncProperty(answer, async (json) => {
        const result = await told(dialect, json).paymentIntents.list().catch((error: unknown) => error);
        const [page, refusal] = [{ hasMore: expect.any(Boolean), data: expect.any(Array) }, { code: 'malformed_response', outcome: 'rejected' }];
        expect(result).toMatchObject(PaymentError.is(result) ? refusal : page);
      }),
      { numRuns: 150 },
    );
  });

  it('any JSON as a refusal is an error with a code, never a crash', async () => {
    const words = constantFrom('card_declined', 'invalid_status', 'constructor', '__proto__', 'Payment Failed', '');
    const member = oneof(words, jsonValue());
    const problem = record(
      { type: member, title: member, code: member, detail: member, status: member, errors: member, error: oneof(member, record({ code: member, message: member })) },
      { requiredKeys: [] },
    );
    await assert(
      asyncProperty(oneof(problem, jsonValue()), constantFrom(400, 401, 402, 404, 408, 409, 422, 429, 500, 503), async (json, status) => {
        const error = await rejection(told(dialect, json, status).paymentIntents.capture('pfw_1'));
        const outcomes = status >= 500 || status === 408 || status === 409 ? ['unknown'] : status === 429 ? ['rejected', 'unknown'] : ['rejected'];
        const { outcome: found, failure } = PaymentError.is(error) ? error : { outcome: 'no PaymentError', failure: null };
        expect({ found, reason: typeof (failure?.reason ?? '') }).toEqual({ found: expect.toBeOneOf(outcomes), reason: 'string' });
      }),
      { numRuns: 300 },
    );
  });
});
