import { describe, expect, it } from 'vitest';
import { contextOf } from '../client/configure.js';
import { money, type OperationName } from '../index.js';
import { acme } from '../testing/acme.js';
import { errorOf, payment, snapshot } from '../testing/client.js';
import { answer, lost, refused, scriptedFetch, type Reply } from '../testing/scripted-fetch.js';
import type { CallOptions } from '../operations/verbs.js';
import { callOperation } from './index.js';
import type { Journal } from './context.js';

const amount = money(1000, 'EUR');
const named: CallOptions = { reference: 'order-1' };
const created = answer(200, payment());

/** A client whose journal and network are watched in one list. */
const watched = (replies: readonly Reply[], own: Partial<Journal> = {}) => {
  const seen: string[] = [];
  const { fetch, requests } = scriptedFetch(...replies);
  const client = contextOf({ adapter: acme(), fetch: async (input, init) => { seen.push(String(init?.method)); return fetch(input, init); }, retries: 0 }); // prettier-ignore
  const journal: Journal = {
    find: async ({ operation }) => { seen.push(`find ${operation}`); return null; },
    begin: async ({ operation }) => { seen.push(`begin ${operation}`); },
    record: async ({ operation }, end) => { seen.push(`record ${operation} ${'object' in end ? end.object.status : 'error'}`); },
    ...own,
  }; // prettier-ignore
  return { client: { ...client, journal }, seen, requests };
};

describe('the seam for a store', () => {
  it('hears of a money operation before its request leaves, and of its end before the caller', async () => {
    const { client, seen } = watched([created]);
    await callOperation(client, 'paymentIntents.create', null, { amount }, named);
    expect(seen).toEqual(['find paymentIntents.create', 'begin paymentIntents.create', 'POST', 'record paymentIntents.create requires_confirmation']);
  });

  it('hears of an end without an object too', async () => {
    const { client, seen } = watched([answer(400, { problem: 'invalid_request' })]);
    await errorOf(callOperation(client, 'paymentIntents.create', null, { amount }, named));
    expect(seen.at(-1)).toBe('record paymentIntents.create error');
  });

  it.each<readonly [string, Reply]>([['lost', lost], ['refused', refused]])('hears of the end of a request that is %s', async (_how, reply) => {
    const { client, seen } = watched([reply, answer(200, { data: [] })]);
    await errorOf(callOperation(client, 'paymentIntents.create', null, { amount }, named));
    expect(seen.at(-1)).toBe('record paymentIntents.create error');
  }); // prettier-ignore

  it('stops what it cannot write down: nothing is sent', async () => {
    const { client, requests } = watched([created], { begin: () => Promise.reject(new Error('the database is down')) });
    await expect(callOperation(client, 'paymentIntents.create', null, { amount }, named)).rejects.toThrow('the database is down');
    expect(requests).toEqual([]);
  });

  it('answers a known operation without a request', async () => {
    const known = snapshot({ status: 'succeeded' });
    const { client, requests } = watched([], { find: async () => known });
    expect(await callOperation(client, 'paymentIntents.create', null, { amount }, named)).toBe(known);
    expect(requests).toEqual([]);
  });

  it.each<OperationName>(['paymentIntents.retrieve', 'refunds.retrieve'])('hears nothing of what only reads: %s', async (operation) => {
    const { client, seen } = watched([answer(200, { id: 'x_1', amount: 1000, status: 'succeeded' })]);
    await callOperation(client, operation as 'paymentIntents.retrieve', 'x_1', undefined, undefined);
    expect(seen).toEqual(['GET']);
  });
});
