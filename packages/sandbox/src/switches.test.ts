import { describe, expect, it } from 'vitest';
import { allDialects, drive, items, onlyEntry, payjpDialects, withoutPaypercut, type Reply } from './testing/drive.js';

const idOf = ({ body }: Reply): string => String(body['id']);
const carried = ({ body }: Reply): unknown => body['payment_flow'] ?? body['payment_intent'] ?? Object(body['error'])['payment_intent'];

describe.each(allDialects)('%s: how a decline is answered', (dialect) => {
  it.each([
    ['payment_required', 402, {}],
    ['other_client_error', 400, {}],
    ['success', 200, { status: 'requires_payment_method' }],
  ] as const)('declineAs %s: status %i', async (declineAs, status, body) => {
    const driver = drive({ dialect, switches: { declineAs } });
    const declined = await driver.create({ method: 'card_declined', confirm: true });
    expect(declined).toMatchObject({ status, body });
    expect(onlyEntry(driver)).toMatchObject({ status: 'requires_payment_method', authorized: 0 });
  });

  it('declineCarriesIntent: the error has the payment, or has not', async () => {
    const withIntent = drive({ dialect, switches: { declineCarriesIntent: true } });
    const declined = await withIntent.create({ method: 'card_declined', confirm: true });
    expect(carried(declined)).toMatchObject({ id: onlyEntry(withIntent).id, status: 'requires_payment_method' });
    const without = drive({ dialect, switches: { declineCarriesIntent: false } });
    expect(carried(await without.create({ method: 'card_declined', confirm: true }))).toBeUndefined();
  });

  it('partialCapture closes: the rest is released', async () => {
    const driver = drive({ dialect, switches: { partialCapture: 'closes' } });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    expect((await driver.capture(id, 400)).body).toMatchObject({ status: 'succeeded', amount_received: 400, amount_capturable: 0 });
    expect(onlyEntry(driver)).toMatchObject({ captured: 400, released: 600 });
  });

  it('partialCapture stays_open: the rest can be captured, or released by a cancel', async () => {
    const driver = drive({ dialect, switches: { partialCapture: 'stays_open' } });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    expect((await driver.capture(id, 400)).body).toMatchObject({ status: 'requires_capture', amount_received: 400, amount_capturable: 600 });
    expect((await driver.capture(id, 100)).body).toMatchObject({ status: 'requires_capture', amount_capturable: 500 });
    expect((await driver.cancel(id)).body).toMatchObject({ status: 'canceled' });
    expect(onlyEntry(driver)).toMatchObject({ captured: 500, released: 500 });
  });

  it('partialCapture stays_open: what expires after a capture has succeeded with it', async () => {
    const driver = drive({ dialect, switches: { partialCapture: 'stays_open' } });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    await driver.capture(id, 400);
    driver.sandbox.advance(8 * 86_400);
    expect(onlyEntry(driver)).toMatchObject({ status: 'succeeded', captured: 400, released: 600 });
  });

  it('idempotency false: a repeated key creates again', async () => {
    const driver = drive({ dialect, switches: { idempotency: false } });
    await driver.create({}, 'k');
    await driver.create({}, 'k');
    expect(driver.sandbox.ledger()).toHaveLength(2);
  });

  it('idempotency true: a repeated key replays', async () => {
    const driver = drive({ dialect, switches: { idempotency: true } });
    await driver.create({}, 'k');
    await driver.create({}, 'k');
    expect(driver.sandbox.ledger()).toHaveLength(1);
  });

  it('failuresStored: a repeated key replays the decline, or tries again', async () => {
    const stored = drive({ dialect, switches: { failuresStored: true, idempotency: true } });
    const first = await stored.create({ method: 'card_declined', confirm: true }, 'k');
    expect((await stored.create({ method: 'card_declined', confirm: true }, 'k')).body).toEqual(first.body);
    expect(onlyEntry(stored).confirmations).toBe(1);

    const retried = drive({ dialect, switches: { failuresStored: false, idempotency: true } });
    await retried.create({ method: 'card_declined', confirm: true }, 'k');
    await retried.create({ method: 'card_declined', confirm: true }, 'k');
    expect(retried.sandbox.ledger()).toHaveLength(2);
  });

  it('keyLifetimeSeconds: a key is forgotten then', async () => {
    const driver = drive({ dialect, switches: { idempotency: true, keyLifetimeSeconds: 100 } });
    await driver.create({}, 'k');
    driver.sandbox.advance(90);
    await driver.create({}, 'k');
    expect(driver.sandbox.ledger()).toHaveLength(1);
    driver.sandbox.advance(10);
    await driver.create({}, 'k');
    expect(driver.sandbox.ledger()).toHaveLength(2);
  });

  it('confirmationLimit: so many failures cancel the payment; null never does', async () => {
    const limited = drive({ dialect, switches: { confirmationLimit: 2 } });
    const endless = drive({ dialect, switches: { confirmationLimit: null } });
    for (const driver of [limited, endless]) {
      const parties = dialect === 'paypercut' ? {} : driver.parties('card_declined');
      const id = idOf(await driver.create({ method: 'card_declined', more: parties }));
      for (let time = 0; time < 12; time += 1) await driver.confirm(id, driver.method('card_declined'));
    }
    expect(onlyEntry(limited)).toMatchObject({ status: 'canceled', confirmations: 2 });
    expect(onlyEntry(endless)).toMatchObject({ status: 'requires_payment_method', confirmations: 12 });
  });
});

