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

describe.each(configurations)('$name keeps every promise', ({ name, adapter, dialect }) => {
  it.each(otherReadings.filter(({ only: dialects }) => dialects === undefined || dialects.includes(dialect)))('when $title', async ({ switches, touches = /^/, except = /^$/ }) => {
    const harness = { name, adapter, open: () => createSandbox({ dialect, switches }) };
    const only = new RegExp(`^(?=${touched.source})(?=${touches.source})(?!.*(?:${except.source}))`);
    expect(await failedOf(runConformance(harness, { only }))).toEqual([]);
  });
});
