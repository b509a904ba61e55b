import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import { money, type CallOptions, type Payments, type OperationName } from '../index.js';
import { acme, keys } from '../testing/acme.js';
import { bench, errorOf, payment, snapshot } from '../testing/client.js';
import { answer } from '../testing/scripted-fetch.js';

type Call = (payments: Payments<OperationName>) => Promise<unknown>;
const amount = money(1000, 'EUR');
/** JavaScript can pass anything. */
const wrong = (value: unknown) => value as never;
const creating = (input: object, options?: object): Call => ({ paymentIntents }) => paymentIntents.create(wrong({ amount, ...input }), wrong(options));
const capturing = (target: unknown, input?: unknown, options?: unknown): Call => ({ paymentIntents }) => paymentIntents.capture(wrong(target), wrong(input), wrong(options));

/** Each with the code and the field that the error names. */
const refusals: readonly (readonly [string, Call, string, string])[] = [
  ['no input', ({ paymentIntents }) => paymentIntents.create(wrong(undefined)), 'invalid_request', 'amount'],
  ['null as input', ({ paymentIntents }) => paymentIntents.create(wrong(null)), 'invalid_request', 'input'],
  ['a list as input', ({ paymentIntents }) => paymentIntents.create(wrong([])), 'invalid_request', 'input'],
  ['text as input', capturing('pi_1', 'hunted'), 'invalid_request', 'input'],
  ['a number as amount', creating({ amount: 1000 }), 'invalid_request', 'amount'],
  ['an amount of nothing', creating({ amount: money(0, 'EUR') }), 'invalid_request', 'amount.minorUnits'],
  ['a fraction', creating({ amount: { minorUnits: 10.5, currency: 'EUR' } }), 'invalid_request', 'amount.minorUnits'],
  ['a currency in lower case', creating({ amount: { minorUnits: 1000, currency: 'eur' } }), 'invalid_request', 'amount.currency'],
  ['a member too many in an amount', creating({ amount: { ...amount, novel: 'hunted' } }), 'invalid_request', 'amount'],
  ['a misspelt field', creating({ ammount: 'hunted' }), 'invalid_request', 'ammount'],
  ['an inherited name as a field', creating({ toString: 'hunted' }), 'invalid_request', 'toString'],
  ['a field that the provider lacks', creating({ receiptEmail: 'hunted@example.com' }), 'unsupported', 'receiptEmail'],
  ['a field of another operation', capturing('pi_1', { reason: 'duplicate' }), 'invalid_request', 'reason'],
  ['an empty text', creating({ customer: '' }), 'invalid_request', 'customer'],
  ['a word that does not exist', creating({ captureMethod: 'hunted' }), 'invalid_request', 'captureMethod'],
  ['a word that the provider lacks', creating({ captureMethod: 'automatic_async' }), 'unsupported', 'captureMethod'],
  ['a reason that the provider lacks', ({ paymentIntents }) => paymentIntents.cancel('pi_1', { reason: 'fraudulent' }), 'unsupported', 'reason'],
  ['text for true', creating({ confirm: 'true' }), 'invalid_request', 'confirm'],
  ['a currency that the provider lacks', creating({ amount: money(1000, 'USD') }), 'unsupported', 'amount.currency'],
  ['less than the minimum', creating({ amount: money(49, 'EUR') }), 'invalid_request', 'amount'],
  ['more than the maximum', creating({ amount: money(1_000_001, 'EUR') }), 'invalid_request', 'amount'],
  ['not a multiple', creating({ amount: money(1001, 'KWD') }), 'invalid_request', 'amount'],
  ['nested metadata', creating({ metadata: { a: { b: 'hunted' } } }), 'invalid_request', 'metadata.a'],
  ['a list as metadata', creating({ metadata: ['hunted'] }), 'invalid_request', 'metadata'],
  ['nested metadata under a hostile key', creating({ metadata: JSON.parse('{"__proto__":{"a":"hunted"}}') }), 'invalid_request', 'metadata.__proto__'],
  ['a kind of metadata that the provider does not keep', creating({ metadata: { a: true } }), 'unsupported', 'metadata.a'],
  ['too many keys', creating({ metadata: { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 } }), 'invalid_request', 'metadata'],
  ['too many keys together with the reference', creating({ metadata: { a: 1, b: 1, c: 1, d: 1, e: 1 } }, { reference: 'order-1' }), 'invalid_request', 'metadata'],
  ['a long key', creating({ metadata: { ['k'.repeat(21)]: 'a' } }), 'invalid_request', `metadata.${'k'.repeat(21)}`],
  ['a long value', creating({ metadata: { a: 'hunted'.repeat(9) } }), 'invalid_request', 'metadata.a'],
  ['an empty value, which deletes', creating({ metadata: { a: '' } }), 'invalid_request', 'metadata.a'],
  ['a key that is ours', creating({ metadata: { oneintent_reference: 'hunted' } }), 'invalid_request', 'metadata.oneintent_reference'],
  ['null in the metadata of a creation', creating({ metadata: { a: null } }), 'invalid_request', 'metadata.a'],
  ['a reference longer than the provider keeps', creating({}, { reference: 'r'.repeat(51) }), 'invalid_request', 'reference'],
  ['options in the place of the input', capturing('pi_1', { reference: 'hunted' }), 'invalid_request', 'reference'],
  ['the input in the place of the options', capturing('pi_1', undefined, { amount }), 'invalid_request', 'amount'],
  ['a misspelt option', creating({}, { refrence: 'hunted' }), 'invalid_request', 'refrence'],
  ['text as options', capturing('pi_1', {}, 'order-1'), 'invalid_request', '0'],
  ['an empty reference', creating({}, { reference: ' ' }), 'invalid_request', 'reference'],
  ['a control character in a reference', creating({}, { reference: 'a\nb' }), 'invalid_request', 'reference'],
  ['half a character in a reference', creating({}, { reference: 'a\ud800' }), 'invalid_request', 'reference'],
  ['a number as reference', creating({}, { reference: 42 }), 'invalid_request', 'reference'],
  ['an attempt at nothing', creating({}, { attempt: 2 }), 'invalid_request', 'attempt'],
  ['attempt 0', creating({}, { reference: 'a', attempt: 0 }), 'invalid_request', 'attempt'],
  ['two names for one movement', creating({}, { reference: 'a', idempotencyKey: 'b' }), 'invalid_request', 'idempotencyKey'],
  ['a key in another alphabet', creating({}, { idempotencyKey: 'hunted key' }), 'invalid_request', 'idempotencyKey'],
  ['a key that is too long', creating({}, { idempotencyKey: 'k'.repeat(65) }), 'invalid_request', 'idempotencyKey'],
  ['a signal that is none', creating({}, { signal: {} }), 'invalid_request', 'signal'],
  ['a deadline of nothing', creating({}, { deadline: 0 }), 'invalid_request', 'deadline'],
  ['a deadline without end', creating({}, { deadline: Number.POSITIVE_INFINITY }), 'invalid_request', 'deadline'],
  ['a connected account that would split a header', creating({}, { connectedAccount: 'a\r\nb' }), 'invalid_request', 'connectedAccount'],
  ['no target', capturing(undefined), 'invalid_request', 'target'],
  ['null as target', capturing(null), 'invalid_request', 'target'],
  ['an empty target', capturing(''), 'invalid_request', 'target'],
  ['a number as target', capturing(42), 'invalid_request', 'target'],
  ['an empty id', capturing({ id: '' }), 'invalid_request', 'target'],
  ['a path in place of an id', capturing('..'), 'invalid_request', 'target'],
  ['a path in place of an id in an object', capturing({ id: '.' }), 'invalid_request', 'target'],
  ['a path behind the account', capturing('acme:..'), 'invalid_request', 'target'],
  ['a control character in an id', capturing('pi\u0000'), 'invalid_request', 'target'],
  ['half a character in an id', capturing('pi_\ud800'), 'invalid_request', 'target'],
  ['the ref of another account', capturing('shop-eu:pi_1'), 'invalid_request', 'target'],
  ['the snapshot of another account', capturing(snapshot({ status: 'requires_capture' }, 'shop-eu')), 'invalid_request', 'target'],
  ['a part of a snapshot of another account', capturing({ id: 'pi_1', ref: 'shop-eu:pi_1' }), 'invalid_request', 'target'],
  ['a capture of what has succeeded', capturing(snapshot({ status: 'succeeded' })), 'invalid_request', 'target'],
  ['a confirmation of what has succeeded', ({ paymentIntents }) => paymentIntents.confirm(snapshot({ status: 'succeeded' })), 'invalid_request', 'target'],
  ['a capture in another currency', capturing(snapshot({ status: 'requires_capture' }), { amount: money(1000, 'JPY') }), 'invalid_request', 'amount.currency'],
  ['a cursor of nothing', ({ paymentIntents }) => paymentIntents.list({ cursor: '' }), 'invalid_request', 'cursor'],
  ['a page of nothing', ({ paymentIntents }) => paymentIntents.list({ limit: 0 }), 'invalid_request', 'limit'],
  ['a page too large', ({ paymentIntents }) => paymentIntents.list({ limit: 101 }), 'invalid_request', 'limit'],
  ['a filter that the provider lacks', ({ paymentIntents }) => paymentIntents.list({ createdFrom: '2026-04-10T05:00:00Z' }), 'unsupported', 'createdFrom'],
  ['a page of an iteration too large', async ({ paymentIntents }) => { for await (const _ of paymentIntents.iterate({ limit: 101 })); }, 'invalid_request', 'limit'],
]; // prettier-ignore