describe.each(['payjp_payment_flows', 'paypercut'] as const)('%s: what a 409 for a repeated key means', (dialect) => {
  it('key_reused: other content is refused; a request under way is waited for', async () => {
    const driver = drive({ dialect, switches: { conflictMeans: 'key_reused' } });
    const both = await Promise.all([driver.create({}, 'k'), driver.create({}, 'k')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0]?.body).toEqual(both[1]?.body);
    expect((await driver.create({ amount: 2000 }, 'k')).status).toBe(409);
  });

  it('in_progress: a request under way is refused; other content gets the first answer', async () => {
    const driver = drive({ dialect, switches: { conflictMeans: 'in_progress' } });
    const both = await Promise.all([driver.create({}, 'k'), driver.create({}, 'k')]);
    expect(both.map(({ status }) => status)).toEqual([200, 409]);
    expect(await driver.create({ amount: 2000 }, 'k')).toMatchObject({ status: 200, body: { amount: 1000 } });
    expect(driver.sandbox.ledger()).toHaveLength(1);
  });
});

describe.each(withoutPaypercut)('%s: the order of a list', (dialect) => {
  it.each(['newest_first', 'oldest_first'] as const)('%s', async (listOrder) => {
    const driver = drive({ dialect, switches: { listOrder } });
    for (const amount of [100, 200, 300]) await driver.create({ amount });
    expect(items(await driver.list()).map(({ amount }) => amount)).toEqual(listOrder === 'newest_first' ? [300, 200, 100] : [100, 200, 300]);
  });
});

describe.each(['payjp_payment_intents', 'stripe'] as const)('%s: the amount of an increment', (dialect) => {
  it.each([
    ['total', 1500],
    ['delta', 2500],
  ] as const)('%s: 1000 and 1500 make %i', async (increment, total) => {
    const driver = drive({ dialect, switches: { increment } });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    expect((await driver.increment(id, 1500)).body).toMatchObject({ amount: total, amount_capturable: total });
    expect(onlyEntry(driver).authorized).toBe(total);
  });
});

describe.each(['payjp_payment_intents', 'stripe'] as const)('%s: automatic_async', (dialect) => {
  it.each(['processing', 'succeeded'] as const)('answers %s', async (automaticAsync) => {
    const driver = drive({ dialect, switches: { automaticAsync } });
    const answer = await driver.create({ method: 'succeeds', confirm: true, more: { capture_method: 'automatic_async' } });
    expect(answer.body).toMatchObject({ status: automaticAsync });
    driver.sandbox.advance(60);
    expect(onlyEntry(driver)).toMatchObject({ status: 'succeeded', captured: 1000 });
  });
});

