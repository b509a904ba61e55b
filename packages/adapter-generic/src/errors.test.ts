import { money, type PaymentFailure } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { answering, answeringAs, apiKey, errorOf } from './testing/wire.js';
import { generic, stripe } from './index.js';
import { setup } from './testing/other-payloads.js';
import { canceled, captured, declined, declinedCard, fresh } from './testing/payloads.js';

const { id } = fresh;
const error = (status: number, inner: unknown) => ({ status, json: { error: inner } });
const confirm = { amount: money(2000, 'USD'), confirm: true } as const;

describe('a decline', () => {
  it('that carries the intent is the intent, without asking again', async () => {
    const { payments, requests } = answering(error(402, { ...declinedCard, payment_intent: declined }));
    expect(await payments.paymentIntents.confirm(id)).toMatchObject({ id, status: 'requires_payment_method', lastPaymentError: { reason: 'do_not_honor', advice: 'retry_later' } });
    expect(requests).toHaveLength(1);
  });

  it('of a creation that carries the intent is that intent, so another method can pay it', async () => {
    const { payments } = answering(error(402, { ...declinedCard, payment_intent: declined }));
    expect(await payments.paymentIntents.create(confirm)).toMatchObject({ ref: `stripe:${id}`, lastPaymentError: { declineCode: 'do_not_honor', networkDeclineCode: '05', networkAdviceCode: '02' } });
  });

  it.each([
    ['the id of the intent', { payment_intent: id }],
    ['the charge, which names the intent', { charge: { id: 'ch_1', payment_intent: id } }],
    ['the charge, which holds the intent', { charge: { id: 'ch_1', payment_intent: fresh } }],
    ['an intent that cannot be read', { payment_intent: { id, status: 7 } }],
  ])('that carries %s is looked up', async (_what, more) => {
    const { payments, requests } = answering(error(402, { ...declinedCard, ...more }), { status: 200, json: fresh });
    expect(await payments.paymentIntents.create(confirm)).toMatchObject({ id, lastPaymentError: { reason: 'do_not_honor' } });
    expect(requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual(['POST /v1/payment_intents', `GET /v1/payment_intents/${id}`]);
  });

  it.each([
    ['nothing', {}],
    ['a charge that names none either', { charge: { id: 'ch_1', payment_intent: null } }],
  ])('of a creation that names no intent but %s is payment_declined, with the failure', async (_what, more) => {
    const { payments } = answering(error(402, { ...declinedCard, ...more }));
    expect(await errorOf(payments.paymentIntents.create(confirm, { reference: 'order-1' }))).toMatchObject({
      code: 'payment_declined', outcome: 'rejected', retry: 'new_attempt', providerCode: 'card_declined', failure: { reason: 'do_not_honor' }, intent: null,
    }); // prettier-ignore
  });

  it('of a setup that names no intent is payment_declined too, and nothing is looked up', async () => {
    const { payments, requests } = answering(error(402, declinedCard));
    const call = payments.setupIntents.create({ customer: 'cus_Olive', paymentMethod: 'pm_Olive', confirm: true }, { reference: 'card-1' });
    expect(await errorOf(call)).toMatchObject({ code: 'payment_declined', outcome: 'rejected', failure: { reason: 'do_not_honor' }, subject: null });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['another status', 400, declinedCard],
    ['another status and no code', 400, { type: 'card_error', message: 'Declined.' }],
    ['another status and nothing but a decline code', 400, { decline_code: 'a_new_one' }],
    ['another status and no type, but a decline code', 400, { decline_code: 'a_new_one', message: 'Declined.' }],
    ['another status and no type, but a code of a decline', 400, { code: 'expired_card' }],
    ['no type', 402, { message: 'Declined.' }],
    ['a type that is new', 402, { type: 'wallet_error', message: 'Declined.' }],
    ['a failed authentication, which is no card_error', 402, { type: 'invalid_request_error', code: 'payment_intent_authentication_failure' }],
  ])('is one with %s', async (_what, status, inner) => {
    const { payments } = answering(error(status, inner), { status: 200, json: fresh });
    expect((await payments.paymentIntents.confirm(id)).lastPaymentError).not.toBeNull();
  });

  it('is none when the request itself was wrong, though the status is 402', async () => {
    const { payments } = answering(error(402, { type: 'invalid_request_error', message: 'No.', param: 'payment_method' }));
    expect(await errorOf(payments.paymentIntents.confirm(id))).toMatchObject({ code: 'invalid_request', httpStatus: 402 });
  });

  it.each([
    ['api_error', { code: 'provider_unavailable', outcome: 'unknown' }],
    ['idempotency_error', { code: 'idempotency_key_reused', outcome: 'rejected' }],
  ])('is none when a 402 says %s: it is told as what it is', async (type, expected) => {
    const { payments } = answering(error(402, { type, message: 'No.' }), { status: 200, json: fresh });
    expect(await errorOf(payments.paymentIntents.confirm(id))).toMatchObject({ httpStatus: 402, ...expected });
  });

  it.each([
    [401, { code: 'authentication', outcome: 'rejected' }],
    [403, { code: 'permission', outcome: 'rejected' }],
    [408, { code: 'provider_unavailable', outcome: 'unknown' }],
    [409, { code: 'idempotency_in_progress', outcome: 'unknown' }],
    [429, { code: 'rate_limited', outcome: 'rejected' }],
    [500, { code: 'provider_unavailable', outcome: 'unknown' }],
    [502, { code: 'provider_unavailable', outcome: 'unknown' }],
  ])('is none under %i, whatever the words: the status says whether anything is known', async (status, expected) => {
    const { payments } = answering(error(status, declinedCard), { status: 200, json: fresh });
    expect(await errorOf(payments.paymentIntents.confirm(id))).toMatchObject({ ...expected, httpStatus: status, failure: null });
  });

  it('of a setup that carries its id alone is looked up, so that another method can be saved with it', async () => {
    const { payments, requests } = answering(error(402, { ...declinedCard, setup_intent: setup.id }), { status: 200, json: setup });
    const call = payments.setupIntents.create({ paymentMethod: 'pm_Olive', confirm: true }, { reference: 'card-1' });
    expect(await call).toMatchObject({ id: setup.id, lastSetupError: { reason: 'do_not_honor' } });
    expect(requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual(['POST /v1/setup_intents', `GET /v1/setup_intents/${setup.id}`]);
  });

  it.each<readonly [object, Partial<PaymentFailure>]>([
    [{ decline_code: 'generic_decline' }, { reason: 'card_declined', advice: null }],
    [{ decline_code: 'do_not_honor' }, { reason: 'do_not_honor', advice: null }],
    [{ decline_code: 'insufficient_funds', advice_code: 'try_again_later' }, { reason: 'insufficient_funds', advice: 'retry_later' }],
    [{ decline_code: 'lost_card' }, { reason: 'lost_or_stolen_card', advice: 'do_not_retry' }],
    [{ decline_code: 'stolen_card' }, { reason: 'lost_or_stolen_card', advice: 'do_not_retry' }],
    [{ decline_code: 'fraudulent' }, { reason: 'fraudulent', advice: 'do_not_retry' }],
    [{ code: 'expired_card' }, { reason: 'expired_card', advice: 'confirm_card_data' }],
    [{ code: 'expired_card', decline_code: 'expired_card', advice_code: 'do_not_try_again' }, { reason: 'expired_card', advice: 'do_not_retry' }],
    [{ code: 'incorrect_cvc' }, { reason: 'incorrect_cvc', advice: 'confirm_card_data' }],
    [{ code: 'incorrect_number' }, { reason: 'incorrect_number', advice: 'confirm_card_data' }],
    [{ code: 'invalid_expiry_year' }, { reason: 'invalid_expiry', advice: 'confirm_card_data' }],
    [{ code: 'processing_error' }, { reason: 'processing_error', advice: 'retry_later' }],
    [{ decline_code: 'try_again_later' }, { reason: 'card_declined', advice: 'retry_later' }],
    [{ code: 'authentication_required', decline_code: 'authentication_required' }, { reason: 'authentication_required', advice: 'authenticate' }],
    [{ decline_code: 'card_velocity_exceeded' }, { reason: 'limit_exceeded' }],
    [{ decline_code: 'currency_not_supported' }, { reason: 'not_supported' }],
    [{ decline_code: 'live_mode_test_card' }, { reason: 'test_card_in_live_mode' }],
    [{ decline_code: 'a_new_one' }, { reason: 'card_declined', declineCode: 'a_new_one' }],
    [{ code: 'a_new_one' }, { reason: 'unknown', providerCode: 'a_new_one' }],
    [{ code: '__proto__', decline_code: 'constructor', advice_code: 'toString' }, { reason: 'unknown', advice: null }],
  ])('%j means %j', async (codes, expected) => {
    const { payments } = answering(error(402, { type: 'card_error', code: 'card_declined', ...codes, payment_intent: fresh }));
    expect((await payments.paymentIntents.confirm(id)).lastPaymentError).toMatchObject(expected);
  });
});

describe('a fault', () => {
  const invalid = { type: 'invalid_request_error', message: 'No.' };

  it.each([
    [400, { ...invalid, code: 'parameter_unknown', param: 'colour' }, { code: 'invalid_request', providerCode: 'parameter_unknown', message: expect.stringContaining('field colour') }],
    [400, { ...invalid, code: 'amount_too_small' }, { code: 'invalid_request', message: expect.stringContaining('field amount') }],
    [400, { ...invalid, code: 'amount_too_large', param: 'amount_to_capture' }, { code: 'invalid_request', message: expect.stringContaining('field amount_to_capture') }],
    [404, { ...invalid, code: 'resource_missing', param: 'intent' }, { code: 'not_found' }],
    [400, { ...invalid, code: 'resource_missing', param: 'customer' }, { code: 'not_found', message: expect.stringContaining('field customer') }],
    [400, { type: 'idempotency_error', message: 'No.' }, { code: 'idempotency_key_reused', outcome: 'rejected' }],
    [409, { type: 'idempotency_error', message: 'No.' }, { code: 'idempotency_in_progress', outcome: 'unknown' }],
    [400, { ...invalid, code: 'idempotency_error' }, { code: 'idempotency_key_reused', outcome: 'rejected' }],
    [409, { ...invalid, code: 'idempotency_error' }, { code: 'idempotency_in_progress', outcome: 'unknown' }],
    [400, { ...invalid, code: 'rate_limit' }, { code: 'rate_limited', outcome: 'rejected' }],
    [408, invalid, { code: 'provider_unavailable', outcome: 'unknown' }],
    [404, invalid, { code: 'not_found', outcome: 'rejected' }],
    [400, { code: 'resource_missing' }, { code: 'not_found', providerCode: 'resource_missing' }],
    [401, invalid, { code: 'authentication', outcome: 'rejected' }],
    [403, invalid, { code: 'permission', outcome: 'rejected' }],
    [429, { ...invalid, code: 'rate_limit' }, { code: 'rate_limited', outcome: 'rejected' }],
    [429, { message: 'Slow down.' }, { code: 'rate_limited', outcome: 'rejected' }],
    [422, { type: 'something_new' }, { code: 'invalid_request', providerCode: 'something_new' }],
  ])('%i %j', async (status, inner, expected) => {
    const { payments } = answering(error(status, inner));
    const thrown = await errorOf(payments.paymentIntents.create({ amount: money(2000, 'USD') }));
    expect(thrown).toMatchObject({ httpStatus: status, ...expected });
  });

  it('of state carries the status as it is now', async () => {
    const { payments } = answering(error(400, { ...invalid, code: 'payment_intent_unexpected_state', payment_intent: fresh }), { status: 200, json: canceled });
    expect(await errorOf(payments.paymentIntents.capture(id))).toMatchObject({ code: 'invalid_state', outcome: 'rejected', currentStatus: 'canceled' });
  });

  it.each([[409, 'idempotency_key_in_use'], [429, 'lock_timeout'], [409, 'lock_timeout'], [409, null]])('%i %s means that it is still under way: nothing is known yet', async (status, code) => {
    const { payments } = answering(error(status, { ...invalid, code }), { status: 200, json: fresh });
    expect(await errorOf(payments.paymentIntents.confirm(id))).toMatchObject({ code: 'idempotency_in_progress', outcome: 'unknown', resume: { ref: `stripe:${id}` } });
  });

  it.each([[500, { type: 'api_error' }], [503, { message: 'Down.' }], [400, { type: 'api_error' }]])('of the service itself (%i %j) is unknown, and looked up', async (status, inner) => {
    const { payments } = answering(error(status, inner), { status: 200, json: captured });
    expect((await payments.paymentIntents.confirm(id)).status).toBe('succeeded');
  });

  it.each([
    ['an error object alone', { type: 'invalid_request_error', code: 'parameter_missing', message: 'No.', param: 'amount' }, { code: 'invalid_request', providerCode: 'parameter_missing' }],
    ['a sentence', { error: 'No such thing.' }, { code: 'invalid_request', providerCode: null }],
    ['a sentence beside a code', { error: 'Bad Request', code: 'resource_missing', message: 'No such thing.' }, { code: 'not_found', providerCode: 'resource_missing' }],
    ['a message alone', { message: 'No such thing.' }, { code: 'invalid_request' }],
    ['nothing known', { detail: ['?'] }, { code: 'invalid_request', providerCode: null, providerMessage: null }],
    ['a list', [], { code: 'invalid_request', providerMessage: null }],
    ['null', null, { code: 'invalid_request', providerMessage: null }],
  ])('is understood when a service says it as %s', async (_form, json, expected) => {
    const { payments } = answering({ status: 400, json });
    expect(await errorOf(payments.paymentIntents.create({ amount: money(2000, 'USD') }))).toMatchObject({ outcome: 'rejected', ...expected });
  });

  it('names no field that the service did not name', async () => {
    const { payments } = answering(error(400, { ...invalid, code: 'parameter_missing' }));
    expect((await errorOf(payments.paymentIntents.create({ amount: money(2000, 'USD') }))).message).not.toContain('field');
  });

  it.each([[{ detail: ['?'] }], [[]], [null], ['<html>'], [{ error: {} }]])('in words that nobody knows (%j) is not guessed at: its status is left to speak', (json) => {
    const answer = { status: 400, json, header: () => null };
    expect(generic(stripe, { apiKey }).readError(answer, 'paymentIntents.create')).toEqual({ kind: 'unrecognised' });
  });

  it('keeps the sentence of the service', async () => {
    const { payments } = answering({ status: 400, json: { error: 'No such thing.' } });
    expect((await errorOf(payments.paymentIntents.retrieve(id))).providerMessage?.reveal()).toBe('No such thing.');
  });
});

describe('headers of an answer', () => {
  it('carry the id of the request', async () => {
    const { payments } = answering({ ...error(400, { type: 'invalid_request_error' }), headers: { 'request-id': 'req_42' } });
    expect((await errorOf(payments.paymentIntents.retrieve(id))).requestId).toBe('req_42');
  });

  it('say that an answer is a stored one, which is looked at again', async () => {
    const { payments, requests } = answering({ status: 200, json: fresh, headers: { 'idempotent-replayed': 'true' } }, { status: 200, json: canceled });
    expect((await payments.paymentIntents.create({ amount: money(2000, 'USD') }, { reference: 'order-2' })).status).toBe('canceled');
    expect(requests).toHaveLength(2);
  });

  it('mean nothing where the profile does not name them', async () => {
    const { payments, requests } = answeringAs({ ...stripe, replayedHeader: null }, { status: 200, json: fresh, headers: { 'idempotent-replayed': 'true' } });
    await payments.paymentIntents.create({ amount: money(2000, 'USD') });
    expect(requests).toHaveLength(1);
  });
});

