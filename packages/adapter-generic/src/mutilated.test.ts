import { PaymentError } from '@oneintent/core';
import { assert, asyncProperty, constant, constantFrom, jsonValue, oneof, record, string, tuple, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answering, errorOf } from './testing/wire.js';
import { authorised, canceled, captured, declined, declinedCard, fresh, old, redirected } from './testing/payloads.js';

type Entries = readonly (readonly [string, unknown])[];
type Change = (entries: Entries, key: string) => Entries;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The way to every member of an object, however deep. */
const pathsOf = (value: unknown): readonly (readonly string[])[] =>
  isObject(value) ? Object.entries(value).flatMap(([key, member]) => [[key], ...pathsOf(member).map((path) => [key, ...path])]) : [];

const alter = (value: unknown, [key, ...rest]: readonly string[], change: Change): unknown => {
  if (key === undefined || !isObject(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    rest.length === 0 ? change(entries, key) : entries.map(([name, member]) => [name, name === key ? alter(member, rest, change) : member]),
  );
};

const newName = oneof(string(), constantFrom('__proto__', 'constructor', 'toString', 'object', 'error', 'deleted'));

const changes: Arbitrary<Change> = oneof(
  constant<Change>((entries, key) => entries.filter(([name]) => name !== key)),
  constant<Change>((entries, key) => entries.map(([name, value]) => [name, name === key ? null : value])),
  jsonValue().map((other): Change => (entries, key) => entries.map(([name, value]) => [name, name === key ? other : value])),
  newName.map((renamed): Change => (entries, key) => entries.map(([name, value]) => [name === key ? renamed : name, value])),
  tuple(newName, jsonValue()).map(([name, value]): Change => (entries, key) => (name === key ? entries : [...entries.filter(([other]) => other !== name), [name, value]])),
);

const mutilated = (bodies: readonly object[]) =>
  constantFrom(...bodies).chain((body) =>
    record({ path: constantFrom(...pathsOf(body)), change: changes }).map(({ path, change }) => ({ path, json: alter(body, path, change) })),
  );

const essentials = ['id', 'status', 'amount', 'currency'];

/** The essentials that an error names. */
const fieldsOf = (result: object): readonly (string | undefined)[] =>
  PaymentError.is(result) ? [...new Set(result.problems.map(({ field }) => field.split('.')[0]))] : [];

const states = [fresh, { ...fresh, updated: 1775797200 }, redirected, authorised, old, captured, canceled, declined];

describe('an intent with one member dropped, emptied, retyped, renamed or added', () => {
  it('is read, or is malformed_response naming the essential that is hit', async () => {
    await assert(
      asyncProperty(mutilated(states), async ({ path, json }) => {
        const { payments } = answering({ status: 200, json });
        const hit = path[0] ?? '';
        const result = await payments.paymentIntents.retrieve(fresh.id).catch((error: unknown) => (PaymentError.is(error) ? error : Promise.reject(error)));
        const seen = result instanceof Error ? { code: result.code, fields: fieldsOf(result) } : { id: result.id };
        const whole = { id: fresh.id };
        expect(essentials.includes(hit) ? [whole, { code: 'malformed_response', fields: [hit] }] : [whole]).toContainEqual(seen);
      }),
      { numRuns: 1500 },
    );
  });

  it.each(essentials.flatMap((field) => [undefined, null, [], {}, ''].map((value) => ({ field, value }))))('lacks $field when it is $value', async ({ field, value }) => {
    const { payments } = answering({ status: 200, json: { ...redirected, [field]: value } });
    const error = await errorOf(payments.paymentIntents.retrieve(fresh.id));
    expect(error).toMatchObject({ code: 'malformed_response', outcome: 'rejected' });
    expect(fieldsOf(error)).toEqual([field]);
  });

  it.each([...Object.keys(fresh), 'charges'].filter((field) => !essentials.includes(field)))('is the same intent whatever %s is', async (field) => {
    for (const value of [undefined, null, 7, 'text', true, [], [null], { a: 1 }, { data: null }]) {
      const { payments } = answering({ status: 200, json: { ...redirected, [field]: value } });
      expect(await payments.paymentIntents.retrieve(fresh.id)).toMatchObject({ id: fresh.id, status: 'requires_action', amount: { minorUnits: 2000, currency: 'USD' } });
    }
  });
});

describe('a list with one member dropped, emptied, retyped, renamed or added', () => {
  it('is a page, or is malformed_response', async () => {
    await assert(
      asyncProperty(mutilated([{ object: 'list', data: [fresh, authorised], has_more: true, url: '/v1/payment_intents' }]), async ({ json }) => {
        const { payments } = answering({ status: 200, json });
        const result: unknown = await payments.paymentIntents.list({ limit: 2 }).catch((error: unknown) => error);
        expect([{ code: 'malformed_response' }, { data: expect.any(Array), hasMore: expect.any(Boolean), nextCursor: expect.toSatisfy((cursor) => cursor === null || typeof cursor === 'string') }]).toContainEqual(
          PaymentError.is(result) ? { code: result.code } : result,
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('an error with one member dropped, emptied, retyped, renamed or added', () => {
  const inner = { ...declinedCard, payment_intent: declined };
  const faults: readonly string[] = [
    'invalid_request', 'invalid_state', 'not_found', 'idempotency_key_reused', 'idempotency_in_progress', 'permission', 'authentication', 'rate_limited', 'provider_unavailable',
  ]; // prettier-ignore

  it('is a decline or a fault, and never anything else', async () => {
    await assert(
      asyncProperty(mutilated([{ error: inner }, inner, { error: { type: 'invalid_request_error', code: 'parameter_missing', param: 'amount', message: 'No.' } }]), constantFrom(400, 401, 402, 403, 404, 409, 422, 429, 500, 503), async ({ json }, status) => {
        const { payments } = answering({ status, json }, { status: 200, json: fresh });
        const input = { amount: { minorUnits: 2000, currency: 'USD' }, confirm: true };
        const result: unknown = await payments.paymentIntents.create(input).catch((error: unknown) => error);
        const kind = PaymentError.is(result) ? result.code : isObject(result) && Reflect.get(result, 'lastPaymentError') !== null && 'decline';
        expect(['decline', 'payment_declined', ...faults]).toContain(kind);
      }),
      { numRuns: 1000 },
    );
  });
});
