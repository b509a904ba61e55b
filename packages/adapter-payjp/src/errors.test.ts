import { describe, expect, it } from 'vitest';
import { money, PaymentError } from '@oneintent/core';
import { readError } from './errors.js';
import { flowSucceeded, intentFresh } from './testing/payloads.js';
import { answering, client, rejection, useWire, type Answer } from './testing/wire.js';

useWire();

const path = '/v2/payment_flows/pfw_exC1';
const payments = client('payment_flows');
const flow = (more: object = {}) => ({ ...flowSucceeded, ...more });
const now = (more: object = {}): Answer => ({ method: 'GET', path, body: flow(more) });
const problem = (title: string, status: number, more: object = {}) => ({ type: 'about:blank', title, status, ...more });
const refusing = (verb: string, status: number, body: object | string, headers: Readonly<Record<string, string>> = {}): Answer =>
  ({ method: 'POST', path: `${path}/${verb}`, status, body, headers });

describe('a refusal says what it is, whatever form PAY.JP gives it', () => {
  it.each([
    ['problem+json with a code', { type: 'https://docs.pay.jp/v2/errors/invalid-status', title: 'Invalid Status', status: 400, code: 'invalid_status', detail: 'example', instance: '/x' }],
    ['problem+json without a code, by its type', { type: 'https://docs.pay.jp/v2/errors/invalid-status', title: 'Refused', status: 400 }],
    ['problem+json without a code and about:blank, by its title', problem('Invalid Status', 400, { detail: null, instance: null, errors: null })],
    ['problem+json whose code says less than its title', problem('Invalid Status', 400, { code: 'bad_request' })],
    ['a title alone', { title: 'Invalid Status' }],
    ['a title with other blanks and signs between its words', { title: ' Invalid -  Status' }],
    ['a code alone', { code: 'invalid_status' }],
    ["version 1's { error }", { error: { message: 'example', code: 'invalid_status', type: 'client_error', status: 400 } }],
  ])('Invalid Status as %s: invalid_state, with the status as it is now', async (_form, body) => {
    const seen = answering(refusing('cancel', 400, body), now());
    await expect(payments.paymentIntents.cancel('pfw_exC1')).rejects.toMatchObject({
      code: 'invalid_state', outcome: 'rejected', retry: 'never', httpStatus: 400, currentStatus: 'succeeded', intent: { id: 'pfw_exC1' },
    });
    expect(seen.map(({ method, path: to }) => `${method} ${to}`)).toEqual([`POST ${path}/cancel`, `GET ${path}`]);
  });

  it('Invalid Status is told without the current status when the look-up fails too', async () => {
    answering(refusing('cancel', 400, problem('Invalid Status', 400)), { method: 'GET', path, status: 404, body: problem('Not Found', 404) });
    await expect(payments.paymentIntents.cancel('pfw_exC1')).rejects.toMatchObject({ code: 'invalid_state', outcome: 'rejected', currentStatus: null, intent: null });
  });

  it('an authorisation that has run out is a matter of the status too', async () => {
    answering(refusing('capture', 400, problem('Payment Flow Expired', 400)), now({ status: 'canceled', cancellation_reason: 'expired' }));
    await expect(payments.paymentIntents.capture('pfw_exC1')).rejects.toMatchObject({ code: 'invalid_state', currentStatus: 'canceled' });
  });

  it.each([
    ['Missing Payment Method', 400, 'invalid_request', 'rejected', 'missing_payment_method'],
    ['Payment Method Not Owned By Customer', 400, 'invalid_request', 'rejected', 'payment_method_not_owned_by_customer'],
    ['Unauthorized', 401, 'authentication', 'rejected', 'unauthorized'],
    ['Forbidden', 403, 'permission', 'rejected', 'forbidden'],
    ['Not Found', 404, 'not_found', 'rejected', 'not_found'],
    ['Too Many Requests', 429, 'rate_limited', 'rejected', 'too_many_requests'],
    ['Over Capacity', 400, 'rate_limited', 'rejected', 'over_capacity'],
  ])('%s: HTTP %i is %s, %s', async (title, status, code, outcome, providerCode) => {
    answering(refusing('confirm', status, problem(title, status)));
    await expect(payments.paymentIntents.confirm('pfw_exC1')).rejects.toMatchObject({ code, outcome, providerCode, httpStatus: status });
  });

  it('422 names the field, and keeps the sentence to itself until it is asked', async () => {
    const body = {
      type: 'https://docs.pay.jp/v2/errors/validation-error', title: 'Validation Error', status: 422, code: 'validation_error', detail: 'example',
      instance: '/v2/payment_flows', errors: [{ field: 'amount', message: 'must be at least 50', error_type: 'example' }],
    };
    answering({ method: 'POST', path: '/v2/payment_flows', status: 422, body });
    await expect(payments.paymentIntents.create({ amount: money(50, 'JPY') })).rejects.toMatchObject({
      code: 'invalid_request', outcome: 'rejected', providerCode: 'validation_error', problems: [{ field: 'amount' }], message: expect.stringContaining('field amount'),
    });
  });

  it.each([
    ['a page of a proxy', 404, '<html>gateway</html>', 'not_found', 'rejected'],
    ['a page of a proxy', 400, '<html>bad request</html>', 'invalid_request', 'rejected'],
    ['an empty body', 401, '', 'authentication', 'rejected'],
    ['JSON that says nothing', 403, '{}', 'permission', 'rejected'],
    ['JSON that says nothing, so that it may not be of PAY.JP,', 418, {}, 'malformed_response', 'unknown'],
    ['errors that are no list of fields', 422, { title: 'Validation Error', errors: ['amount'] }, 'invalid_request', 'rejected'],
  ])('%s with HTTP %i is read by its status', async (_what, status, body, code, outcome) => {
    answering(refusing('confirm', status, body));
    await expect(payments.paymentIntents.confirm('pfw_exC1')).rejects.toMatchObject({ code, outcome, problems: [] });
  });

  it.each([undefined, null, 'text', {}, { error: 'text' }])('%j is in no format of PAY.JP, and the adapter says so rather than guess', (json) => {
    expect(readError({ status: 402, header: () => null, json }, 'paymentIntents.confirm')).toEqual({ kind: 'unrecognised' });
  });

  it('a list of fields that is empty takes nothing from what else is said', async () => {
    answering(refusing('confirm', 422, problem('Validation Error', 422, { code: 'validation_error', errors: [] })));
    await expect(payments.paymentIntents.confirm('pfw_exC1')).rejects.toMatchObject({ code: 'invalid_request', providerCode: 'validation_error', problems: [] });
  });

  it('a message alone is passed on, and no code is made up for it', async () => {
    answering(refusing('confirm', 400, { error: { message: 'example' } }));
    const error = await rejection(payments.paymentIntents.confirm('pfw_exC1'));
    expect(error).toMatchObject({ code: 'invalid_request', outcome: 'rejected', providerCode: null });
    expect(PaymentError.is(error) ? error.providerMessage?.reveal() : null).toBe('example');
  });

  it.each(['x-request-id', 'request-id'])("the id by which PAY.JP's support finds the request is told, from %s", async (header) => {
    answering(refusing('confirm', 400, problem('Missing Payment Method', 400), { [header]: 'req_1' }));
    await expect(payments.paymentIntents.confirm('pfw_exC1')).rejects.toMatchObject({ requestId: 'req_1' });
  });

  it.each([
    ['cancel', 'Invalid Status', true],
    ['confirm', 'Invalid Status', true],
    ['capture', 'Invalid Status', false],
    ['cancel', 'Validation Error', false],
    ['confirm', 'Missing Payment Method', false],
  ] as const)('%s refused with %s speaks of a Checkout Session: %s', async (verb, title, speaks) => {
    answering(refusing(verb, 400, problem(title, 400)), ...(title === 'Invalid Status' ? [now({ status: 'requires_capture' })] : []));
    const error = await rejection(payments.paymentIntents[verb]('pfw_exC1'));
    expect(PaymentError.is(error) ? [error.outcome, error.message.includes('Checkout Session')] : error).toEqual(['rejected', speaks]);
  });

  it.each([
    [409, problem('Conflict', 409, { code: 'conflict' }), 'idempotency_in_progress'],
    [408, problem('Request Timeout', 408), 'provider_unavailable'],
    [500, problem('Internal Server Error', 500, { code: 'internal_server_error' }), 'provider_unavailable'],
    [503, '<html>maintenance</html>', 'provider_unavailable'],
    [503, problem('Over Capacity', 503), 'provider_unavailable'],
    [500, problem('Payment Failed', 500, { code: 'card_declined' }), 'provider_unavailable'],
    [408, problem('Payment Failed', 408, { code: 'card_declined' }), 'provider_unavailable'],
    [409, problem('Payment Failed', 409, { code: 'card_declined' }), 'idempotency_in_progress'],
    [429, {}, 'rate_limited'],
    [429, '<html>slow down</html>', 'rate_limited'],
  ])('HTTP %i proves nothing: it is looked up, and stays unknown with a resume when that proves nothing either', async (status, body, code) => {
    answering(refusing('capture', status, body), now({ status: 'requires_capture', amount_capturable: 5400, amount_received: 0 }));
    await expect(payments.paymentIntents.capture('pfw_exC1', {}, { reference: 'order-77' })).rejects.toMatchObject({
      code, outcome: 'unknown', retry: 'look_up_first', resume: { operation: 'paymentIntents.capture', ref: 'payjp:pfw_exC1', reference: 'order-77' },
    });
  });

  it('a capture whose answer was a fault is done when the look-up shows it', async () => {
    answering(refusing('capture', 500, problem('Internal Server Error', 500)), now());
    await expect(payments.paymentIntents.capture('pfw_exC1')).resolves.toMatchObject({ status: 'succeeded', amountReceived: { minorUnits: 5400 } });
  });

  it('429 is waited out under the same key, as long as PAY.JP asks', async () => {
    const seen = answering(refusing('capture', 429, { error: { code: 'over_capacity', message: 'slow down', status: 429 } }, { 'Retry-After': '1' }), refusing('capture', 200, flow()), now());
    await expect(client('payment_flows', { retries: 1 }).paymentIntents.capture('pfw_exC1')).resolves.toMatchObject({ status: 'succeeded' });
    const [first, second] = seen.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).toBe(first);
  });
});

