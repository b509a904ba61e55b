import { describe, expect, it } from 'vitest';
import { defineOperations, type AnyAdapter, type Operations, type WireAmount } from '../adapter.js';
import { createPayments, money, type MetadataLimits, type OperationName, type Payments } from '../index.js';
import { acme, acmeLimits } from '../testing/acme.js';
import { bench, errorOf, payment, snapshot } from '../testing/client.js';
import { answer, lost } from '../testing/scripted-fetch.js';

const amount = money(1000, 'EUR');
const reference = { reference: 'order-1' };
const good = acme();
type Verb = (payments: Payments<OperationName>) => Promise<unknown>;
/** JavaScript can pass anything. */
const wrong = (value: unknown) => value as never;

/** Acme, if it took other fields for an operation, or could not do without some. */
const taking = <K extends OperationName>(name: K, said: { readonly accepts?: readonly string[]; readonly requires?: readonly string[] }): AnyAdapter => {
  const own = acme();
  const operations: Partial<Operations<OperationName>> = own.operations;
  return { ...own, operations: { ...operations, [name]: { ...operations[name], ...said } } };
};
const metadataOf = (said: Partial<MetadataLimits> | null) => ({
  ...acmeLimits,
  metadata: { value: said === null ? null : { maximumKeys: 5, maximumKeyLength: 20, maximumValueLength: 50, valueTypes: ['string'] as const, ...said }, source: 'a test', confidence: 'documented' as const },
});

describe('an amount, as an adapter gets it', () => {
  const written: WireAmount[] = [];
  const { 'paymentIntents.create': create } = acme().operations;
  if (create === undefined) throw new Error('The fake provider creates payments.');
  const operations = defineOperations({ 'paymentIntents.create': { ...create, request: (input) => (written.push(input.amount), create.request(input)) } });
  const payments = createPayments({ adapter: { ...acme(), operations }, retries: 0, fetch: () => Promise.reject(new TypeError('nobody there')) });

  it.each([
    ['of the provider’s own', money(500, 'ISK'), { units: 50_000, scale: 2, currency: 'ISK' }],
    ['of the currency: none', money(500, 'JPY'), { units: 500, scale: 0, currency: 'JPY' }],
    ['of the currency: two', money(500, 'EUR'), { units: 500, scale: 2, currency: 'EUR' }],
    ['of the currency: three', money(500, 'KWD'), { units: 500, scale: 3, currency: 'KWD' }],
  ])('says how many decimal digits its units have, %s', async (_whose, whole, wire) => {
    written.length = 0;
    await payments.paymentIntents.create({ amount: whole }).catch(() => undefined);
    expect(written).toEqual([wire]);
  });
});

const ended = (status: 'succeeded' | 'canceled', amountReceived: number | null) => snapshot({ status, amountReceived });
const refunding = (of: ReturnType<typeof snapshot>, part?: ReturnType<typeof money>): Verb => ({ refunds }) => refunds.create(of, { ...(part && { amount: part }) }, reference);
const capturing = (target: unknown, part?: ReturnType<typeof money>): Verb => ({ paymentIntents }) => paymentIntents.capture(wrong(target), { ...(part && { amount: part }) }, reference);

