import { expect, it } from 'vitest';
import { faults, inOwnWords } from './faults.js';
import type { Refusals } from './harness.js';

const refusals: Refusals = { rateLimited: { status: 420, headers: { 'x-own': '1' }, body: { fault: 'calm down' } } };

const answered = async (id: string, harness: { readonly refusals?: Refusals }): Promise<readonly unknown[]> => {
  const fault = faults.find((one) => one.id === id);
  if (fault === undefined) throw new Error(`there is no fault ${id}`);
  const answer = await inOwnWords(harness, fault).answer(null);
  return [answer.status, answer.headers.get('x-own'), answer.headers.get('retry-after'), await answer.json()];
};

it("a fault is answered in the provider's own words where the harness has them, and with what the fault is about", async () => {
  expect(await answered('429', { refusals })).toEqual([420, '1', null, { fault: 'calm down' }]);
  expect(await answered('429-with-retry-after', { refusals })).toEqual([420, '1', '1', { fault: 'calm down' }]);
});

it('a fault for which the harness has no words of its own is answered in likely ones', async () => {
  for (const harness of [{}, { refusals: {} }]) expect(await answered('429', harness)).toMatchObject([429, null, null, { error: { code: 'rate_limit' } }]);
  expect(await answered('500-after', { refusals })).toMatchObject([500, null, null, { code: 'internal_server_error' }]);
});

it("the provider's own fault is told with each status that a fault has, in the words that the harness has for one", async () => {
  const harness = { refusals: { broken: { status: 500, body: { fault: 'broken' } } } };
  expect(await answered('500-after', harness)).toEqual([500, null, null, { fault: 'broken' }]);
  expect(await answered('408-after', harness)).toEqual([408, null, null, { fault: 'broken' }]);
});
