import { describe, expect, it } from 'vitest';
import type { SetupEntry } from './index.js';
import { drive, items, withoutPaypercut, type Driver, type Reply } from './testing/drive.js';

const idOf = ({ body }: Reply): string => String(body['id']);
const error = ({ body }: Reply): Record<string, unknown> => ({ ...body, ...Object(body['error']) });

/** Dialects whose setups can be retrieved. */
const full = withoutPaypercut;
/** Dialects whose setups can be confirmed by a server. */
const confirmable = ['payjp_payment_intents', 'stripe'] as const;

const at = (driver: Driver, id: string): string => `${driver.setups}/${id}`;

function onlySetup({ sandbox }: Driver): SetupEntry {
  const [entry, ...rest] = sandbox.setups();
  if (entry === undefined || rest.length > 0) throw new Error(`There are ${sandbox.setups().length} setups, not one.`);
  return entry;
}

describe.each(full)('%s: the saving of a payment method', (dialect) => {
  const party = dialect === 'payjp_payment_flows' ? 'customer_id' : 'customer';
  const method = dialect === 'payjp_payment_flows' ? 'payment_method_id' : 'payment_method';

  it('begins without a method, and a browser completes it', async () => {
    const driver = drive({ dialect });
    const { customer, paymentMethods } = driver.sandbox;
    const created = await driver.setup({ [party]: customer, usage: 'on_session', description: 'card on file', metadata: { oneintent_reference: 'save-1' } });
    expect(created).toMatchObject({ status: 200, body: { status: 'requires_payment_method', description: 'card on file', client_secret: expect.stringContaining('secret') } });
    driver.sandbox.completeSetup(idOf(created));
    expect((await driver.get(at(driver, idOf(created)))).body).toMatchObject({ status: 'succeeded', [party]: customer, [method]: paymentMethods.succeeds });
    expect(onlySetup(driver)).toMatchObject({
      status: 'succeeded', usage: 'on_session', confirmations: 1, reference: 'save-1', saved: { paymentMethod: paymentMethods.succeeds, customer, idempotencyKey: null },
    });
  });

  it('waits for 3-D Secure, which the customer passes or fails', async () => {
    const driver = drive({ dialect });
    const [one, other] = [idOf(await driver.setup()), idOf(await driver.setup())];
    for (const id of [one, other]) driver.sandbox.completeSetup(id, 'three_d_secure');
    expect((await driver.get(at(driver, one))).body).toMatchObject({ status: 'requires_action', next_action: expect.any(Object) });
    driver.sandbox.completeAction(one);
    driver.sandbox.failAction(other);
    expect((await driver.get(at(driver, one))).body).toMatchObject({ status: 'succeeded' });
    const failed = await driver.get(at(driver, other));
    expect(failed.body).toMatchObject({ status: 'requires_payment_method' });
    const codes = { payjp_payment_flows: 'three_d_secure_failed', payjp_payment_intents: undefined, stripe: 'setup_intent_authentication_failure' };
    expect(Object(failed.body['last_setup_error'])['code']).toBe(codes[dialect]);
    expect(driver.sandbox.setups().map(({ saved }) => saved !== null)).toEqual([true, false]);
  });

  it('is processed for a minute, then succeeds or fails', async () => {
    const driver = drive({ dialect });
    const [one, other] = [idOf(await driver.setup()), idOf(await driver.setup())];
    driver.sandbox.completeSetup(one, 'processing_succeeds');
    driver.sandbox.completeSetup(other, 'processing_fails');
    expect(driver.sandbox.setups()).toMatchObject([{ status: 'processing', saved: null }, { status: 'processing' }]);
    driver.sandbox.advance(60);
    expect(driver.sandbox.setups()).toMatchObject([{ status: 'succeeded', saved: {} }, { status: 'requires_payment_method', saved: null }]);
  });

  it('is canceled with its reason, and then neither completed nor canceled', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.setup());
    const canceled = await driver.post(`${at(driver, id)}/cancel`, { cancellation_reason: 'abandoned' });
    expect(canceled.body).toMatchObject({ status: 'canceled' });
    expect(canceled.body['cancellation_reason']).toBe(dialect === 'payjp_payment_intents' ? undefined : 'abandoned');
    expect(() => driver.sandbox.completeSetup(id)).toThrow('canceled');
    const late = await driver.post(`${at(driver, id)}/cancel`, {});
    expect(late.status).toBe(400);
    expect(error(late)['code']).toBe(dialect === 'stripe' ? 'setup_intent_unexpected_state' : 'invalid_status');
  });

  it('is updated, but no more once it has succeeded', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.setup({ metadata: { a: '1', b: '2' } }));
    const updated = await driver.post(at(driver, id), { [party]: driver.sandbox.customer, description: 'two', metadata: { a: '' } });
    expect(updated.body).toMatchObject({ status: 'requires_payment_method', [party]: driver.sandbox.customer, description: 'two', metadata: { b: '2' } });
    driver.sandbox.completeSetup(id);
    expect((await driver.post(at(driver, id), { [party]: driver.sandbox.customer })).status).toBe(400);
  });

  it('is listed, newest first', async () => {
    const driver = drive({ dialect });
    for (const description of ['a', 'b', 'c']) await driver.setup({ description });
    expect(items(await driver.get(`${driver.setups}?limit=2`)).map(({ description }) => description)).toEqual(['c', 'b']);
    expect((await driver.get(`${driver.setups}?limit=0`)).status).toBe(dialect === 'stripe' ? 400 : 422);
    driver.sandbox.setSwitches({ listOrder: 'oldest_first' });
    expect(items(await driver.get(`${driver.setups}?limit=1`))).toMatchObject([{ description: 'a' }]);
  });

  it('is of no customer that is a stranger, and is found by its id only', async () => {
    const driver = drive({ dialect });
    expect((await driver.setup({ [party]: 'cus_stranger' })).status).toBe(dialect === 'stripe' ? 400 : 404);
    for (const path of ['', '/cancel']) expect((await driver.send(path === '' ? 'GET' : 'POST', `${at(driver, 'nope')}${path}`)).status).toBe(404);
    expect(() => driver.sandbox.completeSetup('nope')).toThrow('nope');
  });

  it('refuses what it does not know', async () => {
    const driver = drive({ dialect });
    for (const fields of [{ colour: 'red' }, { usage: 'sometimes' }, { amount: 100 }])
      expect((await driver.setup(fields)).status).toBe(dialect === 'stripe' ? 400 : 422);
    const id = idOf(await driver.setup());
    expect((await driver.post(at(driver, id), { usage: 'on_session' })).status).toBe(dialect === 'stripe' ? 400 : 422);
  });

  it('setupsOwnedBySession: it can be ended only with its session', async () => {
    const driver = drive({ dialect, switches: { setupsOwnedBySession: true } });
    const id = idOf(await driver.setup());
    expect((await driver.post(`${at(driver, id)}/cancel`, {})).status).toBe(400);
    expect(onlySetup(driver).status).toBe('requires_payment_method');
    driver.sandbox.completeSetup(id);
    expect(onlySetup(driver).status).toBe('succeeded');
  });
});

