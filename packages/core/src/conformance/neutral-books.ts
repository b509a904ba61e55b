import { amountLimitsOf, currencyExponent, type Limits } from '../index.js';
import type { Stage, TestLedgerEntry } from './harness.js';
import { withMembers } from './with-members.js';

const isLikeMoney = (limits: Limits): boolean => {
  const { every, byCurrency = {} } = limits.amounts.value;
  return [every, ...Object.values(byCurrency)].every(({ wireExponent }) => wireExponent === undefined);
};

/** What one wire unit of a currency is in minor units. */
const worthOf = (limits: Limits, currency: string): number => {
  const digits = currencyExponent(currency) ?? 0;
  return 10 ** (digits - (amountLimitsOf(limits, currency).wireExponent ?? digits));
};

const inMinorUnits = (entry: TestLedgerEntry, limits: Limits, currency: string): TestLedgerEntry => {
  const worth = worthOf(limits, currency);
  // Multiplying by a fraction such as 0.01 would not give whole numbers where there are some.
  const from = (units: number): number => (worth < 1 ? units / Math.round(1 / worth) : units * worth);
  return {
    ...entry,
    authorized: from(entry.authorized),
    captured: from(entry.captured),
    released: from(entry.released),
    ...(entry.refunded !== undefined && { refunded: from(entry.refunded) }),
    ...(entry.refunds && { refunds: entry.refunds.map((refund) => ({ ...refund, amount: from(refund.amount) })) }),
  };
};

/** The same stage with books in minor units, as amounts are told: a provider that counts in other units writes its books in these. */
export const withNeutralBooks = (stage: Stage, limits: Limits): Stage => {
  if (stage.ledger === undefined || isLikeMoney(limits)) return stage;
  const ledger = async (): Promise<readonly TestLedgerEntry[]> =>
    ((await stage.ledger?.()) ?? []).map((entry) => inMinorUnits(entry, limits, (entry.currency ?? stage.currency).toUpperCase()));
  return withMembers(stage, { ledger });
};