describe('a call that cannot be right is refused before anything is sent', () => {
  it.each<readonly [what: string, call: Verb, code: string, field: string, problem: string, remedy: string, adapter: AnyAdapter]>([
    ['an operation that the provider lacks', capturing('pi_1'), 'unsupported', 'paymentIntents.capture', 'is not an operation of acme', 'Ask supports(payments, operation)', acme({ without: ['paymentIntents.capture'] })],
    ['a field that the provider lacks', ({ paymentIntents }) => paymentIntents.create({ amount, receiptEmail: 'hunted' }), 'unsupported', 'receiptEmail', 'is not something that acme has for paymentIntents.create', 'Leave it out', good],
    ['no field that only this provider cannot do without', ({ paymentIntents }) => paymentIntents.create({ amount }), 'invalid_request', 'customer', 'is missing', 'paymentIntents.create needs it.', taking('paymentIntents.create', { requires: ['customer'] })],
    ['text as the input', ({ paymentIntents }) => paymentIntents.create(wrong('hunted')), 'invalid_request', 'input', 'is not an object', 'Give the input as an object of fields.', good],
    ['no target', capturing(undefined), 'invalid_request', 'target', 'is missing', 'Give a payment_intent, its ref, or its id as the first argument.', good],
    ['a refund of more than was received', refunding(ended('succeeded', 600), money(601, 'EUR')), 'invalid_request', 'amount', 'is more than the 6.00 EUR that were received', 'Give at most that.', good],
    ['a refund of more than the amount of what succeeded, where what was received is not said', refunding(ended('succeeded', null), money(1001, 'EUR')), 'invalid_request', 'amount', 'is more than the 10.00 EUR', 'Give at most that.', good],
    ['a refund of what was canceled with nothing received', refunding(ended('canceled', 0)), 'invalid_request', 'target', 'is canceled and nothing was received', 'There is nothing to give back.', good],
    ['a refund in another currency, of a larger number', refunding(ended('succeeded', 600), money(2000, 'JPY')), 'invalid_request', 'amount.currency', 'is JPY, and the intent is in EUR', "Give the amount in the intent's currency.", good],
    ['a capture of what was canceled', capturing(ended('canceled', null)), 'invalid_request', 'target', 'is canceled, from which no paymentIntents.capture can ever follow', 'It is possible from requires_capture.', good],
    ['a cancellation of what has succeeded', ({ paymentIntents }) => paymentIntents.cancel(ended('succeeded', null)), 'invalid_request', 'target', 'is succeeded', 'requires_action, processing, requires_capture.', good],
    ['a bracket in a metadata key of a form', ({ paymentIntents }) => paymentIntents.create({ amount, metadata: { 'a[b': 'hunted' } }), 'invalid_request', 'metadata.a[b', 'has a bracket', 'Name it without brackets.', acme({ encoding: 'form' })],
    ['a reference longer than the provider keeps', ({ paymentIntents }) => paymentIntents.create({ amount }, { reference: 'r'.repeat(51) }), 'invalid_request', 'reference', 'is longer than the 50 characters', 'Shorten it.', good],
  ])('%s', async (_what, call, code, field, problem, remedy, adapter) => {
    const { payments, requests } = bench([], { adapter });
    const error = await errorOf(call(payments));
    expect(error).toMatchObject({ code, outcome: 'not_sent', retry: 'never', provider: 'acme', account: 'acme', operation: expect.stringMatching(/^\w+\.\w+$/), resume: null });
    expect(error.problems).toEqual([{ field, problem: expect.stringContaining(problem), remedy: expect.stringContaining(remedy) }]);
    expect(error.message).not.toContain('hunted');
    expect(requests).toHaveLength(0);
  }); // prettier-ignore
});

describe('a call that may be right is sent', () => {
  const refund = answer(200, { id: 're_1', status: 'succeeded', amount: 1000, payment: 'pi_1' });
  const said = answer(200, payment());

  it.each<readonly [what: string, call: Verb, reply: ReturnType<typeof answer>, adapter: AnyAdapter]>([
    ['a refund of exactly what was received', refunding(ended('succeeded', 1000), amount), refund, good],
    ['a refund of what was canceled after a part was taken', refunding(ended('canceled', 1000), amount), refund, good],
    ['any refund of what was canceled, where what was received is not said', refunding(ended('canceled', null), money(1001, 'EUR')), answer(200, { id: 're_1', status: 'succeeded', amount: 1001, payment: 'pi_1' }), good],
    ['a refund of more than an older snapshot had received', refunding(snapshot({ status: 'requires_capture', amountReceived: 400 }), amount), refund, good],
    ['a read of what was canceled with nothing received', ({ paymentIntents }) => paymentIntents.retrieve(ended('canceled', 0)), said, good],
    ['an update to an amount in another currency', ({ paymentIntents }) => paymentIntents.update(snapshot({ status: 'requires_confirmation' }), { amount: money(2000, 'JPY') }), answer(200, payment({ amount: 2000, currency: 'jpy' })), good],
    ['a field that the provider lacks, when it is undefined', ({ paymentIntents }) => paymentIntents.create(wrong({ amount, receiptEmail: undefined })), said, good],
    ['a creation where the provider knows no method of capture', ({ paymentIntents }) => paymentIntents.create({ amount }), said, taking('paymentIntents.create', { accepts: ['amount'] })],
    ['a bracket in a metadata key of JSON', ({ paymentIntents }) => paymentIntents.create({ amount, metadata: { 'a[b]': 'x' } }), said, good],
    ['a metadata key of a form without a bracket', ({ paymentIntents }) => paymentIntents.create({ amount, metadata: { 'a.b': 'x' } }), said, acme({ encoding: 'form' })],
    ['a reference exactly as long as the provider keeps', ({ paymentIntents }) => paymentIntents.create({ amount }, { reference: 'r'.repeat(50) }), said, good],
    ['a long reference where the provider does not bound it', ({ paymentIntents }) => paymentIntents.create({ amount }, { reference: 'r'.repeat(51) }), said, acme({ limits: metadataOf({ maximumValueLength: null }) })],
    ['a long reference of what keeps none', ({ paymentIntents }) => paymentIntents.capture('pi_1', {}, { reference: 'r'.repeat(51) }), answer(200, payment({ status: 'succeeded' })), good],
  ])('%s', async (_what, call, reply, adapter) => {
    const { payments, requests } = bench([reply], { adapter });
    await call(payments);
    expect(requests).toHaveLength(1);
  }); // prettier-ignore
});

