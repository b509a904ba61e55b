import { inspect } from 'node:util';
import { createPayments, explain, money, storePaymentIntent, type PaymentIntent } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { generic, stripe, type Profile } from './index.js';
import { answering, apiKey, errorOf, type Answer } from './testing/wire.js';
import { authorised, declinedCard, fresh, redirected } from './testing/payloads.js';

const pan = '4242 4242 4242 4242';
const basic = Buffer.from(`${apiKey}:`).toString('base64');
const secrets = [apiKey, basic, pan, 'hunted', 'bank.example', 'olive@example.com', 'Olive Oyl', 'voucher-7'];

const input = { amount: money(2000, 'USD'), confirm: true, paymentMethod: 'pm_1', providerOptions: { generic: { body: { mandate_data: { token: 'hunted' } } } } } as const;

/** Everything that a log could make of a value. */
const printed = (value: unknown): string =>
  [inspect(value, { depth: Infinity, showHidden: true, getters: true }), JSON.stringify(value), String(value), value instanceof Error ? value.stack : ''].join('\n');

const found = (value: unknown): readonly string[] => secrets.filter((secret) => printed(value).includes(secret));

const expanded = { ...authorised, payment_method: { id: 'pm_1', card: { number: pan, name: 'Olive Oyl' } } };
const voucher = { ...redirected, next_action: { type: 'oxxo_display_details', oxxo_display_details: { number: 'voucher-7' } } };

const answers: readonly (readonly [string, Answer])[] = [
  ['a redirect', { status: 200, json: redirected }],
  ['a voucher', { status: 200, json: voucher }],
  ['an expanded customer and card', { status: 200, json: expanded }],
  ['a decline that quotes the card', { status: 402, json: { error: { ...declinedCard, message: `The card ${pan} was declined.` } } }],
  ['a decline with the intent and the card', { status: 402, json: { error: { ...declinedCard, payment_intent: redirected, payment_method: expanded.payment_method } } }],
  ['a refusal that quotes the request', { status: 400, json: { error: { type: 'invalid_request_error', message: `Bad value ${apiKey} in ${fresh.client_secret}`, param: 'card' } } }],
  ['a sentence that quotes the key', { status: 401, json: { error: `Invalid API key: ${apiKey}` } }],
  ['an answer that cannot be read', { status: 200, json: { ...expanded, amount: 'much', next_action: redirected.next_action } }],
];

describe.each(answers)('after %s', (_what, answer) => {
  it('no secret is in what comes back, nor in what the hook sees', async () => {
    const { payments, events, requests } = answering(answer);
    const result: unknown = await payments.paymentIntents.create(input).catch((error: unknown) => error);
    expect(found(result)).toEqual([]);
    expect(events.length).toBeGreaterThan(0);
    expect(found(events)).toEqual([]);
    expect(String(requests[0]?.body)).toContain('hunted');
    expect(requests[0]?.headers.get('authorization')).toContain(apiKey);
  });
});

it('an intent that is stored holds no secret', async () => {
  const intent: PaymentIntent = await answering({ status: 200, json: redirected }).payments.paymentIntents.retrieve(fresh.id);
  expect(found(storePaymentIntent(intent))).toEqual([]);
});

it('refused options are not quoted', async () => {
  const wrong = { amount: money(2000, 'USD'), providerOptions: { generic: { body: { description: 'hunted', metadata: { a: 'hunted' } } } } } as const;
  expect(found(await errorOf(answering().payments.paymentIntents.create(wrong)))).toEqual([]);
});

it.each<NonNullable<Profile['authentication']>>([{ type: 'bearer' }, { type: 'basic' }, { type: 'header', name: 'X-Api-Key' }])(
  'with the key sent by $type, adapter, client, explanation and hook print none', async (authentication) => {
    const adapter = generic({ ...stripe, authentication }, { apiKey });
    const events: unknown[] = [];
    const payments = createPayments({ adapter, onExchange: (event) => events.push(event), fetch: async () => Response.json(fresh) });
    await payments.paymentIntents.retrieve(fresh.id);
    expect(events.length).toBeGreaterThan(0);
    expect(found([adapter, payments, adapter.authorization(), events, await explain(adapter, 'paymentIntents.create', input)])).toEqual([]);
  });
