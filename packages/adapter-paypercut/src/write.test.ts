import { money, supports, type CreatePaymentIntent } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { answering, errorOf } from './testing/wire.js';
import { fresh } from './testing/payloads.js';

const nothing = answering();
const { paymentIntents } = nothing.payments;
const amount = money(2599, 'EUR');

/** The error of a call that must not reach the provider. */
const refusal = async (call: Promise<unknown>) => {
  const error = await errorOf(call);
  expect(nothing.requests).toEqual([]);
  expect(error.outcome).toBe('not_sent');
  return error;
};

const verb = async (name: string, ...given: readonly unknown[]): Promise<unknown> => {
  const call: unknown = Reflect.get(paymentIntents, name);
  return typeof call === 'function' ? call(...given) : undefined;
};

describe('what Paypercut does not have is refused, nothing sent', () => {
  it.each(['update', 'list', 'incrementAuthorization'])('%s', async (name) => {
    expect(supports(nothing.payments, 'paymentIntents.list')).toBe(false);
    expect(Object.keys(paymentIntents)).not.toContain(name);
    expect(await refusal(verb(name, fresh.id, { amount }))).toMatchObject({ code: 'unsupported', operation: `paymentIntents.${name}` });
  });

  it.each([
    ['returnUrl', 'https://shop.example/return'],
    ['description', 'Order 42'],
    ['metadata', { order: '42' }],
    ['statementDescriptor', 'SHOP'],
    ['receiptEmail', 'ana@example.com'],
    ['paymentMethodTypes', ['card']],
  ])('%s on creation', async (field, value) => {
    expect(await refusal(verb('create', { amount, [field]: value }))).toMatchObject({ code: 'unsupported', problems: [{ field }] });
  });

  it.each([
    ['confirm', 'offSession', 'recurring'],
    ['confirm', 'returnUrl', 'https://shop.example/return'],
    ['confirm', 'captureMethod', 'manual'],
    ['confirm', 'description', 'Order 42'],
    ['confirm', 'receiptEmail', 'ana@example.com'],
    ['capture', 'metadata', { order: '42' }],
    ['capture', 'statementDescriptor', 'SHOP'],
    ['cancel', 'providerOptions', { paypercut: {} }],
  ])('%s with %s', async (name, field, value) => {
    expect(await refusal(verb(name, fresh.id, { [field]: value }))).toMatchObject({ code: 'unsupported', problems: [{ field }] });
  });

  it.each([
    ['a currency', { amount: money(1000, 'JPY') }, 'amount.currency'],
    ['a currency that left', { amount: money(1000, 'BGN') }, 'amount.currency'],
    ['a way to capture', { amount, captureMethod: 'automatic_async' }, 'captureMethod'],
  ] as const)('%s', async (_what, input, field) => {
    expect(await refusal(paymentIntents.create(input))).toMatchObject({ code: 'unsupported', problems: [{ field }] });
  });

  it('a reason to cancel', async () => {
    expect(await refusal(paymentIntents.cancel(fresh.id, { reason: 'expired' }))).toMatchObject({ code: 'unsupported', problems: [{ field: 'reason' }] });
  });
});

const threeDSecureResult = { cryptogram: 'AAAB', transactionId: 't-1', version: '2.2.0' } as const;

/** The options of a call, one member of the result changed. */
const threeDSecure = (change: object) => ({ providerOptions: { paypercut: { threeDSecureResult: { ...threeDSecureResult, ...change } } } });

