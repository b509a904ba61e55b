import { describe, expect, it } from 'vitest';
import { webhookStorePromises } from './store-promises.js';
import { memoryWebhookStore, type WebhookStore } from './store.js';

const open = (change: (store: WebhookStore) => WebhookStore = (store) => store) => {
  let now = 0;
  const store = change(memoryWebhookStore({ clock: () => now }));
  return { store, other: store, pass: (milliseconds: number) => void (now += milliseconds) };
};

describe('the store in memory', () => {
  it.each(webhookStorePromises.map(({ title, prove }) => [title, prove] as const))('keeps its promise: %s', async (_title, prove) => {
    await expect(prove(() => open())).resolves.toBeUndefined();
  });

  it('forgets what was done after a time, and so does not grow for ever', async () => {
    let now = 0;
    const store = memoryWebhookStore({ clock: () => now, keepFor: 1000 });
    const claim = await store.claim('a', 10);
    if (claim.state === 'claimed') await store.complete('a', claim.token);
    now = 999;
    expect((await store.claim('a', 10)).state).toBe('done');
    now = 1001;
    expect((await store.claim('a', 10)).state).toBe('claimed');
  });
});

describe('the promises of a store', () => {
  it.each<readonly [string, (store: WebhookStore) => WebhookStore]>([
    ['gives every claim', (store) => ({ ...store, claim: async () => ({ state: 'claimed', token: 'x' }) })],
    ['forgets what is done', (store) => ({ ...store, complete: store.release })],
    ['never gives back', (store) => ({ ...store, release: async () => undefined })],
    ['never ends a lease', (store) => ({ ...store, claim: (key) => store.claim(key, Number.MAX_SAFE_INTEGER) })],
    ['keeps no lease', (store) => ({ ...store, claim: (key) => store.claim(key, 0) })],
    ['asks for no token', (store) => {
      let latest = '';
      const claim: WebhookStore['claim'] = async (key, lease) => {
        const given = await store.claim(key, lease);
        if (given.state === 'claimed') latest = given.token;
        return given;
      };
      return { claim, complete: (key) => store.complete(key, latest), release: (key) => store.release(key, latest) };
    }],
  ])('are broken by one that %s', async (_defect, change) => {
    const outcomes = await Promise.allSettled(webhookStorePromises.map(({ prove }) => prove(() => open(change))));
    expect(outcomes.map(({ status }) => status)).toContain('rejected');
  });
});
