import { describe, expect, it } from 'vitest';
import { allDialects, drive, onlyEntry, withoutPaypercut, type Reply } from './testing/drive.js';

const idOf = ({ body }: Reply): string => String(body['id']);
const error = ({ body }: Reply): Record<string, unknown> => ({ ...body, ...Object(body['error']) });

describe.each(allDialects)('%s: the life of a payment', (dialect) => {
  it('waits for a payment method, then for a confirmation, then succeeds', async () => {
    const driver = drive({ dialect });
    const bare = await driver.create();
    expect(bare).toMatchObject({ status: 200, body: { status: 'requires_payment_method', amount: 1000 } });
    const set = await driver.create({ method: 'succeeds' });
    expect(set.body).toMatchObject({ status: 'requires_confirmation' });
    expect((await driver.confirm(idOf(set))).body).toMatchObject({ status: 'succeeded', amount_received: 1000, amount_capturable: 0 });
    expect((await driver.retrieve(idOf(set))).body).toMatchObject({ status: 'succeeded' });
  });

  it('holds under manual capture, and a whole capture takes all of it', async () => {
    const driver = drive({ dialect });
    const held = await driver.create({ method: 'succeeds', confirm: true, manual: true });
    expect(held.body).toMatchObject({ status: 'requires_capture', amount_capturable: 1000, amount_received: 0 });
    expect((await driver.capture(idOf(held))).body).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 1000 });
    expect(onlyEntry(driver)).toMatchObject({ authorized: 1000, captured: 1000, released: 0 });
  });

  it('refuses to capture more than is held, or twice', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    expect((await driver.capture(id, 1001)).status).toBe(dialect.startsWith('payjp') ? 422 : 400);
    await driver.capture(id, 400);
    expect((await driver.capture(id)).status).toBe(dialect === 'paypercut' ? 422 : 400);
    expect(onlyEntry(driver)).toMatchObject({ captured: 400, released: 600, status: 'succeeded' });
  });

  it('cancels a held payment with its reason and releases everything', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    const canceled = await driver.cancel(id, { cancellation_reason: 'requested_by_customer' });
    expect(canceled.body).toMatchObject({ status: 'canceled' });
    expect(canceled.body['cancellation_reason']).toBe(dialect === 'payjp_payment_intents' ? undefined : 'requested_by_customer');
    expect(onlyEntry(driver)).toMatchObject({ authorized: 1000, captured: 0, released: 1000 });
    expect((await driver.confirm(id)).status).toBe(dialect === 'paypercut' ? 422 : 400);
  });

  it('refuses to cancel what has succeeded', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true }));
    const refused = await driver.cancel(id);
    expect(refused.status).toBe(dialect === 'paypercut' ? 422 : 400);
    const codes = { payjp_payment_flows: 'invalid_status', payjp_payment_intents: 'invalid_status', paypercut: null, stripe: 'payment_intent_unexpected_state' };
    expect(error(refused)['code']).toBe(codes[dialect]);
  });

  it('waits for 3-D Secure and goes on when the customer passes', async () => {
    const driver = drive({ dialect });
    const waiting = await driver.create({ method: 'three_d_secure', confirm: true, manual: true });
    expect(waiting.body).toMatchObject({ status: 'requires_action', next_action: expect.any(Object) });
    expect(onlyEntry(driver)).toMatchObject({ authorized: 0, confirmations: 1 });
    driver.sandbox.completeAction(idOf(waiting));
    expect((await driver.retrieve(idOf(waiting))).body).toMatchObject({ status: 'requires_capture', amount_capturable: 1000 });
  });

  it('asks for another payment method when the customer fails 3-D Secure', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'three_d_secure', confirm: true }));
    driver.sandbox.failAction(id);
    const failed = await driver.retrieve(id);
    expect(failed.body).toMatchObject({ status: 'requires_payment_method' });
    const codes = { payjp_payment_flows: 'three_d_secure_failed', payjp_payment_intents: undefined, paypercut: undefined, stripe: 'payment_intent_authentication_failure' };
    expect(Object(failed.body['last_payment_error'])['code']).toBe(codes[dialect]);
    expect((await driver.confirm(id, driver.method('succeeds'))).body).toMatchObject({ status: 'succeeded' });
  });

  it('does 3-D Secure with any card when the request asks for it', async () => {
    const driver = drive({ dialect });
    const more = { payment_method_options: { card: { request_three_d_secure: 'any' } } };
    expect((await driver.create({ method: 'succeeds', confirm: true, more })).body).toMatchObject({ status: 'requires_action' });
  });

  it('settles an action only where one is waited for', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create());
    expect(() => driver.sandbox.completeAction(id)).toThrow('requires_payment_method');
    expect(() => driver.sandbox.failAction('nobody')).toThrow('nobody');
  });

  it('processes for a minute, then succeeds', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'processing_succeeds', confirm: true }));
    driver.sandbox.advance(58);
    expect((await driver.retrieve(id)).body).toMatchObject({ status: 'processing' });
    expect(onlyEntry(driver).authorized).toBe(0);
    driver.sandbox.advance(2);
    expect((await driver.retrieve(id)).body).toMatchObject({ status: 'succeeded', amount_received: 1000 });
  });

  it('processes for a minute, then fails', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'processing_fails', confirm: true }));
    driver.sandbox.advance(60);
    expect((await driver.retrieve(id)).body).toMatchObject({ status: 'requires_payment_method' });
    expect(onlyEntry(driver)).toMatchObject({ authorized: 0, captured: 0 });
  });

  it('cancels while processing only at PAY.JP, and then nothing is charged', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'processing_succeeds', confirm: true }));
    const canceled = await driver.cancel(id);
    expect(canceled.status === 200).toBe(dialect.startsWith('payjp'));
    driver.sandbox.advance(120);
    expect(onlyEntry(driver).captured).toBe(dialect.startsWith('payjp') ? 0 : 1000);
  });

  it('lets an authorisation run out after seven days, and releases it', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    driver.sandbox.advance(7 * 86_400 - 5);
    expect(onlyEntry(driver).status).toBe('requires_capture');
    driver.sandbox.advance(10);
    expect(onlyEntry(driver)).toMatchObject({ status: 'canceled', released: 1000 });
    const reasons = { payjp_payment_flows: 'expired', payjp_payment_intents: undefined, paypercut: null, stripe: 'automatic' };
    expect((await driver.retrieve(id)).body['cancellation_reason']).toBe(reasons[dialect]);
    const late = await driver.capture(id);
    expect(late.status).toBe(dialect === 'paypercut' ? 422 : 400);
    const titles = { payjp_payment_flows: 'Payment Flow Expired', payjp_payment_intents: 'Invalid Status', paypercut: undefined, stripe: undefined };
    expect(late.body['title']).toBe(titles[dialect]);
  });

  it('declines, keeps the payment, and takes another method', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'card_declined', manual: true }));
    const declined = await driver.confirm(id);
    expect(declined.status).toBe(dialect === 'paypercut' ? 400 : 402);
    expect(error(declined)).toMatchObject({ code: 'card_declined' });
    expect((await driver.retrieve(id)).body).toMatchObject({ status: 'requires_payment_method' });
    expect((await driver.confirm(id, driver.method('succeeds'))).body).toMatchObject({ status: 'requires_capture' });
    expect(onlyEntry(driver)).toMatchObject({ confirmations: 2, authorized: 1000 });
  });

  it('keeps the payment of a declined create-and-confirm on its books', async () => {
    const driver = drive({ dialect });
    expect((await driver.create({ method: 'insufficient_funds', confirm: true })).status).toBe(dialect === 'paypercut' ? 400 : 402);
    expect(onlyEntry(driver)).toMatchObject({ status: 'requires_payment_method', authorized: 0, confirmations: 1 });
  });

  it('names no payment that does not exist', async () => {
    const driver = drive({ dialect });
    for (const reply of [await driver.retrieve('nope'), await driver.confirm('nope'), await driver.capture('nope'), await driver.cancel('nope')])
      expect(reply.status).toBe(404);
  });

  it('refuses to confirm without a payment method', async () => {
    const driver = drive({ dialect });
    const refused = await driver.confirm(idOf(await driver.create()));
    expect(refused.status).toBe(400);
    const codes = { payjp_payment_flows: 'missing_payment_method', payjp_payment_intents: 'missing_payment_method', paypercut: 'missing_required_param', stripe: 'payment_intent_unexpected_state' };
    expect(error(refused)).toMatchObject({ code: codes[dialect] });
  });

  it('shows the reference where there is metadata, and whose key moved the money', async () => {
    const driver = drive({ dialect });
    await driver.create({ method: 'succeeds', confirm: true, ...(dialect === 'paypercut' ? {} : { reference: 'order-42' }) }, 'key-1');
    const entry = onlyEntry(driver);
    expect(entry.reference).toBe(dialect === 'paypercut' ? null : 'order-42');
    const key = dialect === 'payjp_payment_intents' ? null : 'key-1';
    expect(entry.movements.map(({ type, amount, idempotencyKey }) => [type, amount, idempotencyKey])).toEqual([
      ['authorized', 1000, key],
      ['captured', 1000, key],
    ]);
  });
});

