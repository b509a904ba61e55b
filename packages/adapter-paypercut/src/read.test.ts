import { readStoredPaymentIntent, Secret, storePaymentIntent, toBrowser, type PaymentIntent } from '@oneintent/core';
import { describe, expect, it } from 'vitest';
import { readPage } from './read.js';
import { answering } from './testing/wire.js';
import { authorised, canceled, challenged, fresh, redirected } from './testing/payloads.js';

const read = <T extends { readonly id: string }>(json: T): Promise<PaymentIntent> => answering({ status: 200, json }).payments.paymentIntents.retrieve(json.id);

const eur = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

describe('an intent', () => {
  it('is read whole: what Paypercut does not have is null', async () => {
    expect(await read(fresh)).toEqual({
      object: 'payment_intent',
      account: 'paypercut',
      provider: 'paypercut',
      id: '01KB2MA0C3E5G7J9M1N3P5Q7R9',
      ref: 'paypercut:01KB2MA0C3E5G7J9M1N3P5Q7R9',
      reference: null,
      status: 'requires_payment_method',
      livemode: false,
      amount: eur(2599),
      amountCapturable: eur(0),
      amountReceived: eur(0),
      captureMethod: 'manual',
      confirmationMethod: null,
      clientSecret: null,
      customer: '01KB2M7Q4T9V6X8Y0ZABCDEFGH',
      paymentMethod: null,
      paymentMethodTypes: null,
      latestPayment: null,
      description: null,
      statementDescriptor: null,
      receiptEmail: null,
      setupFutureUsage: null,
      metadata: null,
      returnUrl: null,
      createdAt: '2026-06-02T09:14:03.120Z',
      updatedAt: '2026-06-02T09:14:03.120Z',
      authorizationExpiresAt: null,
      lastPaymentError: null,
      raw: expect.any(Secret),
    });
  });

  it('keeps what it came from, for what the model does not have', async () => {
    const json = { ...fresh, on_behalf_of: '01KAKB000000000000000000AC' };
    expect((await read(json)).raw.reveal()).toEqual(json);
  });

  it('waits for capture, with the id of a customer that came as an object', async () => {
    expect(await read(authorised)).toMatchObject({
      status: 'requires_capture',
      amountCapturable: eur(2599),
      amountReceived: eur(0),
      customer: '01KB2M7Q4T9V6X8Y0ZABCDEFGH',
      paymentMethod: '01KB2M8R5V0W7Y9Z1ABCDEFGHJ',
      latestPayment: '01KB2MAK2D4F6H8J0K2M4N6P8Q',
      updatedAt: '2026-06-02T09:15:10.450Z',
    });
  });

  it('names the payment method and the payment by id where they came as objects', async () => {
    const json = { ...authorised, payment_method: { id: 'method', card: { last4: '4242' } }, latest_payment: { id: 'payment', payment_method: 'card' } };
    expect(await read(json)).toMatchObject({ paymentMethod: 'method', latestPayment: 'payment' });
  });

  it('says when and why it was canceled', async () => {
    expect(await read(canceled)).toMatchObject({
      status: 'canceled',
      livemode: true,
      amount: { minorUnits: 800, currency: 'GBP' },
      customer: null,
      canceledAt: '2026-06-02T12:00:00.000Z',
      cancellationReason: 'requested_by_customer',
    });
  });

  it('says what is on the statement and what the method may be used for', async () => {
    const json = { ...fresh, statement_descriptor: 'SHOP SOFIA', setup_future_usage: 'off_session' };
    expect(await read(json)).toMatchObject({ statementDescriptor: 'SHOP SOFIA', setupFutureUsage: 'off_session' });
  });

  it('of a status never seen is unknown, with the word', async () => {
    expect(await read({ ...challenged, status: 'requires_review' })).toMatchObject({ status: 'unknown', providerStatus: 'requires_review' });
  });
});

describe('amounts', () => {
  it.each([
    ['in lower case', { iso: 'usd', scale: 2 }, { minorUnits: 2599, currency: 'USD' }],
    ['in upper case', { iso: 'USD', scale: 2 }, { minorUnits: 2599, currency: 'USD' }],
    ['as plain text', 'Usd', { minorUnits: 2599, currency: 'USD' }],
    ['without a scale', { iso: 'huf' }, { minorUnits: 2599, currency: 'HUF' }],
    ['with a scale that is none', { iso: 'huf', scale: -1 }, { minorUnits: 2599, currency: 'HUF' }],
    ['in whole units', { iso: 'huf', scale: 0 }, { minorUnits: 259_900, currency: 'HUF' }],
  ])('are read by a currency %s', async (_form, currency, amount) => {
    expect((await read({ ...fresh, currency })).amount).toEqual(amount);
  });

  it('that the scale makes a fraction of a cent are refused, never rounded', async () => {
    await expect(read({ ...fresh, currency: { iso: 'eur', scale: 3 } })).rejects.toMatchObject({ code: 'malformed_response', problems: [{ field: 'amount' }] });
  });
});