describe.each(confirmable)('%s: a setup that a server confirms', (dialect) => {
  it('saves at once what was given', async () => {
    const driver = drive({ dialect, switches: { idempotency: true } });
    const { paymentMethods, customer } = driver.sandbox;
    const created = await driver.setup({ ...driver.parties('succeeds'), confirm: true }, 'key-1');
    expect(created.body).toMatchObject({ status: 'succeeded', payment_method: paymentMethods.succeeds });
    expect((await driver.setup({ ...driver.parties('succeeds'), confirm: true }, 'key-1')).body).toEqual(created.body);
    expect(onlySetup(driver).saved).toMatchObject({ paymentMethod: paymentMethods.succeeds, customer, idempotencyKey: 'key-1' });
  });

  it('is confirmed by itself, with a method of that moment', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.setup({ customer: driver.sandbox.customer }));
    const bare = await driver.post(`${at(driver, id)}/confirm`, {});
    expect(bare.status).toBe(400);
    expect(error(bare)['code']).toBe(dialect === 'stripe' ? 'setup_intent_unexpected_state' : 'missing_payment_method');
    const waiting = await driver.post(`${at(driver, id)}/confirm`, { ...driver.method('three_d_secure'), return_url: 'https://shop.example/back' });
    expect(waiting.body).toMatchObject({ status: 'requires_action' });
    expect(dialect === 'stripe' ? Object(waiting.body['next_action'])['redirect_to_url'] : waiting.body).toMatchObject({ return_url: 'https://shop.example/back' });
    driver.sandbox.completeAction(id);
    expect((await driver.post(`${at(driver, id)}/confirm`, {})).status).toBe(400);
    expect(onlySetup(driver)).toMatchObject({ status: 'succeeded', confirmations: 1 });
  });

  it('does 3-D Secure with any card when the request asks for it', async () => {
    const driver = drive({ dialect });
    const options = { payment_method_options: { card: { request_three_d_secure: 'any' } } };
    expect((await driver.setup({ ...driver.parties('succeeds'), ...options, confirm: true })).body).toMatchObject({ status: 'requires_action' });
  });

  it.each([
    ['payment_required', 402],
    ['other_client_error', 400],
    ['success', 200],
  ] as const)('declineAs %s: a decline has status %i, and takes another method', async (declineAs, status) => {
    const driver = drive({ dialect, switches: { declineAs, declineCarriesIntent: true } });
    const declined = await driver.setup({ ...driver.parties('card_declined'), confirm: true });
    expect(declined.status).toBe(status);
    const setup = status === 200 ? declined.body : Object(error(declined)['setup_intent']);
    expect(setup).toMatchObject({ status: 'requires_payment_method' });
    expect(onlySetup(driver).saved).toBeNull();
    const again = await driver.post(`${at(driver, String(setup['id']))}/confirm`, driver.method('succeeds'));
    expect(again.body).toMatchObject({ status: 'succeeded' });
  });

  it('setupsOwnedBySession: it is not confirmed', async () => {
    const driver = drive({ dialect, switches: { setupsOwnedBySession: true } });
    const id = idOf(await driver.setup(driver.parties('succeeds')));
    expect((await driver.post(`${at(driver, id)}/confirm`, {})).status).toBe(400);
    expect(onlySetup(driver).saved).toBeNull();
  });
});

