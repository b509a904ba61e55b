import { expect, it } from 'vitest';
import type { Proposal } from '@oneintent/core/migration';
import { openShop } from '../testing/world.js';

const args = ['status', '--directory', 'migration.db'];
const at = '2026-04-01T00:00:00.000Z';
const proposal = (key: string, side: 'from' | 'to'): Proposal => ({
  key,
  kind: 'payment_intent',
  side,
  account: side === 'from' ? 'jp' : 'eu',
  idempotencyKey: `key-of-${key}`,
  reason: 'rollout',
  decidedAt: at,
});

it('counts by side and status, and ends with 0 when every outcome is known', async () => {
  const { run, directory } = openShop();
  for (const [key, side, status] of [['a', 'from', 'succeeded'], ['b', 'from', 'succeeded'], ['c', 'from', 'requires_capture'], ['d', 'to', 'canceled']] as const)
    await directory.adopt(proposal(key, side), { ref: `x:${key}`, status });
  await directory.record(JSON.stringify({ what: 'decided', key: 'a' }));
  const { exitCode, out, err } = await run([...args, '--json']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    sides: [
      { side: 'from', account: 'jp', entries: 3, unknown: 0, unanswered: 0, statuses: { succeeded: 2, requires_capture: 1 } },
      { side: 'to', account: 'eu', entries: 1, statuses: { canceled: 1 } },
    ],
    journal: { lines: 1 },
  });
  expect((await run(args)).out).toMatch(/^from \(jp\): 3 entries, 0 with an unknown outcome, 0 unanswered\n +requires_capture +1\n +succeeded +2\n/);
});

it('ends with 1 while a call has had no answer', async () => {
  const { run, directory } = openShop();
  await directory.claim(proposal('a', 'to'));
  const { exitCode, out } = await run(args);
  expect(exitCode).toBe(1);
  expect(out).toContain('to (eu): 1 entries, 0 with an unknown outcome, 1 unanswered');
});

it('counts more entries than one page of the directory has', async () => {
  const { run, directory } = openShop();
  for (let index = 0; index < 1001; index += 1) await directory.adopt(proposal(`order-${index}`, 'from'), { ref: `jp:${index}`, status: 'succeeded' });
  expect(JSON.parse((await run([...args, '--json'])).out)).toMatchObject({ sides: [{ entries: 1001 }] });
});

it('says that a directory is empty', async () => {
  expect(await openShop().run(args)).toEqual({ exitCode: 0, out: 'The directory has no entries.\n\nThe journal is empty.\n', err: '' });
});
