import { describe, expect, it } from 'vitest';
import { money } from '@oneintent/core';
import { flowSucceeded, intentAuthorised, setupIntent } from './testing/payloads.js';
import { answering, client, useWire } from './testing/wire.js';

useWire();

const flows = client('payment_flows').paymentIntents;
const intents = client('payment_intents');
const flow = (status: string) => ({ method: 'POST', path: '/v2/payment_flows', body: { ...flowSucceeded, status } }) as const;
const setup = (status: string, path = '') => ({ method: 'POST', path: `/v2/setup_intents${path}`, body: { ...setupIntent, status } }) as const;
const input = { amount: money(5400, 'JPY'), customer: 'cus_exC', paymentMethod: 'pm_exC' } as const;
const unexplained = { reason: 'unknown', message: null, providerCode: null };

/** PAY.JP does not always say why: that a method is missing again after a confirmation is all there is. */
describe('a confirmation that ends without a method has failed, and nothing else has', () => {
  it.each([
    ['payment_flows: a creation that confirms', 'requires_payment_method', true, unexplained],
    ['payment_flows: a creation that does not confirm', 'requires_payment_method', false, null],
    ['payment_flows: a creation that confirms', 'succeeded', true, null],
    ['payment_flows: a creation that confirms', 'requires_action', true, null],
  ])('%s, in %s', async (_what, status, confirm, lastPaymentError) => {
    answering(flow(status));
    await expect(flows.create({ ...input, confirm })).resolves.toMatchObject({ status, lastPaymentError });
  });

  it.each([
    ['requires_payment_method', unexplained],
    ['succeeded', null],
    ['requires_action', null],
    ['a_status_of_tomorrow', null],
  ])('payment_flows: a confirmation, in %s', async (status, lastPaymentError) => {
    answering({ ...flow(status), path: '/v2/payment_flows/pfw_exC1/confirm' });
    await expect(flows.confirm('pfw_exC1')).resolves.toMatchObject({ lastPaymentError });
  });

  it.each(['requires_capture', 'processing'])('payment_intents: a confirmation, in %s', async (status) => {
    answering({ method: 'POST', path: '/v2/payment_intents/pi_exA2/confirm', body: { ...intentAuthorised, status } });
    await expect(intents.paymentIntents.confirm('pi_exA2')).resolves.toMatchObject({ status, lastPaymentError: null });
  });

  it.each([
    ['requires_payment_method', true, unexplained],
    ['requires_payment_method', false, null],
    ['succeeded', true, null],
  ])('payment_intents: a setup made, in %s, confirm: %s', async (status, confirm, lastSetupError) => {
    answering(setup(status));
    await expect(intents.setupIntents.create({ customer: 'cus_exA', paymentMethod: 'pm_exA', confirm })).resolves.toMatchObject({ status, lastSetupError });
  });

  it.each([
    ['requires_payment_method', unexplained],
    ['succeeded', null],
  ])('payment_intents: a setup confirmed, in %s', async (status, lastSetupError) => {
    answering(setup(status, '/seti_exA/confirm'));
    await expect(intents.setupIntents.confirm('seti_exA')).resolves.toMatchObject({ status, lastSetupError });
  });
});
