import { expect, it } from 'vitest';
import { newCutOver, reduceCutOver, type CutOverFact, type Proposal } from '@oneintent/core/migration';
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
  const { exitCode, out, err } = await run([...args, '--json']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    sides: [
      { side: 'from', account: 'jp', entries: 3, unknown: 0, unanswered: 0, statuses: { succeeded: 2, requires_capture: 1 } },
      { side: 'to', account: 'eu', entries: 1, statuses: { canceled: 1 } },
    ],
  });
  expect((await run(args)).out).toMatch(/from \(jp\): entries 3, unknown outcomes 0, unanswered 0\n +requires_capture +1\n +succeeded +2\n/);
});

it('ends with 1 while a call has had no answer', async () => {
  const { run, directory } = openShop();
  await directory.claim(proposal('a', 'to'));
  const { exitCode, out } = await run(args);
  expect(exitCode).toBe(1);
  expect(out).toContain('to (eu): entries 1, unknown outcomes 0, unanswered 1');
});

it('counts more entries than one page of the directory has', async () => {
  const { run, directory } = openShop();
  for (let index = 0; index < 1001; index += 1) await directory.adopt(proposal(`order-${index}`, 'from'), { ref: `jp:${index}`, status: 'succeeded' });
  expect(JSON.parse((await run([...args, '--json'])).out)).toMatchObject({ sides: [{ entries: 1001 }] });
});

it('says that a directory is empty', async () => {
  expect(await openShop().run(args)).toEqual({ exitCode: 0, out: 'stage: planned, 0 % of what is new is made at the new side\n\nThe directory has no entries.\n', err: '' });
});

it("tells the journal's stage, and what blocks the next one", async () => {
  const { run, directory } = openShop();
  let state = newCutOver;
  const facts: readonly CutOverFact[] = [
    { what: 'plan', at, blockers: ['currencies/none'] },
    { what: 'accept', at, blocker: 'currencies/none', why: 'EUR is routed by a rule' },
    { what: 'move', at, to: 'shadowing', why: 'as agreed' },
    { what: 'plan', at, blockers: ['currencies/none', 'operations/list'] },
  ];
  await directory.record('a note of somebody');
  for (const fact of facts) {
    const advanced = reduceCutOver(state, fact);
    ({ state } = advanced);
    await directory.record(JSON.stringify(advanced.decision));
  }
  const { out } = await run(args);
  expect(out).toContain(`stage: shadowing, 0 % of what is new is made at the new side, since ${at}\nblocked by: operations/list\n`);
  expect(JSON.parse((await run([...args, '--json'])).out)).toMatchObject({ cutOver: { stage: 'shadowing', share: 0 } });
});
