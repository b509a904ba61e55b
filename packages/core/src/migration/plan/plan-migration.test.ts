import { describe, expect, it } from 'vitest';
import type { AnyAdapter, Limits } from '../../index.js';
import { acme, acmeLimits, keys, type AcmeOptions } from '../../testing/acme.js';
import { snapshot, thrownBy } from '../../testing/client.js';
import type { MigrationGap } from './gap.js';
import { usageOf } from './observed-usage.js';
import { planAsMarkdown } from './plan-as-markdown.js';
import { acceptProposals, planMigration, type MigrationPlan } from './plan-migration.js';
import type { MigrationUsage } from './usage.js';

const fact = <T>(value: T) => ({ value, source: 'the guide of the other one', confidence: 'documented' }) as const;

const everything = acme();
const other = ({ limits = {}, ...said }: Omit<AcmeOptions, 'limits'> & { readonly limits?: Partial<Limits> } = {}): AnyAdapter =>
  acme({ provider: 'other', ...said, limits: { ...acmeLimits, ...limits } });

/** A way of using payments of which all is known, and nothing special. */
const plain: MigrationUsage = { currencies: ['EUR'], captureMethods: ['automatic'], operations: ['paymentIntents.create'], fields: {}, events: [] };

const plan = (to: AnyAdapter, usage: MigrationUsage = {}, from: AnyAdapter = everything): MigrationPlan => planMigration({ from, to, usage: { ...plain, ...usage } });
const gap = ({ gaps }: MigrationPlan, id: string): MigrationGap | undefined => gaps.find((one) => one.id === id);
const heavy = ({ gaps }: MigrationPlan): readonly string[] => gaps.filter(({ severity }) => severity !== 'differs').map(({ id }) => id);

