import { inspect } from 'node:util';
import { explain, money } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { paypercut } from './index.js';
import { answering, apiKey, errorOf, type Answer } from './testing/wire.js';
import { authorised, challenged, declinedCard, redirected } from './testing/payloads.js';

const cryptogram = 'AAABBEg0VhI0VniQEjRWAAAAAAA=';
const transactionId = '97267598-fae6-4ae6-9d9b-1a2b3c4d5e6f';
const pan = '4242 4242 4242 4242';
const secrets = [
  apiKey,
  cryptogram,
  transactionId,
  pan,
  'eyJhIjoxfQ',
  'acs.example',
  '3ds-7f1c',
  'shop.example/3ds/status',
  'buy.example',
  'ana@example.com',
  'Ana Petrova',
];

const expanded = { ...authorised, payment_method: { id: 'method', card: { cardholder_name: 'Ana Petrova', number: pan } } };
const input = {
  amount: money(2599, 'EUR'),
  confirm: true,
  paymentMethod: 'method',
  providerOptions: { paypercut: { threeDSecureResult: { cryptogram, transactionId, version: '2.2.0' } } },
} as const;

/** Everything that a log could make of a value. */
const printed = (value: unknown): string =>
  [inspect(value, { depth: Infinity, showHidden: true, getters: true }), JSON.stringify(value), String(value), value instanceof Error ? value.stack : ''].join('\n');

const found = (value: unknown): readonly string[] => secrets.filter((secret) => printed(value).includes(secret));

const answers: readonly (readonly [string, Answer])[] = [
  ['a 3-D Secure step', { status: 200, json: challenged }],
  ['a redirect', { status: 200, json: { ...redirected, amount: 2599, currency: 'EUR' } }],
  ['an expanded customer and card', { status: 200, json: expanded }],
  ['a decline that quotes the card', { status: 402, json: { ...declinedCard, message: `The card ${pan} was declined.` } }],
  ['a decline with an intent', { status: 402, json: { ...declinedCard, payment_intent: challenged } }],
  ['a refusal that quotes the request', { status: 400, json: { type: 'invalid_request_error', message: `Bad value ${cryptogram} for ${apiKey}`, param: 'card' } }],
  ['an answer that cannot be read', { status: 200, json: { ...expanded, amount: 'much', next_action: challenged.next_action } }],
];

describe.each(answers)('after %s', (_what, answer) => {
  it('no secret is in what comes back, nor in what the hook sees', async () => {
    const { payments, events, requests } = answering(answer);
    const result: unknown = await payments.paymentIntents.create(input).catch((error: unknown) => error);
    expect(found(result)).toEqual([]);
    expect(events.length).toBeGreaterThan(0);
    expect(found(events)).toEqual([]);
    expect(String(requests[0]?.body)).toContain(cryptogram);
  });
});

it('a refused input is not quoted', async () => {
  const { payments } = answering();
  const wrong = { ...input, providerOptions: { paypercut: { threeDSecureResult: { cryptogram: cryptogram.repeat(40), transactionId, version: '2.2.0' } } } } as const;
  expect(found(await errorOf(payments.paymentIntents.create(wrong)))).toEqual([]);
});

it('the adapter, the client and an explanation print no key', async () => {
  const adapter = paypercut({ apiKey });
  const { payments } = answering();
  expect(found([adapter, payments, adapter.authorization(), await explain(adapter, 'paymentIntents.create', input)])).toEqual([]);
});
