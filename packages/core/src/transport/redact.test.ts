import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactHeaders, redactJson } from './redact.js';

const hunted = 'hunted';
const print = (value: unknown): string => JSON.stringify(redactJson(value));

describe('redacted JSON', () => {
  it('shows what is known to be harmless', () => {
    const shown = { id: 'pi_1', status: 'succeeded', amount: 1000, currency: 'eur', livemode: false, payment_method_types: ['card'], customer: 'cus_1', canceled_at: null };
    expect(redactJson(shown)).toEqual(shown);
    expect(redactJson({ error: { code: 'card_declined', message: hunted }, data: [{ id: 'pi_1', client_secret: hunted }] })).toEqual({
      error: { code: 'card_declined', message: '[redacted]' },
      data: [{ id: 'pi_1', client_secret: '[redacted]' }],
    });
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
    expect(redactJson({ client_secret: null, novel: 1, errors: [] })).toEqual({ client_secret: null, novel: '[redacted]', errors: [] });
  });
});

describe('redacted headers', () => {
  it('show how, not who', () => {
    expect(redactHeaders({ Authorization: `Bearer ${hunted}`, 'X-Api-Key': hunted, 'Stripe-Account': hunted, 'Idempotency-Key': 'k', 'Content-Type': 'application/json' })).toEqual({
      Authorization: '[redacted]',
      'X-Api-Key': '[redacted]',
      'Stripe-Account': '[redacted]',
      'Idempotency-Key': 'k',
      'Content-Type': 'application/json',
    });
  });
});
