import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../model/secret.js';
import { redactHeaders, redactJson, secretsOf } from './redact.js';

const hunted = 'hunted';
const print = (value: unknown): string => JSON.stringify(redactJson(value, []));

describe('redacted JSON', () => {
  it('shows what is known to be harmless', () => {
    const shown = { id: 'pi_1', status: 'succeeded', amount: 1000, currency: 'eur', livemode: false, payment_method_types: ['card'], customer: 'cus_1', canceled_at: null };
    expect(redactJson(shown, [])).toEqual(shown);
    expect(redactJson({ error: { code: 'card_declined', message: hunted }, data: [{ id: 'pi_1', client_secret: hunted }] }, [])).toEqual({
      error: { code: 'card_declined', message: '[redacted]' },
      data: [{ id: 'pi_1', client_secret: '[redacted]' }],
    });
  });

  it('shows what one needs to follow a payment, a save or a refund, whichever provider it is of', () => {
    const shown = {
      id: 'pi_1', object: 'payment_intent', status: 'requires_action', livemode: true, type: 'card', kind: 'payment', mode: 'payment',
      amount: 1000, amount_capturable: 400, amount_received: 600, amount_to_capture: 400, final_capture: true, currency: 'eur', iso: 'EUR', scale: 2,
      capture_method: 'manual', confirmation_method: 'automatic', confirm: true, off_session: false, setup_future_usage: 'off_session',
      request_three_d_secure: 'any', request_extended_authorization: 'if_available',
      customer: 'cus_1', customer_id: 'cus_1', payment_method: 'pm_1', payment_method_id: 'pm_1', payment_method_types: ['card'],
      latest_charge: 'ch_1', latest_payment: 'pay_1', payment_intent: 'pi_1',
      created: 1775797200, created_at: '2026-04-10T05:00:00Z', updated: 1775797200, updated_at: '2026-04-10T05:00:00Z',
      canceled_at: '2026-04-10T05:00:00Z', expired_at: '2026-04-17T05:00:00Z', cancellation_reason: 'abandoned',
      error: {
        code: 'card_declined', decline_code: 'insufficient_funds', advice_code: 'try_again_later', network_decline_code: '51', network_advice_code: '02',
        param: 'amount', field: 'amount', title: 'Invalid', trace_id: 't_1',
      },
      limit: 10, offset: 0, starting_after: 'pi_0', ending_before: 'pi_9', has_more: true,
    }; // prettier-ignore
    expect(redactJson(shown, [])).toEqual(shown);
    expect(redactHeaders({ Accept: 'application/json', 'Stripe-Version': '2026-04-10', 'User-Agent': 'oneintent' }, {})).toEqual({
      Accept: 'application/json',
      'Stripe-Version': '2026-04-10',
      'User-Agent': 'oneintent',
    });
  });

  it.each(['data', 'items', 'error', 'errors', 'payment_method_options', 'card', 'last_payment_error'])('looks into %s', (container) => {
    expect(redactJson({ [container]: { id: 'x_1', novel: hunted } }, [])).toEqual({ [container]: { id: 'x_1', novel: '[redacted]' } });
  });

  it.each<readonly [string, unknown, unknown]>([
    ['a card number in digits', { id: '4242 4242 4242 4242' }, { id: '[redacted]' }],
    ['a key', { code: 'sk_test_1a2b3c' }, { code: '[redacted]' }],
    ['a client secret', { param: 'pi_1_secret_1a2b3c' }, { param: '[redacted]' }],
    ['a number as long as a card number', { amount: 4242424242424242, created: -100_000_000_000 }, { amount: '[redacted]', created: '[redacted]' }],
    ['a number of a member that it does not know', { pin: 1234, card: { cvc: 123, exp_year: 2030 } }, { pin: '[redacted]', card: { cvc: '[redacted]', exp_year: '[redacted]' } }],
  ])('does not show %s, not even where it may read', (_what, json, expected) => {
    expect(redactJson(json, [])).toEqual(expected);
  });

  it('shows an amount as large as providers take', () => {
    expect(redactJson({ amount: 99_999_999_999 }, [])).toEqual({ amount: 99_999_999_999 });
  });

  it.each<readonly [string, unknown]>([
    ['an unknown member', { novel: hunted }],
    ['an unknown object, its known members too', { novel: { id: hunted } }],
    ['an unknown list', { novel: [hunted] }],
    ['a client secret', { client_secret: hunted }],
    ['a next action', { next_action: { type: 'redirect', url: hunted, redirect_to_url: { url: hunted } } }],
    ['metadata', { metadata: { order: hunted } }],
    ['a description', { description: hunted, receipt_email: hunted, return_url: hunted, statement_descriptor: hunted }],
    ['a card', { card: { number: hunted, cvc: hunted, last4: hunted } }],
    ['a sentence in place of an error object', { error: hunted }],
    ['sentences in place of a list of errors', { errors: [hunted, { field: 'amount', message: hunted }] }],
    ['text in place of a list of objects', { data: hunted, items: [hunted] }],
    ['text in place of a card', { card: hunted, payment_method_options: hunted, last_payment_error: hunted }],
    ['a body that is only text', hunted],
    ['a body that is a list of text', [hunted, [hunted]]],
    ['an expanded customer', { customer: { id: 'cus_1', email: hunted, name: hunted } }],
    ['a name that an object inherits', { toString: hunted, constructor: hunted }],
  ])('does not show %s', (_what, json) => {
    expect(print(json)).not.toContain(hunted);
  });

  it('shows no value of a member that it does not know, wherever it stands', () => {
    const unknown = fc.string({ minLength: 1 }).map((name) => `x_${name}`);
    const secret = fc.anything({ values: [fc.constant(hunted)], withNullPrototype: false }).map((value) => [value, hunted]);
    const known = fc.constantFrom('error', 'errors', 'data', 'items', 'card', 'payment_intent', 'customer', 'payment_method', 'latest_charge');
    fc.assert(
      fc.property(unknown, secret, fc.array(known, { maxLength: 4 }), (name, value, around) => {
        const json = around.reduce<unknown>((inner, outer, depth) => ({ [outer]: depth % 2 === 0 ? inner : [inner] }), { [name]: value });
        expect(print(json)).not.toContain(hunted);
      }),
    );
  });

  it('keeps null, and the names of members', () => {
    expect(redactJson({ client_secret: null, novel: 1, errors: [] }, [])).toEqual({ client_secret: null, novel: '[redacted]', errors: [] });
  });
});

