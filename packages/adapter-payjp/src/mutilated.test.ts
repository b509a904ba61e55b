import { array, assert, asyncProperty, constant, constantFrom, jsonValue, oneof, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createPayments, eventTypes, PaymentError, paymentIntentStatuses, refundStatuses, setupIntentStatuses,
  type Money, type PaymentEvent, type PaymentIntent, type Refund, type SetupIntent,
} from '@oneintent/core'; // prettier-ignore
import { dialectNames } from './dialects/index.js';
import { payjp, type PayjpDialect } from './index.js';
import { earlyFlowFailed, earlySetup, event, flowSucceeded, flowWaiting, intentAuthorised, intentFresh, refunds, setupCanceled, setupIntent, setupSaved } from './testing/payloads.js';
import { apiKey, rejection } from './testing/wire.js';

type Json = Readonly<Record<string, unknown>>;
type Resource = 'paymentIntents' | 'setupIntents' | 'refunds' | 'events';

/** Examples of each dialect, which together have every member that is read. A new dialect does not compile until it has some. */
const examplesOf: { readonly [D in PayjpDialect]: readonly (readonly [Resource, Json])[] } = {
  payment_intents: [
    ['paymentIntents', intentFresh],
    ['paymentIntents', { ...intentAuthorised, setup_future_usage: 'off_session' }],
    ['setupIntents', { ...setupIntent, usage: 'off_session' }],
    ['refunds', refunds['2025-08-05']],
  ],
  payment_flows: [
    ['paymentIntents', earlyFlowFailed],
    ['paymentIntents', flowSucceeded],
    ['paymentIntents', flowWaiting],
    ['setupIntents', earlySetup],
    ['setupIntents', setupSaved],
    ['setupIntents', setupCanceled],
    ['refunds', refunds['2025-11-13']],
    ['refunds', refunds.today],
    ['events', event],
  ],
};

const examples: readonly (readonly [PayjpDialect, Resource, Json])[] = dialectNames.flatMap((dialect) =>
  examplesOf[dialect].map(([resource, example]) => [dialect, resource, example] as const));

/** What a thing of each kind cannot be without. */
const essentialsOf = { paymentIntents: ['id', 'status', 'amount'], setupIntents: ['id', 'status'], refunds: ['id', 'amount'], events: ['id', 'type'] } as const;

/** A client to which the provider says this, whatever it is asked. */
const told = (dialect: PayjpDialect, json: unknown, status = 200) =>
  createPayments({
    adapter: payjp({ apiKey, dialect }),
    retries: 0,
    webhookSecret: 'whook_EXAMPLE',
    fetch: async () => new Response(JSON.stringify(json), { status, headers: { 'Content-Type': 'application/json' } }),
  });

type Read = PaymentIntent | SetupIntent | Refund | PaymentEvent;
type Outcome = { readonly read: Read } | { readonly error: unknown };

/** What a client makes of an answer to a retrieve: the object, or the error that names what is missing. */
const outcome = async (dialect: PayjpDialect, resource: Resource, json: Json): Promise<Outcome> => {
  const id = json['id'];
  const target = typeof id === 'string' && id.trim() !== '' && id !== '.' && id !== '..' && !/\p{Cc}/u.test(id) ? { id } : { id: 'asked' };
  try {
    return { read: await told(dialect, json)[resource].retrieve(target) };
  } catch (error) {
    return { error };
  }
};

const isTime = (text: string | null): boolean => text === null || new Date(text).toISOString() === text;

const isMoney = ({ minorUnits }: Money): boolean => Number.isSafeInteger(minorUnits) && minorUnits >= 0;

/** Whether what was read keeps the promises of its type, whatever the provider said. */
const isWellFormed = (read: Read): boolean => {
  const times = isTime(read.createdAt) && (read.object === 'event' || isTime(read.updatedAt));
  if (!times || !JSON.stringify(read).includes(`"${read.object}"`)) return false;
  if (read.object === 'payment_intent') return [...paymentIntentStatuses, 'unknown'].includes(read.status) && isMoney(read.amount);
  if (read.object === 'setup_intent') return [...setupIntentStatuses, 'unknown'].includes(read.status);
  if (read.object === 'refund') return [...refundStatuses, 'unknown'].includes(read.status) && isMoney(read.amount);
  return [...eventTypes, 'unknown'].includes(read.type) && (read.subject === null || isWellFormed(read.subject));
};

/** What is wrong with the outcome of a read: nothing, where it is well formed or an error that names the essentials at fault. */
const harm = (resource: Resource, result: Outcome): readonly unknown[] => {
  if ('read' in result) return isWellFormed(result.read) ? [] : [result.read];
  const { error } = result;
  if (!PaymentError.is(error) || error.code !== 'malformed_response' || error.outcome !== 'rejected' || error.problems.length === 0) return [error];
  return error.problems.filter(({ field }) => !essentialsOf[resource].some((essential) => essential === field));
};

