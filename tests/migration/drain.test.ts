import { PaymentError } from '@oneintent/core';
import { drain, type DrainProgress } from '@oneintent/core/migration';
import { expect, it } from 'vitest';
import { losing, openPair } from './sides.ts';

const order = { amount: { minorUnits: 1000, currency: 'JPY' } } as const;

const last = async (progress: AsyncIterable<DrainProgress>): Promise<DrainProgress> => {
  let end: DrainProgress | undefined;
  for await (const step of progress) end = step;
  if (end === undefined) throw new Error('There was no progress.');
  return end;
};

it('what is open at the old side is told by ref, until it has ended', async () => {
  const { old, directory, process } = openPair('payjp payment_flows', 'payjp payment_flows');
  const payments = process({ rollout: 0 });
  const [one, other] = [await payments.paymentIntents.create(order, { reference: 'a' }), await payments.paymentIntents.create(order, { reference: 'b' })];
  const before = await last(drain({ payments: payments.from, directory }));
  expect([before.at, before.open.toSorted(), before.listed]).toEqual(['end', [one.ref, other.ref].toSorted(), true]);
  await payments.paymentIntents.cancel(one);
  await payments.paymentIntents.cancel(other);
  expect((await last(drain({ payments: payments.from, directory }))).open).toEqual([]);
  expect(old.ledger().map(({ status }) => status)).toEqual(['canceled', 'canceled']);
});

it('an intent that the directory has never heard of is seen where the provider lists', async () => {
  const { old, directory, process } = openPair('generic stripe', 'generic stripe');
  const payments = process();
  const unheard = await payments.from.paymentIntents.create(order);
  expect((await last(drain({ payments: payments.from, directory }))).open).toEqual([unheard.ref]);
  expect(old.ledger()).toHaveLength(1);
});

it('where the provider has no list, that is told, and only the directory is looked through', async () => {
  const { directory, process } = openPair('paypercut', 'paypercut');
  const payments = process({ rollout: 0 });
  const intent = await payments.paymentIntents.create({ amount: { minorUnits: 1000, currency: 'EUR' } }, { reference: 'a' });
  const { open, listed } = await last(drain({ payments: payments.from, directory }));
  expect([open, listed]).toEqual([[intent.ref], false]);
});

it('an unknown outcome is settled on the way, or told', async () => {
  const pair = openPair('generic stripe', 'generic stripe');
  const payments = pair.process({ rollout: 0 });
  const error: unknown = await pair.process({ rollout: 0, fetches: { from: losing(pair.old) } }).paymentIntents.create(order, { reference: 'a' }).catch((reason: unknown) => reason);
  expect(PaymentError.is(error) && error.outcome).toBe('unknown');
  const { directory } = pair;
  expect((await last(drain({ payments: payments.from, directory, resume: false }))).unknown).toEqual(['a']);
  const { unknown, open } = await last(drain({ payments: payments.from, directory }));
  expect([unknown, open.length, (await directory.byKey('payment_intent', 'a'))?.unknown]).toEqual([[], 1, []]);
});

it('a claim without an answer is told as unknown, unless the payment is found in the list', async () => {
  const pair = openPair('generic stripe', 'generic stripe');
  const payments = pair.process({ rollout: 0 });
  for (const key of ['lost', 'found'])
    await pair.directory.claim({ key, kind: 'payment_intent', side: 'from', account: 'old', idempotencyKey: `key of ${key}`, reason: 'rollout', decidedAt: '2026-01-01T00:00:00.000Z' });
  await payments.from.paymentIntents.create(order, { reference: 'found' });
  expect((await last(drain({ payments: payments.from, directory: pair.directory }))).unknown).toEqual(['lost']);
});

it('what cannot be looked at is told, and counts as open', async () => {
  const pair = openPair('paypercut', 'paypercut');
  const payments = pair.process({ rollout: 0 });
  const proposal = { key: 'a', kind: 'payment_intent', side: 'from', account: 'old', idempotencyKey: 'key', reason: 'imported', decidedAt: '2026-01-01T00:00:00.000Z' } as const;
  await pair.directory.adopt(proposal, { ref: 'old:nobody', status: null });
  const { open, failed } = await last(drain({ payments: payments.from, directory: pair.directory }));
  expect([open, failed.map(({ ref }) => ref)]).toEqual([['old:nobody'], ['old:nobody']]);
});