describe('what only some dialects have', () => {
  it.each(['payjp_payment_intents', 'stripe'] as const)('%s: an increment enlarges what is held', async (dialect) => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    expect((await driver.increment(id, 1500)).body).toMatchObject({ amount: 1500, amount_capturable: 1500 });
    expect((await driver.increment(id, 1500)).status).toBe(dialect === 'stripe' ? 400 : 422);
    await driver.capture(id);
    expect(onlyEntry(driver)).toMatchObject({ authorized: 1500, captured: 1500 });
    expect((await driver.increment(id, 2000)).status).toBe(dialect === 'stripe' ? 400 : 422);
  });

  it.each(['payjp_payment_flows', 'paypercut'] as const)('%s: there is no increment', async (dialect) => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    expect((await driver.increment(id, 1500)).status).toBe(404);
  });

  it.each(withoutPaypercut)('%s: an update with a method makes it ready to confirm', async (dialect) => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create());
    const updated = await driver.update(id, { amount: 2000, description: 'two', ...driver.parties('succeeds') });
    expect(updated.body).toMatchObject({ status: 'requires_confirmation', amount: 2000, description: 'two' });
    await driver.confirm(id);
    expect(onlyEntry(driver).captured).toBe(2000);
    expect((await driver.update(id, { amount: 3000 })).status).toBe(400);
  });

  it('paypercut: there is neither update nor list', async () => {
    const driver = drive({ dialect: 'paypercut' });
    const id = idOf(await driver.create());
    expect((await driver.update(id, { amount: 2000 })).status).toBe(404);
    expect((await driver.list()).status).toBe(404);
  });

  it('paypercut: ten failed confirmations cancel the payment', async () => {
    const driver = drive({ dialect: 'paypercut' });
    const id = idOf(await driver.create());
    for (let time = 0; time < 9; time += 1) await driver.confirm(id, driver.method('card_declined'));
    expect(onlyEntry(driver).status).toBe('requires_payment_method');
    await driver.confirm(id, driver.method('card_declined'));
    expect(onlyEntry(driver).status).toBe('canceled');
  });

  it('paypercut: the latest payment tells why it failed', async () => {
    const driver = drive({ dialect: 'paypercut' });
    const fresh = await driver.create({ method: 'insufficient_funds' });
    expect(fresh.body['latest_payment']).toBeNull();
    await driver.confirm(idOf(fresh));
    const { body } = await driver.retrieve(idOf(fresh));
    const payment = await driver.get(`/v2/payments/${String(body['latest_payment'])}`);
    expect(payment.body).toMatchObject({ status: 'failed', failure_code: 'card_declined', outcome: { network_decline_code: '51' }, payment_intent: idOf(fresh) });
  });

  it('stripe: nobody is there off session, so an authentication is a decline', async () => {
    const driver = drive({ dialect: 'stripe' });
    const declined = await driver.create({ method: 'three_d_secure', confirm: true, more: { off_session: true } });
    expect(declined).toMatchObject({ status: 402, body: { error: { code: 'authentication_required', type: 'card_error' } } });
  });

  it('stripe: a return_url makes the action a redirect; without one the SDK acts', async () => {
    const driver = drive({ dialect: 'stripe' });
    const redirect = await driver.create({ method: 'three_d_secure', confirm: true, more: { return_url: 'https://shop.example/back' } });
    expect(redirect.body).toMatchObject({ next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: 'https://shop.example/back' } } });
    const sdk = await driver.create({ method: 'three_d_secure', confirm: true });
    expect(sdk.body).toMatchObject({ next_action: { type: 'use_stripe_sdk' } });
  });

  it('stripe: under manual confirmation an authenticated payment is confirmed once more', async () => {
    const driver = drive({ dialect: 'stripe' });
    const id = idOf(await driver.create({ method: 'three_d_secure', confirm: true, more: { confirmation_method: 'manual' } }));
    driver.sandbox.completeAction(id);
    expect(onlyEntry(driver).status).toBe('requires_confirmation');
    expect((await driver.confirm(id)).body).toMatchObject({ status: 'succeeded' });
  });
});
