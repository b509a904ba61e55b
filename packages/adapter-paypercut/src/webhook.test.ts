import { describe, expect, it } from 'vitest';
import { authorised, captured } from './testing/payloads.js';
import { capturedEvent, failedRefund, savedSetup } from './testing/other-payloads.js';
import { readEvent, webhooks } from './webhook.js';

const event = (type: string, object: unknown) => readEvent({ ...capturedEvent, type, data: { object } });

describe('an event of Paypercut', () => {
  it.each([
    ['payment_intent.authorized', authorised, 'payment_intent.amount_capturable_updated'],
    ['payment_intent.authorized', captured, 'payment_intent.succeeded'],
    ['payment_intent.captured', captured, 'payment_intent.succeeded'],
    ['payment_intent.captured', authorised, 'payment_intent.amount_capturable_updated'],
    ['payment_intent.captured', { ...captured, status: 'canceled' }, 'payment_intent.canceled'],
    ['payment_intent.captured', { ...captured, status: 'processing' }, 'payment_intent.processing'],
    ['payment_intent.authorized', { ...authorised, status: 'requires_action' }, 'payment_intent.requires_action'],
    ['payment_intent.captured', { ...captured, status: 'never_heard_of' }, null],
    ['payment_intent.succeeded', captured, 'payment_intent.succeeded'],
    ['payment_intent.canceled', { ...captured, status: 'canceled' }, 'payment_intent.canceled'],
    ['payment_intent.payment_failed', { ...captured, status: 'requires_payment_method' }, 'payment_intent.payment_failed'],
    ['refund.created', failedRefund, 'refund.created'],
    ['refund.succeeded', { ...failedRefund, status: 'succeeded' }, 'refund.updated'],
    ['refund.failed', failedRefund, 'refund.failed'],
  ])('%s means what has become of its object, not what it is called', (type, object, expected) => {
    expect(event(type, object)).toMatchObject({ type: expected, providerType: type, subject: { kind: type.split('.')[0], reading: { id: object.id } } });
  });

  it.each(['checkout_session.completed', 'invoice.paid', 'account.updated', 'something.new'])('%s is told without an object that this model does not have', (type) => {
    for (const object of [{ id: 'x', object: 'checkout_session' }, captured, failedRefund]) expect(event(type, object)).toMatchObject({ type: null, providerType: type, subject: null });
  });

  it('about a setup intent has it, although no such event is published', () => {
    expect(event('setup_intent.succeeded', savedSetup)).toMatchObject({ providerType: 'setup_intent.succeeded', subject: { kind: 'setup_intent', reading: { id: savedSetup.id } } });
  });

  it.each([undefined, null, 7, {}, { id: 'x' }, { ...captured, amount: 'much' }])('whose object cannot be read is told all the same', (object) => {
    expect(event('payment_intent.captured', object)).toMatchObject({ id: capturedEvent.id, type: null, subject: null });
    expect(readEvent({ ...capturedEvent, data: object })).toMatchObject({ id: capturedEvent.id, subject: null });
  });

  it.each(['id', 'type'])('without %s is none', (field) => {
    expect(() => readEvent({ ...capturedEvent, [field]: null })).toThrow(field);
  });

  it('is promised only where the provider publishes it', () => {
    expect(webhooks.sends.value.map(({ providerType }) => providerType)).toEqual(['payment_intent.authorized', 'payment_intent.captured']);
  });
});