describe('before anything is sent', () => {
  it.each(refusals)('%s is refused, and the error names field, problem and remedy, but no value', async (_what, call, code, field) => {
    const { payments, requests, events } = bench();
    const error = await errorOf(call(payments));
    expect(error).toMatchObject({ code, outcome: 'not_sent', retry: 'never' });
    const found = error.problems.find((problem) => problem.field === field);
    expect(found).toEqual({ field, problem: expect.stringMatching(/\S/), remedy: expect.stringMatching(/\S/) });
    expect(error.message).toContain(`${field} ${found?.problem}. ${found?.remedy}`);
    expect(JSON.stringify(error)).not.toContain('hunted');
    expect([requests.length, events.length]).toEqual([0, 0]);
  });

  it('all problems are told at once', async () => {
    const { payments } = bench();
    const error = await errorOf(payments.paymentIntents.create(wrong({ amount: 7, customer: '', novel: 1 })));
    expect(error.problems.map(({ field }) => field)).toEqual(['amount', 'customer', 'novel']);
  });

  it('the adapter’s own rules are asked, and said whether the provider lacks it or the input is wrong', async () => {
    const asking = (unsupported: boolean) =>
      bench([], { adapter: acme({ check: () => [{ field: 'paymentMethod', problem: 'needs its customer', remedy: 'Give it.', ...(unsupported && { unsupported: true }) }] }) });
    expect(await errorOf(asking(false).payments.paymentIntents.create({ amount }))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'paymentMethod' }] });
    expect(await errorOf(asking(true).payments.paymentIntents.create({ amount }))).toMatchObject({ code: 'unsupported', problems: [{ field: 'paymentMethod' }] });
  });

  it('a provider may be stricter about statuses than the shared lifecycle', async () => {
    const adapter = acme({ legalFrom: { 'paymentIntents.cancel': { value: ['requires_capture'], source: 'a test', confidence: 'documented' } } });
    const cancel = (status: string) => bench([answer(200, payment({ status: 'canceled' }))], { adapter }).payments.paymentIntents.cancel(snapshot({ status }));
    expect((await errorOf(cancel('succeeded'))).problems[0]?.remedy).toContain('requires_capture');
    expect((await cancel('requires_capture')).status).toBe('canceled');
  });

  it('what the provider lacks altogether is refused: a connected account, and a key that it would ignore', async () => {
    const adapter = acme({ connectedAccountHeader: null, limits: { ...acme().limits, ...keys({ honoured: 'no' }) } });
    const { payments, requests } = bench([], { adapter });
    expect(await errorOf(payments.paymentIntents.create({ amount }, { connectedAccount: 'acct_1' }))).toMatchObject({ code: 'unsupported', problems: [{ field: 'connectedAccount' }] });
    expect((await errorOf(payments.paymentIntents.create({ amount }, { idempotencyKey: 'k' }))).problems[0]?.field).toBe('idempotencyKey');
    expect(requests).toHaveLength(0);
  });

  it('a metadata key that a form cannot say is refused', async () => {
    const { payments, requests } = bench([answer(200, payment())], { adapter: acme({ encoding: 'form' }) });
    expect(await errorOf(payments.paymentIntents.create({ amount, metadata: { 'a][b': 'x' } }))).toMatchObject({ problems: [{ field: 'metadata.a][b' }] });
    expect(requests).toHaveLength(0);
  });

  it.each(['customer', 'description'])('half a character in %s is refused', async (field) => {
    const { payments, requests } = bench([], { adapter: acme({ encoding: 'form' }) });
    expect(await errorOf(payments.paymentIntents.create(wrong({ amount, [field]: 'a\ud800' })))).toMatchObject({ code: 'invalid_request', problems: [{ field }] });
    expect(await errorOf(payments.paymentIntents.create({ amount, metadata: { a: 'b\udc00' } }))).toMatchObject({ problems: [{ field: 'metadata.a' }] });
    expect(requests).toHaveLength(0);
  });
});

