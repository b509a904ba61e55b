import { runConformance, type ConformanceResult } from '@oneintent/core/conformance';
import { expect, it } from 'vitest';
import { configurationNamed } from './sides.ts';
import { migrationHarness } from './two-sided.ts';

const failedOf = async (results: AsyncIterable<ConformanceResult>): Promise<readonly string[]> => {
  const failed: string[] = [];
  for await (const { id, result, detail } of results) if (result === 'failed') failed.push(`${id}: ${detail}`);
  return failed;
};

/**
 * What a migration does otherwise on purpose, or the suite cannot show of two providers: a process whose account has another name is refused, and so is a reference that comes for another connected account (see
 * migration.test.ts), and a list is made of two answers, of which the suite changes the last.
 */
const otherwise = '(?:paymentIntents|setupIntents)\\.create/(?:key|connected-account)$|.*\\.list/(?:other-words|missing-optionals)$';

/** Where there is no CI, what reads one answer in a thousand ways is left out for its time: it is the adapter's own, and proven there. */
const patient = process.env['CI'] === undefined ? '.*/(?:drift|missing-optionals|other-words|time-and-mode|own-faults)$' : '$^';

/** Everything; and everything but the faults, of which the lost answer is enough where all goes to one side: what follows the others is the same. */
const all = new RegExp(`^(?!${otherwise}|${patient})`);
const withoutFaults = new RegExp(`^(?!${otherwise}|${patient}|faults/(?!.*/reset-after$))`);

const runs = [
  [0, 'generic stripe', withoutFaults],
  [50, 'generic stripe', process.env['CI'] === undefined ? withoutFaults : all],
  [50, 'payjp payment_flows', withoutFaults],
  [100, 'payjp payment_flows', withoutFaults],
] as const;

// Where all goes to one side, it is that side's own suite: CI runs it as well.
it.each(runs.filter(([share]) => share === 50 || process.env['CI'] !== undefined))('a migration at %i %% keeps what the adapter promises: %s', { timeout: 60_000 }, async (share, name, only) => {
  expect(await failedOf(runConformance(migrationHarness(configurationNamed(name), share), { only }))).toEqual([]);
});
