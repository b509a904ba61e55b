import { PaymentError } from '@oneintent/core';
import { advanceCutOver, newCutOver, planMigration, type CutOverFact, type CutOverState, type MigrationUsage } from '@oneintent/core/migration';
import { expect, it } from 'vitest';
import { configurationNamed, openPair } from './sides.ts';

const at = '2026-06-01T09:00:00Z';
const shadowing: CutOverFact = { what: 'move', at, to: 'shadowing', why: 'as agreed' };

const planned = (from: string, to: string, usage: MigrationUsage): CutOverState => {
  const { gaps } = planMigration({ from: configurationNamed(from).adapter, to: configurationNamed(to).adapter, usage });
  return advanceCutOver(newCutOver, { what: 'plan', at, blockers: gaps.filter(({ severity }) => severity === 'blocks').map(({ id }) => id) }).state;
};

it.each(['payjp payment_flows', 'payjp payment_intents'])('%s to Paypercut stays planned, because no currency is common', (from) => {
  const state = planned(from, 'paypercut', { currencies: ['JPY'], operations: ['paymentIntents.create'] });
  expect(() => advanceCutOver(state, shadowing)).toThrow('limits/currencies');
});

it('unless somebody accepts that by a reason: euros are routed by a rule, and yen stay', async () => {
  const blocked = planned('payjp payment_flows', 'paypercut', { currencies: ['JPY', 'EUR'], operations: ['paymentIntents.create'] });
  const state = (blocked.blockers ?? []).reduce((before, blocker) => advanceCutOver(before, { what: 'accept', at, blocker, why: 'euros by a rule' }).state, blocked);
  expect(advanceCutOver(state, shadowing).state.stage).toBe('shadowing');

  const { process, old, fresh } = openPair('payjp payment_flows', 'paypercut');
  const payments = process({ rollout: 100, rule: ({ input }) => ((input['amount'] as { readonly currency: string }).currency === 'EUR' ? 'to' : 'from') });
  for (const currency of ['JPY', 'EUR']) await payments.paymentIntents.create({ amount: { minorUnits: 1000, currency } }, { reference: currency });
  expect([old, fresh].map((sandbox) => sandbox.ledger().map(({ currency }) => currency))).toEqual([['JPY'], ['EUR']]);
});

it('PAY.JP payment_intents to payment_flows goes on, once automatic_async is nobody\'s', () => {
  const usage: MigrationUsage = { currencies: ['JPY'], operations: ['paymentIntents.create', 'paymentIntents.capture'], captureMethods: ['automatic', 'manual'] };
  expect(advanceCutOver(planned('payjp payment_intents', 'payjp payment_flows', usage), shadowing).state.stage).toBe('shadowing');
});

it('nothing leaves planned on no knowledge of how payments are used', () => {
  const refused = (): unknown => advanceCutOver(planned('payjp payment_intents', 'payjp payment_flows', {}), shadowing);
  expect(refused).toThrow(PaymentError);
});
