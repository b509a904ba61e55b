import { describe, expect, it } from 'vitest';
import { drive, items, onlyEntry, type Driver, type Reply } from './testing/drive.js';

const idOf = ({ body }: Reply): string => String(body['id']);
const error = ({ body }: Reply): Record<string, unknown> => ({ ...body, ...Object(body['error']) });
const paid = async (driver: Driver): Promise<string> => idOf(await driver.create({ method: 'succeeds', confirm: true }));

describe('payjp_payment_flows', () => {
  it('says why in its own words', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows' });
    const held = idOf(await driver.create({ method: 'succeeds', confirm: true, manual: true }));
    expect((await driver.refund(held, 100)).body).toMatchObject({ title: 'Invalid Status', status: 400 });
    const id = await paid(driver);
    expect((await driver.refund(id, 1001)).body).toMatchObject({ title: 'Refund Exceeds Payment', status: 400 });
    await driver.refund(id);
    expect((await driver.refund(id, 1)).body).toMatchObject({ title: 'Already Refunded', status: 400 });
  });

  it('lists the refunds of one payment', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows' });
    const [one, other] = [await paid(driver), await paid(driver)];
    await driver.refund(one, 100);
    await driver.refund(other, 200);
    await driver.refund(one, 300);
    const list = await driver.get(`${driver.base}/${one}/refunds`);
    expect(items(list).map(({ amount }) => amount)).toEqual([300, 100]);
    expect(list.body).toMatchObject({ object: 'list', url: `${driver.base}/${one}/refunds`, has_more: false });
    expect((await driver.get(`${driver.base}/nope/refunds`)).status).toBe(404);
    expect((await driver.get(`${driver.refunds}?starting_after=nope`)).body).toMatchObject({ title: 'Resource Missing' });
    expect((await driver.get(`${driver.refunds}?customer_id=cus_sandbox`)).status).toBe(422);
  });

  it('has every documented key', async () => {
    const driver = drive({ dialect: 'payjp_payment_flows' });
    const { body } = await driver.refund(await paid(driver), 400);
    expect(Object.keys(body).toSorted()).toEqual(['amount', 'created_at', 'id', 'livemode', 'metadata', 'object', 'payment_flow_id', 'reason', 'status', 'updated_at']);
    expect(body).toMatchObject({ object: 'payment_refund', id: expect.stringMatching(/^pyr_/), reason: null, metadata: {} });
  });
});