describe('times', () => {
  it.each([
    ['2023-11-21T10:30:45Z', '2023-11-21T10:30:45.000Z'],
    ['2023-11-21T12:30:45.5+02:00', '2023-11-21T10:30:45.500Z'],
    [1_700_562_645, '2023-11-21T10:30:45.000Z'],
    ['yesterday', null],
  ])('%s is read as %s', async (created, createdAt) => {
    expect((await read({ ...fresh, created })).createdAt).toBe(createdAt);
  });
});

describe('a next action', () => {
  it('sends the customer to a page', async () => {
    expect(toBrowser(await read(redirected)).nextAction).toEqual({ type: 'redirect', url: 'https://buy.example/authenticate/abc', returnUrl: null });
  });

  it.each(['frictionless', 'method', 'challenge'])('runs the %s flow of 3-D Secure with all that Paypercut said', async (flow) => {
    const data = { ...challenged.next_action.three_d_secure, flow };
    const json = { ...challenged, next_action: { type: 'three_d_secure', three_d_secure: data } };
    expect(toBrowser(await read(json)).nextAction).toEqual({ type: 'three_d_secure', flow, data });
  });

  it.each([
    ['of a kind never seen', { type: 'await_bank_app', await_bank_app: { token: 't' } }, 'await_bank_app'],
    ['without its address', { type: 'redirect_to_url', redirect_to_url: { url: null } }, 'redirect_to_url'],
    ['without its contents', { type: 'three_d_secure' }, 'three_d_secure'],
    ['without a kind', { url: 'https://bank.example' }, null],
    ['that is a list', [{ type: 'redirect_to_url' }], null],
  ])('%s is handed on as it is', async (_what, action, providerType) => {
    expect(toBrowser(await read({ ...challenged, next_action: action })).nextAction).toEqual({ type: 'opaque', providerType, data: action });
  });
});

describe('a next action that says less than it should', () => {
  it.each([null, undefined, 7, 'redirect_to_url', false])('is none where it is %j', async (next_action) => {
    expect(toBrowser(await read({ ...challenged, next_action }))).toMatchObject({ status: 'requires_action', nextAction: null });
  });

  it.each([7, null, undefined])('has an unknown flow of 3-D Secure where that is %j', async (flow) => {
    const data = { ...challenged.next_action.three_d_secure, flow };
    expect(toBrowser(await read({ ...challenged, next_action: { type: 'three_d_secure', three_d_secure: data } })).nextAction).toMatchObject({ type: 'three_d_secure', flow: 'unknown' });
  });
});

it.each([
  [{ last_key: null }, false],
  [{}, false],
  [{ last_key: '' }, false],
  [{ last_key: 'x' }, true],
])('a page that ends with %j has more after it: %s', (end, hasMore) => {
  expect(readPage({ items: [1], ...end }, (item) => item)).toMatchObject({ items: [1], hasMore });
});

describe('a confirmation that failed without an error', () => {
  const failed = { ...challenged, status: 'requires_payment_method', next_action: null };
  const unnamed = { reason: 'unknown', advice: null, declineCode: null, message: null };

  it('is a decline of unknown reason', async () => {
    const { payments } = answering({ status: 200, json: failed });
    expect(await payments.paymentIntents.confirm(failed.id)).toMatchObject({ status: 'requires_payment_method', lastPaymentError: unnamed });
  });

  it('is one too when it was the last that Paypercut allows', async () => {
    const { payments } = answering({ status: 200, json: { ...failed, status: 'canceled' } });
    expect(await payments.paymentIntents.confirm(failed.id)).toMatchObject({ status: 'canceled', lastPaymentError: unnamed });
  });

  it('is one on creation, and no creation without a confirmation is', async () => {
    const { payments } = answering({ status: 200, json: failed }, { status: 200, json: fresh });
    const input = { amount: eur(2599), paymentMethod: failed.payment_method };
    expect((await payments.paymentIntents.create({ ...input, confirm: true })).lastPaymentError).toMatchObject(unnamed);
    expect((await payments.paymentIntents.create(input)).lastPaymentError).toBeNull();
  });
});

it('an intent can be stored and read back', async () => {
  const intent = await read(fresh);
  expect({ ...readStoredPaymentIntent(JSON.parse(JSON.stringify(storePaymentIntent(intent)))), raw: null }).toEqual({ ...intent, raw: null });
});