describe('what Paypercut would not take is refused, nothing sent', () => {
  it.each([
    [{ amount: money(49, 'USD') }, 'amount'],
    [{ amount: money(100_000_000, 'EUR') }, 'amount'],
    [{ amount, offSession: 'recurring' }, 'offSession'],
    [{ amount, offSession: 'unscheduled', confirm: false }, 'offSession'],
    [{ amount, customer: 'c'.repeat(101) }, 'customer'],
  ] as const)('%j for its %s', async (input, field) => {
    expect(await refusal(paymentIntents.create(input))).toMatchObject({ code: 'invalid_request', problems: [{ field }] });
  });

  it.each([
    ['.paypercut.threeDSecureResult.version', { ...threeDSecureResult, version: '2.3.0' }],
    ['.paypercut.threeDSecureResult.cryptogram', { transactionId: 't-1', version: '2.2.0' }],
    ['.paypercut.threeDSecureResult.cryptogram', { ...threeDSecureResult, cryptogram: 'c'.repeat(1001) }],
    ['.paypercut.threeDSecureResult.electronicCommerceIndicator', { ...threeDSecureResult, electronicCommerceIndicator: '5' }],
    ['.paypercut.threeDSecureResult', { ...threeDSecureResult, ares_trans_status: 'Y' }],
  ])('a 3-D Secure result for its %s', async (path, given) => {
    const input = { amount, providerOptions: { paypercut: { threeDSecureResult: given } } };
    expect(await refusal(verb('create', input))).toMatchObject({ code: 'invalid_request', problems: [{ field: `providerOptions${path}` }] });
  });

  const see = 'See PaypercutProviderOptions.';
  const result = 'providerOptions.paypercut.threeDSecureResult';
  it.each([
    ['customer', { customer: 'c'.repeat(101) }, 'is longer than the 100 characters that an id has', "Give the customer's id."],
    ['offSession', { offSession: 'recurring' }, 'is given without confirm', 'Give confirm: true; a later confirmation does not take it.'],
    ['providerOptions', { providerOptions: { a: 1, b: 2 } }, 'has members that do not belong there (a, b)', 'Remove them.'],
    [`${result}.version`, threeDSecure({ version: '2.3.0' }), 'has a value that Paypercut does not take', 'Use one of 1.0.2, 2.1.0, 2.2.0.'],
    [`${result}.exemptionIndicator`, threeDSecure({ exemptionIndicator: 'all' }), 'has a value that Paypercut does not take', 'Use one of low_risk, none.'],
    [`${result}.cryptogram`, threeDSecure({ cryptogram: '' }), 'is missing, or not as Paypercut takes it', see],
    [`${result}.transactionId`, threeDSecure({ transactionId: 't'.repeat(5001) }), 'is missing, or not as Paypercut takes it', see],
    [`${result}.transactionId`, threeDSecure({ transactionId: '' }), 'is missing, or not as Paypercut takes it', see],
  ])('%s: its problem says what is wrong and what to give instead', async (field, more, problem, remedy) => {
    expect(await refusal(verb('create', { amount, ...more }))).toMatchObject({ code: 'invalid_request', problems: [{ field, problem, remedy }] });
  });

  it.each([{ payjp: {} }, { paypercut: { threeDSecureResults: threeDSecureResult } }])('the options %j', async (providerOptions) => {
    expect(await refusal(verb('confirm', fresh.id, { providerOptions }))).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('providerOptions') });
  });

  it.each(['k'.repeat(256), 'with space', 'schlüssel'])('the idempotency key %s', async (idempotencyKey) => {
    expect(await refusal(paymentIntents.create({ amount }, { idempotencyKey }))).toMatchObject({ problems: [{ field: 'idempotencyKey' }] });
  });

  it('a confirmation of what has been paid', async () => {
    const { payments } = answering({ status: 200, json: { ...fresh, status: 'succeeded' } });
    const paid = await payments.paymentIntents.retrieve(fresh.id);
    expect(await refusal(paymentIntents.confirm(paid))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'target' }] });
  });
});

it.each([
  ['the smallest amount', { amount: money(50, 'USD') }],
  ['the largest amount', { amount: money(99_999_999, 'HUF') }],
  ['a customer who is present', { amount, offSession: false }],
  ['the longest id of a customer', { amount, customer: 'c'.repeat(100) }],
] as const)('%s is sent', async (_what, input: CreatePaymentIntent) => {
  const { payments, requests } = answering({ status: 200, json: { ...fresh, amount: input.amount.minorUnits, currency: input.amount.currency } });
  await payments.paymentIntents.create(input);
  expect(requests).toHaveLength(1);
});
