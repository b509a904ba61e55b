import { describe, expect, it } from 'vitest';
import { acme } from '../testing/acme.js';
import { thrownBy } from '../testing/client.js';
import { defineAdapter, type Adapter, type AnyAdapter } from './adapter.js';
import { mayMoveMoney, isRead, operationNames, operationDefinitions, type OperationName } from '../operations/index.js';
import { isMalformedWire, path, readWire, tryWire } from './wire.js';
import * as z from 'zod';

const complete = acme();
const withOperations = (operations: object): Adapter<OperationName> => ({ ...complete, operations }) as Adapter<OperationName>;

describe('defineAdapter', () => {
  it('gives the adapter back, frozen with its table', () => {
    const adapter: AnyAdapter = defineAdapter(withOperations(complete.operations));
    expect(adapter).toEqual(complete);
    expect([Object.isFrozen(adapter), Object.isFrozen(adapter.operations)]).toEqual([true, true]);
  });

  it('refuses an operation that is not in the operationDefinitions, naming those that are', () => {
    const error = thrownBy(() => defineAdapter(withOperations({ 'paymentIntents.captrue': complete.operations['paymentIntents.capture'] })));
    expect(error).toMatchObject({ code: 'configuration', provider: 'acme', problems: [{ field: 'operations.paymentIntents.captrue' }] });
    expect(error.message).toContain('paymentIntents.capture,');
  });

  it.each([
    [{ honoured: 'documented', header: 'Idempotency-Key' }],
    [{ honoured: 'assumed', place: {} }],
    [{ honoured: 'documented', place: { header: 'Key', member: 'key' } }],
    [{ honoured: 'perhaps', place: { header: 'Key' } }],
  ])('refuses keys of which nothing says where the one place is, or whether they are honoured: %j', (value) => {
    const limits = { ...complete.limits, idempotency: { ...complete.limits.idempotency, value } };
    const adapter = { ...complete, limits } as unknown as Adapter<OperationName>;
    expect(thrownBy(() => defineAdapter(adapter))).toMatchObject({ code: 'configuration', problems: [{ field: 'limits.idempotency' }] });
  });

  it('refuses an accepted field that the operation does not have, an inherited name too', () => {
    const capture = { ...complete.operations['paymentIntents.capture'], accepts: ['amount', 'ammount', 'toString'] };
    expect(thrownBy(() => defineAdapter(withOperations({ 'paymentIntents.capture': capture }))).problems.map(({ problem }) => problem)).toEqual([
      'names ammount, which is not an input field',
      'names toString, which is not an input field',
    ]);
  });
});

describe('a field that an operation cannot do without', () => {
  const { 'paymentIntents.capture': capture } = complete.operations;

  it('must be one that it accepts', () => {
    const error = thrownBy(() => defineAdapter(withOperations({ 'paymentIntents.capture': { ...capture, accepts: ['amount'], requires: ['amount', 'metadata'] } })));
    expect(error.problems).toMatchObject([{ field: 'operations.paymentIntents.capture.requires', problem: 'names metadata, which is not accepted' }]);
  });

  it('may be any of those', () => {
    const operation = { ...capture, accepts: ['amount'], requires: ['amount'] };
    expect(defineAdapter(withOperations({ 'paymentIntents.capture': operation })).operations).toEqual({ 'paymentIntents.capture': operation });
  });
});

describe('the operation definitions', () => {
  it('names every operation that takes, holds, frees or gives back money', () => {
    expect(operationNames.filter((name) => mayMoveMoney(name))).toEqual([
      'paymentIntents.create',
      'paymentIntents.confirm',
      'paymentIntents.capture',
      'paymentIntents.cancel',
      'paymentIntents.incrementAuthorization',
      'refunds.create',
      'refunds.cancel',
    ]);
  });

  it('lets nothing that moves money be sent again without a key', () => {
    expect(operationNames.filter((name) => isRead(name) && mayMoveMoney(name))).toEqual([]);
  });

  it('takes no operation for guarded by the object’s state that can move money twice', () => {
    expect(operationNames.filter((name) => !operationDefinitions[name].stateProtects)).toEqual(['paymentIntents.create', 'paymentIntents.incrementAuthorization', 'setupIntents.create', 'refunds.create']);
  });
});

describe('path', () => {
  it.each([
    ['pi_1', '/payments/pi_1/capture'],
    ['a/../b?c#d&e=f', '/payments/a%2F..%2Fb%3Fc%23d%26e%3Df/capture'],
    ['決済 1%', '/payments/%E6%B1%BA%E6%B8%88%201%25/capture'],
  ])('keeps %s one segment', (id, expected) => {
    expect(path`/payments/${id}/capture`).toBe(expected);
  });
});

describe('readWire', () => {
  const schema = z.object({ id: z.string(), card: z.object({ number: z.number() }), list: z.array(z.object({ id: z.string() })) });
  const lacking = (call: () => unknown): unknown => {
    try {
      return call();
    } catch (error) {
      return isMalformedWire(error) ? error.fields : error;
    }
  };
  const caught = (json: unknown): unknown => {
    try {
      return readWire(schema, json);
    } catch (error) {
      return error;
    }
  };

  it('names the fields that are wrong, by their paths, and never a value', () => {
    const error = caught({ id: 4242, card: { number: '4242424242424242' }, list: [{ id: 'a' }, { id: 7 }] });
    expect(isMalformedWire(error) && error.fields).toEqual(['id', 'card.number', 'list.1.id']);
    expect(String(error)).not.toContain('4242');
  });

  it('says body where the whole is of another kind', () => {
    const error = caught('<html>');
    expect(isMalformedWire(error) && error.fields).toEqual(['body']);
  });

  it('names a field once, however much is wrong with it, and however a schema writes its path', () => {
    const issues = [{ message: 'no', path: ['a', { key: 'b' }] }, { message: 'no', path: ['a', 'b'] }, { message: 'no' }];
    const error = lacking(() => readWire({ '~standard': { version: 1, vendor: 'test', validate: () => ({ issues }) } }, null));
    expect(error).toEqual(['a.b', 'body']);
  });

  it.each([null, undefined, 'MalformedWire', {}, new Error('x')])('does not take %j for what it throws', (value) => {
    expect(isMalformedWire(value)).toBe(false);
  });

  it('takes any Standard Schema that is synchronous, and refuses one that is not', () => {
    const of = <T>(result: T) => ({ '~standard': { version: 1 as const, vendor: 'test', validate: () => result } });
    expect(readWire(of({ value: 7 }), null)).toBe(7);
    expect(() => readWire(of(Promise.resolve({ value: 7 })), null)).toThrow('asynchronous');
    expect(tryWire(of(Promise.resolve({ value: 7 })), null)).toBeNull();
  });

  it('has a sibling for bodies that may be in another format, which gives null', () => {
    expect(tryWire(schema, '<html>')).toBeNull();
  });
});
