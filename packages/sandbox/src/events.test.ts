import { describe, expect, it } from 'vitest';
import type { Dialect } from './index.js';
import { drive, items, payjpDialects, withoutPaypercut, type Driver, type Reply } from './testing/drive.js';

const now = '2030-01-01T00:00:00.000Z';
const start = Date.parse(now);

const idOf = ({ body }: Reply): string => String(body['id']);
const types = ({ sandbox }: Driver): readonly string[] => sandbox.events().map(({ type }) => type);
const family: Readonly<Record<Dialect, string>> = { payjp_payment_flows: 'payment_flow', payjp_payment_intents: 'payment_intent', paypercut: 'payment_intent', stripe: 'payment_intent' };
const named = (dialect: Dialect, ...facts: readonly string[]): readonly string[] => facts.map((fact) => `${family[dialect]}.${fact}`);
const eventsPath = (dialect: Dialect): string => (dialect.startsWith('payjp') ? '/v2/events' : '/v1/events');

/** The events as the provider lists them. */
async function listed(driver: Driver, query = ''): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const reply = await driver.get(`${eventsPath(driver.sandbox.dialect)}${query}`);
  return driver.sandbox.dialect === 'paypercut' ? Object(reply.body['items']) : items(reply);
}

const objectOf = (dialect: Dialect, event: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> =>
  Object(dialect.startsWith('payjp') ? event?.['data'] : Object(event?.['data'])['object']);

const talkative = withoutPaypercut;

describe.each(talkative)('%s: what is told of a payment', (dialect) => {
  it('a payment that is paid at once: created, succeeded', async () => {
    const driver = drive({ dialect });
    await driver.create({ method: 'succeeds', confirm: true });
    expect(types(driver)).toEqual(named(dialect, 'created', 'succeeded'));
  });

  it('a hold, and its capture', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'succeeds', manual: true }));
    await driver.confirm(id);
    await driver.capture(id, 400);
    expect(types(driver)).toEqual(named(dialect, 'created', 'amount_capturable_updated', 'succeeded'));
    expect(driver.sandbox.events().map(({ objectId }) => objectId)).toEqual([id, id, id]);
  });

  it('every decline, the second one too, though the status stays the same', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'card_declined' }));
    await driver.confirm(id);
    await driver.update(id, driver.method('expired_card'));
    await driver.confirm(id);
    await driver.confirm(id, driver.method('expired_card'));
    expect(types(driver)).toEqual(named(dialect, 'created', 'payment_failed', 'payment_failed', 'payment_failed'));
  });

  it('an action, failed and then passed', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create({ method: 'three_d_secure', confirm: true }));
    driver.sandbox.failAction(id);
    await driver.confirm(id, driver.method('three_d_secure'));
    driver.sandbox.completeAction(id);
    expect(types(driver)).toEqual(named(dialect, 'created', 'requires_action', 'payment_failed', 'requires_action', 'succeeded'));
  });

  it('a cancellation, and nothing of a refused one or of changed metadata', async () => {
    const driver = drive({ dialect });
    const id = idOf(await driver.create());
    await driver.update(id, { metadata: { a: 'b' } });
    await driver.cancel(id);
    await driver.cancel(id);
    expect(types(driver)).toEqual(named(dialect, 'created', 'canceled'));
  });

  it('what time alone does, each at its own instant and in the order of time', async () => {
    const driver = drive({ dialect, now });
    const held = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    driver.sandbox.advance(3600);
    const processed = idOf(await driver.create({ method: 'processing_succeeds', confirm: true, manual: true }));
    driver.sandbox.advance(30 * 86_400);
    const late = driver.sandbox.events().slice(-3);
    expect(late.map(({ type, objectId }) => [type, objectId])).toEqual([
      [...named(dialect, 'amount_capturable_updated'), processed],
      [...named(dialect, 'canceled'), held],
      [...named(dialect, 'canceled'), processed],
    ]);
    const seconds = late.map(({ at }) => Math.round((Date.parse(at) - start) / 1000));
    expect(seconds).toEqual([3660, 7 * 86_400, 7 * 86_400 + 3660]);
  });

  it('the object as it was at that moment, whatever it has become', async () => {
    const driver = drive({ dialect });
    const held = await driver.create({ method: 'succeeds', confirm: true, manual: true });
    const captured = await driver.capture(idOf(held));
    const [first, second] = await listed(driver);
    expect(objectOf(dialect, first)).toEqual(captured.body);
    expect(objectOf(dialect, second)).toEqual(held.body);
  });
});

describe('paypercut: what is told of a payment', () => {
  it('a hold and a capture only: no creation, action, failure or cancellation', async () => {
    const driver = drive({ dialect: 'paypercut' });
    const id = idOf(await driver.create({ method: 'three_d_secure', confirm: true, manual: true }));
    driver.sandbox.failAction(id);
    await driver.confirm(id, driver.method('succeeds'));
    await driver.capture(id);
    const other = idOf(await driver.create({ method: 'card_declined', confirm: true }));
    await driver.cancel(other);
    await driver.cancel(idOf(await driver.create()));
    expect(types(driver)).toEqual(['payment_intent.authorized', 'payment_intent.captured']);
    const [captured, authorized] = await listed(driver);
    expect(objectOf('paypercut', authorized)).toMatchObject({ id, status: 'requires_capture', amount_capturable: 1000 });
    expect(objectOf('paypercut', captured)).toMatchObject({ id, status: 'succeeded', amount_received: 1000 });
  });

  it('captured, although a rest stays capturable: only the object tells', async () => {
    const driver = drive({ dialect: 'paypercut', switches: { partialCapture: 'stays_open' } });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    await driver.capture(id, 400);
    const [captured] = await listed(driver);
    expect(captured).toMatchObject({ type: 'payment_intent.captured' });
    expect(objectOf('paypercut', captured)).toMatchObject({ status: 'requires_capture', amount_received: 400, amount_capturable: 600 });
  });

  it('an authorisation before an automatic capture too, where the switch says so', async () => {
    const driver = drive({ dialect: 'paypercut' });
    await driver.create({ method: 'succeeds', confirm: true });
    driver.sandbox.setSwitches({ authorizedEvent: 'always' });
    await driver.create({ method: 'succeeds', confirm: true });
    expect(types(driver)).toEqual(['payment_intent.captured', 'payment_intent.authorized', 'payment_intent.captured']);
  });
});

