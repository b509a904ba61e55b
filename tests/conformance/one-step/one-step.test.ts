import { describeConformance, promisesFor, runConformance, type Harness } from '@oneintent/core/conformance';
import { describe, expect, it } from 'vitest';
import { harnessOf } from './harness.ts';

describeConformance(harnessOf(), { describe, it });
// What becomes of a lost answer is proven above: while a capture takes its time, whoever resumes it is told that it is not known yet.
describeConformance(harnessOf({ capturesLater: true }), { describe, it }, { only: /^(?!faults|.*connected-account$).*captur|^refunds\.create\/of/ });

it('an adapter that charges in one step is asked for nothing that takes two, and for everything else', () => {
  const ids = promisesFor(harnessOf()).map(({ id }) => id);
  expect(ids).not.toContain('paymentIntents.create/bare');
  expect(ids).toEqual(expect.arrayContaining(['paymentIntents.capture/not-authorised', 'paymentIntents.retrieve/same', 'paymentIntents.list/pages', 'refunds.create/nothing-taken', 'webhooks.verify/types']));
});

it('of all its promises only those are not tested that need what this provider lacks: an action of the customer, and refunds without a status', async () => {
  const untested: string[] = [];
  for await (const { id, result } of runConformance(harnessOf(), { only: /^(?!faults|races)/ })) if (result === 'not_tested') untested.push(id);
  expect(untested.toSorted()).toEqual(['paymentIntents.create/repeated-answer', 'paymentIntents.create/three-d-secure', 'paymentIntents.create/three-d-secure-failed', 'refunds.retrieve/status-not-told', 'traits/secrecy']);
});

describe('a confirmation that is not written, as whatever has a method is charged', () => {
  const adapterOf = (refuses: boolean): Harness => {
    const { adapter, ...harness } = harnessOf();
    const create = adapter.operations['paymentIntents.create'];
    if (create === undefined) throw new Error('there is no creation');
    const operations = { ...adapter.operations, 'paymentIntents.create': { ...create, requires: ['paymentMethod', 'description'] as const } };
    return { ...harness, adapter: { ...adapter, operations, ...(!refuses && { check: () => [] }) } };
  };

  it.each([
    ['is no dropped field where a method without it is refused', true, 'proven'],
    ['is one where a method without it is charged all the same', false, 'failed'],
  ] as const)('%s', async (_what, refuses, expected) => {
    const results: string[] = [];
    for await (const { result } of runConformance(adapterOf(refuses), { only: /^paymentIntents\.create\/fields-sent$/ })) results.push(result);
    expect(results).toEqual([expected]);
  });
});
