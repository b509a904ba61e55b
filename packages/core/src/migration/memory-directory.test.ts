import { describe, expect, it } from 'vitest';
import { migrationDirectoryPromises } from './directory-promises.js';
import type { DirectoryEntry, MigrationDirectory } from './directory.js';
import { memoryMigrationDirectory } from './memory-directory.js';

const open = (change: (directory: MigrationDirectory) => MigrationDirectory = (directory) => directory) => {
  const directory = change(memoryMigrationDirectory());
  return { directory, other: directory };
};

describe('the directory in memory', () => {
  it.each(migrationDirectoryPromises.map(({ title, prove }) => [title, prove] as const))('keeps its promise: %s', async (_title, prove) => {
    await expect(prove(() => open())).resolves.toBeUndefined();
  });

  it('hands out entries that nobody can change', async () => {
    const entry = await memoryMigrationDirectory().claim({ key: 'a', kind: 'payment_intent', side: 'from', account: 'old', idempotencyKey: 'k', reason: 'rule', decidedAt: '2026-01-01T00:00:00.000Z' });
    expect([Object.isFrozen(entry), Object.isFrozen(entry.unknown)]).toEqual([true, true]);
  });
});

const ended = (entry: DirectoryEntry | null): boolean => entry?.status === 'canceled';

describe('the promises of a directory', () => {
  it.each<readonly [string, (directory: MigrationDirectory) => MigrationDirectory]>([
    ['gives a claimed key to whoever asks last', (directory) => ({ ...directory, claim: async (proposal) => ({ ...(await directory.claim(proposal)), side: proposal.side, account: proposal.account }) })],
    ['gives what has ended to another', (directory) => ({
      ...directory,
      claim: async (proposal) => {
        const entry = await directory.claim(proposal);
        return ended(entry) ? { ...entry, side: proposal.side } : entry;
      },
    })],
    ['does not count claims', (directory) => ({ ...directory, claim: async (proposal) => (await directory.byKey(proposal.kind, proposal.key)) ?? directory.claim(proposal) })],
    ['reads and writes a claim in two steps', (directory) => ({
      ...directory,
      claim: async (proposal) => {
        const entry = await directory.byKey(proposal.kind, proposal.key);
        await Promise.resolve();
        const claimed = await directory.claim(proposal);
        return entry === null ? { ...claimed, uses: 1 } : claimed;
      },
    })],
    ['knows no kinds', (directory) => ({ ...directory, byKey: (_kind, key) => directory.byKey('payment_intent', key) })],
    ['never gives an entry away', (directory) => ({ ...directory, reassign: async () => null })],
    ['gives any entry away', (directory) => ({
      ...directory,
      reassign: async (proposal) => {
        const entry = await directory.byKey(proposal.kind, proposal.key);
        return (await directory.reassign(proposal)) ?? (entry && { ...entry, ...proposal });
      },
    })],
    ['adopts over a claim', (directory) => ({ ...directory, adopt: async (proposal, known) => ({ ...(await directory.adopt(proposal, known)), ...known }) })],
    ['drops notes by ref', (directory) => ({ ...directory, noteByRef: async () => undefined })],
    ['makes an entry of a note', (directory) => ({
      ...directory,
      note: async (kind, key, note) => {
        await directory.adopt({ key, kind, side: 'from', account: 'old', idempotencyKey: '', reason: 'rule', decidedAt: note.at }, { ref: note.ref ?? '', status: null });
        return directory.note(kind, key, note);
      },
    })],
    ['forgets unknown outcomes', (directory) => ({ ...directory, note: (kind, key, { unknown: _unknown, ...note }) => directory.note(kind, key, note) })],
    ['never resolves', (directory) => ({ ...directory, note: (kind, key, { resolved: _resolved, ...note }) => directory.note(kind, key, note) })],
    ['calls anything not made', (directory) => ({ ...directory, note: (kind, key, { notMade, ...note }) => directory.note(kind, key, { ...note, ...(notMade !== undefined && { status: 'not_made' }) }) })],
    ['never says not made', (directory) => ({ ...directory, note: (kind, key, { notMade: _notMade, ...note }) => directory.note(kind, key, note) })],
    ['gives one page only', (directory) => ({ ...directory, entries: async (query) => ({ ...(await directory.entries(query)), next: null }) })],
    ['lists every account', (directory) => ({ ...directory, entries: ({ account: _account, ...query } = {}) => directory.entries(query) })],
    ['lists every status', (directory) => ({ ...directory, entries: ({ statusNotIn: _statusNotIn, ...query } = {}) => directory.entries(query) })],
    ['lists known outcomes as unknown', (directory) => ({ ...directory, entries: ({ unknown: _unknown, ...query } = {}) => directory.entries(query) })],
    ['ends keys at a zero character', (directory) => ({ ...directory, byKey: (kind, key) => directory.byKey(kind, key.split('\u0000')[0] ?? '') })],
    ['keeps what came before a source failed', (directory) => ({
      ...directory,
      loadMappings: async (mappings) => {
        let count = 0;
        for await (const mapping of mappings) count += await directory.loadMappings([mapping]);
        return count;
      },
    })],
    ['keeps the first mapping', (directory) => ({
      ...directory,
      loadMappings: async (mappings) => {
        const fresh = [];
        let count = 0;
        for await (const mapping of mappings) {
          count += 1;
          if ((await directory.mapping(mapping.kind, mapping.from)) === null) fresh.push(mapping);
        }
        await directory.loadMappings(fresh);
        return count;
      },
    })],
    ['loses lines', (directory) => ({ ...directory, record: async (line) => (line.startsWith('line 7 ') ? undefined : directory.record(line)) })],
    ['calls itself durable', (directory) => ({ ...directory, durable: true })],
  ])('are broken by one that %s', async (_defect, change) => {
    const outcomes = await Promise.allSettled(migrationDirectoryPromises.map(({ prove }) => prove(() => open(change))));
    expect(outcomes.map(({ status }) => status)).toContain('rejected');
  });

  it('are broken by a durable directory that has forgotten everything when it is opened again', async () => {
    const durable = () => ({ ...open((directory) => ({ ...directory, durable: true })) });
    const outcomes = await Promise.allSettled(migrationDirectoryPromises.map(({ prove }) => prove(() => ({ ...durable(), reopen: durable }))));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });
});
