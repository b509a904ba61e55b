import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createPayments, explain, money, PaymentError, storePaymentIntent, toBrowser, type ExchangeEvent, type PaymentIntent } from '@oneintent/core';
import { dialectNames } from './dialects/index.js';
import { payjp, type PayjpDialect } from './index.js';

const apiKey = 'sk_test_HUNTED_KEY';
const clientSecret = 'pfws_HUNTED_CLIENT_SECRET';
const actionContents = 'HUNTED_ACTION';
const card = '4242424242424242';
const personal = 'HUNTED_BUYER@example.com';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hunted = [apiKey, clientSecret, actionContents, card, personal, base64(apiKey), base64(`${apiKey}:`)];

const waiting = (dialect: PayjpDialect) => ({
  id: 'p_1', object: dialect.slice(0, -1), status: 'requires_action', amount: 5400, currency: 'jpy', livemode: false, client_secret: clientSecret,
  next_action: { type: 'redirect', url: `https://3ds.example/${actionContents}`, [actionContents]: true }, receipt_email: personal,
  last_payment_error: { code: 'card_declined', message: `card ${card} with ${apiKey}` }, unknown_of_tomorrow: { token: actionContents },
}); // prettier-ignore

const sentence = `The key ${apiKey}, the secret ${clientSecret}, the card ${card}, ${personal}`;
const problem = (status: number, code: string) =>
  ({ type: 'about:blank', title: 'Validation Error', status, code, detail: sentence, errors: [{ field: 'amount', message: sentence }] });

/** A client to which the provider says this, and everything that its hook is told. */
const listening = (dialect: PayjpDialect, json: unknown, status = 200) => {
  const events: ExchangeEvent[] = [];
  const payments = createPayments({
    adapter: payjp({ apiKey, dialect }),
    retries: 1,
    sleep: async () => undefined,
    onExchange: (event) => events.push(event),
    fetch: async () => new Response(typeof json === 'string' ? json : JSON.stringify(json), { status }),
  });
  return { payments, events };
};

/** Everything that a program prints of a value without asking for its secrets. */
const printed = (value: unknown): string =>
  [
    JSON.stringify(value),
    inspect(value, { depth: 12, showHidden: true, getters: true }),
    String(value),
    value instanceof Error ? `${value.message}\n${value.stack}\n${inspect(value.cause, { depth: 12 })}` : '',
  ].join('\n');

/** The secrets that are found in what these values print. */
const secretsIn = (...values: readonly unknown[]): readonly string[] => {
  const text = values.map(printed).join('\n');
  return hunted.filter((secret) => text.includes(secret));
};

const thrown = async (promise: Promise<unknown>): Promise<unknown> => promise.then(() => 'nothing', (error: unknown) => error);

describe.each(dialectNames)('%s: what is secret is never printed', (dialect) => {
  const create = { amount: money(5400, 'JPY'), customer: 'cus_1', description: `for ${personal}`, metadata: { buyer: personal } } as const;

  it('by the adapter, the client or the request that it explains', async () => {
    const adapter = payjp({ apiKey, dialect });
    expect(secretsIn(adapter, listening(dialect, {}).payments, await explain(adapter, 'paymentIntents.create', create, { options: { reference: 'order-77' } }))).toEqual([]);
  });

  it('by an intent, a stored intent, or the hook that saw it come', async () => {
    const { payments, events } = listening(dialect, waiting(dialect));
    const intent: PaymentIntent = await payments.paymentIntents.create(create);
    const page = await thrown(payments.paymentIntents.list());
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['request', 'response']));
    // The receipt's address is data of the application's own, not a secret: it is looked for only in what is logged.
    const logged = { ...intent, receiptEmail: null };
    expect(secretsIn(logged, storePaymentIntent(logged), page, events)).toEqual([]);
    expect(secretsIn(toBrowser(intent))).toEqual([clientSecret, actionContents]);
  });

  it.each([400, 401, 402, 404, 409, 422, 429, 500])('by the error of an HTTP %i, its resume or the hook', async (status) => {
    const { payments, events } = listening(dialect, problem(status, 'card_declined'), status);
    const error = await thrown(payments.paymentIntents.create(create, { reference: 'order-77' }));
    expect(error).toMatchObject({ name: 'PaymentError', httpStatus: status });
    // A failure's sentence is written for the payer: it is kept, without what looks like a key or a card.
    const said = PaymentError.is(error) ? (error.failure?.message ?? '') : '';
    expect([apiKey, clientSecret, card].filter((secret) => said.includes(secret))).toEqual([]);
    expect(secretsIn(error, events).filter((secret) => secret !== personal || said === '')).toEqual([]);
  });

  it('by the error of an answer that is no JSON, is cut short, or lacks what is essential', async () => {
    const whole = JSON.stringify(waiting(dialect));
    for (const body of [`<html>${sentence}</html>`, whole.slice(0, -9), { ...waiting(dialect), status: null }]) {
      const { payments, events } = listening(dialect, body);
      const error = await thrown(payments.paymentIntents.retrieve('p_1'));
      expect(error).toMatchObject({ code: 'malformed_response' });
      expect(secretsIn(error, events)).toEqual([]);
    }
  });

  it('by the error of a connection that broke with the request in its message', async () => {
    const events: ExchangeEvent[] = [];
    const payments = createPayments({
      adapter: payjp({ apiKey, dialect }), retries: 0, onExchange: (event) => events.push(event),
      fetch: () => Promise.reject(Object.assign(new TypeError(`fetch failed with ${sentence}`), { cause: Object.assign(new Error(sentence), { code: 'ECONNRESET' }) })),
    });
    const error = await thrown(payments.paymentIntents.create(create));
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' });
    expect(secretsIn(error, events)).toEqual([]);
  });

  it('by a refusal of input that holds it', async () => {
    const { payments } = listening(dialect, {});
    const wrong = { ...create, metadata: { card: [card] }, [apiKey]: clientSecret };
    const error = await thrown(payments.paymentIntents.create(wrong as unknown as typeof create));
    expect(error).toMatchObject({ code: 'invalid_request', outcome: 'not_sent' });
    expect([clientSecret, card].filter((secret) => printed(error).includes(secret))).toEqual([]);
  });
});
