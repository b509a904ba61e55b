import { describe, expect, it } from 'vitest';
import { createPayments, explain, money, type AnyAdapter, type OperationName } from '../index.js';
import { acme, acmeLimits, keys } from '../testing/acme.js';
import { bench, payment, thrownBy } from '../testing/client.js';
import { answer } from '../testing/scripted-fetch.js';
import { defineAdapter, type Adapter } from './adapter.js';

const whole = acme();
/** An adapter as JavaScript, or another version of this package, may hand it over. */
const adapterWith = (change: object): Adapter<OperationName> => ({ ...whole, ...change }) as unknown as Adapter<OperationName>;

/** The limits of an adapter that was built on 0.1: without what 0.1 did not have. */
const limitsOf01 = (): object => {
  const { lists: _lists, idempotency, ...others } = acmeLimits;
  const { stores: _stores, inFlight: _inFlight, repetition: _repetition, ...value } = idempotency.value as object as Record<string, unknown>;
  return { ...others, idempotency: { ...idempotency, value } };
};

/** An adapter object as 0.1 made it. */
const of01 = (change: object = {}): Adapter<OperationName> => {
  const { contract: _, ...others } = { ...whole, limits: limitsOf01(), ...change };
  return others as unknown as Adapter<OperationName>;
};

const unknownFacts = {
  idempotency: { value: { stores: 'unknown', inFlight: 'unknown', repetition: 'unknown' } },
  lists: { value: 'unknown', source: 'the adapter does not state it', confidence: 'unverified' },
};

const ways = [
  ['defineAdapter', (adapter: Adapter<OperationName>) => defineAdapter(adapter), 'contract'],
  ['createPayments', (adapter: Adapter<OperationName>) => createPayments({ adapter }), 'adapter.contract'],
] as const;

describe.each(ways)('%s', (_name, made, field) => {
  it('refuses an adapter of a later contract, names both numbers and says that core has to be upgraded', () => {
    const error = thrownBy(() => made(adapterWith({ contract: 7 })));
    expect(error).toMatchObject({ code: 'configuration', outcome: 'not_sent' });
    expect(error.problems).toEqual([
      { field, problem: 'is 7, and this version of @oneintent/core has contract 1', remedy: 'Upgrade @oneintent/core to a version that has contract 7.' },
    ]);
    expect(error.message).toBe(`${field} is 7, and this version of @oneintent/core has contract 1. Upgrade @oneintent/core to a version that has contract 7.`);
  });

  it.each([0, -1, 0.5, Number.NaN])('refuses the contract %d, names both numbers and says that the adapter has to be upgraded', (contract) => {
    expect(thrownBy(() => made(adapterWith({ contract }))).problems).toEqual([
      { field, problem: `is ${contract}, and this version of @oneintent/core has contract 1`, remedy: 'Upgrade the package of the acme adapter. If you write that adapter, set contract: 1.' },
    ]);
  });

  it.each([null, '1', 'hunted', {}, true])('refuses %j as a contract without quoting it', (contract) => {
    const error = thrownBy(() => made(adapterWith({ contract })));
    expect(error.problems).toMatchObject([{ field, problem: 'is not a number, and this version of @oneintent/core has contract 1' }]);
    expect(error.message).not.toContain('hunted');
  });

  it('looks at nothing else of an adapter whose contract it does not have', () => {
    expect(thrownBy(() => made({ contract: 2 } as unknown as Adapter<OperationName>)).problems.map((problem) => problem.field)).toEqual([field]);
  });

  it('accepts an adapter that states contract 1, and one without a number', () => {
    expect(made(adapterWith({ contract: 1 }))).toBeDefined();
    expect(made(of01())).toBeDefined();
    expect(made(of01({ contract: undefined }))).toBeDefined();
  });
});

describe('an adapter that was built on 0.1', () => {
  it('states as unknown what 0.1 did not have, once it is defined', () => {
    const defined = defineAdapter(of01());
    expect(defined).toMatchObject({ contract: 1, limits: unknownFacts });
    expect(defined.limits).toEqual({ ...acmeLimits, ...limitsOf01(), lists: unknownFacts.lists, idempotency: { ...acmeLimits.idempotency, value: { ...(acmeLimits.idempotency.value as object), ...unknownFacts.idempotency.value } } });
  });

  it('states as unknown what 0.1 did not have, in the limits of a client', () => {
    expect(createPayments({ adapter: of01() }).limits).toMatchObject(unknownFacts);
  });

  it('has nothing to state about keys where none are honoured', () => {
    const { idempotency } = keys({ honoured: 'no' });
    expect(defineAdapter(of01({ limits: { ...limitsOf01(), idempotency } })).limits).toMatchObject({ idempotency: { value: { honoured: 'no' } }, lists: unknownFacts.lists });
  });

  it('makes the same requests as an adapter of contract 1', async () => {
    const sent = async (adapter: AnyAdapter) => {
      const { payments, requests } = bench([answer(200, payment())], { adapter });
      await payments.paymentIntents.create({ amount: money(1000, 'EUR'), metadata: { a: 'b' } }, { reference: 'order-1' });
      return requests.map(({ method, url, headers, body }) => ({ method, url: String(url), headers: [...headers], body }));
    };
    expect(await sent(of01())).toEqual(await sent(whole));
    const explained = (adapter: AnyAdapter) => explain(adapter, 'paymentIntents.capture', {}, { target: 'pi_1', options: { reference: 'order-1' } });
    expect(await explained(of01())).toEqual(await explained(whole));
  });
});

describe('what a provider does with keys and lists', () => {
  it('is read in the limits of a client as the adapter states it', () => {
    expect(createPayments({ adapter: whole }).limits).toMatchObject({
      idempotency: { value: { stores: 'every_response', inFlight: 'refuses', repetition: 'replays' } },
      lists: { value: 'immediate', source: 'a fake provider', confidence: 'documented' },
    });
  });

  it('is overridden by a configuration', () => {
    const lists = { value: 'lags', source: 'a letter', confidence: 'documented' } as const;
    expect(createPayments({ adapter: whole, limits: { lists } }).limits).toEqual({ ...acmeLimits, lists });
  });

  it('is unknown in an override that does not state it, whatever the adapter states', () => {
    const value = { honoured: 'assumed', place: { header: 'Idempotency-Key' }, alphabet: '.+', maximumLength: 64, window: null } as const;
    const { limits } = createPayments({ adapter: whole, limits: { idempotency: { value, source: 'a letter', confidence: 'third_party' } } });
    expect(limits).toMatchObject({ idempotency: unknownFacts.idempotency });
  });

  it.each<readonly [string, object]>([
    ['limits.idempotency.stores', { idempotency: { ...acmeLimits.idempotency, value: { ...acmeLimits.idempotency.value, stores: 'everything' } } }],
    ['limits.idempotency.inFlight', { idempotency: { ...acmeLimits.idempotency, value: { ...acmeLimits.idempotency.value, inFlight: 'waits' } } }],
    ['limits.idempotency.repetition', { idempotency: { ...acmeLimits.idempotency, value: { ...acmeLimits.idempotency.value, repetition: null } } }],
    ['limits.lists', { lists: { ...acmeLimits.lists, value: 'soon' } }],
  ])('is refused in %s when an adapter states it in a word that is none', (field, change) => {
    const error = thrownBy(() => defineAdapter(adapterWith({ limits: { ...acmeLimits, ...change } })));
    expect(error.problems).toMatchObject([{ field, problem: 'is not a word of the contract', remedy: expect.stringContaining('unknown') }]);
  });
});
