import { createPayments, money, toBrowser } from '@oneintent/core';
import { createSandbox, type Switches } from '@oneintent/sandbox';
import { describe, expect, it } from 'vitest';
import { generic, stripe } from './index.js';

const eur = (minorUnits: number) => money(minorUnits, 'EUR');
const returnUrl = 'https://shop.example/back';

const shop = (switches: Partial<Switches> = {}) => {
  const sandbox = createSandbox({ dialect: 'stripe', switches });
  const payments = createPayments({ adapter: generic(stripe, { apiKey: sandbox.apiKey }), account: 'eu', fetch: sandbox.fetch, retries: 0 });
  const method = (name: keyof typeof sandbox.paymentMethods) => ({ customer: sandbox.customer, paymentMethod: sandbox.paymentMethods[name] });
  return { sandbox, method, verbs: payments.paymentIntents };
};

/** Whole payments against a provider that is a second reading of the same facts, in every era of its charges. */
describe.each(['charges', 'latest_charge', 'latest_charge_expanded'] as const)('Stripe with %s: a payment from its beginning to its end', (charge) => {
  it('3-D Secure, a hold, and the capture of a part: the rest is released', async () => {
    const { sandbox, verbs, method } = shop({ charge });
    const waiting = await verbs.create(
      { amount: eur(5400), ...method('three_d_secure'), captureMethod: 'manual', confirm: true, returnUrl, metadata: { order: '77' } },
      { reference: 'order-77' },
    );
    expect(waiting).toMatchObject({ status: 'requires_action', reference: 'order-77', metadata: { order: '77' } });
    expect(toBrowser(waiting)).toMatchObject({ clientSecret: expect.stringContaining('_secret_'), nextAction: { type: 'redirect', url: expect.stringMatching(/^https:/), returnUrl } });

    sandbox.completeAction(waiting.id);
    const held = await verbs.waitFor(waiting.ref, { until: ['requires_capture'] });
    expect(held).toMatchObject({ status: 'requires_capture', amountCapturable: eur(5400), amountReceived: eur(0), latestPayment: expect.stringMatching(/^ch_/) });
    const source = { charges: 'charges.data[0]', latest_charge: null, latest_charge_expanded: 'latest_charge' }[charge];
    expect(held.authorizationExpiresAt?.source ?? null).toBe(source === null ? null : `${source}.payment_method_details.card.capture_before`);

    const paid = await verbs.capture(held, { amount: eur(5000) }, { reference: 'order-77' });
    expect(paid).toMatchObject({ status: 'succeeded', amount: eur(5400), amountReceived: eur(5000), latestPayment: held.latestPayment });
    expect(sandbox.ledger()).toMatchObject([{ authorized: 5400, captured: 5000, released: 400, confirmations: 1, reference: 'order-77' }]);
    await expect(verbs.cancel({ id: paid.id })).rejects.toMatchObject({ code: 'invalid_state', outcome: 'rejected', currentStatus: 'succeeded' });
  });

  it.each([
    ['card_declined', 'card_declined', 'retry_later'],
    ['insufficient_funds', 'insufficient_funds', 'retry_later'],
    ['expired_card', 'expired_card', 'do_not_retry'],
    ['incorrect_cvc', 'incorrect_cvc', 'confirm_card_data'],
    ['do_not_honor', 'do_not_honor', 'retry_later'],
  ] as const)('%s is a value with its reason and advice, and another method pays the same intent', async (name, reason, advice) => {
    const { sandbox, verbs, method } = shop({ charge });
    const declined = await verbs.create({ amount: eur(1000), ...method(name), confirm: true }, { reference: 'order-78' });
    expect(declined).toMatchObject({ status: 'requires_payment_method', lastPaymentError: { reason, advice } });
    const paid = await verbs.confirm(declined, { paymentMethod: method('succeeds').paymentMethod }, { reference: 'order-78', attempt: 2 });
    expect(paid).toMatchObject({ id: declined.id, status: 'succeeded', amountReceived: eur(1000) });
    expect(sandbox.ledger()).toMatchObject([{ captured: 1000, confirmations: 2 }]);
  });
});

