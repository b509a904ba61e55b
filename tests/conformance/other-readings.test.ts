import { runConformance, type ConformanceResult } from '@oneintent/core/conformance';
import { createSandbox } from '@oneintent/sandbox';
import { describe, expect, it } from 'vitest';
import { configurations, otherReadings } from './configurations.ts';

const failedOf = async (results: AsyncIterable<ConformanceResult>): Promise<readonly string[]> => {
  const failed: string[] = [];
  for await (const { id, result, detail } of results) if (result === 'failed' || result === 'not_tested') failed.push(`${id}: ${detail}`);
  return failed;
};

/** Everything but what another reading does not touch, and but the faults, of which the lost answer is enough: what follows the others is the same. */
const touched = /^(?!faults\/|.*\/(absent|key|secrecy|aborted-before|aborted-after|input-unchanged)$)|^faults\/.*\/reset-after$/;

/** Left out where there is no CI, for their time: what moves no money, what reads one answer in a thousand ways, and what another reading cannot change in requests. */
const patient =
  /^(?:limits|traits)\/|^setupIntents\.|\.list\/|^paymentIntents\.(?:update|retrieve)\/|\/(?:drift|missing-optionals|other-words|time-and-mode|own-faults|to-the-last-digit|connected-account|ids-encoded|fields-sent|furnished|as-told|all-lives|shared-words)$/;
const skipped = process.env['CI'] === undefined ? patient : /^$/;

/** Each reading with every configuration that it is about; where there is no CI with one of them, another for each reading. */
const runs = otherReadings.flatMap((reading, index) => {
  const about = configurations.filter(({ dialect }) => reading.only === undefined || reading.only.includes(dialect));
  const chosen = process.env['CI'] === undefined ? about.filter((_, place) => place === index % about.length) : about;
  return chosen.map((configuration) => ({ ...configuration, ...reading }));
});

describe('every promise is kept', () => {
  it.each(runs)('by $name when $title', async ({ name, adapter, dialect, switches, touches = /^/, except = /^$/ }) => {
    const harness = { name, adapter, open: () => createSandbox({ dialect, switches }) };
    const only = new RegExp(`^(?=${touched.source})(?=${touches.source})(?!.*(?:${except.source}))(?!.*(?:${skipped.source}))`);
    expect(await failedOf(runConformance(harness, { only }))).toEqual([]);
  });
});
