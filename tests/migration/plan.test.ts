import { createPayments, explain, isOperationName, PaymentError, supports, type AnyAdapter, type InputOf } from '@oneintent/core';
import { acceptProposals, planAsMarkdown, planMigration, usageOf, type MigrationGap, type MigrationPlan, type MigrationUsage } from '@oneintent/core/migration';
import { createSandbox } from '@oneintent/sandbox';
import { describe, expect, it } from 'vitest';
import { configurations } from '../conformance/configurations.ts';
import { configurationNamed } from './sides.ts';

const pairs = configurations.flatMap((from) => configurations.map((to) => ({ from, to, name: `${from.name} to ${to.name}` })));

/** A shop of which all is known, and that does little. */
const plain: MigrationUsage = { captureMethods: ['automatic'], operations: ['paymentIntents.create', 'paymentIntents.retrieve'], fields: {}, events: [] };

const between = (from: string, to: string, usage: MigrationUsage): MigrationPlan =>
  planMigration({ from: configurationNamed(from).adapter, to: configurationNamed(to).adapter, usage: { ...plain, ...usage } });

const severityOf = ({ gaps }: MigrationPlan, id: string): MigrationGap['severity'] | undefined => gaps.find((gap) => gap.id === id)?.severity;
const severities = (plan: MigrationPlan, ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, severityOf(plan, id)]));

type Create = InputOf<'paymentIntents.create'>;

const base: Create = { amount: { minorUnits: 1000, currency: 'JPY' } };
const euro = { minorUnits: 1000, currency: 'EUR' };

/** Ways of paying, each as an input and as a team would declare it. */
const ways: readonly (readonly [name: string, input: Create, usage: MigrationUsage])[] = [
  ['nothing special', base, {}],
  ['euro', { amount: euro }, { currencies: ['EUR'] }],
  ['automatic_async', { ...base, captureMethod: 'automatic_async' }, { captureMethods: ['automatic_async'] }],
  ['manual', { ...base, captureMethod: 'manual' }, { captureMethods: ['manual'] }],
  ['metadata', { ...base, metadata: { order: '42' } }, { metadata: { keys: 1, valueTypes: ['string'] } }],
  ['numbers in metadata', { ...base, metadata: { order: 42 } }, { metadata: { keys: 1, valueTypes: ['integer'] } }],
  ['much metadata', { ...base, metadata: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`key${index}`, '1'])) }, { metadata: { keys: 30 } }],
  ['a long key', { ...base, metadata: { ['k'.repeat(60)]: '1' } }, { metadata: { keyLength: 60 } }],
  ['10 yen', { amount: { minorUnits: 10, currency: 'JPY' } }, { amounts: { JPY: { smallest: 10 } } }],
  ['50 million yen', { amount: { minorUnits: 50_000_000, currency: 'JPY' } }, { amounts: { JPY: { largest: 50_000_000 } } }],
  ['25 cents', { amount: { minorUnits: 25, currency: 'USD' } }, { amounts: { USD: { smallest: 25 } } }],
  ['a description', { ...base, description: 'a book' }, { fields: { 'paymentIntents.create': ['description'] } }],
  ['a return address', { ...base, confirm: true, paymentMethod: 'pm_1', returnUrl: 'https://shop.example/back' }, { fields: { 'paymentIntents.create': ['confirm', 'paymentMethod', 'returnUrl'] } }],
  ['a receipt', { ...base, receiptEmail: 'payer@shop.example' }, { fields: { 'paymentIntents.create': ['receiptEmail'] } }],
  ['a statement', { ...base, statementDescriptor: 'SHOP' }, { fields: { 'paymentIntents.create': ['statementDescriptor'] } }],
  ['types', { ...base, paymentMethodTypes: ['card'] }, { fields: { 'paymentIntents.create': ['paymentMethodTypes'] } }],
  ['3-D Secure', { ...base, threeDSecure: 'any' }, { fields: { 'paymentIntents.create': ['threeDSecure'] } }],
  ['saving', { ...base, customer: 'cus_1', setupFutureUsage: 'off_session' }, { savedCards: true, fields: { 'paymentIntents.create': ['customer', 'setupFutureUsage'] } }],
  ['without the customer', { ...base, confirm: true, customer: 'cus_1', paymentMethod: 'pm_1', offSession: 'recurring' }, { offSession: true, fields: { 'paymentIntents.create': ['confirm', 'customer', 'paymentMethod'] } }],
];

