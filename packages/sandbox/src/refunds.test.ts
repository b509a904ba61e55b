import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allDialects, drive, items, onlyEntry, withoutPaypercut, type Driver, type Reply } from './testing/drive.js';

const idOf = ({ body }: Reply): string => String(body['id']);
const referenceOf = { payjp_payment_flows: 'payment_flow_id', payjp_payment_intents: 'payment_intent', paypercut: 'payment_intent', stripe: 'payment_intent' };
const paid = async (driver: Driver): Promise<string> => idOf(await driver.create({ method: 'succeeds', confirm: true }));

describe.each(allDialects)('%s: money goes back', (dialect) => {
  it('a part, then the rest, and then no more', async () => {
    const driver = drive({ dialect });
    const id = await paid(driver);
    const first = await driver.refund(id, 300, { reason: 'duplicate' });
    expect(first).toMatchObject({ status: 200, body: { amount: 300, status: 'succeeded', reason: 'duplicate', [referenceOf[dialect]]: id } });
    expect((await driver.refund(id, 700)).status).toBe(200);
    const tooMuch = await driver.refund(id, 1);
    expect(tooMuch.status).toBe(dialect === 'paypercut' ? 422 : 400);
    expect(onlyEntry(driver)).toMatchObject({ captured: 1000, refunded: 1000, refundPending: 0, status: 'succeeded' });
    expect(onlyEntry(driver).refunds.map(({ amount, status }) => [amount, status])).toEqual([[300, 'succeeded'], [700, 'succeeded']]);
  });

  it('never more than is left', async () => {
    const driver = drive({ dialect });
    const id = await paid(driver);
    await driver.refund(id, 600);
    expect((await driver.refund(id, 401)).status).toBe(400);
    expect(onlyEntry(driver)).toMatchObject({ refunded: 600 });
  });

  it('only what was captured: nothing of a payment that is held, waiting or declined', async () => {
    const driver = drive({ dialect });
    const held = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    const waiting = idOf(await driver.create({ method: 'three_d_secure', confirm: true }));
    for (const id of [held, waiting]) expect((await driver.refund(id, 100)).status).toBe(dialect === 'paypercut' ? 422 : 400);
    await driver.capture(held, 400);
    expect((await driver.refund(held, 401)).status).toBe(400);
    expect((await driver.refund(held, 400)).status).toBe(200);
    expect(driver.sandbox.ledger()[0]).toMatchObject({ captured: 400, released: 600, refunded: 400 });
  });

  it('once per key, and the books name the key', async () => {
    const driver = drive({ dialect, switches: { idempotency: true } });
    const id = await paid(driver);
    const first = await driver.refund(id, 300, {}, 'key-1');
    expect((await driver.refund(id, 300, {}, 'key-1')).body).toEqual(first.body);
    await driver.refund(id, 300, {}, 'key-2');
    expect(onlyEntry(driver).refunds.map(({ amount, idempotencyKey }) => [amount, idempotencyKey])).toEqual([[300, 'key-1'], [300, 'key-2']]);
    expect(onlyEntry(driver).movements.filter(({ type }) => type === 'refunded')).toMatchObject([{ amount: 300, idempotencyKey: 'key-1' }, { idempotencyKey: 'key-2' }]);
  });

  it('the books tell captures and refunds in the order of time', async () => {
    const driver = drive({ dialect, switches: { partialCapture: 'stays_open' } });
    const id = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    await driver.capture(id, 400);
    driver.sandbox.advance(10);
    await driver.refund(id, 100);
    driver.sandbox.advance(10);
    await driver.capture(id, 600);
    expect(onlyEntry(driver).movements.map(({ type, amount }) => [type, amount])).toEqual([['authorized', 1000], ['captured', 400], ['refunded', 100], ['captured', 600]]);
  });

  it('of no payment that does not exist', async () => {
    const driver = drive({ dialect });
    expect((await driver.refund('nope', 100)).status).toBe(404);
    expect((await driver.get(`${driver.refunds}/nope`)).status).toBe(404);
  });

  it('refundsSettle later: pending for a minute, and what is pending cannot be refunded again', async () => {
    const driver = drive({ dialect, switches: { refundsSettle: 'later' } });
    const id = await paid(driver);
    const refund = await driver.refund(id, 600);
    expect(refund.body).toMatchObject({ status: 'pending' });
    expect(onlyEntry(driver)).toMatchObject({ refunded: 0, refundPending: 600 });
    expect((await driver.refund(id, 500)).status).toBe(400);
    driver.sandbox.advance(60);
    expect((await driver.get(`${driver.refunds}/${idOf(refund)}`)).body).toMatchObject({ status: 'succeeded' });
    expect(onlyEntry(driver)).toMatchObject({ refunded: 600, refundPending: 0 });
  });

  it('refundsSettle after_action: the customer acts, or fails to', async () => {
    const driver = drive({ dialect, switches: { refundsSettle: 'after_action' } });
    const id = await paid(driver);
    const [one, two] = [await driver.refund(id, 300), await driver.refund(id, 200)];
    expect(one.body).toMatchObject({ status: 'requires_action' });
    driver.sandbox.completeAction(idOf(one));
    driver.sandbox.failAction(idOf(two));
    driver.sandbox.advance(60);
    expect(onlyEntry(driver)).toMatchObject({ refunded: 300, refundPending: 0, refunds: [{ status: 'succeeded' }, { status: 'failed' }] });
  });

  it('refundsFail instead_of_success: what failed can be refunded again', async () => {
    const driver = drive({ dialect, switches: { refundsFail: 'instead_of_success' } });
    const id = await paid(driver);
    expect((await driver.refund(id, 1000)).body).toMatchObject({ status: 'failed' });
    expect(onlyEntry(driver)).toMatchObject({ refunded: 0, refundPending: 0, refunds: [{ status: 'failed' }] });
    driver.sandbox.setSwitches({ refundsFail: 'never' });
    expect((await driver.refund(id, 1000)).body).toMatchObject({ status: 'succeeded' });
    expect(onlyEntry(driver).refunded).toBe(1000);
  });

  it('refundsFail after_success: it succeeds, and a minute later it comes back', async () => {
    const driver = drive({ dialect, switches: { refundsFail: 'after_success', refundsSettle: 'later' } });
    const id = await paid(driver);
    const refund = await driver.refund(id, 1000);
    driver.sandbox.advance(60);
    expect(onlyEntry(driver)).toMatchObject({ refunded: 1000 });
    driver.sandbox.advance(60);
    expect((await driver.get(`${driver.refunds}/${idOf(refund)}`)).body).toMatchObject({ status: 'failed' });
    expect(onlyEntry(driver)).toMatchObject({ refunded: 0, movements: [{}, {}, { type: 'refunded' }, { type: 'refund_failed', amount: 1000 }] });
  });

  it('its list begins with the newest, and goes on page by page', async () => {
    const driver = drive({ dialect });
    const id = await paid(driver);
    for (const amount of [100, 200, 300]) await driver.refund(id, amount);
    const list = await driver.get(`${driver.refunds}?limit=2`);
    const shown = dialect === 'paypercut' ? list.body['items'] : items(list);
    expect(shown).toMatchObject([{ amount: 300 }, { amount: 200 }]);
    const last = String(Object(Array.isArray(shown) ? shown[1] : null)['id']);
    const next = { payjp_payment_flows: `starting_after=${last}`, payjp_payment_intents: 'offset=2', paypercut: `last_key=${encodeURIComponent(String(list.body['last_key']))}`, stripe: `starting_after=${last}` };
    const rest = await driver.get(`${driver.refunds}?limit=2&${next[dialect]}`);
    expect(dialect === 'paypercut' ? rest.body : { items: items(rest), last_key: rest.body['has_more'] === false ? null : '' }).toMatchObject({ items: [{ amount: 100 }], last_key: null });
  });

  it('refuses what it does not know: a field, a reason, an amount of nothing', async () => {
    const driver = drive({ dialect });
    const id = await paid(driver);
    const status = dialect.startsWith('payjp') ? 422 : 400;
    for (const [amount, more] of [[100, { colour: 'red' }], [100, { reason: 'mood' }], [0, {}], [-5, {}]] as const)
      expect((await driver.refund(id, amount, more)).status).toBe(status);
    expect(onlyEntry(driver).refunds).toEqual([]);
  });

  it('the books balance after any refunds', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('refund' as const), amount: fc.integer({ min: 1, max: 900 }), settle: fc.constantFrom('at_once' as const, 'later' as const), fail: fc.constantFrom('never' as const, 'instead_of_success' as const, 'after_success' as const) }),
      fc.record({ do: fc.constant('advance' as const), seconds: fc.constantFrom(10, 59, 61, 130) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
        const driver = drive({ dialect });
        const id = await paid(driver);
        for (const each of steps) {
          if (each.do === 'advance') driver.sandbox.advance(each.seconds);
          else {
            driver.sandbox.setSwitches({ refundsSettle: each.settle, refundsFail: each.fail });
            await driver.refund(id, each.amount);
          }
          const { captured, refunded, refundPending, movements } = onlyEntry(driver);
          const net = (type: string) => movements.filter((movement) => movement.type === type).reduce((sum, { amount }) => sum + amount, 0);
          expect(refunded + refundPending).toBeLessThanOrEqual(captured);
          expect(net('refunded') - net('refund_failed')).toBe(refunded);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe.each(allDialects)('%s: a refund without an amount', (dialect) => {
  it('remaining: what is left', async () => {
    const driver = drive({ dialect, switches: { refundWithoutAmount: 'remaining' } });
    const id = await paid(driver);
    await driver.refund(id, 300);
    expect((await driver.refund(id)).body).toMatchObject({ amount: 700 });
  });

  it('whole: all that was captured, which is too much after a part', async () => {
    const driver = drive({ dialect, switches: { refundWithoutAmount: 'whole' } });
    const [one, other] = [await paid(driver), await paid(driver)];
    expect((await driver.refund(one)).body).toMatchObject({ amount: 1000 });
    await driver.refund(other, 300);
    expect((await driver.refund(other)).status).toBe(400);
  });

  it('refused: nothing moves', async () => {
    const driver = drive({ dialect, switches: { refundWithoutAmount: 'refused' } });
    expect((await driver.refund(await paid(driver))).status).toBe(dialect.startsWith('payjp') ? 422 : 400);
    expect(onlyEntry(driver).refunds).toEqual([]);
  });
});

it.each(withoutPaypercut)('%s: the metadata of a refund is told, changed, and carries the reference into the books', async (dialect) => {
  const driver = drive({ dialect });
  const id = await paid(driver);
  const refund = await driver.refund(id, 100, { metadata: { oneintent_reference: 'refund-7', by: 'staff' } });
  expect(refund.body).toMatchObject({ metadata: { oneintent_reference: 'refund-7', by: 'staff' } });
  const changed = await driver.post(`${driver.refunds}/${idOf(refund)}`, { metadata: { by: '', note: 'x' } });
  expect(changed.body['metadata']).toEqual({ oneintent_reference: 'refund-7', note: 'x' });
  expect(onlyEntry(driver).refunds[0]?.reference).toBe('refund-7');
  expect((await driver.post(`${driver.refunds}/${idOf(refund)}`, { amount: 1 })).status).toBe(dialect === 'stripe' ? 400 : 422);
});

it.each(['payjp_payment_intents', 'stripe'] as const)('%s: a refund is called off only while it is not settled', async (dialect) => {
  const driver = drive({ dialect, switches: { refundsSettle: 'later' } });
  const id = await paid(driver);
  const refund = await driver.refund(id, 600);
  expect((await driver.post(`${driver.refunds}/${idOf(refund)}/cancel`)).body).toMatchObject({ status: 'canceled' });
  driver.sandbox.advance(120);
  expect(onlyEntry(driver)).toMatchObject({ refunded: 0, refundPending: 0 });
  expect((await driver.post(`${driver.refunds}/${idOf(refund)}/cancel`)).status).toBe(400);
  expect((await driver.refund(id, 1000)).status).toBe(200);
});

it.each(['payjp_payment_flows', 'paypercut'] as const)('%s: there is no way to call a refund off', async (dialect) => {
  const driver = drive({ dialect, switches: { refundsSettle: 'later' } });
  const refund = await driver.refund(await paid(driver), 600);
  expect((await driver.post(`${driver.refunds}/${idOf(refund)}/cancel`)).status).toBe(404);
});