describe('what is right is sent', () => {
  it.each<readonly [string, unknown]>([
    ['a snapshot', snapshot({ status: 'requires_capture' })],
    ['an old snapshot from which the status is still reachable', snapshot({ status: 'requires_payment_method' })],
    ['a snapshot in an unknown status', snapshot({ status: 'never_heard_of' })],
    ['a ref', 'acme:pi_1'],
    ['the provider’s id', 'pi_1'],
    ['an object with the id', { id: 'pi_1' }],
  ])('to %s', async (_what, target) => {
    const { payments, requests } = bench([answer(200, payment({ status: 'succeeded' }))]);
    expect((await capturing(target)(payments)) as object).toMatchObject({ status: 'succeeded' });
    expect(requests[0]?.url.pathname).toBe('/v1/payments/pi_1/capture');
  });

  it('to an id with colons and reserved characters, given as { id }', async () => {
    const { payments, requests } = bench([answer(200, payment({ id: 'urn:a/b?c' }))]);
    await payments.paymentIntents.retrieve({ id: 'urn:a/b?c' });
    expect(requests[0]?.url.pathname).toBe('/v1/payments/urn%3Aa%2Fb%3Fc');
  });

  it('with captureMethod automatic unless something else is said', async () => {
    const { payments, requests } = bench([answer(200, payment()), answer(200, payment())]);
    await payments.paymentIntents.create({ amount });
    await payments.paymentIntents.create({ amount, captureMethod: 'manual' });
    expect(requests.map(({ json }) => json)).toMatchObject([{ captureMethod: 'automatic' }, { captureMethod: 'manual' }]);
  });

  it('without members that are undefined, and without anything that is ours', async () => {
    const { payments, requests } = bench([answer(200, payment())]);
    await payments.paymentIntents.create(wrong({ amount, customer: undefined }), wrong({ reference: undefined, deadline: 5_000, signal: undefined }));
    expect(requests[0]?.json).toEqual({ amount: 1000, currency: 'eur', captureMethod: 'automatic' });
  });

  it('in the provider’s units', async () => {
    const { payments, requests } = bench([answer(200, payment({ amount: 500_000, currency: 'isk' }))]);
    expect((await payments.paymentIntents.create({ amount: money(5000, 'ISK') })).amount).toEqual(money(5000, 'ISK'));
    expect(requests[0]?.json).toMatchObject({ amount: 500_000 });
  });

  it('with the reference in the metadata, beside what is there, and the attempt from the second on', async () => {
    const { payments, requests } = bench([answer(200, payment()), answer(200, payment()), answer(200, payment())]);
    await payments.paymentIntents.create({ amount, metadata: { constructor: 'a' } }, { reference: 'order-1' });
    await payments.paymentIntents.create({ amount }, { reference: 'order-1', attempt: 2 });
    await payments.paymentIntents.capture('pi_1', {}, { reference: 'order-1' });
    expect(requests[0]?.json).toMatchObject({ metadata: { constructor: 'a', oneintent_reference: 'order-1' } });
    expect(requests[1]?.json).toMatchObject({ metadata: { oneintent_reference: 'order-1', oneintent_attempt: '2' } });
    expect(requests[2]?.json).not.toHaveProperty('metadata');
  });

  it('by other limits, where they are overridden in configuration', async () => {
    const { amounts, currencies } = acme().limits;
    const limits = { amounts: { ...amounts, value: { every: { minimum: 1 } } }, currencies: { ...currencies, value: ['USD'] } };
    const { payments, requests } = bench([answer(200, payment({ currency: 'usd', amount: 1 }))], { limits });
    await payments.paymentIntents.create({ amount: money(1, 'USD') });
    expect(requests).toHaveLength(1);
    expect(payments.limits.currencies.value).toEqual(['USD']);
    expect((await errorOf(payments.paymentIntents.create({ amount }))).problems[0]?.field).toBe('amount.currency');
  });
});

