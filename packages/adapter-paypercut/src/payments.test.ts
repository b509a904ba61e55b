import { createPayments, money, type PaymentsOptions } from '@oneintent/core';
import { createSandbox, type PaymentMethodName, type Switches } from '@oneintent/sandbox';
import { describe, expect, it } from 'vitest';
import { paypercut } from './index.js';
import { errorOf } from './testing/wire.js';

/** A provider of one's own, and a client that talks to it. */
const open = (switches: Partial<Switches> = {}, more: Partial<PaymentsOptions> = {}) => {
  const sandbox = createSandbox({ dialect: 'paypercut', switches });
  const adapter = paypercut({ apiKey: sandbox.apiKey, baseUrl: sandbox.origin });
  const { paymentIntents, resume } = createPayments({ fetch: sandbox.fetch, sleep: async () => {}, ...more, adapter });
  const entry = () => sandbox.ledger().at(-1);
  const input = (method: PaymentMethodName) => ({ amount: money(2599, 'EUR'), customer: sandbox.customer, paymentMethod: sandbox.paymentMethods[method] });
  return { sandbox, paymentIntents, resume, entry, input };
};

const eur = (minorUnits: number) => money(minorUnits, 'EUR');

describe('manual capture with 3-D Secure', () => {
  it.each(['closes', 'stays_open'] as const)('takes a part and releases the rest, where a partial capture by itself %s', async (partialCapture) => {
    const { sandbox, paymentIntents, entry, input } = open({ partialCapture });
    const created = await paymentIntents.create({ ...input('three_d_secure'), captureMethod: 'manual', confirm: true }, { reference: 'order-1' });
    expect(created).toMatchObject({ status: 'requires_action', nextAction: { type: 'three_d_secure', flow: 'challenge' }, amountReceived: eur(0) });

    sandbox.completeAction(created.id);
    const held = await paymentIntents.waitFor(created, { until: ['requires_capture'] });
    expect(held).toMatchObject({ status: 'requires_capture', amountCapturable: eur(2599) });

    expect(await paymentIntents.capture(held, { amount: eur(1999) }, { reference: 'order-1' })).toMatchObject({ status: 'succeeded', amountReceived: eur(1999), amountCapturable: eur(0) });
    expect(entry()).toMatchObject({ authorized: 2599, captured: 1999, released: 600 });
  });

  it('sends the customer to a page where Paypercut wants that', async () => {
    const { paymentIntents, input } = open({ nextAction: 'redirect_to_url' });
    expect(await paymentIntents.create({ ...input('three_d_secure'), confirm: true })).toMatchObject({ status: 'requires_action', nextAction: { type: 'redirect', returnUrl: null } });
  });

  it('that the customer fails can be tried again with another card', async () => {
    const { sandbox, paymentIntents, entry, input } = open();
    const created = await paymentIntents.create({ ...input('three_d_secure'), confirm: true });
    sandbox.failAction(created.id);
    expect(await paymentIntents.retrieve(created)).toMatchObject({ status: 'requires_payment_method' });
    expect(await paymentIntents.confirm(created, { paymentMethod: sandbox.paymentMethods.succeeds })).toMatchObject({ status: 'succeeded', amountReceived: eur(2599) });
    expect(entry()).toMatchObject({ captured: 2599, confirmations: 2 });
  });
});

const ways = (['payment_required', 'other_client_error', 'success'] as const).flatMap((declineAs) =>
  [true, false].flatMap((declineCarriesIntent) => (['flat', 'wrapped'] as const).map((errors) => ({ declineAs, declineCarriesIntent, errors }))),
);

describe.each(ways)('a decline told as $declineAs, $errors, intent inside: $declineCarriesIntent', (switches) => {
  const reason = switches.declineAs === 'success' ? 'unknown' : 'insufficient_funds';

  it('is a value on the intent, and the next attempt is paid', async () => {
    const { sandbox, paymentIntents, entry, input } = open(switches);
    const created = await paymentIntents.create(input('insufficient_funds'), { reference: 'order-2' });
    const declined = await paymentIntents.confirm(created, {}, { reference: 'order-2' });
    expect(declined).toMatchObject({ id: created.id, status: 'requires_payment_method', lastPaymentError: { reason } });
    expect(await paymentIntents.confirm(declined, { paymentMethod: sandbox.paymentMethods.succeeds }, { reference: 'order-2', attempt: 2 })).toMatchObject({ status: 'succeeded' });
    expect(entry()).toMatchObject({ captured: 2599, confirmations: 2 });
  });

  it('on creation is on the intent, or thrown where Paypercut names none', async () => {
    const { paymentIntents, input } = open(switches);
    const result: unknown = await paymentIntents.create({ ...input('insufficient_funds'), confirm: true }).catch((error: unknown) => error);
    expect(result).toMatchObject(
      switches.declineAs === 'success' || switches.declineCarriesIntent
        ? { status: 'requires_payment_method', lastPaymentError: { reason } }
        : { code: 'payment_declined', outcome: 'rejected', retry: 'new_attempt', failure: { reason, advice: 'do_not_retry', networkDeclineCode: '51' } },
    );
  });
});

