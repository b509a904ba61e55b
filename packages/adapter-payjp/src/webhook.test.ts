import { describe, expect, it } from 'vitest';
import { createPayments } from '@oneintent/core';
import { dialectNames } from './dialects/index.js';
import { payjp, type PayjpDialect } from './index.js';
import { earlyFlowFailed, event, flowSucceeded, intentAuthorised, refunds, setupIntent, setupSaved } from './testing/payloads.js';
import { rejection } from './testing/wire.js';
import { readEvent } from './webhook.js';

const of = (type: string, data: unknown) => readEvent({ ...event, type, data });

describe('an event of PAY.JP', () => {
  it.each([
    ['payment_flow.succeeded', flowSucceeded, 'payment_intent.succeeded', 'payment_intent'],
    ['payment_flow.payment_failed', earlyFlowFailed, 'payment_intent.payment_failed', 'payment_intent'],
    ['payment_intent.amount_capturable_updated', intentAuthorised, 'payment_intent.amount_capturable_updated', 'payment_intent'],
    ['setup_flow.succeeded', setupSaved, 'setup_intent.succeeded', 'setup_intent'],
    ['setup_intent.created', setupIntent, 'setup_intent.created', 'setup_intent'],
    ['refund.updated', refunds.today, 'refund.updated', 'refund'],
    ['payment_refund.created', refunds.today, 'refund.created', 'refund'],
  ])('%s is told with its object', (type, data, expected, kind) => {
    expect(of(type, data)).toMatchObject({ id: 'evt_ex1', providerType: type, type: expected, subject: { kind, reading: { id: data.id } } });
  });

  it('is read with its object in data.object as well', () => {
    expect(of('payment_flow.succeeded', { object: flowSucceeded })).toMatchObject({ subject: { reading: { id: flowSucceeded.id, amount: 5400 } } });
  });

  it('is read where data.object is null', () => {
    expect(of('payment_flow.succeeded', { ...flowSucceeded, object: null })).toMatchObject({ subject: { reading: { id: flowSucceeded.id } } });
  });

  it('as the command line forwards it says neither its mode nor its time as usual', () => {
    expect(readEvent({ created: 1_775_797_205, data: flowSucceeded, id: 'evt_ex1', object: 'event', pending_webhooks: 1, type: 'payment_flow.succeeded' })).toMatchObject({
      livemode: null, createdAt: 1_775_797_205, subject: { reading: { id: flowSucceeded.id } },
    }); // prettier-ignore
  });

  it.each(['checkout.session.completed', 'customer.created', 'term.closed', 'something.new', 'payment_flow.something_new'])('%s is told, as something that this model does not have', (type) => {
    expect(of(type, { id: 'x', amount: 500 })).toMatchObject({ providerType: type, type: null, subject: null });
  });

  it.each([undefined, null, 7, 'text', {}, { id: 'x' }, { ...flowSucceeded, amount: 'much' }])('whose object cannot be read is told all the same', (data) => {
    expect(of('payment_flow.succeeded', data)).toMatchObject({ type: 'payment_intent.succeeded', subject: null });
  });

  it.each(['id', 'type'])('without %s is none', (field) => {
    expect(() => readEvent({ ...event, [field]: null })).toThrow(field);
  });

  it('is promised by the names of each dialect', () => {
    const families: Readonly<Record<PayjpDialect, readonly string[]>> = {
      payment_flows: ['payment_flow', 'setup_flow', 'refund'],
      payment_intents: ['payment_intent', 'setup_intent', 'refund'],
    };
    const sent = (dialect: PayjpDialect) => payjp({ apiKey: 'sk_test_1', dialect }).webhooks?.sends.value ?? [];
    expect(Object.fromEntries(dialectNames.map((dialect) => [dialect, [...new Set(sent(dialect).map(({ providerType }) => providerType.split('.')[0]))]]))).toEqual(families);
  });
});

describe('a delivery of PAY.JP', () => {
  const payments = createPayments({ adapter: payjp({ apiKey: 'sk_test_1' }), webhookSecret: 'whook_EXAMPLE' });
  const delivery = (token: string) => ({ body: JSON.stringify(event), headers: { 'x-payjp-webhook-token': token } });

  it('with the token is read, and believed only as far as a token goes', async () => {
    expect(await payments.webhooks.verify(delivery('whook_EXAMPLE'))).toMatchObject({ id: 'evt_ex1', trust: 'token' });
  });

  it('with another token is refused, quoting neither', async () => {
    const error = await rejection(payments.webhooks.verify(delivery('whook_OTHER')));
    expect(error).toMatchObject({ code: 'webhook_unverified', message: expect.not.stringContaining('whook') });
  });

  it('of a test is not believed by a live account', async () => {
    const live = createPayments({ adapter: payjp({ apiKey: 'sk_live_0' }), webhookSecret: 'whook_EXAMPLE' });
    expect(await rejection(live.webhooks.verify(delivery('whook_EXAMPLE')))).toMatchObject({ code: 'webhook_unverified' });
  });
});