const without = (json: Json, field: string): Json => Object.fromEntries(Object.entries(json).filter(([name]) => name !== field));
const otherTypes: readonly unknown[] = [null, '', 'text', 0, -1, 1.5, 1e300, true, [], [null], [[]], {}, { id: 'x' }, { constructor: 1 }];

describe.each(examples)('%s, %s: a mutilated answer never breaks a read', (dialect, resource, example) => {
  const essentials: readonly string[] = essentialsOf[resource];

  it.each(Object.keys(example))('%s dropped, renamed, or of any other type', async (field) => {
    const mutilated = [without(example, field), { ...without(example, field), [`${field}_`]: example[field] }, ...otherTypes.map((value) => ({ ...example, [field]: value }))];
    const outcomes = await Promise.all(mutilated.map((json) => outcome(dialect, resource, json)));
    expect(outcomes.flatMap((result) => harm(resource, result))).toEqual([]);
    expect(outcomes.filter((result) => 'error' in result && !essentials.includes(field))).toEqual([]);
  });

  it.each(essentials)('without %s it is malformed_response, naming it and quoting nothing', async (field) => {
    const error = await rejection(told(dialect, without(example, field))[resource].retrieve(String(example['id'])));
    expect(error).toMatchObject({ code: 'malformed_response', problems: [{ field }], message: expect.stringContaining(`(${field})`) });
    expect(JSON.stringify(error)).not.toMatch(/EXAMPLE/);
  });

  it('any field replaced by any JSON, any field added', async () => {
    const change = tuple(constantFrom(...Object.keys(example), 'new_field', '__proto__', 'constructor', 'toString'), jsonValue());
    await assert(
      asyncProperty(array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const json: Json = JSON.parse(JSON.stringify({ ...example, ...Object.fromEntries(changes) }));
        expect(harm(resource, await outcome(dialect, resource, json))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

it('every dialect has examples that can be mutilated', () => {
  expect(dialectNames.filter((name) => !examples.some(([dialect]) => dialect === name))).toEqual([]);
});

describe("an event whose object is mutilated is told all the same", () => {
  const objects = [
    ...(['payment_flow.succeeded', 'payment_intent.canceled'] as const).map((type) => [type, flowSucceeded] as const),
    ['setup_flow.setup_failed', earlySetup],
    ['refund.updated', refunds.today],
  ] as const satisfies readonly (readonly [string, Json])[];

  it.each(objects)('%s: any field of its object replaced by any JSON, or the whole of it', async (type, data: Json) => {
    const change = tuple(constantFrom(...Object.keys(data), '__proto__', 'constructor'), jsonValue());
    const mutilated = oneof(jsonValue(), array(change, { minLength: 1, maxLength: 4 }).map((changes) => ({ ...data, ...Object.fromEntries(changes) })));
    await assert(
      asyncProperty(mutilated, async (json) => {
        const result = await outcome('payment_flows', 'events', JSON.parse(JSON.stringify({ ...event, type, data: json })));
        expect(harm('events', result)).toEqual([]);
        expect(result).toMatchObject({ read: { id: event.id, providerType: type } });
      }),
      { numRuns: 150 },
    );
  });

  it('any JSON with the right token is an event, or refused as a delivery', async () => {
    const body = oneof(jsonValue(), record({ id: jsonValue(), type: jsonValue(), livemode: jsonValue(), data: jsonValue(), created: jsonValue() }, { requiredKeys: [] }));
    await assert(
      asyncProperty(body, async (json) => {
        const delivery = { body: JSON.stringify(json), headers: { 'X-Payjp-Webhook-Token': 'whook_EXAMPLE' } };
        const result: unknown = await told('payment_flows', null).webhooks.verify(delivery).catch((error: unknown) => error);
        expect(result).toMatchObject(PaymentError.is(result) ? { code: 'webhook_unverified', outcome: 'rejected' } : { object: 'event', trust: 'token' });
      }),
      { numRuns: 200 },
    );
  });
});

describe.each(dialectNames)('%s: answers that are no object at all', (dialect) => {
  it.each(['paymentIntents', 'setupIntents', 'refunds', 'events'] as const)('any JSON as a list of %s is a page, or malformed_response', async (resource) => {
    const example = examples.find(([, name]) => name === resource)?.[2];
    const answer = oneof(jsonValue(), record({ data: array(oneof(constant(example), jsonValue())), has_more: jsonValue() }, { requiredKeys: [] }));
    await assert(
      asyncProperty(answer, async (json) => {
        const result = await told(dialect, json)[resource].list().catch((error: unknown) => error);
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
