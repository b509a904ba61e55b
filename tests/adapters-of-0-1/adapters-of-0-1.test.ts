import { createPayments, money, supports, type AnyAdapter } from '@oneintent/core';
import { countResults, runConformance, type ConformanceResult } from '@oneintent/core/conformance';
import { createSandbox, type Dialect } from '@oneintent/sandbox';
import { afterAll, describe, expect, it } from 'vitest';
import { packages, unpack } from './unpack.ts';

const unpacked = unpack();
afterAll(unpacked.remove);

const apiKey = 'sk_test_sandbox';

/** What an adapter's package of 0.1 exports makes; that it is an adapter is what this file tests. */
const madeBy = (exported: unknown, ...options: readonly unknown[]): AnyAdapter => {
  if (typeof exported !== 'function') throw new Error('The package does not export the function that makes its adapter.');
  return exported(...options) as AnyAdapter;
};

const [generic, payjp, paypercut] = [await unpacked.load('generic'), await unpacked.load('payjp'), await unpacked.load('paypercut')];

/** The four wire shapes of 0.1, each with the dialect of the sandbox that answers it. */
const shapes: readonly { readonly name: string; readonly adapter: AnyAdapter; readonly dialect: Dialect }[] = [
  { name: 'payjp payment_flows', adapter: madeBy(payjp['payjp'], { apiKey }), dialect: 'payjp_payment_flows' },
  { name: 'payjp payment_intents', adapter: madeBy(payjp['payjp'], { apiKey, dialect: 'payment_intents' }), dialect: 'payjp_payment_intents' },
  { name: 'paypercut', adapter: madeBy(paypercut['paypercut'], { apiKey }), dialect: 'paypercut' },
  { name: 'generic stripe', adapter: madeBy(generic['generic'], generic['stripe'], { apiKey }), dialect: 'stripe' },
];

/** Where there is no CI, of the faults only the lost response: they take most of the time, and each goes through the same lines of an adapter. */
const only = process.env['CI'] === undefined ? /^(?!faults\/(?!.*\/reset-after$))/ : /^/;

it.each(packages)('adapter-%s is the package of 0.1.0', (name) => {
  expect(unpacked.manifestOf(name)).toMatchObject({ name: `@oneintent/adapter-${name}`, version: '0.1.0' });
});

describe.each(shapes)('the adapter of 0.1 for $name', ({ name, adapter, dialect }) => {
  const open = () => createSandbox({ dialect });

  it('passes every check of the suite', { timeout: 60_000 }, async () => {
    const results: ConformanceResult[] = [];
    for await (const result of runConformance({ name, adapter, open }, { only })) results.push(result);
    expect(results.filter(({ result }) => result !== 'proven').map(({ id, result, detail }) => `${id} ${result}: ${detail}`)).toEqual([]);
    expect(countResults(results).proven).toBeGreaterThan(300);
  });

  it('states as unknown what 0.1 did not have', () => {
    const { lists, idempotency } = createPayments({ adapter }).limits;
    expect(lists.value).toBe('unknown');
    expect(idempotency.value).toMatchObject(idempotency.value.honoured === 'no' ? { honoured: 'no' } : { stores: 'unknown', inFlight: 'unknown', repetition: 'unknown' });
  });

  it('charges a payment and refunds a part of it', async () => {
    const { fetch, origin, currency, customer, paymentMethods } = open();
    const payments = createPayments({ adapter, fetch, baseUrl: origin });
    if (!supports(payments, 'paymentIntents.create') || !supports(payments, 'refunds.create')) throw new Error('The adapter lacks what every adapter of 0.1 has.');
    const paid = await payments.paymentIntents.create({ amount: money(2000, currency), customer, paymentMethod: paymentMethods.succeeds, confirm: true }, { reference: 'order-1' });
    expect(paid).toMatchObject({ status: 'succeeded', amount: { minorUnits: 2000, currency } });
    expect(await payments.refunds.create(paid, { amount: money(500, currency) }, { reference: 'order-1' })).toMatchObject({ amount: { minorUnits: 500, currency } });
  });
});
