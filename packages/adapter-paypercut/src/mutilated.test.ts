import { PaymentError } from '@oneintent/core';
import { assert, asyncProperty, constant, constantFrom, jsonValue, oneof, record, string, tuple, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answering, errorOf } from './testing/wire.js';
import { authorised, canceled, captured, challenged, declinedCard, fresh, redirected } from './testing/payloads.js';

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

const newName = oneof(string(), constantFrom('__proto__', 'constructor', 'toString', 'object', 'error', 'x-expansionResources'));

const changes: Arbitrary<Change> = oneof(
  constant<Change>((entries, key) => entries.filter(([name]) => name !== key)),
  constant<Change>((entries, key) => entries.map(([name, value]) => [name, name === key ? null : value])),
  jsonValue().map((other): Change => (entries, key) => entries.map(([name, value]) => [name, name === key ? other : value])),
  newName.map((renamed): Change => (entries, key) => entries.map(([name, value]) => [name === key ? renamed : name, value])),
  tuple(newName, jsonValue()).map(([name, value]): Change => (entries, key) => (name === key ? entries : [...entries.filter(([other]) => other !== name), [name, value]])),
);

const mutilated = (bodies: readonly object[]) =>
  constantFrom(...bodies).chain((body) =>
    record({ body: constant(body), path: constantFrom(...pathsOf(body)), change: changes }).map(({ path, change }) => ({
      original: body,
      path,
      json: alter(body, path, change),
    })),
  );

const essentials = ['id', 'status', 'amount', 'currency'];

/** The essentials that an error names. */
const fieldsOf = (result: object): readonly (string | undefined)[] =>
  PaymentError.is(result) ? [...new Set(result.problems.map(({ field }) => field.split('.')[0]))] : [];

const states = [fresh, challenged, redirected, authorised, captured, canceled];

describe('an intent with one member dropped, emptied, retyped, renamed or added', () => {
  it('is read, or is malformed_response naming the essential that is hit', async () => {
    await assert(
      asyncProperty(mutilated(states), async ({ original, path, json }) => {
        const id = String(Reflect.get(original, 'id'));
        const { payments } = answering({ status: 200, json });
        const hit = path[0] ?? '';
        const result = await payments.paymentIntents.retrieve(id).catch((error: unknown) => (PaymentError.is(error) ? error : Promise.reject(error)));
        const seen = result instanceof Error ? { code: result.code, fields: fieldsOf(result) } : { id: result.id };
        const allowed = essentials.includes(hit) ? [{ id }, { code: 'malformed_response', fields: [hit === 'currency' && fieldsOf(result)[0] === 'amount' ? 'amount' : hit] }] : [{ id }];
        expect(allowed).toContainEqual(seen);
      }),
      { numRuns: 1500 },
    );
  });

  it.each(essentials.flatMap((field) => [undefined, null, [], {}, ''].map((value) => ({ field, value }))))('lacks $field when it is $value', async ({ field, value }) => {
    const { payments } = answering({ status: 200, json: { ...challenged, [field]: value } });
    const error = await errorOf(payments.paymentIntents.retrieve(challenged.id));
    expect(error).toMatchObject({ code: 'malformed_response', outcome: 'rejected' });
    expect(fieldsOf(error)).toEqual([field]);
  });

  it.each(Object.keys(fresh).filter((field) => !essentials.includes(field)))('is the same intent without %s', async (field) => {
    for (const value of [undefined, null, 7, 'text', true, [], { a: 1 }]) {
      const { payments } = answering({ status: 200, json: { ...challenged, [field]: value } });
      expect(await payments.paymentIntents.retrieve(challenged.id)).toMatchObject({ id: challenged.id, status: 'requires_action', amount: { minorUnits: 2599, currency: 'EUR' } });
    }
  });
});

describe('an error with one member dropped, emptied, retyped, renamed or added', () => {
  const { trace_id, ...inner } = { ...declinedCard, payment_intent: fresh };
  const bodies = [{ ...inner, trace_id }, { error: inner, trace_id }, { type: 'api_error', code: null, message: 'No.', param: 'amount', trace_id }];

  const faults = {
    invalid_request: 400,
    invalid_state: 422,
    idempotency_key_reused: 409,
    idempotency_in_progress: 409,
    permission: 403,
    authentication: 401,
    rate_limited: 429,
    provider_unavailable: 500,
  };

  it('is a decline or a fault, and never anything else', async () => {
    await assert(
      asyncProperty(mutilated(bodies), constantFrom(402, ...Object.values(faults)), async ({ json }, status) => {
        const { payments } = answering({ status, json }, { status: 200, json: fresh });
        const input = { amount: { minorUnits: 2599, currency: 'EUR' }, confirm: true };
        const result: unknown = await payments.paymentIntents.create(input).catch((error: unknown) => error);
        const kind = PaymentError.is(result) ? result.code : isObject(result) && Reflect.get(result, 'lastPaymentError') !== null && 'decline';
        expect(['decline', 'payment_declined', ...Object.keys(faults)]).toContain(kind);
      }),
      { numRuns: 1000 },
    );
  });
});
