import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPayments, money, operationNames, PaymentError, type Limits, type PaymentErrorShape, type PaymentsOptions } from '../index.js';
import { acme, acmeLimits, keys } from '../testing/acme.js';
import { bench, errorOf, payment, thrownBy } from '../testing/client.js';
import { answer } from '../testing/scripted-fetch.js';

const fact = (value: unknown) => ({ value, source: 'a letter', confidence: 'documented' });
const honoured = (change: object) => ({ idempotency: fact({ ...keys().idempotency.value, ...change }) });
const inMetadata = (change: object) => ({ metadata: fact({ ...acmeLimits.metadata.value, ...change }) });
const made = (limits: unknown) => () => createPayments({ adapter: acme(), limits } as PaymentsOptions);

describe('limits that are wrong', () => {
  it.each<readonly [string, unknown]>([
    ['limits', null],
    ['limits', 'hunted'],
    ['limits', []],
    ['limits', { speed: 'hunted' }],
    ['limits', JSON.parse('{ "__proto__": { "pageSize": "hunted" } }')],
    ['limits.currencies', { currencies: undefined }],
    ['limits.currencies', { currencies: ['EUR'] }],
    ['limits.currencies', { currencies: { ...fact('all'), since: 'hunted' } }],
    ['limits.currencies.source', { currencies: { value: 'all', confidence: 'documented' } }],
    ['limits.currencies.source', { currencies: { ...fact('all'), source: ' ' } }],
    ['limits.currencies.confidence', { currencies: { ...fact('all'), confidence: 'hunted' } }],
    ['limits.currencies.value', { currencies: { source: 'a letter', confidence: 'documented' } }],
    ['limits.currencies.value', { currencies: fact('hunted') }],
    ['limits.currencies.value', { currencies: fact([]) }],
    ['limits.currencies.value.1', { currencies: fact(['EUR', 'usd']) }],
    ['limits.amounts.value', { amounts: fact(50) }],
    ['limits.amounts.value.every', { amounts: fact({}) }],
    ['limits.amounts.value.every', { amounts: fact({ every: { least: 'hunted' } }) }],
    ['limits.amounts.value.every', { amounts: fact({ every: { minimum: 10, maximum: 9 } }) }],
    ['limits.amounts.value.every.minimum', { amounts: fact({ every: { minimum: 0.5 } }) }],
    ['limits.amounts.value.every.maximum', { amounts: fact({ every: { maximum: 'hunted' } }) }],
    ['limits.amounts.value.every.maximum', { amounts: fact({ every: { maximum: 2 ** 53 } }) }],
    ['limits.amounts.value.every.wireExponent', { amounts: fact({ every: { wireExponent: 7 } }) }],
    ['limits.amounts.value.byCurrency', { amounts: fact({ every: {}, byCurrency: 'hunted' }) }],
    ['limits.amounts.value.byCurrency.eur', { amounts: fact({ every: {}, byCurrency: { eur: {} } }) }],
    ['limits.amounts.value.byCurrency.EUR', { amounts: fact({ every: { minimum: 10 }, byCurrency: { EUR: { maximum: 9 } } }) }],
    ['limits.amounts.value.byCurrency.EUR.multipleOf', { amounts: fact({ every: {}, byCurrency: { EUR: { multipleOf: 0 } } }) }],
    ['limits.captureMinimum.value', { captureMinimum: fact(-1) }],
    ['limits.captureMethods.value', { captureMethods: fact([]) }],
    ['limits.captureMethods.value.0', { captureMethods: fact(['hunted']) }],
    ['limits.cancellationReasons.value.0', { cancellationReasons: fact(['expired']) }],
    ['limits.setupCancellationReasons.value', { setupCancellationReasons: fact('duplicate') }],
    ['limits.refundReasons.value.1', { refundReasons: fact(['duplicate', 'expired_uncaptured_charge']) }],
    ['limits.metadata.value', { metadata: fact([]) }],
    ['limits.metadata.value', inMetadata({ maximumDepth: 'hunted' })],
    ['limits.metadata.value.maximumKeys', inMetadata({ maximumKeys: 0 })],
    ['limits.metadata.value.maximumKeyLength', inMetadata({ maximumKeyLength: undefined })],
    ['limits.metadata.value.maximumValueLength', inMetadata({ maximumValueLength: 1.5 })],
    ['limits.metadata.value.valueTypes.0', inMetadata({ valueTypes: ['number'] })],
    ['limits.pageSize.value', { pageSize: fact('hunted') }],
    ['limits.idempotency.value', { idempotency: fact('no') }],
    ['limits.idempotency.value', honoured({ honoured: 'no' })],
    ['limits.idempotency.value', honoured({ expires: 'hunted' })],
    ['limits.idempotency.value.honoured', honoured({ honoured: 'hunted' })],
    ['limits.idempotency.value.place', honoured({ place: undefined })],
    ['limits.idempotency.value.place', honoured({ place: {} })],
    ['limits.idempotency.value.place', honoured({ place: { header: 'Key', member: 'key' } })],
    ['limits.idempotency.value.place.header', honoured({ place: { header: '' } })],
    ['limits.idempotency.value.place.header', honoured({ place: { header: 'Hunted:' } })],
    ['limits.idempotency.value.place.header', honoured({ place: { header: 'authorization' } })],
    ['limits.idempotency.value.place.header', honoured({ place: { header: 'acme-account' } })],
    ['limits.idempotency.value.place.header', honoured({ place: { header: 'Acme-Version' } })],
    ['limits.idempotency.value.place.member', honoured({ place: { member: '__proto__' } })],
    ['limits.idempotency.value.alphabet', honoured({ alphabet: '[hunted' })],
    ['limits.idempotency.value.alphabet', honoured({ alphabet: '[0-9]+' })],
    ['limits.idempotency.value.maximumLength', honoured({ maximumLength: 31 })],
    ['limits.idempotency.value.window', honoured({ window: 0 })],
    ['limits.idempotency.value.window', honoured({ window: Number.POSITIVE_INFINITY })],
    ['limits.idempotency.value.window', honoured({ window: undefined })],
    ['limits.idempotency.value.stores', honoured({ stores: 'hunted' })],
    ['limits.idempotency.value.inFlight', honoured({ inFlight: undefined })],
    ['limits.idempotency.value.repetition', honoured({ repetition: null })],
    ['limits.lists', { lists: 'immediate' }],
    ['limits.lists.value', { lists: fact('hunted') }],
    ['limits.idempotency.value.except', honoured({ except: 'paymentIntents.cancel' })],
    ['limits.idempotency.value.except.0', honoured({ except: ['paymentIntents.hunted'] })],
  ])('%s: %j is refused at start-up, saying what to do and quoting nothing', (field, limits) => {
    const error = thrownBy(made(limits));
    expect(error).toMatchObject({ code: 'configuration', outcome: 'not_sent' });
    expect(error.problems.map((problem) => problem.field)).toEqual([field]);
    for (const { problem, remedy } of error.problems) expect([problem, remedy]).toEqual([expect.stringMatching(/^[a-z]{2,} .*\w/), expect.stringMatching(/^[A-Z].*[^.]\.$/)]);
    expect(inspect(error).toLowerCase()).not.toContain('hunted');
  });

  it('are told together, and beside the other options', () => {
    const error = thrownBy(() => createPayments({ adapter: acme(), account: 'A', limits: { pageSize: fact(0), captureMinimum: 1 } } as unknown as PaymentsOptions));
    expect(error.problems.map(({ field }) => field).toSorted()).toEqual(['account', 'limits.captureMinimum', 'limits.pageSize.value']);
  });

  it('say which member nobody knows, and which ones there are', () => {
    const [told] = thrownBy(made(honoured({ plce: 1 }))).problems;
    expect(told?.problem).toContain('(plce)');
    expect(told?.remedy).toContain('place');
  });
});