describe('Stripe', () => {
  it('raises a hold to a new total', async () => {
    const { sandbox, verbs, method } = shop();
    const held = await verbs.create({ amount: eur(1000), ...method('succeeds'), captureMethod: 'manual', confirm: true });
    expect(await verbs.incrementAuthorization(held, { amount: eur(1500) })).toMatchObject({ amount: eur(1500), amountCapturable: eur(1500) });
    expect(sandbox.ledger()).toMatchObject([{ authorized: 1500 }]);
  });

  it('hands the payer to the browser library when there is no address to come back to', async () => {
    const { verbs, method } = shop();
    const waiting = await verbs.create({ amount: eur(1000), ...method('three_d_secure'), confirm: true });
    expect(toBrowser(waiting).nextAction).toMatchObject({ type: 'provider_sdk', data: { type: 'three_d_secure_redirect' } });
  });

  it('says that authentication failed', async () => {
    const { sandbox, verbs, method } = shop();
    const waiting = await verbs.create({ amount: eur(1000), ...method('three_d_secure'), confirm: true, returnUrl });
    sandbox.failAction(waiting.id);
    expect(await verbs.retrieve(waiting)).toMatchObject({ status: 'requires_payment_method', lastPaymentError: { reason: 'authentication_failed', advice: 'authenticate' } });
  });

  it('declines what needs the customer while they are away', async () => {
    const { verbs, method } = shop();
    const declined = await verbs.create({ amount: eur(1000), ...method('three_d_secure'), confirm: true, offSession: 'recurring' });
    expect(declined).toMatchObject({ status: 'requires_payment_method', lastPaymentError: { reason: 'authentication_required', advice: 'authenticate' } });
  });

  it('expands the charge for who asks by providerOptions', async () => {
    const { verbs, method } = shop();
    const held = await verbs.create({
      amount: eur(1000), ...method('succeeds'), captureMethod: 'manual', confirm: true, providerOptions: { generic: { body: { expand: ['latest_charge', 'customer'] } } },
    }); // prettier-ignore
    expect(held).toMatchObject({ customer: method('succeeds').customer, authorizationExpiresAt: { at: expect.stringMatching(/Z$/), source: expect.stringContaining('capture_before') } });
  });

  it('changes what is not yet paid, and deletes metadata by null', async () => {
    const { verbs, method } = shop();
    const created = await verbs.create({ amount: eur(1000), metadata: { order: '80', gift: 'yes' } });
    const changed = await verbs.update(created, { amount: eur(1200), ...method('succeeds'), description: 'order 80', metadata: { gift: null, items: '2' } });
    expect(changed).toMatchObject({ status: 'requires_confirmation', amount: eur(1200), description: 'order 80', metadata: { order: '80', items: '2' } });
    expect(changed.metadata).not.toHaveProperty('gift');
  });

  it('lists page after page, each payment once, and only those of a time', async () => {
    const { verbs } = shop();
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) made.push((await verbs.create({ amount: eur(100 + index) })).id);
    const found: string[] = [];
    for await (const intent of verbs.iterate({ limit: 3 })) found.push(intent.id);
    expect(found).toEqual(made.toReversed());
    expect((await verbs.list({ createdBefore: '2001-01-01T00:00:00Z' })).data).toEqual([]);
    expect((await verbs.list({ createdFrom: '2001-01-01T00:00:00Z' })).data).toHaveLength(7);
  });

  it('refuses another amount under the same reference, and says what the first one did', async () => {
    const { sandbox, verbs, method } = shop();
    const first = await verbs.create({ amount: eur(1000), ...method('succeeds'), confirm: true }, { reference: 'order-81' });
    const again = await verbs.create({ amount: eur(1000), ...method('succeeds'), confirm: true }, { reference: 'order-81' });
    expect(again.id).toBe(first.id);
    await expect(verbs.create({ amount: eur(999), ...method('succeeds'), confirm: true }, { reference: 'order-81' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    expect(sandbox.ledger()).toHaveLength(1);
  });

  it('takes the key by Basic authentication too', async () => {
    const sandbox = createSandbox({ dialect: 'stripe' });
    const payments = createPayments({ adapter: generic({ ...stripe, authentication: { type: 'basic' } }, { apiKey: sandbox.apiKey }), fetch: sandbox.fetch });
    expect((await payments.paymentIntents.list()).data).toEqual([]);
  });

  it('says that a wrong key is wrong', async () => {
    const { sandbox } = shop();
    const payments = createPayments({ adapter: generic(stripe, { apiKey: 'sk_test_other' }), fetch: sandbox.fetch });
    await expect(payments.paymentIntents.list()).rejects.toMatchObject({ code: 'authentication', outcome: 'rejected', requestId: expect.stringMatching(/^req_/) });
  });
});