describe('payjp_payment_flows', () => {
  it('has no confirmation but in the browser', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows' });
    const id = idOf(await driver.setup());
    expect((await driver.post(`${at(driver, id)}/confirm`, {})).status).toBe(404);
    for (const fields of [{ confirm: true }, { payment_method_id: 'pm_succeeds' }, { return_url: 'https://shop.example' }]) expect((await driver.setup(fields)).status).toBe(422);
  });

  it('is made without a body, and has every documented key', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows' });
    const { body } = await driver.send('POST', driver.setups);
    expect(Object.keys(body).toSorted()).toEqual([
      'cancellation_reason', 'client_secret', 'created_at', 'customer_id', 'description', 'id', 'last_setup_error', 'livemode', 'metadata', 'next_action', 'object',
      'payment_method_id', 'payment_method_options', 'payment_method_types', 'return_url', 'status', 'updated_at',
    ]);
    expect(body).toMatchObject({ object: 'setup_flow', id: expect.stringMatching(/^sflw_/), payment_method_types: ['card'], metadata: {}, last_setup_error: null });
  });
});

it('stripe: the last error has the method and the codes, and the list is filtered by customer', async () => {
  const driver = drive({ dialect: 'stripe' });
  await driver.setup();
  const declined = await driver.setup({ ...driver.parties('expired_card'), confirm: true });
  expect(error(declined)).toMatchObject({ type: 'card_error', code: 'expired_card', network_decline_code: '54', payment_method: { object: 'payment_method' } });
  const mine = items(await driver.get(`${driver.setups}?customer=${driver.sandbox.customer}&expand[]=data.customer`));
  expect(mine).toMatchObject([{ object: 'setup_intent', usage: 'off_session', customer: { object: 'customer' }, last_setup_error: { code: 'expired_card' } }]);
});

it('paypercut: a setup is created, at once or not, and nothing else', async () => {
  const driver = drive({ dialect: 'paypercut' });
  const bare = await driver.setup();
  expect(bare.body).toMatchObject({ status: 'requires_payment_method', currency: 'EUR', usage: 'off_session', livemode: false });
  expect(bare.body).not.toHaveProperty('client_secret');
  const confirmed = await driver.setup({ confirm: true, off_session: 'recurring' }, 'key-1');
  expect(confirmed.body).toMatchObject({ status: 'succeeded', payment_method: driver.sandbox.paymentMethods.succeeds });
  expect(driver.sandbox.setups()[1]?.saved).toMatchObject({ idempotencyKey: 'key-1' });
  expect(error(await driver.post(driver.setups, {}))).toMatchObject({ code: 'missing_required_param', param: 'currency' });
  expect((await driver.setup({ off_session: 'one_off' })).status).toBe(400);
  expect((await driver.setup({ customer: driver.sandbox.customer })).status).toBe(400);
  for (const [verb, path] of [['GET', ''], ['POST', ''], ['POST', '/confirm'], ['POST', '/cancel']] as const)
    expect((await driver.send(verb, `${at(driver, idOf(bare))}${path}`, verb === 'GET' ? undefined : '{}')).status).toBe(404);
});

it('what the books of setups give away cannot be changed', async () => {
  const driver = drive({ dialect: 'stripe' });
  await driver.setup({ ...driver.parties('succeeds'), confirm: true });
  const [entry] = driver.sandbox.setups();
  for (const value of [driver.sandbox.setups(), entry, entry?.saved]) expect(Object.isFrozen(value)).toBe(true);
  driver.sandbox.reset();
  expect(driver.sandbox.setups()).toEqual([]);
});