describe('a decline is a value where there is an intent, and thrown where there is none', () => {
  const declined = (code?: string) => problem('Payment Failed', 402, { detail: 'example decline', ...(code === undefined ? {} : { code }) });
  const failed = { status: 'requires_payment_method', last_payment_error: null };

  it.each([
    ['card_declined', 'card_declined', null],
    ['expired_card', 'expired_card', null],
    ['invalid_cvc', 'incorrect_cvc', null],
    ['processing_error', 'processing_error', null],
    ['invalid_expiration_date', 'invalid_expiry', null],
    ['three_d_secure_failed', 'authentication_failed', 'authenticate'],
    ['test_card_on_livemode', 'test_card_in_live_mode', null],
    ['a_code_of_tomorrow', 'unknown', null],
    [undefined, 'unknown', null],
  ])('402 %s on confirm: the intent as it is now, with the failure', async (code, reason, advice) => {
    answering(refusing('confirm', 402, declined(code)), now(failed));
    await expect(payments.paymentIntents.confirm('pfw_exC1')).resolves.toMatchObject({
      status: 'requires_payment_method', lastPaymentError: { reason, advice, message: 'example decline', providerCode: code ?? 'payment_failed' },
    });
  });

  it('402 of which neither code nor title is known here: a decline all the same', async () => {
    answering(refusing('confirm', 402, problem('Wallet Refused', 402, { code: 'wallet_refused', detail: 'example' })), now(failed));
    await expect(payments.paymentIntents.confirm('pfw_exC1')).resolves.toMatchObject({
      status: 'requires_payment_method', lastPaymentError: { reason: 'unknown', providerCode: 'wallet_refused', message: 'example' },
    });
  });

  it('402 on capture: the intent as it is now, with the failure', async () => {
    answering(refusing('capture', 402, declined('card_declined')), now({ status: 'requires_capture', last_payment_error: null }));
    await expect(payments.paymentIntents.capture('pfw_exC1')).resolves.toMatchObject({ status: 'requires_capture', lastPaymentError: { reason: 'card_declined' } });
  });

  it('what the intent says of its failure itself is kept', async () => {
    answering(refusing('confirm', 402, declined('card_declined')), now({ ...failed, last_payment_error: { code: 'expired_card', message: 'newer' } }));
    await expect(payments.paymentIntents.confirm('pfw_exC1')).resolves.toMatchObject({ lastPaymentError: { reason: 'expired_card', message: 'newer' } });
  });

  it.each([400, 422])('before the 402 was documented: HTTP %i with the code of a decline is one', async (status) => {
    answering(refusing('confirm', status, problem('Card Declined', status, { code: 'card_declined' })), now(failed));
    await expect(payments.paymentIntents.confirm('pfw_exC1')).resolves.toMatchObject({ lastPaymentError: { reason: 'card_declined' } });
  });

  it('before the 402 was documented: a 200 in requires_payment_method with last_payment_error is one', async () => {
    answering(refusing('confirm', 200, flow({ ...failed, last_payment_error: { code: 'card_declined', message: 'no' } })));
    await expect(payments.paymentIntents.confirm('pfw_exC1')).resolves.toMatchObject({ status: 'requires_payment_method', lastPaymentError: { reason: 'card_declined' } });
  });

  it.each(['confirm', 'capture'] as const)('402 on %s, and the retrieve fails: payment_declined, rejected', async (verb) => {
    answering(refusing(verb, 402, declined('card_declined')), { method: 'GET', path, status: 500, body: problem('Internal Server Error', 500) });
    await expect(payments.paymentIntents[verb]('pfw_exC1')).rejects.toMatchObject({
      code: 'payment_declined', outcome: 'rejected', retry: 'new_attempt', httpStatus: 402, failure: { reason: 'card_declined', message: 'example decline' }, intent: null,
    });
  });

  it.each([
    ['problem+json', declined('card_declined')],
    ["version 1's { error }", { error: { code: 'card_declined', message: 'example decline', status: 402, type: 'card_error' } }],
  ])('402 on create, as %s: no intent was made, so payment_declined is thrown and says how to go on', async (_form, body) => {
    const seen = answering({ method: 'POST', path: '/v2/payment_flows', status: 402, body });
    await expect(payments.paymentIntents.create({ amount: money(5400, 'JPY'), customer: 'cus_exC', paymentMethod: 'pm_exC', confirm: true }, { reference: 'order-77' }))
      .rejects.toMatchObject({
        code: 'payment_declined', outcome: 'rejected', retry: 'new_attempt', failure: { reason: 'card_declined' }, message: expect.stringContaining('attempt: 2'),
      });
    expect(seen).toHaveLength(1);
  });

  it('payment_intents: a confirmation after which a method is missing again was declined, for a reason that nobody says', async () => {
    answering({ method: 'POST', path: '/v2/payment_intents/pi_exA1/confirm', body: intentFresh });
    await expect(client('payment_intents').paymentIntents.confirm('pi_exA1')).resolves.toMatchObject({
      status: 'requires_payment_method', lastPaymentError: { reason: 'unknown', message: null, providerCode: null },
    });
  });

  it('payment_intents: so was a creation that asked for it in the same request, as where a configuration says that keys are honoured', async () => {
    const value = { honoured: 'documented', place: { header: 'Idempotency-Key' }, alphabet: '[!-~]+', maximumLength: 255, window: null } as const;
    const limits = { idempotency: { value, source: 'a letter of PAY.JP', confidence: 'documented' } } as const;
    const seen = answering({ method: 'POST', path: '/v2/payment_intents', body: intentFresh });
    const { paymentIntents } = client('payment_intents', { limits });
    await expect(paymentIntents.create({ amount: money(3300, 'JPY'), customer: 'cus_exA', paymentMethod: 'pm_exA', confirm: true }, { reference: 'order-77' })).resolves.toMatchObject({
      status: 'requires_payment_method', lastPaymentError: { reason: 'unknown' },
    });
    expect(seen).toHaveLength(1);
  });

  it('payment_intents: a creation that is not confirmed has not failed', async () => {
    answering({ method: 'POST', path: '/v2/payment_intents', body: intentFresh });
    await expect(client('payment_intents').paymentIntents.create({ amount: money(3300, 'JPY') })).resolves.toMatchObject({ status: 'requires_payment_method', lastPaymentError: null });
  });

  it('payment_intents: a decline is attached to an intent that has no place for it', async () => {
    const at = '/v2/payment_intents/pi_exA1';
    answering({ method: 'POST', path: `${at}/confirm`, status: 402, body: declined('card_declined') }, { method: 'GET', path: at, body: intentFresh });
    await expect(client('payment_intents').paymentIntents.confirm('pi_exA1')).resolves.toMatchObject({ id: 'pi_exA1', lastPaymentError: { reason: 'card_declined' } });
  });
});
