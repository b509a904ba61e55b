import { runConformance, type ConformanceResult } from '@oneintent/core/conformance';
import { describe, expect, it } from 'vitest';
import { configurationNamed } from './sides.ts';
import { migrationHarness } from './two-sided.ts';

const failedOf = async (results: AsyncIterable<ConformanceResult>): Promise<readonly string[]> => {
  const failed: string[] = [];
  for await (const { id, result, detail } of results) if (result === 'failed') failed.push(`${id}: ${detail}`);
  return failed;
};

/**
 * What a migration does otherwise on purpose, or the suite cannot show of two providers: a process whose account has another name is refused (see
 * migration.test.ts), and a list is made of two answers, of which the suite changes the last.
 */
const only = /^(?!(?:paymentIntents|setupIntents)\.create\/key$|.*\.list\/(?:other-words|missing-optionals)$)/;

describe.each([0, 50, 100])('a migration at %i %%', (share) => {
  it.each(['generic stripe', 'payjp payment_flows'])('keeps what the adapter promises: %s', { timeout: 60_000 }, async (name) => {
    expect(await failedOf(runConformance(migrationHarness(configurationNamed(name), share), { only }))).toEqual([]);
  });
});