it.each([
  ['card_declined', 'card_declined', 'retry_later'],
  ['expired_card', 'expired_card', 'do_not_retry'],
  ['incorrect_cvc', 'incorrect_cvc', 'confirm_card_data'],
  ['do_not_honor', 'do_not_honor', 'retry_later'],
] as const)('the card %s is declined for %s, with the advice %s', async (method, reason, advice) => {
  const { paymentIntents, input } = open();
  const created = await paymentIntents.create(input(method));
  expect(await paymentIntents.confirm(created)).toMatchObject({ lastPaymentError: { reason, advice } });
});

it('a card that needs its owner asks for authentication when they are away', async () => {
  const { paymentIntents, input } = open({ declineCarriesIntent: true });
  expect(await paymentIntents.create({ ...input('three_d_secure'), confirm: true, offSession: 'recurring' })).toMatchObject({
    status: 'requires_payment_method',
    lastPaymentError: { reason: 'authentication_required', advice: 'authenticate' },
  });
});

describe('cancel', () => {
  it('releases what is held, and says why', async () => {
    const { paymentIntents, entry, input } = open();
    const held = await paymentIntents.create({ ...input('succeeds'), captureMethod: 'manual', confirm: true });
    const canceled = await paymentIntents.cancel(held, { reason: 'requested_by_customer' });
    expect(canceled).toMatchObject({ status: 'canceled', cancellationReason: 'requested_by_customer', canceledAt: expect.any(String), amountCapturable: eur(0) });
    expect(entry()).toMatchObject({ captured: 0, released: 2599 });
  });

  it('of what has been paid is invalid_state, with the intent as it is', async () => {
    const { paymentIntents, entry, input } = open();
    const paid = await paymentIntents.create({ ...input('succeeds'), confirm: true });
    expect(await errorOf(paymentIntents.cancel(paid.id))).toMatchObject({ code: 'invalid_state', outcome: 'rejected', currentStatus: 'succeeded' });
    expect(entry()).toMatchObject({ captured: 2599 });
  });

  it('while Paypercut is working is invalid_state', async () => {
    const { paymentIntents, input } = open();
    const working = await paymentIntents.create({ ...input('processing_succeeds'), confirm: true });
    expect(await errorOf(paymentIntents.cancel(working))).toMatchObject({ code: 'invalid_state', currentStatus: 'processing' });
  });
});

describe('what Paypercut works on for a while', () => {
  it.each([
    ['processing_succeeds', 'succeeded', 2599],
    ['processing_fails', 'requires_payment_method', 0],
  ] as const)('%s ends in %s', async (method, status, captured) => {
    const { sandbox, paymentIntents, entry, input } = open();
    const working = await paymentIntents.create({ ...input(method), confirm: true });
    expect(working.status).toBe('processing');
    sandbox.advance(3600);
    expect(await paymentIntents.waitFor(working)).toMatchObject({ status, amountReceived: eur(captured) });
    expect(entry()).toMatchObject({ captured });
  });
});

describe('money safety', () => {
  it.each(['create', 'capture'] as const)('a %s whose answer is lost is found again and done once', async (verb) => {
    const { sandbox, paymentIntents: plain, input } = open();
    const held = await plain.create({ ...input('succeeds'), captureMethod: 'manual', confirm: true });
    let lost = 0;
    const fetch: typeof sandbox.fetch = async (address, init) => {
      const answer = await sandbox.fetch(address, init);
      if (init?.method !== 'POST' || lost > 0) return answer;
      lost += 1;
      throw new TypeError('fetch failed');
    };
    const adapter = paypercut({ apiKey: sandbox.apiKey, baseUrl: sandbox.origin });
    const { paymentIntents } = createPayments({ adapter, fetch, sleep: async () => {} });
    const options = { reference: 'order-3' };
    const done = verb === 'create' ? await paymentIntents.create({ ...input('succeeds'), confirm: true }, options) : await paymentIntents.capture(held, {}, options);
    expect(lost).toBe(1);
    expect(done).toMatchObject({ status: 'succeeded', amountReceived: eur(2599) });
    expect(sandbox.ledger().map(({ captured }) => captured)).toEqual(verb === 'create' ? [0, 2599] : [2599]);
  });

  it('the same reference with another amount pays nothing, and says that the first call may still be running', async () => {
    const { sandbox, paymentIntents, input } = open();
    await paymentIntents.create({ ...input('succeeds'), confirm: true }, { reference: 'order-4' });
    const other = paymentIntents.create({ ...input('succeeds'), amount: eur(5000), confirm: true }, { reference: 'order-4' });
    expect(await errorOf(other)).toMatchObject({ code: 'idempotency_in_progress', outcome: 'unknown' });
    expect(sandbox.ledger()).toHaveLength(1);
  });
});
