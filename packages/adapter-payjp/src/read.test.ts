import { describe, expect, it } from 'vitest';
import { toBrowser, type PaymentIntent } from '@oneintent/core';
import type { PayjpDialect } from './index.js';
import { earlyFlowFailed, flowSucceeded, flowWaiting, intentAuthorised, intentFresh, listOf } from './testing/payloads.js';
import { answering, client, useWire } from './testing/wire.js';

useWire();

const retrieve = async (dialect: PayjpDialect, json: { readonly id: string }): Promise<PaymentIntent> => {
  answering({ method: 'GET', path: `/v2/${dialect}/${json.id}`, body: json });
  return client(dialect).paymentIntents.retrieve(json.id);
};

const jpy = (minorUnits: number) => ({ minorUnits, currency: 'JPY' });
const common = {
  object: 'payment_intent', account: 'payjp', provider: 'payjp', reference: null, livemode: false, latestPayment: null, statementDescriptor: null,
  receiptEmail: null, setupFutureUsage: null, confirmationMethod: null, authorizationExpiresAt: null, lastPaymentError: null, description: null,
  paymentMethod: null, paymentMethodTypes: ['card'], returnUrl: null, amountCapturable: null, amountReceived: null,
  clientSecret: expect.anything(), raw: expect.anything(),
}; // prettier-ignore

describe('a payment of each date is read into exact neutral values', () => {
  it('2025-08, payment_intents: fresh, with its optional keys missing', async () => {
    expect(await retrieve('payment_intents', intentFresh)).toEqual({
      ...common, id: 'pi_exA1', ref: 'payjp:pi_exA1', status: 'requires_payment_method', amount: jpy(3300), captureMethod: 'automatic_async',
      customer: 'cus_exA', metadata: { order: 'A-1001' }, createdAt: '2025-08-20T03:10:11.000Z', updatedAt: '2025-08-20T03:10:11.000Z',
    });
  });

  it('2025-08, payment_intents: authorised, with its optional keys null', async () => {
    expect(await retrieve('payment_intents', intentAuthorised)).toEqual({
      ...common, id: 'pi_exA2', ref: 'payjp:pi_exA2', status: 'requires_capture', amount: jpy(12000), amountCapturable: jpy(12000), amountReceived: jpy(0),
      captureMethod: 'manual', confirmationMethod: 'automatic', customer: null, paymentMethod: 'pm_exA', metadata: null,
      receiptEmail: 'buyer@example.com', returnUrl: 'https://shop.example/back',
      createdAt: '2025-08-20T03:10:11.000Z', updatedAt: '2025-08-20T03:15:40.000Z',
    });
  });

  it('2025-12, early payment_flows: a failed attempt, with customer and payment_method and without a currency', async () => {
    expect(await retrieve('payment_flows', earlyFlowFailed)).toEqual({
      ...common, id: 'pfw_exB1', ref: 'payjp:pfw_exB1', status: 'requires_payment_method', amount: jpy(980), captureMethod: 'automatic',
      customer: 'cus_exB', paymentMethodTypes: ['card', 'paypay'], metadata: {}, createdAt: '2025-12-04T01:00:00.000Z', updatedAt: '2025-12-04T01:02:09.000Z',
      lastPaymentError: {
        reason: 'card_declined', advice: null, message: 'example decline text', providerCode: 'card_declined',
        declineCode: null, networkDeclineCode: null, networkAdviceCode: null,
      },
    });
  });

  it('2026-04, payment_flows: succeeded, with metadata of every kind', async () => {
    const intent = await retrieve('payment_flows', flowSucceeded);
    expect(intent).toEqual({
      ...common, id: 'pfw_exC1', ref: 'payjp:pfw_exC1', status: 'succeeded', amount: jpy(5400), amountCapturable: jpy(0), amountReceived: jpy(5400),
      captureMethod: 'automatic', customer: 'cus_exC', paymentMethod: 'pm_exC', description: 'order 77', metadata: { order: '77', gift: true, items: 3 },
      createdAt: '2026-04-10T05:00:00.000Z', updatedAt: '2026-04-10T05:00:04.000Z',
    });
    expect(intent.raw.reveal()).toEqual(flowSucceeded);
  });

  it('2026-04, payment_flows: waiting for 3-D Secure, with a next action that is passed on unread', async () => {
    const intent = await retrieve('payment_flows', flowWaiting);
    expect(intent).toEqual({
      ...common, id: 'pfw_exC2', ref: 'payjp:pfw_exC2', status: 'requires_action', amount: jpy(8000), captureMethod: 'manual', customer: 'cus_exC',
      paymentMethod: 'pm_exC', returnUrl: 'https://shop.example/back', metadata: {}, createdAt: '2026-04-10T05:00:00.000Z', updatedAt: '2026-04-10T05:00:02.000Z',
      nextAction: { type: 'opaque', providerType: null, data: expect.anything() },
    });
    expect(toBrowser(intent)).toEqual({
      provider: 'payjp', id: 'pfw_exC2', status: 'requires_action', clientSecret: 'pfws_EXAMPLE_C2',
      nextAction: { type: 'opaque', providerType: null, data: { opaque: 'unverified shape' } },
    });
  });

  it('2026-04, a page of payment_flows, which goes on after its last id', async () => {
    answering({ method: 'GET', path: '/v2/payment_flows', body: listOf('/v2/payment_flows', [flowWaiting, flowSucceeded], true) });
    expect(await client('payment_flows').paymentIntents.list()).toMatchObject({
      data: [{ id: 'pfw_exC2', status: 'requires_action' }, { id: 'pfw_exC1', status: 'succeeded' }], hasMore: true, nextCursor: 'pfw_exC1',
    });
  });
});