it('stripe: a confirmation that needs an action again is told again', async () => {
  const driver = drive({ dialect: 'stripe' });
  const id = idOf(await driver.create({ method: 'three_d_secure', confirm: true }));
  await driver.confirm(id);
  expect(types(driver)).toEqual(named('stripe', 'created', 'requires_action', 'requires_action'));
});

it('stripe: an increment is told', async () => {
  const driver = drive({ dialect: 'stripe' });
  const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
  await driver.increment(id, 1500);
  expect(types(driver)).toEqual(named('stripe', 'created', 'amount_capturable_updated', 'amount_capturable_updated'));
});

describe('setups', () => {
  it('payjp_payment_flows: setup_flow.*, completed in the browser', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows' });
    const setup = await driver.post('/v2/setup_flows', { customer_id: driver.sandbox.customer });
    driver.sandbox.completeSetup(idOf(setup), 'card_declined');
    driver.sandbox.completeSetup(idOf(setup), 'three_d_secure');
    driver.sandbox.completeAction(idOf(setup));
    expect(types(driver)).toEqual(['setup_flow.created', 'setup_flow.setup_failed', 'setup_flow.requires_action', 'setup_flow.succeeded']);
    expect(objectOf('payjp_payment_flows', (await listed(driver))[0])).toMatchObject({ object: 'setup_flow', status: 'succeeded' });
  });

  it.each(['payjp_payment_intents', 'stripe'] as const)('%s: setup_intent.*', async (dialect) => {
    const driver = drive({ dialect });
    const base = dialect === 'stripe' ? '/v1/setup_intents' : '/v2/setup_intents';
    const setup = await driver.post(base, { ...driver.parties('succeeds') });
    await driver.post(`${base}/${idOf(setup)}/confirm`);
    const other = await driver.post(base, {});
    await driver.post(`${base}/${idOf(other)}/cancel`);
    expect(types(driver)).toEqual(['setup_intent.created', 'setup_intent.succeeded', 'setup_intent.created', 'setup_intent.canceled']);
  });
});

describe('refunds', () => {
  const refundOf = async (driver: Driver, more: Readonly<Record<string, unknown>>): Promise<Reply> => {
    const { dialect } = driver.sandbox;
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true }));
    if (dialect === 'payjp_payment_flows') return driver.post('/v2/payment_refunds', { payment_flow_id: id, ...more });
    return driver.post(dialect === 'payjp_payment_intents' ? '/v2/refunds' : '/v1/refunds', { payment_intent: id, ...more });
  };

  it.each(payjpDialects)('%s: refund.created, and refund.updated when it is settled', async (dialect) => {
    const driver = drive({ dialect, switches: { refundsSettle: 'later' } });
    const refund = await refundOf(driver, { amount: 300 });
    driver.sandbox.advance(60);
    expect(types(driver).slice(2)).toEqual(['refund.created', 'refund.updated']);
    const [updated, created] = await listed(driver, `?resource_id=${idOf(refund)}`);
    expect(objectOf(dialect, created)).toEqual(refund.body);
    expect(objectOf(dialect, updated)).toMatchObject({ id: idOf(refund), status: 'succeeded', amount: 300 });
  });

  it.each(talkative)('%s: refund.failed beside refund.updated', async (dialect) => {
    const driver = drive({ dialect, switches: { refundsSettle: 'later', refundsFail: 'instead_of_success' } });
    await refundOf(driver, { amount: 300 });
    driver.sandbox.advance(60);
    expect(types(driver).slice(-2)).toEqual(['refund.updated', 'refund.failed']);
  });

  it('stripe: charge.refunded beside refund.created, with what has gone back', async () => {
    const driver = drive({ dialect: 'stripe' });
    await refundOf(driver, { amount: 300 });
    expect(types(driver).slice(2)).toEqual(['refund.created', 'charge.refunded']);
    const [refunded] = await listed(driver, '?type=charge.refunded');
    expect(objectOf('stripe', refunded)).toMatchObject({ object: 'charge', amount_refunded: 300, refunded: false });
  });

  it('stripe: no charge.refunded for a refund that fails at once', async () => {
    const driver = drive({ dialect: 'stripe', switches: { refundsFail: 'instead_of_success' } });
    await refundOf(driver, { amount: 300 });
    expect(types(driver).slice(2)).toEqual(['refund.created', 'refund.failed']);
  });

  it('paypercut: never told', async () => {
    const driver = drive({ dialect: 'paypercut', switches: { refundsSettle: 'later' } });
    expect((await refundOf(driver, { amount: 300 })).status).toBe(200);
    driver.sandbox.advance(60);
    expect(types(driver)).toEqual(['payment_intent.captured']);
  });
});