it.each([
  [true, 'card_declined'],
  [false, undefined],
])('payjp: errorCode %s: problem+json has code %s', async (errorCode, code) => {
  for (const dialect of payjpDialects) {
    const driver = drive({ dialect, switches: { errorCode } });
    expect((await driver.create({ method: 'card_declined', confirm: true })).body['code']).toBe(code);
  }
});

it('paypercut: errors are flat, or wrapped', async () => {
  const flat = await drive({ dialect: 'paypercut', switches: { errors: 'flat' } }).retrieve('nope');
  expect(flat.body).toMatchObject({ type: 'invalid_request_error', trace_id: expect.any(String) });
  const wrapped = await drive({ dialect: 'paypercut', switches: { errors: 'wrapped' } }).retrieve('nope');
  expect(wrapped.body).toMatchObject({ error: { type: 'invalid_request_error' }, trace_id: expect.any(String) });
});

it('paypercut: the next action is a challenge, or a redirect', async () => {
  const challenge = await drive({ dialect: 'paypercut', switches: { nextAction: 'three_d_secure' } }).create({ method: 'three_d_secure', confirm: true });
  expect(challenge.body).toMatchObject({ next_action: { type: 'three_d_secure', three_d_secure: { flow: 'challenge', challenge: { method: 'POST' } } } });
  const redirect = await drive({ dialect: 'paypercut', switches: { nextAction: 'redirect_to_url' } }).create({ method: 'three_d_secure', confirm: true });
  expect(redirect.body).toMatchObject({ next_action: { type: 'redirect_to_url', redirect_to_url: { url: expect.any(String), return_url: null } } });
});

it('paypercut and stripe: a capture that says it is final closes, whatever the switch', async () => {
  for (const dialect of ['paypercut', 'stripe'] as const) {
    const driver = drive({ dialect, switches: { partialCapture: 'stays_open' } });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    expect((await driver.capture(id, 400, { final_capture: true })).body).toMatchObject({ status: 'succeeded', amount_received: 400 });
  }
});

it('stripe: charges, latest_charge and the whole of it', async () => {
  const answer = async (charge: 'charges' | 'latest_charge' | 'latest_charge_expanded') => {
    const driver = drive({ dialect: 'stripe', switches: { charge } });
    const fresh = await driver.create();
    const paid = await driver.create({ method: 'succeeds', confirm: true });
    return [fresh.body, paid.body] as const;
  };
  const [noCharges, charges] = await answer('charges');
  expect(noCharges).toMatchObject({ charges: { object: 'list', data: [] } });
  expect(charges).toMatchObject({ charges: { data: [{ object: 'charge', paid: true, amount_captured: 1000 }] } });
  expect(charges).not.toHaveProperty('latest_charge');
  const [none, id] = await answer('latest_charge');
  expect(none['latest_charge']).toBeNull();
  expect(id['latest_charge']).toMatch(/^ch_/);
  const [, whole] = await answer('latest_charge_expanded');
  expect(whole).toMatchObject({ latest_charge: { object: 'charge', status: 'succeeded' } });
});

describe('switches themselves', () => {
  it('change while it runs, and only those that are named', async () => {
    const { sandbox } = drive({ dialect: 'stripe' });
    const before = sandbox.switches();
    sandbox.setSwitches({ listOrder: 'oldest_first' });
    expect(sandbox.switches()).toEqual({ ...before, listOrder: 'oldest_first' });
  });

  it('refuse what they do not know, by name', () => {
    const { sandbox } = drive({ dialect: 'stripe' });
    expect(() => sandbox.setSwitches(JSON.parse('{"declinesAs":"success"}'))).toThrow('declinesAs');
    expect(() => sandbox.setSwitches(JSON.parse('{"increment":"half"}'))).toThrow('increment');
    expect(() => drive({ dialect: 'stripe', switches: JSON.parse('{"keyLifetimeSeconds":0}') })).toThrow('keyLifetimeSeconds');
  });
});