describe('what is sent is what was asked for, and no more', () => {
  it('an undefined captureMethod is as none: automatic', async () => {
    const { payments, requests } = bench([answer(200, payment())]);
    await payments.paymentIntents.create(wrong({ amount, captureMethod: undefined }));
    expect(requests[0]?.json).toMatchObject({ captureMethod: 'automatic' });
  });

  it('an update changes neither the method of capture nor the reference of an intent unless it says so', async () => {
    const seen: unknown[] = [];
    const { 'paymentIntents.update': update, ...others } = acme().operations;
    if (update === undefined) throw new Error('The fake provider updates payments.');
    const accepts = [...update.accepts, 'captureMethod' as const];
    const adapter = { ...acme(), operations: { ...others, 'paymentIntents.update': { ...update, accepts, request: (input: Parameters<typeof update.request>[0]) => (seen.push(input), update.request(input)) } } };
    const { payments } = bench([answer(200, payment())], { adapter });
    await payments.paymentIntents.update('pi_1', { description: 'Tea' }, reference);
    expect(seen).toEqual([{ id: 'pi_1', description: 'Tea' }]);
  });

  it('a creation names no id, and no reference where nothing has metadata', async () => {
    const seen: unknown[] = [];
    const { 'paymentIntents.create': create, ...others } = acme().operations;
    if (create === undefined) throw new Error('The fake provider creates payments.');
    const adapter = { ...acme({ limits: metadataOf(null) }), operations: { ...others, 'paymentIntents.create': { ...create, request: (input: Parameters<typeof create.request>[0]) => (seen.push(input), create.request(input)) } } };
    const { payments } = bench([answer(200, payment())], { adapter });
    await payments.paymentIntents.create({ amount }, reference);
    expect(seen).toEqual([{ amount: { units: 1000, scale: 2, currency: 'EUR' }, captureMethod: 'automatic' }]);
  });

  it.each<readonly [string, Verb, string]>([
    ['the payment of a list of refunds', ({ refunds }) => refunds.list({ paymentIntent: 'acme:pi_1' }), '/v1/refunds?payment=pi_1'],
    ['the subject of a list of events', ({ events }) => events.list({ subject: 'acme:pi_1' }), '/v1/events?about=pi_1'],
  ])('%s may be named by its ref', async (_what, call, expected) => {
    const adapter = acme();
    const { 'events.list': list, ...others } = adapter.operations;
    if (list === undefined) throw new Error('The fake provider lists events.');
    const bySubject = { ...list, accepts: ['subject'] as const, request: ({ subject }: { readonly subject?: string }) => ({ method: 'GET' as const, path: '/events', query: { about: subject } }) };
    const { payments, requests } = bench([answer(200, { data: [] })], { adapter: { ...adapter, operations: { ...others, 'events.list': bySubject } } });
    await call(payments);
    expect(`${requests[0]?.url.pathname ?? ''}${requests[0]?.url.search ?? ''}`).toBe(expected);
  });

  it('two updates under one reference have a key each, so that the second is not answered with the first', async () => {
    let count = 0;
    const { payments, requests } = bench([answer(200, payment()), answer(200, payment())], { random: (length) => new Uint8Array(length).fill((count += 1)) });
    await payments.paymentIntents.update('pi_1', { description: 'Tea' }, reference);
    await payments.paymentIntents.update('pi_1', { description: 'Coffee' }, reference);
    const [first, second] = requests.map(({ headers }) => headers.get('idempotency-key'));
    expect([typeof first, first === second]).toEqual(['string', false]);
  });
});

it.each([[true, true], [false, false], [undefined, false]])('what is stored of a lost creation says whether it was to be confirmed: %s', async (confirm, expected) => {
  const { payments } = bench([lost], { retries: 0 });
  expect((await errorOf(payments.paymentIntents.create(wrong({ amount, confirm })))).resume).toMatchObject({ confirm: expected });
}); // prettier-ignore
