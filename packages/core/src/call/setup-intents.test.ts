import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { toBrowser } from '../index.js';
import { bench, errorOf } from '../testing/client.js';
import { answer, lost } from '../testing/scripted-fetch.js';

const hunted = 'seti_1_secret_hunted';
const setup = (said: object = {}) => ({ id: 'seti_1', status: 'requires_payment_method', customer: 'cus_1', ...said });
const reference = { reference: 'card-1' };

describe('a setup intent', () => {
  it('is created, confirmed and saved', async () => {
    const { payments, requests } = bench([answer(200, setup({ metadata: { oneintent_reference: 'card-1', shop: 'a' } })), answer(200, setup({ status: 'succeeded', method: 'pm_1' }))]);
    const created = await payments.setupIntents.create({ customer: 'cus_1', usage: 'off_session', metadata: { shop: 'a' } }, reference);
    expect(created).toMatchObject({ object: 'setup_intent', ref: 'acme:seti_1', status: 'requires_payment_method', reference: 'card-1', metadata: { shop: 'a' } });
    expect(await payments.setupIntents.confirm(created, { paymentMethod: 'pm_1' }, reference)).toMatchObject({ status: 'succeeded', paymentMethod: 'pm_1' });
    expect(requests[0]?.json).toEqual({ customer: 'cus_1', usage: 'off_session', metadata: { shop: 'a', oneintent_reference: 'card-1' } });
    expect(requests.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(['POST /v1/setups', 'POST /v1/setups/seti_1/confirm']);
  });

  it('shows no secret, and hands it to the browser', async () => {
    const { payments } = bench([answer(200, setup({ status: 'requires_action', secret: hunted, action: `https://${hunted}.example` }))]);
    const waiting = await payments.setupIntents.confirm('seti_1');
    expect(inspect(waiting, { depth: null, showHidden: true }) + JSON.stringify(waiting)).not.toContain(hunted);
    expect(toBrowser(waiting)).toMatchObject({ clientSecret: hunted, nextAction: { type: 'redirect', url: `https://${hunted}.example` } });
  });

  it('that was declined says why, as a value', async () => {
    const { payments } = bench([answer(402, { problem: 'declined', message: 'No.', id: 'seti_1' }), answer(200, setup())]);
    expect(await payments.setupIntents.confirm('seti_1')).toMatchObject({ status: 'requires_payment_method', lastSetupError: { reason: 'insufficient_funds', message: 'No.' } });
  });

  it('that no status known today describes stays unknown', async () => {
    const { payments } = bench([answer(200, setup({ status: 'sealed' }))]);
    expect(await payments.setupIntents.retrieve('seti_1')).toMatchObject({ status: 'unknown', providerStatus: 'sealed' });
  });

  it.each([
    ['confirm', 'succeeded'],
    ['confirm', 'canceled'],
    ['cancel', 'succeeded'],
  ] as const)('is not sent a %s that can never follow on %s', async (verb, status) => {
    const { payments, requests } = bench([answer(200, setup({ status }))]);
    const snapshot = await payments.setupIntents.retrieve('seti_1');
    expect(await errorOf(payments.setupIntents[verb](snapshot))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', problems: [{ field: 'target' }] });
    expect(requests).toHaveLength(1);
  });

  it('whose confirmation was lost is looked up, and is done when it shows', async () => {
    const { payments } = bench([lost, answer(200, setup({ status: 'succeeded' }))], { retries: 0 });
    expect(await payments.setupIntents.confirm('seti_1', {}, reference)).toMatchObject({ status: 'succeeded' });
  });

  it('whose creation was lost is found by its reference', async () => {
    const { payments } = bench([lost, answer(200, { data: [setup({ metadata: { oneintent_reference: 'card-1' } })] })], { retries: 0 });
    expect(await payments.setupIntents.create({ customer: 'cus_1' }, reference)).toMatchObject({ id: 'seti_1', reference: 'card-1' });
  });

  it('whose cancellation was lost and that is saved by now was not canceled', async () => {
    const { payments } = bench([lost, answer(200, setup({ status: 'succeeded' }))], { retries: 0 });
    expect(await errorOf(payments.setupIntents.cancel('seti_1', {}, reference))).toMatchObject({ code: 'invalid_state', outcome: 'rejected', currentStatus: 'succeeded', intent: null, subject: { object: 'setup_intent' } });
  });

  it('whose outcome stays unknown is settled later by its resume', async () => {
    const { payments } = bench([lost, answer(200, setup())], { retries: 0 });
    const { resume } = await errorOf(payments.setupIntents.confirm('seti_1', { paymentMethod: 'pm_1' }, reference));
    if (resume === null) throw new Error('There is no resume.');
    const later = bench([answer(200, setup({ status: 'succeeded' }))]);
    expect(await later.payments.resume(resume)).toMatchObject({ object: 'setup_intent', status: 'succeeded' });
  });

  it('takes the reasons and the currencies that the provider has for it, and no others', async () => {
    const { payments, requests } = bench();
    expect(await errorOf(payments.setupIntents.cancel('seti_1', { reason: 'duplicate' }))).toMatchObject({ code: 'unsupported', problems: [{ field: 'reason', remedy: 'It takes abandoned.' }] });
    expect(await errorOf(payments.setupIntents.create({ currency: 'USD' }))).toMatchObject({ code: 'unsupported', problems: [{ field: 'currency' }] });
    expect(requests).toEqual([]);
  });

  it('is listed and iterated like a payment', async () => {
    const { payments } = bench([answer(200, { data: [setup()], next: 'more' }), answer(200, { data: [setup({ id: 'seti_2' })] })]);
    const ids: string[] = [];
    for await (const { id } of payments.setupIntents.iterate({ customer: 'cus_1' })) ids.push(id);
    expect(ids).toEqual(['seti_1', 'seti_2']);
  });

  it('is waited for until the provider is done with it', async () => {
    const { payments, slept } = bench([answer(200, setup({ status: 'processing' })), answer(200, setup({ status: 'succeeded' }))]);
    expect(await payments.setupIntents.waitFor('seti_1')).toMatchObject({ status: 'succeeded' });
    expect(slept).toHaveLength(1);
  });

  it('is waited for only by statuses that it has', async () => {
    const { payments } = bench();
    expect(await errorOf(payments.setupIntents.waitFor('seti_1', { until: ['requires_capture' as never] }))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'until' }] });
  });
});