describe('paypercut', () => {
  it('takes the payment, the payment intent or both, if they belong together', async () => {
    const driver = drive({ dialect: 'paypercut' });
    const [one, other] = [await driver.create({ method: 'succeeds', confirm: true }), await driver.create({ method: 'succeeds', confirm: true })];
    const payment = one.body['latest_payment'];
    expect((await driver.post(driver.refunds, { payment, amount: 100 })).body).toMatchObject({ payment, payment_intent: idOf(one) });
    expect((await driver.refund(idOf(one), 100, { payment })).status).toBe(200);
    expect((await driver.refund(idOf(other), 100, { payment })).status).toBe(404);
    expect(error(await driver.post(driver.refunds, { amount: 100 }))).toMatchObject({ code: 'missing_required_param' });
  });

  it('refundStatus null: the status is told nowhere, and known to the books', async () => {
    const driver = drive({ dialect: 'paypercut', switches: { refundStatus: 'null' } });
    const refund = await driver.refund(await paid(driver), 100);
    expect(refund.body['status']).toBeNull();
    expect(onlyEntry(driver).refunds[0]?.status).toBe('succeeded');
  });

  it('tells why a refund is pending or has failed, and where it went', async () => {
    const driver = drive({ dialect: 'paypercut', switches: { refundsSettle: 'later' } });
    const id = await paid(driver);
    const refund = await driver.refund(id, 100);
    expect(refund.body).toMatchObject({ pending_reason: 'charge_pending', currency: { iso: 'eur', scale: 2 } });
    driver.sandbox.setSwitches({ refundsFail: 'instead_of_success' });
    const failing = await driver.refund(id, 100);
    driver.sandbox.advance(60);
    expect((await driver.get(`${driver.refunds}/${idOf(refund)}`)).body).toMatchObject({ destination_details: { type: 'card' } });
    expect((await driver.get(`${driver.refunds}/${idOf(failing)}`)).body).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' });
  });

  it('filters its list, and refuses a cursor that it never gave', async () => {
    const driver = drive({ dialect: 'paypercut', now: '2026-06-01T00:00:00Z' });
    const id = await paid(driver);
    await driver.refund(id, 100);
    driver.sandbox.advance(86_400);
    driver.sandbox.setSwitches({ refundsFail: 'instead_of_success' });
    await driver.refund(id, 200);
    const amounts = async (query: string) => {
      const { body } = await driver.get(`${driver.refunds}?${query}`);
      return Array.isArray(body['items']) ? body['items'].map((item) => Object(item)['amount']) : body;
    };
    expect(await amounts('start_date=2026-06-01T12:00:00Z')).toEqual([200]);
    expect(await amounts('end_date=2026-06-01T12:00:00Z')).toEqual([100]);
    expect(await amounts('status=failed')).toEqual([200]);
    expect(await amounts('status=failed&status=succeeded&currency[]=EUR')).toEqual([200, 100]);
    expect(await amounts('currency=USD')).toEqual([]);
    expect((await driver.get(`${driver.refunds}?last_key=nope`)).status).toBe(400);
  });
});

describe('stripe', () => {
  it('takes a charge, and refuses one that was declined', async () => {
    const driver = drive({ dialect: 'stripe' });
    const declined = await driver.create({ method: 'card_declined', confirm: true });
    const failed = Object(Object(declined.body['error'])['payment_intent'])['latest_charge'];
    const refused = await driver.post(driver.refunds, { charge: failed });
    expect(error(refused)).toMatchObject({ type: 'invalid_request_error', message: expect.stringContaining('does not have a successful charge to refund') });
    const { body } = await driver.create({ method: 'succeeds', confirm: true });
    expect((await driver.post(driver.refunds, { charge: body['latest_charge'] })).body).toMatchObject({ amount: 1000, charge: body['latest_charge'], payment_intent: body['id'] });
    expect(error(await driver.post(driver.refunds, { charge: body['latest_charge'] }))).toMatchObject({ code: 'charge_already_refunded' });
    expect(error(await driver.post(driver.refunds, {}))).toMatchObject({ code: 'parameter_missing', param: 'payment_intent' });
  });

  it('refunds no charge that failed, though a later one of the same payment intent was paid', async () => {
    const driver = drive({ dialect: 'stripe' });
    const id = idOf(await driver.create({ method: 'card_declined' }));
    await driver.confirm(id);
    const failed = (await driver.retrieve(id)).body['latest_charge'];
    await driver.confirm(id, driver.method('succeeds'));
    expect((await driver.post(driver.refunds, { charge: failed, amount: 100 })).status).toBe(400);
    expect((await driver.refund(id, 100)).status).toBe(200);
    expect(onlyEntry(driver)).toMatchObject({ refunded: 100 });
  });

  it('filters its list by payment intent and by charge', async () => {
    const driver = drive({ dialect: 'stripe' });
    const [one, other] = [await driver.create({ method: 'succeeds', confirm: true }), await driver.create({ method: 'succeeds', confirm: true })];
    await driver.refund(idOf(one), 100);
    await driver.refund(idOf(other), 200);
    expect(items(await driver.get(`${driver.refunds}?payment_intent=${idOf(one)}`))).toMatchObject([{ amount: 100 }]);
    expect(items(await driver.get(`${driver.refunds}?charge=${String(other.body['latest_charge'])}`))).toMatchObject([{ amount: 200 }]);
  });
});
