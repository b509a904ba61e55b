import { money } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { readError } from './errors.js';
import { answering, errorOf } from './testing/wire.js';
import { challenged, declinedCard, fresh } from './testing/payloads.js';

const input = { amount: money(2599, 'EUR'), paymentMethod: challenged.payment_method, confirm: true } as const;
const refused = { ...fresh, payment_method: challenged.payment_method, latest_payment: challenged.latest_payment };

const failureOf = async (error: object, status = 400) => {
  const { payments } = answering({ status, json: error });
  const { code, outcome, failure } = await errorOf(payments.paymentIntents.create(input));
  expect({ code, outcome }).toEqual({ code: 'payment_declined', outcome: 'rejected' });
  return failure;
};

describe('a decline', () => {
  it('says why, what to do, and the codes as they came', async () => {
    expect(await failureOf(declinedCard)).toEqual({
      reason: 'do_not_honor',
      advice: 'retry_later',
      message: 'The card was declined.',
      providerCode: 'card_declined',
      declineCode: 'do_not_honor',
      networkDeclineCode: '05',
      networkAdviceCode: null,
    });
  });

  it.each([400, 402, 409, 422, 424, 500])('is one under status %i', async (status) => {
    expect(await failureOf(declinedCard, status)).toMatchObject({ reason: 'do_not_honor' });
  });

  it('is one when wrapped in error', async () => {
    const { trace_id, ...error } = declinedCard;
    expect(await failureOf({ error, trace_id })).toMatchObject({ reason: 'do_not_honor', networkDeclineCode: '05' });
  });

  it.each([
    [{ type: 'card_error', code: 'card_declined' }, 'card_declined', null],
    [{ type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', advice_code: 'do_not_try_again' }, 'insufficient_funds', 'do_not_retry'],
    [{ type: 'card_error', code: 'card_declined', decline_code: 'expired_card' }, 'expired_card', null],
    [{ type: 'invalid_request_error', decline_code: 'invalid_card_number', advice_code: 'confirm_card_data' }, 'incorrect_number', 'confirm_card_data'],
    [{ type: 'card_error', code: 'authentication_required' }, 'authentication_required', null],
    [{ type: 'card_error', code: 'card_declined', decline_code: 'authentication_required', advice_code: 'try_again_later' }, 'authentication_required', 'authenticate'],
    [{ type: 'card_error', code: 'card_declined', decline_code: 'expired_card', advice_code: 'adjust_amount' }, 'expired_card', null],
    [{ type: 'card_error', code: 'card_declined', decline_code: 'left_handed_card' }, 'card_declined', null],
    [{ type: 'card_error', code: 'card_refused' }, 'unknown', null],
    [{ code: 'card_declined', message: 'Declined.' }, 'card_declined', null],
    [{ decline_code: 'expired_card' }, 'expired_card', null],
    [{ type: 'card_error', decline_code: 'invalid_cvc' }, 'incorrect_cvc', null],
    [{ type: 'card_error', decline_code: 'authentication_failed' }, 'authentication_failed', null],
    [{ type: 'card_error', decline_code: 'fraudulent' }, 'fraudulent', null],
    [{ type: 'card_error', decline_code: 'lost_card' }, 'lost_or_stolen_card', null],
    [{ type: 'card_error', decline_code: 'stolen_card' }, 'lost_or_stolen_card', null],
    [{ type: 'card_error', decline_code: 'processing_error' }, 'processing_error', null],
  ])('%j is for %s, with the advice %s', async (error, reason, advice) => {
    expect(await failureOf(error)).toMatchObject({ reason, advice });
  });

  it('keeps codes that it does not know', async () => {
    const error = { ...declinedCard, decline_code: 'left_handed_card', network_decline_code: 'Z3', network_advice_code: '24' };
    expect(await failureOf(error)).toMatchObject({ declineCode: 'left_handed_card', networkDeclineCode: 'Z3', networkAdviceCode: '24' });
  });

  it('is a value on the intent that comes with it, and nothing more is asked', async () => {
    const { payments, requests } = answering({ status: 402, json: { ...declinedCard, payment_intent: refused } });
    expect(await payments.paymentIntents.create(input)).toMatchObject({ id: fresh.id, status: 'requires_payment_method', lastPaymentError: { reason: 'do_not_honor' } });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['is named by its id', fresh.id],
    ['comes without its essentials', { id: fresh.id, status: 'requires_payment_method' }],
  ])('is a value on the intent that %s', async (_how, payment_intent) => {
    const { payments, requests } = answering({ status: 400, json: { ...declinedCard, payment_intent } }, { status: 200, json: refused });
    expect((await payments.paymentIntents.create(input)).lastPaymentError).toMatchObject({ reason: 'do_not_honor', advice: 'retry_later' });
    expect(requests[1]).toMatchObject({ method: 'GET', url: `https://api.paypercut.io/v1/payment_intents/${fresh.id}` });
  });

  it('of a confirmation is a value on the intent, although the answer does not carry it', async () => {
    const { payments } = answering({ status: 400, json: declinedCard }, { status: 200, json: refused });
    expect((await payments.paymentIntents.confirm(fresh.id)).lastPaymentError).toMatchObject({ reason: 'do_not_honor' });
  });

  it.each([null, 7, '', {}, { id: '' }, { id: 7 }, []])('without a usable intent (%j) is thrown, and no intent is asked for', async (payment_intent) => {
    const { payments, requests } = answering({ status: 400, json: { ...declinedCard, payment_intent } }, { status: 200, json: refused });
    expect(await errorOf(payments.paymentIntents.create(input))).toMatchObject({ code: 'payment_declined', outcome: 'rejected', failure: { reason: 'do_not_honor' } });
    expect(requests).toHaveLength(1);
  });
});

const errorFrom = (status: number, json: unknown) => {
  const { payments } = answering({ status, json }, { status: 200, json: challenged });
  return errorOf(payments.paymentIntents.confirm(fresh.id));
};

describe('a fault', () => {
  it.each([
    [400, { type: 'invalid_request_error', code: 'missing_required_param' }, 'invalid_request'],
    [400, { type: 'invalid_request_error', code: null, message: 'No.' }, 'invalid_request'],
    [422, { type: 'invalid_request_error', code: 'amount_too_large' }, 'invalid_request'],
    [422, { type: 'invalid_request_error', violation_code: 'string.max_len' }, 'invalid_request'],
    [422, { type: 'invalid_request_error', code: null }, 'invalid_state'],
    [409, { type: 'invalid_request_error', code: null }, 'invalid_state'],
    [401, { type: 'authentication_error', code: 'token_invalid' }, 'authentication'],
    [401, { type: 'authentication_error', code: 'authentication_required' }, 'authentication'],
    [400, { type: 'authentication_error', code: 'authentication_invalid' }, 'authentication'],
    [401, { trace_id: 'trc_1' }, 'authentication'],
    [403, { type: 'invalid_request_error', code: 'more_permissions_required' }, 'permission'],
    [403, { type: 'authentication_error', code: null }, 'permission'],
    [400, { type: 'invalid_request_error', code: 'more_permissions_required' }, 'permission'],
    [400, { type: 'invalid_request_error', code: 'permission_denied' }, 'permission'],
    [400, { type: 'invalid_request_error', code: 'account_invalid' }, 'permission'],
    [401, { type: 'authentication_error', decline_code: 'authentication_required' }, 'authentication'],
    [409, { type: 'invalid_request_error', code: 'parameter_invalid' }, 'invalid_request'],
    [422, { type: 'invalid_request_error', code: 'missing_required_param' }, 'invalid_request'],
    [429, { trace_id: 'trc_1' }, 'rate_limited'],
    [400, { type: 'invalid_request_error', code: 'account_required' }, 'permission'],
    [404, { type: 'invalid_request_error', code: null }, 'not_found'],
    [409, { type: 'idempotency_error', code: null, message: 'This idempotency key was used with a different request.' }, 'idempotency_key_reused'],
    [400, { type: 'idempotency_error', code: 'idempotency_parameters_mismatch' }, 'idempotency_key_reused'],
    [418, { type: 'tea_error', message: 'Teapot.' }, 'invalid_request'],
  ])('of status %i and %j is %s, and nothing moved', async (status, json, code) => {
    expect(await errorFrom(status, json)).toMatchObject({ code, outcome: 'rejected', httpStatus: status });
  });

  it.each([
    [409, { type: 'idempotency_error', code: 'request_in_progress' }, 'idempotency_in_progress'],
    [409, { type: 'idempotency_error', message: 'A request with this key is still in progress.' }, 'idempotency_in_progress'],
    [409, { type: 'invalid_request_error', code: 'idempotency_key_in_use' }, 'idempotency_in_progress'],
    [409, { type: 'idempotency_error', message: 'The first request is being processed.' }, 'idempotency_in_progress'],
    [409, { type: 'idempotency_error', message: 'Concurrent requests with one key.' }, 'idempotency_in_progress'],
    [409, { type: 'idempotency_error', message: 'This idempotency key clashes with an earlier request.' }, 'idempotency_in_progress'],
    [400, { type: 'idempotency_error' }, 'idempotency_in_progress'],
    [408, { type: 'invalid_request_error', message: 'Too slow.' }, 'provider_unavailable'],
    [500, { type: 'api_error', message: 'Something went wrong.' }, 'provider_unavailable'],
    [500, { error: { type: 'api_error', message: 'Something went wrong.' }, trace_id: 'trc_a6' }, 'provider_unavailable'],
    [400, { type: 'api_error' }, 'provider_unavailable'],
    [500, { type: 'invalid_request_error', code: 'parameter_invalid' }, 'provider_unavailable'],
    [502, { type: 'authentication_error', code: 'token_invalid' }, 'provider_unavailable'],
    [503, { trace_id: 'trc_1' }, 'provider_unavailable'],
    [409, { type: 'idempotency_error', decline_code: 'do_not_honor' }, 'idempotency_in_progress'],
    [409, { message: 'Not of Paypercut.' }, 'idempotency_in_progress'],
    [429, {}, 'rate_limited'],
    [503, { message: 'upstream connect error' }, 'provider_unavailable'],
    [500, { type: 'api_error', decline_code: 'do_not_honor' }, 'provider_unavailable'],
    [409, '<html>', 'idempotency_in_progress'],
    [429, '<html>', 'rate_limited'],
  ])('of status %i and %j is %s, and may have happened', async (status, json, code) => {
    const { payments } = answering({ status, json });
    const error = await errorOf(payments.paymentIntents.create(input));
    expect(error).toMatchObject({ code, outcome: 'unknown', retry: 'look_up_first', resume: { confirm: true } });
  });

  it('of a status and a form that say nothing is not believed to be of Paypercut: it may have happened', async () => {
    const { payments } = answering({ status: 418, json: { message: 'Teapot.' } });
    expect(await errorOf(payments.paymentIntents.create(input))).toMatchObject({ code: 'malformed_response', outcome: 'unknown', resume: { confirm: true } });
  });

  it.each(['<html>', null, 7, {}, [], { message: 'Not of Paypercut.' }, { error: {} }])('is not made of %j', (json) => {
    expect(readError({ status: 400, json, header: () => null })).toEqual({ kind: 'unrecognised' });
  });

  it('of too many requests is a refusal: nothing happened', async () => {
    expect(await errorFrom(429, { type: 'api_error', code: 'rate_limit', message: 'Too many requests.' })).toMatchObject({ code: 'rate_limited', outcome: 'rejected' });
  });

  it("names the field, the provider's code and the id that support asks for", async () => {
    const { payments } = answering({ status: 400, json: { type: 'invalid_request_error', code: 'missing_required_param', param: 'currency', message: 'currency is required.', trace_id: 'trc_a1' } });
    const error = await errorOf(payments.paymentIntents.create(input));
    expect(error).toMatchObject({ providerCode: 'missing_required_param', requestId: 'trc_a1', problems: [{ field: 'currency' }] });
    expect(error.providerMessage?.reveal()).toBe('currency is required.');
  });

  it.each([
    ['beside the wrapper', { error: { type: 'invalid_request_error', code: 'permission_denied' }, trace_id: 'trc_a6' }],
    ['within the wrapper', { error: { type: 'invalid_request_error', code: 'permission_denied', trace_id: 'trc_a6' } }],
  ])('has its id %s too', async (_where, json) => {
    const { payments } = answering({ status: 403, json });
    expect(await errorOf(payments.paymentIntents.create(input))).toMatchObject({ code: 'permission', providerCode: 'permission_denied', requestId: 'trc_a6' });
  });

  it.each([
    ['account_invalid', true],
    ['account_required', true],
    ['permission_denied', false],
  ])('%s says to look at the connected account: %s', async (code, says) => {
    expect((await errorFrom(403, { type: 'invalid_request_error', code })).message.includes('Check the connectedAccount of the call.')).toBe(says);
  });

  it('of state comes with the intent as it is now', async () => {
    expect(await errorFrom(422, { type: 'invalid_request_error', code: null, message: 'Not now.' })).toMatchObject({ code: 'invalid_state', currentStatus: 'requires_action' });
  });
});