/** The fields that a provider refuses, nothing sent. */
const refused = async (adapter: AnyAdapter, input: Create): Promise<readonly string[]> => {
  try {
    await explain(adapter, 'paymentIntents.create', input);
    return [];
  } catch (error) {
    if (PaymentError.is(error)) return error.problems.map(({ field, problem }) => `${field} ${problem}`);
    throw error;
  }
};

describe.each(pairs)('the plan from $name', ({ from, to }) => {
  it.each(ways)('warns of paying with %s exactly where the new provider refuses what the old one takes', async (_, input, usage) => {
    // In euro where the old provider does not take yen, so that the way itself is what is refused.
    const inEuro = { ...input, amount: input.amount === base.amount && (await refused(from.adapter, base)).length > 0 ? euro : input.amount };
    const [before, after] = [await refused(from.adapter, inEuro), await refused(to.adapter, inEuro)];
    const plan = planMigration({ from: from.adapter, to: to.adapter, usage: { ...plain, currencies: [inEuro.amount.currency], ...usage, examples: [{ operation: 'paymentIntents.create', input: inEuro }] } });
    const warned = plan.gaps.filter(({ severity, id }) => severity !== 'differs' && !/^(topics|usage)\/|^limits\/idempotency/.test(id)).map(({ id }) => id);
    expect({ lost: before.length === 0 && after.length > 0, before, after, warned }).toEqual({ lost: before.length === 0 && warned.length > 0, before, after, warned });
  });

  it('tells what no data carries, and loses no gap in JSON or in Markdown', () => {
    const plan = planMigration({ from: from.adapter, to: to.adapter, usage: {} });
    const ids = plan.gaps.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['topics/saved-cards', 'topics/off-session', 'topics/authorisations', 'topics/client-secret', 'topics/defaults']));
    expect([...new Set(ids)]).toEqual(ids);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(ids.filter((id) => !planAsMarkdown(plan).includes(`| \`${id}\` |`))).toEqual([]);
  });

  it('names every operation and event that the new provider lacks, in use or not', () => {
    const { gaps } = planMigration({ from: from.adapter, to: to.adapter, usage: plain });
    const lost = Object.keys(from.adapter.operations).filter((name) => isOperationName(name) && to.adapter.operations[name] === undefined);
    const sent = (adapter: AnyAdapter): readonly string[] => (adapter.webhooks?.sends.value ?? []).map(({ type }) => type);
    const silent = [...new Set(sent(from.adapter))].filter((type) => !sent(to.adapter).includes(type));
    const told = (prefix: string) => gaps.filter(({ id, what }) => id.startsWith(prefix) && /^The new provider (does not have this operation|sends no)/.test(what)).map(({ subject }) => subject);
    expect([...told('operations/')].toSorted()).toEqual(lost.toSorted());
    expect([...told('events/')].toSorted()).toEqual(silent.toSorted());
  });
});

describe.each(['payjp payment_intents', 'payjp payment_flows'])('from %s to paypercut', (from) => {
  it('is blocked: no currency is common to both', () => {
    const plan = between(from, 'paypercut', { currencies: ['JPY'] });
    expect(plan.proceed).toBe(false);
    expect(plan.gaps.find(({ id }) => id === 'limits/currencies')).toMatchObject({ severity: 'blocks', evidence: { from: { value: ['JPY'] }, to: { source: expect.stringContaining('paypercut.io') } } });
  });

  it('updates, lists and metadata are lost, and a browser has another library', () => {
    const usage: MigrationUsage = {
      currencies: ['JPY'],
      operations: ['paymentIntents.create', 'paymentIntents.update', 'paymentIntents.list'],
      fields: { 'paymentIntents.create': ['metadata', 'description'] },
      clientSecret: true,
      savedCards: true,
    };
    const ids = ['operations/paymentIntents.update', 'operations/paymentIntents.list', 'limits/metadata', 'fields/paymentIntents.create.metadata', 'fields/paymentIntents.create.description', 'topics/client-secret', 'topics/saved-cards'];
    expect(severities(between(from, 'paypercut', usage), ids)).toEqual(Object.fromEntries(ids.map((id) => [id, 'degrades'])));
  });

  it('a failure has to be polled for, as no event tells it', () => {
    const plan = between(from, 'paypercut', { currencies: ['JPY'], events: ['payment_intent.payment_failed', 'payment_intent.succeeded'] });
    expect(plan.gaps.find(({ id }) => id === 'events/payment_intent.payment_failed')).toMatchObject({ severity: 'degrades', remedy: expect.stringContaining('Poll') });
    expect(severityOf(plan, 'events/payment_intent.succeeded')).toBeUndefined();
    expect(severityOf(plan, 'events/payment_intent.canceled')).toBe('differs');
  });
});