describe('redacted headers', () => {
  it('show how, not who', () => {
    expect(redactHeaders({ Authorization: `Bearer ${hunted}`, 'X-Api-Key': hunted, 'Stripe-Account': hunted, 'Idempotency-Key': 'k', 'Content-Type': 'application/json' }, {})).toEqual({
      Authorization: '[redacted]',
      'X-Api-Key': '[redacted]',
      'Stripe-Account': '[redacted]',
      'Idempotency-Key': 'k',
      'Content-Type': 'application/json',
    });
  });
});

describe('the key of the client itself', () => {
  it.each([
    ['Bearer EAAA-hunted-1', 'EAAA-hunted-1'],
    ['test_hunted_2', 'test_hunted_2'],
    [`Basic ${btoa('test_hunted_3:')}`, 'test_hunted_3'],
    ['Basic %%%not-base64%%%', '%%%not-base64%%%'],
  ])('is found by its value, whatever it looks like: %s', (authorization, key) => {
    const secrets = secretsOf({ authorization: () => ({ Authorization: new Secret(authorization) }) });
    expect(JSON.stringify(redactJson({ id: `No such thing: ${key}`, type: authorization }, secrets))).not.toContain(key);
  });
});

describe('a header that the adapter puts on every request', () => {
  it('is shown as it was put, unless its name is that of a secret', () => {
    const constant = { 'Acme-Version': '2026-04', 'X-Api-Key': hunted };
    expect(redactHeaders({ ...constant, 'Acme-Account': 'acct_1' }, constant)).toEqual({ 'Acme-Version': '2026-04', 'X-Api-Key': '[redacted]', 'Acme-Account': '[redacted]' });
    expect(redactHeaders({ 'Acme-Version': hunted }, constant)).toEqual({ 'Acme-Version': '[redacted]' });
  });
});
