import { PaymentError, supports } from '@oneintent/core';
import { memoryMigrationDirectory, type MigrationDecision, type MigrationDirectory } from '@oneintent/core/migration';
import type { Sandbox } from '@oneintent/sandbox';
import { describe, expect, it } from 'vitest';
import { losing, openPair, unreachable, type Pair } from './sides.ts';

const yen = (minorUnits: number) => ({ minorUnits, currency: 'JPY' });

/** A payment that either provider takes: without a customer it is given a method later. */
const order = { amount: yen(1000) } as const;

const paid = (sandbox: Sandbox): number => sandbox.ledger().length;

const failure = async (work: Promise<unknown>): Promise<InstanceType<typeof PaymentError>> => {
  const error: unknown = await work.then(
    () => new Error('it was done'),
    (reason: unknown) => reason,
  );
  if (!PaymentError.is(error)) throw error;
  return error as InstanceType<typeof PaymentError>;
};

const broken = (directory: MigrationDirectory, methods: readonly (keyof MigrationDirectory)[]): MigrationDirectory => ({
  ...directory,
  ...Object.fromEntries(methods.map((method) => [method, () => Promise.reject(Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' }))])),
});

const requests = ({ old, fresh }: Pair): number => old.requests().length + fresh.requests().length;

describe('what is new is divided by the share', () => {
  it('all of it stays at 0, all of it moves at 100', async () => {
    const pair = openPair();
    for (const [rollout, reference] of [[0, 'a'], [100, 'b']] as const) await pair.process({ rollout }).paymentIntents.create(order, { reference });
    expect([paid(pair.old), paid(pair.fresh)]).toEqual([1, 1]);
    expect((await pair.directory.byKey('payment_intent', 'b'))?.account).toBe('new');
  });

  it('about as many as the share says move, and a larger share moves no key back', async () => {
    const decisions = async (rollout: number): Promise<ReadonlyMap<string, string>> => {
      const pair = openPair();
      const sides = new Map<string, string>();
      const payments = pair.process({ rollout, onDecision: (decision) => decision.what === 'decided' && sides.set(decision.key, decision.side) });
      for (let number = 1; number <= 200; number += 1) await payments.paymentIntents.create(order, { reference: `order-${number}` });
      return sides;
    };
    const [third, two] = [await decisions(33), await decisions(66)];
    const moved = [...third].filter(([, side]) => side === 'to').map(([key]) => key);
    expect(moved.length).toBeGreaterThan(200 * 0.2);
    expect(moved.length).toBeLessThan(200 * 0.46);
    expect(moved.filter((key) => two.get(key) !== 'to')).toEqual([]);
  });

  it('a rule goes before the share', async () => {
    const pair = openPair('payjp payment_flows', 'generic stripe');
    const payments = pair.process({ rollout: 0, rule: ({ input }) => ((input['amount'] as { currency: string }).currency === 'EUR' ? 'to' : 'from') });
    const intent = await payments.paymentIntents.create({ amount: { minorUnits: 1000, currency: 'EUR' } }, { reference: 'eur' });
    expect(intent.account).toBe('new');
    expect((await pair.directory.byKey('payment_intent', 'eur'))?.reason).toBe('rule');
  });

  it('what only the old provider can take stays there, whatever the share', async () => {
    const pair = openPair('payjp payment_flows', 'paypercut');
    const told: MigrationDecision[] = [];
    const intent = await pair.process({ rollout: 100, onDecision: (decision) => told.push(decision) }).paymentIntents.create(order, { reference: 'yen' });
    expect([intent.account, paid(pair.fresh)]).toEqual(['old', 0]);
    expect(told).toMatchObject([{ what: 'decided', reason: 'only_here', because: expect.stringContaining('amount.currency') }]);
  });
});

describe('the first decision stays', () => {
  it('when the share falls between a lost answer and its retry: one payment, where it began', async () => {
    const pair = openPair();
    const first = pair.process({ rollout: 100, fetches: { to: losing(pair.fresh) } });
    const error = await failure(first.paymentIntents.create(order, { reference: 'order-1' }));
    expect([error.outcome, error.account]).toEqual(['unknown', 'new']);
    const again = await pair.process({ rollout: 0 }).paymentIntents.create(order, { reference: 'order-1' });
    expect([again.account, paid(pair.old), paid(pair.fresh)]).toEqual(['new', 0, 1]);
  });

  it('when it is resumed by another process', async () => {
    const pair = openPair();
    const error = await failure(pair.process({ rollout: 100, fetches: { to: losing(pair.fresh) } }).paymentIntents.create(order, { reference: 'order-1' }));
    expect((await pair.directory.entries({ unknown: true })).data).toHaveLength(1);
    const settled = await pair.process({ rollout: 0 }).resume(JSON.parse(JSON.stringify(error.resume)), { input: order });
    expect([settled.account, paid(pair.fresh)]).toEqual(['new', 1]);
    const entry = await pair.directory.byKey('payment_intent', 'order-1');
    expect([entry?.ref, entry?.unknown]).toEqual([settled.ref, []]);
  });

  it('when many processes with other shares ask at once', async () => {
    const pair = openPair();
    const created = await Promise.all(
      Array.from({ length: 12 }, (_, index) => pair.process({ rollout: index % 2 === 0 ? 0 : 100 }).paymentIntents.create(order, { reference: 'order-1' })),
    );
    expect(new Set(created.map(({ ref }) => ref)).size).toBe(1);
    expect(paid(pair.old) + paid(pair.fresh)).toBe(1);
  });

  it('when the process died after the claim: its retry goes to the same side', async () => {
    const pair = openPair();
    const never: typeof unreachable = () => new Promise(() => undefined);
    void pair.process({ rollout: 100, fetches: { to: never } }).paymentIntents.create(order, { reference: 'order-1' }).catch(() => undefined);
    await expect.poll(() => pair.directory.byKey('payment_intent', 'order-1')).not.toBeNull();
    const retried = await pair.process({ rollout: 0, failOver: true }).paymentIntents.create(order, { reference: 'order-1' });
    expect([retried.account, paid(pair.old)]).toEqual(['new', 0]);
  });

  it('and a process whose account has another name is refused, with nothing sent', async () => {
    const pair = openPair();
    await pair.directory.claim({ key: 'order-1', kind: 'payment_intent', side: 'to', account: 'renamed', idempotencyKey: 'other', reason: 'rollout', decidedAt: '2026-01-01T00:00:00.000Z' });
    const error = await failure(pair.process().paymentIntents.create(order, { reference: 'order-1' }));
    expect([error.code, error.outcome, requests(pair)]).toEqual(['migration_refused', 'not_sent', 0]);
  });
});

describe('nothing is sent', () => {
  it.each([['byKey'], ['claim'], ['mapping']] as const)('when the directory does not answer (%s)', async (method) => {
    const pair = openPair();
    const payments = pair.process({ rollout: 100, directory: broken(pair.directory, [method]) });
    const error = await failure(payments.paymentIntents.create({ ...order, customer: 'cus_1' }, { reference: 'order-1' }));
    expect([error.code, error.outcome, requests(pair)]).toEqual(['migration_refused', 'not_sent', 0]);
    expect(error.message).toContain('Make the same call again');
  });

  it('without a name for what is paid, because a retry could go to the other side', async () => {
    const pair = openPair();
    const error = await failure(pair.process().paymentIntents.create(order));
    expect([error.problems[0]?.field, requests(pair)]).toEqual(['reference', 0]);
  });

  it('for input that the chosen side refuses, and nothing stays in the directory', async () => {
    const pair = openPair();
    const error = await failure(pair.process().paymentIntents.create({ amount: yen(-1) }, { reference: 'order-1' }));
    expect([error.code, requests(pair), await pair.directory.byKey('payment_intent', 'order-1')]).toEqual(['invalid_request', 0, null]);
  });

  it('about an id that does not say whose it is', async () => {
    const pair = openPair();
    const error = await failure(pair.process().paymentIntents.retrieve('pi_1'));
    expect([error.problems[0]?.field, requests(pair)]).toEqual(['target', 0]);
  });

  it.each([Number.NaN, -1, 101])('when the share is %s', async (share) => {
    const pair = openPair();
    expect((await failure(pair.process({ rollout: () => share }).paymentIntents.create(order, { reference: 'order-1' }))).code).toBe('migration_refused');
    expect(requests(pair)).toBe(0);
    expect(() => pair.process({ rollout: share })).toThrow('rollout is not a share');
  });
});

describe('a set-up that could pay twice is refused', () => {
  it('two sides with one account name', () => {
    const pair = openPair();
    const { from } = pair.process();
    expect(() => pair.process({ to: from })).toThrow("to.account is the name of the side from as well");
  });

  it('a directory that forgets', () => {
    const pair = openPair();
    expect(() => pair.process({ singleProcess: false })).toThrow('forgets everything with its process');
    expect(() => pair.process({ directory: memoryMigrationDirectory(), singleProcess: true })).not.toThrow();
  });
});

describe('what is there stays with its owner', () => {
  it('every operation goes where the object is, and its status is written down', async () => {
    const pair = openPair();
    const payments = pair.process({ rollout: 0 });
    const intent = await payments.paymentIntents.create(order, { reference: 'order-1' });
    const moved = pair.process({ rollout: 100 });
    await moved.paymentIntents.cancel(intent.ref);
    expect(pair.old.ledger()[0]?.status).toBe('canceled');
    expect((await pair.directory.byRef(intent.ref))?.status).toBe('canceled');
    expect(pair.fresh.requests()).toHaveLength(0);
  });

  it('supports() tells by ref what the owner can do', async () => {
    const pair = openPair('generic stripe', 'paypercut');
    const payments = pair.process({ rollout: 0 });
    expect(supports(payments, 'paymentIntents.update', { ref: 'old:pi_1' })).toBe(true);
    expect(supports(payments, 'paymentIntents.update', { ref: 'new:pi_1' })).toBe(false);
    expect(supports(payments, 'paymentIntents.list')).toBe(false);
    expect((await failure(payments.paymentIntents.list())).code).toBe('unsupported');
    expect((await failure(payments.paymentIntents.update('new:pi_1', { description: 'x' }))).code).toBe('unsupported');
    expect(requests(pair)).toBe(0);
  });

  it('an outcome that is unknown is written down, and cleared when it is settled', async () => {
    const pair = openPair('generic stripe', 'generic stripe');
    const payments = pair.process({ rollout: 0 });
    const intent = await payments.paymentIntents.create({ ...order, paymentMethod: pair.old.paymentMethods.succeeds, captureMethod: 'manual', confirm: true }, { reference: 'order-1' });
    const losingCapture = pair.process({ rollout: 100, fetches: { from: losing(pair.old) } });
    const error = await failure(losingCapture.paymentIntents.capture(intent.ref, {}, { reference: 'order-1' }));
    expect(error.outcome).toBe('unknown');
    expect((await pair.directory.byRef(intent.ref))?.unknown).toHaveLength(1);
    await payments.resume(error.resume as never);
    const entry = await pair.directory.byRef(intent.ref);
    expect([entry?.unknown, entry?.status, pair.old.ledger()[0]?.captured]).toEqual([[], 'succeeded', 1000]);
  });
});

describe('the other provider is tried', () => {
  it('when nothing can have been sent, and only if asked for', async () => {
    const [asked, not] = [openPair(), openPair()];
    const intent = await asked.process({ rollout: 100, failOver: true, fetches: { to: unreachable } }).paymentIntents.create(order, { reference: 'order-1' });
    expect([intent.account, (await asked.directory.byKey('payment_intent', 'order-1'))?.reason]).toEqual(['old', 'fail_over']);
    const error = await failure(not.process({ rollout: 100, fetches: { to: unreachable } }).paymentIntents.create(order, { reference: 'order-1' }));
    expect([error.outcome, paid(not.old)]).toEqual(['not_sent', 0]);
  });

  it('never while the outcome is unknown', async () => {
    const pair = openPair();
    const payments = pair.process({ rollout: 100, failOver: true, fetches: { to: losing(pair.fresh) } });
    expect((await failure(payments.paymentIntents.create(order, { reference: 'order-1' }))).outcome).toBe('unknown');
    expect(paid(pair.old)).toBe(0);
  });

  it('never for a key that another call has used', async () => {
    const pair = openPair();
    await failure(pair.process({ rollout: 100, fetches: { to: losing(pair.fresh) } }).paymentIntents.create(order, { reference: 'order-1' }));
    const error = await failure(pair.process({ rollout: 100, failOver: true, fetches: { to: unreachable } }).paymentIntents.create(order, { reference: 'order-1' }));
    expect([error.outcome, paid(pair.old), paid(pair.fresh)]).toEqual(['not_sent', 0, 1]);
  });

  it('never after a decline', async () => {
    const pair = openPair('generic stripe', 'generic stripe');
    const payments = pair.process({ rollout: 100, failOver: true });
    await payments.paymentIntents.create({ ...order, paymentMethod: `new:${pair.fresh.paymentMethods.card_declined}`, confirm: true }, { reference: 'order-1' });
    expect([paid(pair.old), paid(pair.fresh)]).toEqual([0, 1]);
  });
});

describe('customers and payment methods', () => {
  const method = { kind: 'payment_method', from: 'pm_old', to: 'pm_card_visa' } as const;
  const withMethod = (paymentMethod: string) => ({ ...order, paymentMethod });

  it('go by the mapping', async () => {
    const pair = openPair('generic stripe', 'generic stripe');
    const { succeeds } = pair.fresh.paymentMethods;
    await pair.directory.loadMappings([{ ...method, to: succeeds }]);
    const intent = await pair.process({ rollout: 100 }).paymentIntents.create({ ...withMethod('pm_old'), confirm: true }, { reference: 'order-1' });
    expect([intent.account, intent.status]).toEqual(['new', 'succeeded']);
  });

  it('that have none keep the payment at the old provider', async () => {
    const pair = openPair('generic stripe', 'generic stripe');
    const intent = await pair.process({ rollout: 100 }).paymentIntents.create(withMethod(pair.old.paymentMethods.succeeds), { reference: 'order-1' });
    expect(intent.account).toBe('old');
  });

  it('of the new provider, named by its account, are paid there even at a share of 0', async () => {
    const pair = openPair('generic stripe', 'generic stripe');
    const intent = await pair.process({ rollout: 0 }).paymentIntents.create(withMethod(`new:${pair.fresh.paymentMethods.succeeds}`), { reference: 'order-1' });
    expect([intent.account, intent.paymentMethod]).toEqual(['new', pair.fresh.paymentMethods.succeeds]);
  });
});

describe('values that were accepted', () => {
  it('are written otherwise at the new provider, and only there', async () => {
    const pair = openPair('payjp payment_intents', 'payjp payment_flows');
    const mappings = { captureMethod: { automatic_async: 'automatic' } };
    const input = { ...order, captureMethod: 'automatic_async' } as const;
    const moved = await pair.process({ rollout: 100, mappings }).paymentIntents.create(input, { reference: 'a' });
    const stayed = await pair.process({ rollout: 0, mappings }).paymentIntents.create(input, { reference: 'b' });
    expect([moved.account, moved.captureMethod, stayed.captureMethod]).toEqual(['new', 'automatic', 'automatic_async']);
    expect((await pair.process({ rollout: 100 }).paymentIntents.create(input, { reference: 'c' })).account).toBe('old');
  });
});

describe('the shadow', () => {
  it('tells what the other provider would have been sent, and sends nothing there', async () => {
    const pair = openPair('payjp payment_flows', 'paypercut');
    const reports: MigrationDecision[] = [];
    await pair.process({ rollout: 0, shadow: (report) => void reports.push(report) }).paymentIntents.create(order, { reference: 'order-1' });
    expect(reports).toMatchObject([{ what: 'shadowed', side: 'to', account: 'new', request: null, problems: [{ field: 'amount.currency' }] }]);
    expect(pair.fresh.requests()).toHaveLength(0);
  });

  it('refuses the payment when it is not running', async () => {
    const pair = openPair();
    const payments = pair.process({ rollout: 0, shadow: () => Promise.reject(new Error('the log is gone')) });
    const error = await failure(payments.paymentIntents.create(order, { reference: 'order-1' }));
    expect([error.code, error.problems[0]?.field, requests(pair)]).toEqual(['migration_refused', 'shadow', 0]);
  });
});

describe('lists', () => {
  it('of both providers are one, the newest first, each payment once', async () => {
    const pair = openPair('generic stripe', 'generic stripe');
    const payments = pair.process();
    const made: string[] = [];
    for (let number = 1; number <= 23; number += 1) {
      made.push((await payments.paymentIntents.create(order, { reference: `order-${number}` })).ref);
      pair.old.advance(1);
      pair.fresh.advance(1);
    }
    expect(paid(pair.old)).toBeGreaterThan(3);
    expect(paid(pair.fresh)).toBeGreaterThan(3);
    const listed: string[] = [];
    for await (const { ref } of payments.paymentIntents.iterate({ limit: 4 })) listed.push(ref);
    expect(listed).toEqual(made.toReversed());
  });
});

describe('when the directory fails after the provider has answered', () => {
  it('the answer is given all the same, and the trouble is told', async () => {
    const pair = openPair();
    const told: MigrationDecision[] = [];
    const payments = pair.process({ directory: broken(pair.directory, ['note', 'noteByRef']), onDecision: (decision) => told.push(decision) });
    const intent = await payments.paymentIntents.create(order, { reference: 'order-1' });
    expect(told.at(-1)).toMatchObject({ what: 'not_noted', ref: intent.ref });
    await pair.process().paymentIntents.retrieve(intent.ref);
    expect((await pair.directory.byKey('payment_intent', 'order-1'))?.ref).toBe(intent.ref);
  });
});