const known = <T>(value: fc.Arbitrary<T>) => fc.record({ value, source: fc.constantFrom('a letter', 'docs.example'), confidence: fc.constantFrom('documented', 'third_party', 'inferred', 'unverified') });
const bound = fc.option(fc.integer({ min: 1, max: 1_000_000 }));
const bounds = fc.record(
  { wireExponent: fc.integer({ min: 0, max: 6 }), multipleOf: fc.integer({ min: 1, max: 100 }), minimum: fc.integer({ min: 0, max: 1000 }), maximum: fc.integer({ min: 1000, max: 1_000_000 }) },
  { requiredKeys: [] },
);
const code = fc.constantFrom('EUR', 'JPY', 'USD', 'KWD', 'XTS');
const reasons = fc.subarray(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']);
const place = fc.oneof(fc.constantFrom('Idempotency-Key', 'X-Key').map((header) => ({ header })), fc.constantFrom('idempotency_key', 'key').map((member) => ({ member })));
const limitsThatAreRight = fc.record(
  {
    currencies: known(fc.oneof(fc.constant('all'), fc.uniqueArray(code, { minLength: 1 }))),
    amounts: known(fc.record({ every: bounds, byCurrency: fc.dictionary(code, bounds) }, { requiredKeys: ['every'] })),
    captureMinimum: known(bound),
    captureMethods: known(fc.subarray(['automatic', 'automatic_async', 'manual'], { minLength: 1 })),
    cancellationReasons: known(reasons),
    setupCancellationReasons: known(reasons),
    refundReasons: known(fc.subarray(['duplicate', 'fraudulent', 'requested_by_customer'])),
    metadata: known(fc.option(fc.record({ maximumKeys: bound, maximumKeyLength: bound, maximumValueLength: bound, valueTypes: fc.subarray(['string', 'integer', 'boolean']) }))),
    idempotency: known(
      fc.oneof(
        fc.constant({ honoured: 'no' }),
        fc.record(
          {
            honoured: fc.constantFrom('documented', 'assumed'),
            place,
            alphabet: fc.constantFrom('[0-9a-f]+', '.{1,45}|.+', '[\\x21-\\x7e]+'),
            maximumLength: fc.integer({ min: 32, max: 300 }),
            window: fc.option(fc.integer({ min: 1 })),
            except: fc.subarray([...operationNames], { maxLength: 3 }),
            stores: fc.constantFrom('every_response', 'successes', 'unknown'),
            inFlight: fc.constantFrom('refuses', 'queues', 'unknown'),
            repetition: fc.constantFrom('replays', 'refuses', 'unknown'),
          },
          { requiredKeys: ['honoured', 'place', 'alphabet', 'maximumLength', 'window'] },
        ),
      ),
    ),
    pageSize: known(bound),
    lists: known(fc.constantFrom('immediate', 'lags', 'unknown')),
  } satisfies { readonly [L in keyof Limits]: fc.Arbitrary<unknown> },
  { requiredKeys: [] },
);

const pathsIn = (value: unknown): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null ? [[], ...Object.entries(value).flatMap(([name, member]) => pathsIn(member).map((path) => [name, ...path]))] : [[]];

const gone = Symbol('gone');
const changed = (value: unknown, [name, ...rest]: readonly string[], into: unknown): unknown => {
  if (name === undefined) return into;
  const members = Object.entries(Object(value)).flatMap(([key, member]) => {
    const now = key === name ? changed(member, rest, into) : member;
    return now === gone ? [] : [[key, now] as const];
  });
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
};

const junk = fc.oneof(
  fc.constant(gone),
  fc.constantFrom<unknown>(null, undefined, '', 0, -1, 0.5, 31, 1e300, Number.NaN, true, [], {}, 'no', 'all', 'EUR', { honoured: 'no' }, { header: 'A' }, { text: 'hunted' }, ['hunted'], 'hunted', '[hunted'),
  fc.anything(),
);

const orNull = (error: unknown): null => {
  if (PaymentError.is(error)) return null;
  throw error;
};

/** The limits that a client has with an override, once a call that meets every one of them has come to its end: performed or refused, but without a crash. */
const used = async (limits: Partial<Limits>): Promise<Limits> => {
  const { payments } = bench([answer(200, payment())], { limits });
  await payments.paymentIntents.create({ amount: money(1000, 'EUR'), captureMethod: 'manual', metadata: { a: 'b' } }, { reference: 'order-1' }).catch(orNull);
  return payments.limits;
};

/** The limits of a client whose configuration overrides some: what an override does not state of keys is unknown, whatever the adapter states. */
const overridden = (limits: object): object => {
  const { idempotency, ...others } = limits as Partial<Limits>;
  if (idempotency === undefined || idempotency.value.honoured === 'no') return { ...acmeLimits, ...limits };
  const unstated: object = { stores: 'unknown', inFlight: 'unknown', repetition: 'unknown' };
  const value = { ...unstated, ...idempotency.value };
  return { ...acmeLimits, ...others, idempotency: { ...idempotency, value } };
};

const refusalOf = (limits: unknown): PaymentErrorShape | null => {
  try {
    made(limits)();
    return null;
  } catch (error) {
    if (PaymentError.is(error)) return error;
    throw error;
  }
};

/** Whether a problem is told of the limit that was changed: two of its members may contradict each other, and no two limits do. */
const isNear = (field: string, [limit]: readonly string[]): boolean => field === 'limits' || `${field}.`.startsWith(limit === undefined ? 'limits.' : `limits.${limit}.`);

describe('an override', () => {
  it('that is right is accepted, and is what calls are held against', async () => {
    await fc.assert(
      fc.asyncProperty(limitsThatAreRight, async (limits) => {
        expect(await used(limits as Partial<Limits>)).toEqual(overridden(limits));
      }),
    );
  });

  it('of any kind is accepted and used, or refused as configuration that names where it is wrong', async () => {
    const change = limitsThatAreRight.chain((limits) => fc.record({ limits: fc.constant(limits), path: fc.constantFrom(...pathsIn(limits)), into: junk }));
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(change, async ({ limits, path, into }) => {
        const override = into === gone && path.length === 0 ? {} : changed(limits, path, into);
        const refusal = refusalOf(override);
        seen.add(refusal === null ? 'accepted' : 'refused');
        const given = Object(override ?? {}) as Partial<Limits>;
        expect(refusal === null ? await used(given) : refusal.code).toEqual(refusal === null ? overridden(given) : 'configuration');
        expect(refusal?.problems.length).not.toBe(0);
        expect(refusal?.problems.filter(({ field }) => !isNear(field, path)) ?? []).toEqual([]);
        expect(refusal?.message ?? '').not.toContain('hunted');
      }),
      { numRuns: 500 },
    );
    expect([...seen].toSorted()).toEqual(['accepted', 'refused']);
  });

  it('is copied: what is changed afterwards changes no client', async () => {
    const value = ['USD'];
    const { payments } = bench([], { limits: { currencies: { value, source: 'a letter', confidence: 'documented' } } });
    value.push('EUR');
    expect((await errorOf(payments.paymentIntents.create({ amount: money(1050, 'EUR') }))).problems[0]?.field).toBe('amount.currency');
  });

  it('of the keys alone says where they go, how long they are and which operations have none', async () => {
    const limits = honoured({ place: { member: 'order_key' }, maximumLength: 32, except: ['paymentIntents.cancel'] }) as Partial<Limits>;
    const { payments, requests } = bench([answer(200, payment()), answer(200, payment({ status: 'canceled' }))], { limits });
    await payments.paymentIntents.create({ amount: money(1000, 'EUR') }, { reference: 'order-1' });
    expect(requests[0]?.json).toMatchObject({ order_key: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(requests[0]?.headers.has('idempotency-key')).toBe(false);
    await payments.paymentIntents.cancel('pi_1').catch(orNull);
    const written = requests.filter(({ url }) => String(url).endsWith('/cancel'));
    expect(written).toHaveLength(1);
    expect(JSON.stringify(written[0]?.json ?? {})).not.toContain('order_key');
  });
});