describe('explain', () => {
  it('gives the request that would be sent, redacted, and sends nothing', async () => {
    const explained = await explain(acme(), 'paymentIntents.create', { amount, description: 'hunted', customer: 'cus_1' }, { options: { reference: 'order-1' } });
    expect(explained).toMatchObject({ method: 'POST', url: 'https://api.acme.example/v1/payments', body: { amount: 1000, currency: 'eur', customer: 'cus_1', description: '[redacted]' } });
    expect(JSON.stringify(explained)).not.toMatch(/hunted|sk_test/);
  });

  it('shows a key only where one is sent', async () => {
    expect(Object.keys((await explain(acme(), 'paymentIntents.create', { amount })).headers)).toContain('Idempotency-Key');
    expect(Object.keys((await explain(acme(), 'paymentIntents.list', {})).headers)).not.toContain('Idempotency-Key');
  });

  it('refuses what a call would refuse, a missing target too', async () => {
    expect(await errorOf(explain(acme(), 'paymentIntents.create', { amount: money(1, 'EUR') }))).toMatchObject({ problems: [{ field: 'amount' }] });
    expect(await errorOf(explain(acme(), 'paymentIntents.capture', {}))).toMatchObject({ problems: [{ field: 'target' }] });
    expect(await errorOf(explain(acme(), 'paymentIntents.create', { amount }, { target: 'pi_1' }))).toMatchObject({ problems: [{ field: 'target', remedy: 'Leave it out.' }] });
  });
});

it('any input at all is either sent or refused by a PaymentError that sends nothing', async () => {
  const name = fc.constantFrom('amount', 'customer', 'metadata', 'confirm', 'captureMethod', 'description', 'providerOptions', '__proto__', 'constructor', 'novel');
  const option = fc.constantFrom<keyof CallOptions>('reference', 'attempt', 'idempotencyKey', 'deadline', 'connectedAccount');
  const anything = fc.oneof(fc.anything(), fc.constant(amount), fc.string({ unit: 'binary' }));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, anything), fc.dictionary(option, anything), async (input, options) => {
      const { payments, requests } = bench([answer(200, payment())]);
      const call = payments.paymentIntents.create(wrong(input), wrong(options));
      const outcome = await call.then(() => 'sent', (error: unknown) => errorOf(Promise.reject(error)));
      expect(outcome === 'sent' || (typeof outcome === 'object' && outcome.outcome === 'not_sent')).toBe(requests.length === 1 ? outcome === 'sent' : true);
    }),
  );
});
