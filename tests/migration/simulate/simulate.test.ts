import { memoryMigrationDirectory, type DirectoryEntry, type MigrationDirectory, type Proposal } from '@oneintent/core/migration';
import { describe, expect, it } from 'vitest';
import { help, main, type World } from './command.ts';
import { routes, simulate, type Finding } from './run.ts';

const world = (openDirectory: () => MigrationDirectory = memoryMigrationDirectory): World & { readonly printed: () => string } => {
  const texts: string[] = [];
  return { print: (text) => void texts.push(text), progress: () => undefined, openDirectory, time: () => 0, printed: () => texts.join('') };
};

/** A directory that is asked, and remembers nothing. */
const forgetful = (): MigrationDirectory => ({
  ...memoryMigrationDirectory(),
  byKey: async () => null,
  claim: async (proposal: Proposal): Promise<DirectoryEntry> => ({ ...proposal, uses: 1, ref: null, status: null, unknown: [], updatedAt: proposal.decidedAt }),
});

/** A directory in which the newest decision wins. */
const fickle = (): MigrationDirectory => {
  const directory = memoryMigrationDirectory();
  const decided = new Map<string, DirectoryEntry>();
  return {
    ...directory,
    byKey: async () => null,
    claim: async (proposal) => {
      const entry = { ...(await directory.claim(proposal)), ...proposal };
      decided.set(proposal.key, entry);
      return entry;
    },
  };
};

describe('a migration under lost answers, dying processes and a share that moves', () => {
  it.each(routes)('pays every order at most once, by its owner, and loses no event: $from to $to', async (route) => {
    const { findings, counts } = await simulate(route, 80, 20_261_121, memoryMigrationDirectory());
    expect(findings).toEqual([]);
    expect(counts.get('processes died')).toBeGreaterThan(3);
    expect(counts.get('decided to (rollout)')).toBeGreaterThan(20);
    expect(counts.get('decided from (rollout)')).toBeGreaterThan(20);
  });

  it.each([
    ['forgets', forgetful, 'held twice'],
    ['lets the newest decision win', fickle, 'wrong owner'],
  ] as const)('is found out when its directory %s', async (_defect, openDirectory, kind) => {
    const found = new Set<Finding['kind']>();
    for (const route of routes) for (const finding of (await simulate(route, 150, 7, openDirectory())).findings) found.add(finding.kind);
    expect([...found]).toContain(kind);
  });
});

describe('npm run simulate:migration', () => {
  it('prints what both ledgers say', async () => {
    const there = world();
    expect(await main(['--orders', '30', '--seed', '5'], there)).toBe(0);
    for (const line of ['generic stripe to paypercut: 10 orders in EUR', '0  paid twice', '0  wrong owner', '0  event lost', 'As promised.']) expect(there.printed()).toContain(line);
  });

  it('ends with 1 and the evidence otherwise', async () => {
    const there = world(forgetful);
    expect(await main(['--orders', '300', '--seed', '7'], there)).toBe(1);
    expect(there.printed()).toMatch(/HELD TWICE: order-\d+: (old|new):/);
  });

  it('explains itself, and refuses a wrong command line with 2', async () => {
    const there = world();
    expect([await main(['--help'], there), there.printed()]).toEqual([0, help]);
    for (const args of [['--order', '5'], ['--seed'], ['--seed', '-1'], ['--orders', '0'], ['5']]) expect(await main(args, world())).toBe(2);
  });
});