describe('what the documents leave open is read with care', () => {
  const flow = (more: object) => retrieve('payment_flows', { ...flowSucceeded, ...more });

  it.each([['abondoned', 'abandoned'], ['abandoned', 'abandoned'], ['expired', 'expired'], ['void_invoice', 'void_invoice'], ['a new one', 'unknown'], [null, null]])(
    'the cancellation reason %s is %s', async (written, read) => {
      expect(await flow({ status: 'canceled', cancellation_reason: written, canceled_at: '2026-04-11T00:00:00Z' }))
        .toMatchObject({ status: 'canceled', cancellationReason: read, canceledAt: '2026-04-11T00:00:00.000Z' });
    });

  it('a hold with expired_at says when it ends, and from where that is known', async () => {
    expect(await flow({ status: 'requires_capture', expired_at: '2026-04-17T05:00:00Z' }))
      .toMatchObject({ authorizationExpiresAt: { at: '2026-04-17T05:00:00.000Z', source: 'payment_flow.expired_at' } });
  });

  it.each([
    ['2026-04-10T05:00:00Z', '2026-04-10T05:00:00.000Z'],
    ['2026-04-10T05:00:00+00:00', '2026-04-10T05:00:00.000Z'],
    ['2026-04-10T14:00:00+09:00', '2026-04-10T05:00:00.000Z'],
    ['2026-04-10T05:00:00', '2026-04-10T05:00:00.000Z'],
    ['2026-04-10T05:00:00.123456', '2026-04-10T05:00:00.123Z'],
    ['2026-04-10T05:00:00.5+00:00', '2026-04-10T05:00:00.500Z'],
    [1_775_797_205, '2026-04-10T05:00:05.000Z'],
    ['soon', null],
    [null, null],
  ])('the time %s is %s', async (written, read) => {
    expect(await flow({ created_at: written, updated_at: written, expired_at: written }))
      .toMatchObject({ createdAt: read, updatedAt: read, authorizationExpiresAt: read === null ? null : { at: read } });
  });

  it('a status that is new to this version is neither failed nor succeeded, and says its word', async () => {
    expect(await flow({ status: 'on_hold', next_action: { type: 'wait' } }))
      .toMatchObject({ status: 'unknown', providerStatus: 'on_hold', nextAction: { type: 'opaque', providerType: 'wait' } });
  });

  it('words and fields that are new to this version break nothing', async () => {
    expect(await flow({ capture_method: 'scheduled', payment_method_types: ['card', 'new_kind'], livemode: null, extra: { deep: [1] } }))
      .toMatchObject({ status: 'succeeded', captureMethod: 'unknown', paymentMethodTypes: ['card', 'new_kind'], livemode: null });
  });

  it('a last_payment_error of which nothing is published is still a failure, with its code as it came', async () => {
    expect(await flow({ status: 'requires_payment_method', last_payment_error: { code: 'constructor', more: 1 } }))
      .toMatchObject({ lastPaymentError: { reason: 'unknown', providerCode: 'constructor', message: null } });
    expect(await flow({ last_payment_error: 'declined' })).toMatchObject({ lastPaymentError: null });
  });

  it('the reference is read back out of the metadata, and is not in it', async () => {
    expect(await flow({ metadata: { oneintent_reference: 'order-77', oneintent_attempt: '2', order: '77' } }))
      .toMatchObject({ reference: 'order-77', metadata: { order: '77' } });
  });

  it('a list that does not say whether it goes on has ended', async () => {
    answering({ method: 'GET', path: '/v2/payment_flows', body: { data: [flowSucceeded] } });
    expect(await client('payment_flows').paymentIntents.list()).toMatchObject({ hasMore: false, nextCursor: null });
    answering({ method: 'GET', path: '/v2/payment_intents', body: { data: [intentFresh] } });
    expect(await client('payment_intents').paymentIntents.list()).toMatchObject({ hasMore: false, nextCursor: null });
  });

  it("an answer about another payment than was asked for is never taken for it", async () => {
    answering({ method: 'GET', path: '/v2/payment_flows/pfw_other', body: flowSucceeded });
    await expect(client('payment_flows').paymentIntents.retrieve('pfw_other')).rejects.toMatchObject({ code: 'malformed_response', problems: [{ field: 'id' }] });
  });
});
