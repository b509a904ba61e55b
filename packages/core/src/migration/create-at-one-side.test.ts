import { describe, expect, it } from 'vitest';
import { money, type Money, type PaymentsFacts } from '../index.js';
import { createMigration, memoryMigrationDirectory, type MigrationDecision, type MigrationDirectory, type MigrationOptions, type Side } from '../migration.js';
import { acme, acmeLimits } from '../testing/acme.js';
import { bench, errorOf, payment } from '../testing/client.js';
import { answer, refused } from '../testing/scripted-fetch.js';

const eur = money(1000, 'EUR');
const yen = money(1000, 'JPY');

/** A migration to a provider that takes no yen, with how often each side was asked to explain a request. */
const opened = (options: Partial<MigrationOptions> = {}, { isReachable = true, currency = 'eur' } = {}) => {
  const explained: Record<Side, number> = { from: 0, to: 0 };
  const created = answer(200, payment({ amount: 1000, currency }));
  const clients = {
    from: bench([created, created], { account: 'old' }),
    to: bench(isReachable ? [created, created] : [refused, refused, refused], {
      account: 'new',
      adapter: acme({ limits: { ...acmeLimits, currencies: { ...acmeLimits.currencies, value: ['EUR'] } } }),
    }),
  };
  const counted = (side: Side): PaymentsFacts =>
    Object.create(clients[side].payments, {
      explain: {
        value: (...args: Parameters<PaymentsFacts['explain']>) => {
          explained[side] += 1;
          return clients[side].payments.explain(...args);
        },
      },
    });
  const { payments } = clients.from;
  const migration = createMigration({
    rollout: 0,
    directory: memoryMigrationDirectory(),
    singleProcess: true,
    ...options,
    from: counted('from') as typeof payments,
    to: counted('to') as typeof payments,
  });
  return { migration, explained, sent: () => ({ from: clients.from.requests.length, to: clients.to.requests.length }) };
};

describe('createMigration', () => {
  interface Case {
    readonly options?: Partial<MigrationOptions>;
    readonly amount?: Money;
    readonly isReachable?: boolean;
    readonly owner: Side;
    /** How often each side explains without a shadow; with one, each of them once. */
    readonly explained: Readonly<Record<Side, number>>;
  }
  const cases: Readonly<Record<string, Case>> = {
    'a create that the rollout leaves at the source': { owner: 'from', explained: { from: 1, to: 0 } },
    'a create that the rollout moves to the target': { options: { rollout: 100 }, owner: 'to', explained: { from: 0, to: 1 } },
    'a create that a rule moves to the target': { options: { rule: () => 'to' }, owner: 'to', explained: { from: 0, to: 1 } },
    'a create that only the source can take': { options: { rollout: 100 }, amount: yen, owner: 'from', explained: { from: 1, to: 1 } },
    'a create that fails over from a target that is unreachable': { options: { rollout: 100, failOver: true }, isReachable: false, owner: 'from', explained: { from: 1, to: 1 } },
  };

  it.each(Object.entries(cases))('%s asks no side more than once to explain its request', async (_, { options = {}, amount = eur, isReachable = true, owner, explained: expected }) => {
    const { migration, explained } = opened(options, { isReachable, currency: amount.currency.toLowerCase() });
    const { account } = await migration.paymentIntents.create({ amount }, { reference: 'order-1' });
    expect({ account, explained }).toEqual({ account: owner === 'from' ? 'old' : 'new', explained: expected });
  });

  it.each(Object.entries(cases))('%s asks each side once to explain its request while a shadow runs', async (_, { options = {}, amount = eur, isReachable = true, owner }) => {
    const shadows: Extract<MigrationDecision, { readonly what: 'shadowed' }>[] = [];
    const { migration, explained } = opened({ ...options, shadow: (report) => void shadows.push(report) }, { isReachable, currency: amount.currency.toLowerCase() });
    const { account } = await migration.paymentIntents.create({ amount }, { reference: 'order-1' });
    expect({ account, explained }).toEqual({ account: owner === 'from' ? 'old' : 'new', explained: { from: 1, to: 1 } });
    expect(shadows).toHaveLength(1);
  });

  it('a create whose key the directory already has asks no side to explain its request', async () => {
    const { migration, explained } = opened();
    await migration.paymentIntents.create({ amount: eur }, { reference: 'order-1' });
    await migration.paymentIntents.create({ amount: eur }, { reference: 'order-1' });
    expect(explained).toEqual({ from: 1, to: 0 });
  });

  it.each([[0, { from: 1, to: 0 }], [100, { from: 1, to: 1 }]] as const)(
    'a create that no side can take is refused with the error of the side that a rollout of %s percent wants, and nothing is sent',
    async (rollout, expected) => {
      const { migration, explained, sent } = opened({ rollout });
      const error = await errorOf(migration.paymentIntents.create({ amount: money(1, 'EUR') }, { reference: 'order-1' }));
      expect(error).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', account: rollout === 0 ? 'old' : 'new', problems: [{ field: 'amount' }] });
      expect({ explained, sent: sent() }).toEqual({ explained: expected, sent: { from: 0, to: 0 } });
    });

  it('a create with an option that no client knows is refused, and the directory keeps no entry of it', async () => {
    const directory = memoryMigrationDirectory();
    const { migration, sent } = opened({ directory, rollout: 100 });
    const options = { reference: 'order-1', timeout: 1 };
    const error = await errorOf(migration.paymentIntents.create({ amount: eur }, options));
    expect(error).toMatchObject({ code: 'invalid_request', outcome: 'not_sent', account: 'new', problems: [{ field: 'timeout' }] });
    expect({ entry: await directory.byKey('payment_intent', 'order-1'), sent: sent() }).toEqual({ entry: null, sent: { from: 0, to: 0 } });
  });

  it('a create reads the mapping of its customer once, also while a shadow runs', async () => {
    let asked = 0;
    const memory = memoryMigrationDirectory();
    await memory.loadMappings([{ kind: 'customer', from: 'cus_old', to: 'cus_new' }]);
    const directory: MigrationDirectory = {
      ...memory,
      mapping: (kind, from) => {
        asked += 1;
        return memory.mapping(kind, from);
      },
    };
    const { migration } = opened({ directory, rollout: 100, shadow: () => undefined });
    await migration.paymentIntents.create({ amount: eur, customer: 'cus_old' }, { reference: 'order-1' });
    expect(asked).toBe(1);
  });
});