describe('a plan', () => {
  it('between two alike finds nothing but what no data carries', () => {
    const { gaps, proceed } = plan(other());
    expect(proceed).toBe(true);
    expect(gaps.filter(({ id }) => !id.startsWith('topics/'))).toEqual([]);
    expect(gaps.map(({ id }) => id)).toEqual(expect.arrayContaining(['topics/saved-cards', 'topics/off-session', 'topics/authorisations', 'topics/defaults']));
  });

  it.each<readonly [string, AnyAdapter, MigrationUsage, string]>([
    ['an operation that moves money', other({ without: ['refunds.create'] }), { operations: ['refunds.create'] }, 'operations/refunds.create'],
    ['a currency', other({ limits: { currencies: fact(['EUR']) } }), { currencies: ['JPY'] }, 'limits/currencies/JPY'],
    ['a capture method that nothing comes near', other({ limits: { captureMethods: fact(['automatic']) } }), { captureMethods: ['manual'] }, 'limits/captureMethods/manual'],
    ['a small amount', other({ limits: { amounts: fact({ every: { minimum: 100 } }) } }), { amounts: { EUR: { smallest: 99 } } }, 'limits/amounts/EUR/minimum'],
    ['a large amount', other({ limits: { amounts: fact({ every: { minimum: 50, maximum: 5000 } }) } }), { amounts: { EUR: { largest: 5001 } } }, 'limits/amounts/EUR/maximum'],
    ['connected accounts', other({ connectedAccountHeader: null }), { connectedAccounts: true }, 'connected-accounts'],
  ])('is blocked by %s that is in use and that the new provider lacks', (_, to, usage, id) => {
    expect(plan(to, usage)).toMatchObject({ proceed: false });
    expect(gap(plan(to, usage), id)).toMatchObject({ severity: 'blocks', evidence: { declared: true } });
  });

  it.each<readonly [string, AnyAdapter, MigrationUsage, string]>([
    ['a list', other({ without: ['paymentIntents.list'] }), { operations: ['paymentIntents.list'] }, 'operations/paymentIntents.list'],
    ['metadata', other({ limits: { metadata: fact(null) } }), { metadata: { keys: 1 } }, 'limits/metadata'],
    ['as much metadata, the reference counted', other({ limits: { metadata: fact({ ...acmeLimits.metadata.value!, maximumKeys: 3 }) } }), { metadata: { keys: 3 } }, 'limits/metadata/maximumKeys'],
    ['numbers in metadata', other({ limits: { metadata: fact({ ...acmeLimits.metadata.value!, valueTypes: ['string'] }) } }), { metadata: { valueTypes: ['integer'] } }, 'limits/metadata/valueTypes/integer'],
    ['a reason', other({ limits: { refundReasons: fact([]) } }), { refundReasons: ['duplicate'] }, 'limits/refundReasons/duplicate'],
    ['pages as large', other({ limits: { pageSize: fact(10) } }), { pageSize: 50 }, 'limits/pageSize'],
    ['an event', other({ webhooks: null }), { events: ['setup_intent.succeeded'] }, 'events/setup_intent.succeeded'],
    ['keys that are honoured', other({ limits: keys({ honoured: 'no' }) }), {}, 'limits/idempotency'],
    ['a status to cancel from', other({ legalFrom: { 'paymentIntents.cancel': fact(['requires_capture']) } }), { operations: ['paymentIntents.cancel'] }, 'legal-from/paymentIntents.cancel'],
  ])('goes on with less where %s is in use and the new provider lacks it', (_, to, usage, id) => {
    expect(plan(to, usage)).toMatchObject({ proceed: true });
    expect(gap(plan(to, usage), id)).toMatchObject({ severity: 'degrades' });
  });

  it('tells also what nobody uses, and lets it stop nothing', () => {
    const poor = other({ without: ['refunds.create', 'paymentIntents.capture'], limits: { captureMethods: fact(['automatic']), metadata: fact(null) }, webhooks: null });
    const { gaps, proceed } = plan(poor);
    expect(proceed).toBe(true);
    expect(gaps).toEqual(
      expect.arrayContaining(
        ['operations/refunds.create', 'operations/paymentIntents.capture', 'limits/captureMethods/manual', 'limits/metadata', 'events/setup_intent.succeeded'].map((id) =>
          expect.objectContaining({ id, severity: 'differs' }),
        ),
      ),
    );
  });

  it('is blocked without a common currency, whoever says what is in use', () => {
    const yen = other({ limits: { currencies: fact(['JPY']) } });
    const euro = acme({ limits: { ...acmeLimits, currencies: fact(['EUR', 'ISK']) } });
    expect(gap(plan(yen, { currencies: [] }, euro), 'limits/currencies')).toMatchObject({ severity: 'blocks', evidence: { from: { value: ['EUR', 'ISK'] }, to: { value: ['JPY'], source: 'the guide of the other one' } } });
  });

  it('is blocked between a live account and a test account', () => {
    expect(plan(other({ livemode: true })).gaps[0]).toMatchObject({ id: 'livemode', severity: 'blocks' });
  });

  it('never says go when nothing is known of the payments', () => {
    const { proceed, gaps } = planMigration({ from: everything, to: other(), usage: {} });
    expect(proceed).toBe(false);
    expect(gaps.map(({ id }) => id)).toEqual(expect.arrayContaining(['usage/payments', 'usage/operations', 'usage/events']));
  });

  it('compares amounts in minor units, however each provider counts', () => {
    const whole = other({ limits: { amounts: fact({ every: { minimum: 50, maximum: 1_000_000 }, byCurrency: { EUR: { wireExponent: 0, minimum: 1 }, ISK: { wireExponent: 2, multipleOf: 100 }, KWD: { multipleOf: 10 } } }) } });
    expect(gap(plan(whole, { amounts: { EUR: { smallest: 1050 } } }), 'limits/amounts/EUR/multipleOf')).toMatchObject({ severity: 'blocks', evidence: { to: { value: 100 } } });
    expect(gap(plan(whole, { amounts: { EUR: { smallest: 1000 } } }), 'limits/amounts/EUR/multipleOf')).toMatchObject({ severity: 'differs' });
    expect(gap(plan(whole), 'limits/amounts/ISK/multipleOf')).toBeUndefined();
  });

  it('tells how many payments show what is lost', async () => {
    const from = acme({ limits: { ...acmeLimits, captureMethods: fact(['automatic', 'automatic_async', 'manual']) } });
    const seen = [
      { captureMethod: 'automatic_async', customer: 'cus_1', amount: 60, lastPaymentError: null },
      { captureMethod: 'automatic_async', metadata: { order: '1', oneintent_reference: 'order-1' } },
      { captureMethod: 'automatic', currency: 'jpy' },
    ].map((said) => snapshot({ status: 'succeeded', ...said }));
    const observed = await usageOf(seen);
    const found = plan(other({ limits: { metadata: fact(null), currencies: fact(['EUR']), amounts: fact({ every: { minimum: 61 } }) } }), { observed }, from);
    const counts = ['limits/captureMethods/automatic_async', 'limits/metadata', 'limits/metadata/reference', 'limits/currencies/JPY', 'limits/amounts/EUR/minimum'].map((id) => [id, gap(found, id)?.evidence.observed, gap(found, id)?.severity]);
    expect(counts).toEqual([
      ['limits/captureMethods/automatic_async', 2, 'degrades'],
      ['limits/metadata', 1, 'degrades'],
      ['limits/metadata/reference', 1, 'degrades'],
      ['limits/currencies/JPY', 1, 'blocks'],
      ['limits/amounts/EUR/minimum', 1, 'blocks'],
    ]);
    expect(gap(found, 'limits/captureMethods/automatic_async')?.evidence.declared).toBe(false);
  });

  it('counts 0 where payments were looked at and none shows it, and nothing where none were', async () => {
    const to = other({ limits: { metadata: fact(null) } });
    expect(gap(plan(to, { observed: await usageOf([snapshot()]) }), 'limits/metadata')?.evidence.observed).toBe(0);
    expect(gap(plan(to), 'limits/metadata')?.evidence.observed).toBeNull();
  });

  it('is blocked by an example that breaks a rule across fields, and takes its fields for used', () => {
    const strict = other({ without: ['refunds.create'], check: (_, input) => ('paymentMethod' in input && !('customer' in input) ? [{ field: 'customer', problem: 'is missing', remedy: 'Give it.' }] : []) });
    const example = (fields: object) => [{ operation: 'paymentIntents.create' as const, input: { amount: { minorUnits: 100, currency: 'EUR' }, ...fields } }];
    const id = 'rules/paymentIntents.create.customer';
    expect(gap(plan(strict, { examples: example({ paymentMethod: 'pm_1' }) }), id)).toMatchObject({ severity: 'blocks', remedy: 'Give it.' });
    expect(gap(plan(strict, { examples: example({ paymentMethod: 'pm_1', customer: 'cus_1' }) }), id)).toBeUndefined();
    expect(gap(plan(strict, { examples: example({ paymentMethod: 'pm_1' }) }, strict), id)).toBeUndefined();
  });

  it('is plain JSON', () => {
    const found = plan(other({ without: ['refunds.create'], limits: { metadata: fact(null) }, webhooks: null }), { events: ['payment_intent.canceled'] });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it.each<readonly [string, object]>([
    ['usage.operations.0', { operations: ['paymentIntents.craete'] }],
    ['usage.fields.paymentIntents.create.colour', { fields: { 'paymentIntents.create': ['colour'] } }],
    ['usage.currencies.0', { currencies: ['jpy'] }],
    ['usage.observed.failures', { observed: { payments: 1, currencies: {}, captureMethods: {}, statuses: {}, cancellationReasons: {}, fields: {}, futureUsages: {}, metadata: { payments: 0, mostKeys: 0, longestKey: 0, longestValue: 0, valueTypes: {} }, references: 0, clientSecrets: 0 } }],
    ['usage.amounts.JPY.smallest', { amounts: { JPY: { smallest: 10.5 } } }],
    ['usage', { currency: ['JPY'] }],
    ['usage.examples.0.input.colour', { examples: [{ operation: 'paymentIntents.create', input: { amount: { minorUnits: 1, currency: 'EUR' }, colour: 'green' } }] }],
  ])('refuses a usage in which %s is misspelt, which would look unused', (field, usage) => {
    const error = thrownBy(() => plan(other(), usage as MigrationUsage));
    expect(error).toMatchObject({ code: 'configuration', problems: [{ field }] });
  });

  it('as Markdown has every gap, with what it rests on', () => {
    const found = plan(other({ without: ['refunds.create'], limits: { captureMethods: fact(['automatic']), ...keys({ alphabet: 'a|b' }) } }), { captureMethods: ['manual'] });
    const text = planAsMarkdown(found);
    expect(found.gaps.filter(({ id }) => !text.includes(`| \`${id}\` |`))).toEqual([]);
    expect(text).toContain('**Blocked**: 1 blocks');
    expect(text).toContain('the guide of the other one; documented');
    const widths = text.split('\n').filter((line) => line.startsWith('|')).map((line) => line.replaceAll(/\\\||\\\\/g, '').split('|').length);
    expect([...new Set(widths)]).toEqual([7]);
  });
});

describe('a proposal', () => {
  const from = acme({ limits: { ...acmeLimits, captureMethods: fact(['automatic', 'automatic_async']) } });
  const found = plan(other({ limits: { captureMethods: fact(['automatic']) } }), { captureMethods: ['automatic_async'] }, from);
  const id = 'limits/captureMethods/automatic_async';

  it('is made where money is taken at another moment only, and stops nothing', () => {
    expect(heavy(found)).toEqual([id]);
    expect(gap(found, id)?.proposal).toEqual({ captureMethod: { automatic_async: 'automatic' } });
  });

  it('applies only when it is accepted', () => {
    expect(acceptProposals(found, [])).toEqual({});
    expect(acceptProposals(found, [id])).toEqual({ captureMethod: { automatic_async: 'automatic' } });
  });

  it('is never made of manual capture, which would take money that nobody captured', () => {
    const manual = plan(other({ limits: { captureMethods: fact(['automatic', 'automatic_async']) } }), { captureMethods: ['manual'] });
    expect(gap(manual, 'limits/captureMethods/manual')).toMatchObject({ severity: 'blocks' });
    expect(gap(manual, 'limits/captureMethods/manual')).not.toHaveProperty('proposal');
  });

  it.each(['topics/saved-cards', 'limits/captureMethods/nothing'])('that the plan does not make is not accepted: %s', (wrong) => {
    expect(thrownBy(() => acceptProposals(found, [id, wrong]))).toMatchObject({ code: 'invalid_request', message: expect.stringContaining(id) });
  });
});

describe('what payments show', () => {
  it('is counted from a list that comes page by page, and holds nothing that a payer gave', async () => {
    const seen = async function* () {
      yield snapshot({ status: 'canceled', cancellationReason: 'duplicate', amount: 150, customer: 'cus_secret', description: 'a present' });
      yield snapshot({ status: 'requires_payment_method', amount: 100, clientSecret: 'secret_1', setupFutureUsage: 'off_session', metadata: { colour: 'green', count: 3 } });
    };
    const counted = await usageOf(seen());
    expect(counted).toMatchObject({
      payments: 2,
      currencies: { EUR: { payments: 2, smallest: 100, largest: 150, multipleOf: 50 } },
      statuses: { canceled: 1, requires_payment_method: 1 },
      cancellationReasons: { duplicate: 1 },
      fields: { customer: 1, description: 1, metadata: 1, receiptEmail: 0 },
      futureUsages: { off_session: 1 },
      metadata: { payments: 1, mostKeys: 2, longestKey: 6, longestValue: 5, valueTypes: { string: 1, integer: 1 } },
      clientSecrets: 1,
    });
    expect(JSON.stringify(counted)).not.toMatch(/secret_1|cus_secret|present|green|colour/);
  });

  it('may be named like a member of every object', async () => {
    const observed = await usageOf([snapshot({ currency: 'constructor' })]);
    expect(gap(plan(other(), { observed }), 'limits/currencies/CONSTRUCTOR')).toMatchObject({ severity: 'blocks', evidence: { observed: 1 } });
  });
});
