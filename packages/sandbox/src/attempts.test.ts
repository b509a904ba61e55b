import { describe, expect, it } from 'vitest';
import { drive } from './testing/drive.js';

describe('the attempt behind a payment', () => {
  it.each(['with_pending', 'succeeded_only'] as const)('amountRefunded %s: Stripe and Paypercut count what is on its way, or do not', async (amountRefunded) => {
    for (const dialect of ['stripe', 'paypercut'] as const) {
      const driver = drive({ dialect, switches: { amountRefunded, refundsSettle: 'later' } });
      const { body } = await driver.create({ method: 'succeeds', confirm: true });
      await driver.refund(String(body['id']), 400);
      const attempt = dialect === 'stripe' ? `/v1/charges/${String(body['latest_charge'])}` : `/v2/payments/${String(body['latest_payment'])}`;
      expect((await driver.get(attempt)).body).toMatchObject({ amount_captured: 1000, amount_refunded: amountRefunded === 'with_pending' ? 400 : 0 });
      driver.sandbox.advance(60);
      expect((await driver.get(attempt)).body).toMatchObject({ amount_refunded: 400 });
    }
  });

  it('stripe: says what was refunded, by which refunds, and what it cost, where that is asked for', async () => {
    const driver = drive({ dialect: 'stripe' });
    const { body } = await driver.create({ method: 'succeeds', confirm: true });
    const charge = `/v1/charges/${String(body['latest_charge'])}`;
    await driver.refund(String(body['id']), 300);
    const bare = await driver.get(charge);
    expect(bare.body).toMatchObject({ refunded: false, balance_transaction: expect.stringMatching(/^txn_/) });
    expect(bare.body).not.toHaveProperty('refunds');
    await driver.refund(String(body['id']));
    const whole = await driver.get(`${charge}?expand[]=refunds&expand[]=balance_transaction`);
    expect(whole.body).toMatchObject({ refunded: true, amount_refunded: 1000, refunds: { data: [{ amount: 700 }, { amount: 300 }] }, balance_transaction: { amount: 1000, fee: 40, net: 960 } });
    const older = await driver.get(`${driver.base}/${String(body['id'])}?expand[]=latest_charge.refunds`);
    expect(older.body).toMatchObject({ latest_charge: { refunds: { data: [{}, {}] } } });
  });

  it('paypercut: tells what settling it brings, and is listed', async () => {
    const driver = drive({ dialect: 'paypercut' });
    const { body } = await driver.create({ method: 'succeeds', confirm: true });
    await driver.create({ method: 'card_declined', confirm: true });
    const payment = await driver.get(`/v2/payments/${String(body['latest_payment'])}`);
    expect(payment.body).toMatchObject({ balance_transaction: { amount: 1000, fee: 35, net: 965, currency: { iso: 'eur' } } });
    const list = await driver.get('/v2/payments?limit=1');
    expect(list.body).toMatchObject({ items: [{ status: 'failed', failure_code: 'card_declined' }], last_key: expect.any(String) });
    const rest = await driver.get(`/v2/payments?last_key=${encodeURIComponent(String(list.body['last_key']))}`);
    expect(rest.body).toMatchObject({ items: [{ id: body['latest_payment'], status: 'succeeded' }], last_key: null });
    expect((await driver.get('/v2/payments?status=succeeded')).body).toMatchObject({ items: [{ status: 'succeeded' }] });
  });
});
