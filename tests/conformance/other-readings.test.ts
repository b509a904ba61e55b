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
  /^(?:limits|traits)\/|^(?:setupIntents|attempts|events|webhooks)\.|\.list\/|\.(?:update|retrieve)\/|\/(?:drift|missing-optionals|other-words|time-and-mode|own-faults|to-the-last-digit|connected-account|ids-encoded|fields-sent|furnished|as-told|all-lives|shared-words)$/;
const skipped = process.env['CI'] === undefined ? patient : /^$/;

describe.each(configurations)('$name keeps every promise', ({ name, adapter, dialect }) => {
  it.each(otherReadings.filter(({ only: dialects }) => dialects === undefined || dialects.includes(dialect)))('when $title', async ({ switches, touches = /^/, except = /^$/ }) => {
    const harness = { name, adapter, open: () => createSandbox({ dialect, switches }) };
    const only = new RegExp(`^(?=${touched.source})(?=${touches.source})(?!.*(?:${except.source}))(?!.*(?:${skipped.source}))`);
    expect(await failedOf(runConformance(harness, { only }))).toEqual([]);
  });
});
