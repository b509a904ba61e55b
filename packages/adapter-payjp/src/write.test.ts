import { describe, expect, it } from 'vitest';
import { money, type CreatePaymentIntent } from '@oneintent/core';
import { flowSucceeded, intentFresh } from './testing/payloads.js';
import { answering, client, useWire } from './testing/wire.js';

useWire();

const flows = client('payment_flows');
const intents = client('payment_intents');
const amount = money(5400, 'JPY');

/** What JavaScript may pass, whatever the types say. */
const untyped = (input: object): CreatePaymentIntent => input as CreatePaymentIntent;
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key_${index}`, index]));

/** With no answer prepared, a request that left would end as a network error instead. */
const refused = (code: 'invalid_request' | 'unsupported', field: string) => ({ code, outcome: 'not_sent', problems: [{ field }], message: expect.stringContaining('Nothing was sent.') });

describe('what PAY.JP would refuse or misread is refused before anything is sent', () => {
  it.each([
    ['returnUrl without confirm', { amount, returnUrl: 'https://shop.example/back' }, 'invalid_request', 'returnUrl'],
    ['returnUrl with confirm: false', { amount, confirm: false, returnUrl: 'https://shop.example/back' }, 'invalid_request', 'returnUrl'],
    ['a payment method without its customer', { amount, paymentMethod: 'pm_1' }, 'invalid_request', 'paymentMethod'],
    ['49 yen', { amount: money(49, 'JPY') }, 'invalid_request', 'amount'],
    ['10,000,000 yen', { amount: money(10_000_000, 'JPY') }, 'invalid_request', 'amount'],
    ['another currency', { amount: money(1000, 'USD') }, 'unsupported', 'amount.currency'],
    ['21 metadata keys', { amount, metadata: keys(21) }, 'invalid_request', 'metadata'],
    ['an empty metadata value, which would delete the key', { amount, metadata: { note: '' } }, 'invalid_request', 'metadata.note'],
    ['a metadata value that is no flat one', { amount, metadata: { note: null } }, 'invalid_request', 'metadata.note'],
    ['a fraction in the metadata', { amount, metadata: { share: 0.5 } }, 'invalid_request', 'metadata.share'],
    ['a challenge, which left the API', { amount, threeDSecure: 'challenge' }, 'unsupported', 'threeDSecure'],
    ['automatic_async', { amount, captureMethod: 'automatic_async' }, 'unsupported', 'captureMethod'],
    ['a field that PAY.JP lacks: offSession', { amount, offSession: 'recurring' }, 'unsupported', 'offSession'],
    ['a field that PAY.JP lacks: setupFutureUsage', { amount, setupFutureUsage: 'off_session' }, 'unsupported', 'setupFutureUsage'],
    ['a field that PAY.JP lacks: statementDescriptor', { amount, statementDescriptor: 'SHOP' }, 'unsupported', 'statementDescriptor'],
    ['a field that PAY.JP lacks: receiptEmail', { amount, receiptEmail: 'a@example.com' }, 'unsupported', 'receiptEmail'],
    ["another provider's options", { amount, providerOptions: { stripe: {} } }, 'invalid_request', 'providerOptions'],
    ['an option that PAY.JP lacks', { amount, providerOptions: { payjp: { threeDSecure: 'any' } } }, 'invalid_request', 'providerOptions'],
    ['a value that the option lacks', { amount, providerOptions: { payjp: { requestExtendedAuthorization: 'always' } } }, 'invalid_request', 'providerOptions'],
  ] as const)('payment_flows.create: %s', async (_what, input, code, field) => {
    await expect(flows.paymentIntents.create(untyped(input))).rejects.toMatchObject(refused(code, field));
  });

  it.each([
    ['49 yen', { amount: money(49, 'JPY') }, 'invalid_request', 'amount'],
    ['another currency', { amount: money(1000, 'EUR') }, 'unsupported', 'amount.currency'],
    ['returnUrl without confirm', { amount, returnUrl: 'https://shop.example/back' }, 'invalid_request', 'returnUrl'],
    ['must_extend, which is younger', { amount, providerOptions: { payjp: { requestExtendedAuthorization: 'must_extend' } } }, 'invalid_request', 'providerOptions'],
    ['an empty metadata value', { amount, metadata: { note: '' } }, 'invalid_request', 'metadata.note'],
  ] as const)('payment_intents.create: %s', async (_what, input, code, field) => {
    await expect(intents.paymentIntents.create(untyped(input))).rejects.toMatchObject(refused(code, field));
  });

  const flowOptions = 'Use { payjp: { requestExtendedAuthorization } } with one of if_available, must_extend, never.';
  it.each([
    ['returnUrl', { returnUrl: 'https://shop.example/back' }, 'is given without confirm', 'Give confirm: true, or give returnUrl when you confirm.'],
    ['paymentMethod', { paymentMethod: 'pm_1' }, 'is given without its customer', 'Give the customer that owns it.'],
    ['threeDSecure', { threeDSecure: 'challenge' }, "is 'challenge', which PAY.JP does not have", "Use 'any' or 'automatic'."],
    ['providerOptions', { providerOptions: { payjp: { a: 1, b: 2 } } }, 'is not as PAY.JP has it (a, b)', flowOptions],
    ['providerOptions', { providerOptions: { payjp: { requestExtendedAuthorization: 'always' } } }, 'is not as PAY.JP has it (payjp.requestExtendedAuthorization)', flowOptions],
  ] as const)('%s: each problem says what is wrong and what to give instead', async (field, more, problem, remedy) => {
    await expect(flows.paymentIntents.create(untyped({ amount, ...more }))).rejects.toMatchObject({ outcome: 'not_sent', problems: [{ field, problem, remedy }] });
  });

  it('payment_intents: so do those of a cursor and of a setup, which never had a challenge', async () => {
    await expect(intents.paymentIntents.list({ cursor: 'pi_1' })).rejects.toMatchObject({
      outcome: 'not_sent', problems: [{ field: 'cursor', problem: 'is not a cursor of this list', remedy: 'Give the nextCursor of the page before.' }],
    });
    await expect(intents.setupIntents.create({ threeDSecure: 'challenge' })).rejects.toMatchObject(refused('unsupported', 'threeDSecure'));
    await expect(intents.setupIntents.confirm('seti_1', { threeDSecure: 'challenge' })).rejects.toMatchObject(refused('unsupported', 'threeDSecure'));
  });

  it('captures begin at 50 yen too and end at the largest payment', async () => {
    await expect(flows.paymentIntents.capture('pfw_1', { amount: money(49, 'JPY') })).rejects.toMatchObject(refused('invalid_request', 'amount'));
    await expect(flows.paymentIntents.capture('pfw_1', { amount: money(10_000_000, 'JPY') })).rejects.toMatchObject(refused('invalid_request', 'amount'));
  });

  it('a cancellation takes the reasons that can be written, not those that PAY.JP gives itself', async () => {
    await expect(flows.paymentIntents.cancel('pfw_1', { reason: 'expired' })).rejects.toMatchObject(refused('unsupported', 'reason'));
  });

  it('an update may name a method alone, but neither change how the payment is captured nor empty a metadata value', async () => {
    await expect(flows.paymentIntents.update('pfw_1', { captureMethod: 'manual' })).rejects.toMatchObject(refused('unsupported', 'captureMethod'));
    await expect(flows.paymentIntents.update('pfw_1', { metadata: { note: '' } })).rejects.toMatchObject(refused('invalid_request', 'metadata.note'));
    answering({ method: 'POST', path: '/v2/payment_flows/pfw_exC1', body: flowSucceeded });
    await expect(flows.paymentIntents.update('pfw_exC1', { paymentMethod: 'pm_exC' })).resolves.toMatchObject({ paymentMethod: 'pm_exC' });
  });

  it('a list has pages of 100 at most, and no filter that the dialect lacks', async () => {
    await expect(flows.paymentIntents.list({ limit: 101 })).rejects.toMatchObject(refused('invalid_request', 'limit'));
    await expect(flows.paymentIntents.list({ createdFrom: '2026-04-10T05:00:00Z' })).rejects.toMatchObject(refused('unsupported', 'createdFrom'));
    await expect(intents.paymentIntents.list({ customer: 'cus_1' })).rejects.toMatchObject(refused('unsupported', 'customer'));
  });

  it("an operation that today's API lacks is refused", async () => {
    const verbs = flows.paymentIntents as unknown as typeof intents.paymentIntents;
    await expect(verbs.incrementAuthorization('pfw_1', { amount })).rejects.toMatchObject(refused('unsupported', 'paymentIntents.incrementAuthorization'));
  });

  it('every problem is named in one error', async () => {
    await expect(flows.paymentIntents.create(untyped({ amount: money(1, 'JPY'), paymentMethod: 'pm_1', returnUrl: 'https://shop.example' })))
      .rejects.toMatchObject({ problems: [{ field: 'amount' }, { field: 'returnUrl' }, { field: 'paymentMethod' }] });
  });
});

describe('what PAY.JP takes, up to its bounds, is sent', () => {
  it.each([50, 9_999_999])('%i yen', async (yen) => {
    answering({ method: 'POST', path: '/v2/payment_flows', body: { ...flowSucceeded, amount: yen } });
    await expect(flows.paymentIntents.create({ amount: money(yen, 'JPY') })).resolves.toMatchObject({ amount: money(yen, 'JPY') });
  });

  it('20 metadata keys, of which the reference is one', async () => {
    answering({ method: 'POST', path: '/v2/payment_flows', body: flowSucceeded });
    await expect(flows.paymentIntents.create({ amount, metadata: keys(19) }, { reference: 'order-77' })).resolves.toMatchObject({ id: 'pfw_exC1' });
    await expect(flows.paymentIntents.create({ amount, metadata: keys(20) }, { reference: 'order-77' })).rejects.toMatchObject(refused('invalid_request', 'metadata'));
  });

  it('payment_intents: a method without a customer, and any number of metadata keys', async () => {
    answering({ method: 'POST', path: '/v2/payment_intents', body: { ...intentFresh, amount: 5400 } });
    await expect(intents.paymentIntents.create({ amount, paymentMethod: 'pm_1', metadata: keys(21) })).resolves.toMatchObject({ id: 'pi_exA1' });
  });
});