describe('from payjp payment_intents', () => {
  it.each(['paypercut', 'payjp payment_flows'])('to %s automatic_async is gone, and another word for it is proposed', (to) => {
    const id = 'limits/captureMethods/automatic_async';
    const plan = between('payjp payment_intents', to, { currencies: ['JPY'], captureMethods: ['automatic_async'] });
    expect(severityOf(plan, id)).toBe('degrades');
    expect(acceptProposals(plan, [id])).toEqual({ captureMethod: { automatic_async: 'automatic' } });
  });

  it('to payment_flows it goes on, and what has changed is told', () => {
    const plan = between('payjp payment_intents', 'payjp payment_flows', {
      currencies: ['JPY'],
      captureMethods: ['automatic', 'manual'],
      operations: ['paymentIntents.create', 'paymentIntents.cancel', 'setupIntents.confirm'],
      fields: { 'paymentIntents.create': ['receiptEmail'] },
      metadata: { keys: 20 },
    });
    expect(plan.proceed).toBe(true);
    expect(severities(plan, ['fields/paymentIntents.create.receiptEmail', 'operations/setupIntents.confirm', 'limits/metadata/maximumKeys', 'limits/idempotency', 'limits/cancellationReasons/certainty', 'limits/captureMinimum', 'events/subscription'])).toEqual({
      'fields/paymentIntents.create.receiptEmail': 'degrades',
      'operations/setupIntents.confirm': 'degrades',
      'limits/metadata/maximumKeys': 'degrades',
      'limits/idempotency': 'differs',
      'limits/cancellationReasons/certainty': 'differs',
      'limits/captureMinimum': 'differs',
      'events/subscription': 'differs',
    });
    expect(plan.gaps.find(({ id }) => id === 'limits/idempotency')?.what).toContain('more surely');
  });

  it('back to it from payment_flows keys are trusted no longer', () => {
    expect(severityOf(between('payjp payment_flows', 'payjp payment_intents', { currencies: ['JPY'] }), 'limits/idempotency')).toBe('degrades');
  });
});

describe('payments of the old provider', () => {
  it('are listed, counted, and speak for what would be lost', async () => {
    const { adapter, dialect } = configurationNamed('payjp payment_intents');
    const sandbox = createSandbox({ dialect });
    const payments = createPayments({ adapter, account: 'old', baseUrl: sandbox.origin, fetch: sandbox.fetch });
    if (!supports(payments, 'paymentIntents.create') || !supports(payments, 'paymentIntents.list')) throw new Error('PAY.JP creates and lists.');
    await payments.paymentIntents.create({ ...base, captureMethod: 'automatic_async', metadata: { order: '1' } }, { reference: 'order-1' });
    await payments.paymentIntents.create({ ...base, captureMethod: 'automatic_async' });
    await payments.paymentIntents.create(base);
    const observed = await usageOf(payments.paymentIntents.iterate());
    const { gaps, proceed } = planMigration({ from: adapter, to: configurationNamed('paypercut').adapter, usage: { observed } });
    const ids = ['limits/currencies', 'limits/currencies/JPY', 'limits/captureMethods/automatic_async', 'limits/metadata', 'limits/metadata/reference'];
    expect(proceed).toBe(false);
    expect(ids.map((id) => [id, gaps.find((gap) => gap.id === id)?.evidence.observed])).toEqual([[ids[0], 3], [ids[1], 3], [ids[2], 2], [ids[3], 1], [ids[4], 1]]);
  });
});
