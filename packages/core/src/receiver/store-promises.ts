import type { Claim, WebhookStore } from './store.js';

/** A store to be proven, on a clock of one's own. */
export interface WebhookStoreStage {
  readonly store: WebhookStore;
  /** Another handle on the same store, as another process has it. */
  readonly other: WebhookStore;
  /** Lets time pass, in milliseconds. */
  readonly pass: (milliseconds: number) => void | Promise<void>;
}

/** A promise that every store keeps. Rejects when it is broken. */
export interface WebhookStorePromise {
  readonly title: string;
  readonly prove: (open: () => WebhookStoreStage | Promise<WebhookStoreStage>) => Promise<void>;
}

const lease = 60_000;

const expectState = ({ state }: Claim, expected: Claim['state'], when: string): void => {
  if (state !== expected) throw new Error(`${when}: expected ${expected}, found ${state}`);
};

const tokenOf = (claim: Claim, when: string): string => {
  if (claim.state !== 'claimed') throw new Error(`${when}: expected claimed, found ${claim.state}`);
  return claim.token;
};

const promise = (title: string, prove: (stage: WebhookStoreStage) => Promise<void>): WebhookStorePromise => ({ title, prove: async (open) => prove(await open()) });

/**
 * What every {@link WebhookStore} promises, for the tests of one's own: run each with a function that opens a fresh, empty store.
 * @example for (const { title, prove } of webhookStorePromises) it(title, () => prove(openMyStore));
 */
export const webhookStorePromises: readonly WebhookStorePromise[] = [
  promise('an event is claimed once, whoever asks', async ({ store, other }) => {
    expectState(await store.claim('a', lease), 'claimed', 'the first claim');
    expectState(await other.claim('a', lease), 'leased', 'a second claim');
    expectState(await store.claim('b', lease), 'claimed', 'a claim of another event');
  }),
  promise('of many claims at once one is given', async ({ store, other }) => {
    const claims = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : other).claim('a', lease)));
    const claimed = claims.filter(({ state }) => state === 'claimed').length;
    if (claimed !== 1) throw new Error(`expected one claim, found ${claimed}`);
  }),
  promise('what is done stays done, after the lease too', async ({ store, other, pass }) => {
    await store.complete('a', tokenOf(await store.claim('a', lease), 'the first claim'));
    expectState(await other.claim('a', lease), 'done', 'a claim of what is done');
    await pass(lease * 2);
    expectState(await other.claim('a', lease), 'done', 'a claim after the lease');
  }),
  promise('what is given back can be claimed again at once', async ({ store, other }) => {
    await store.release('a', tokenOf(await store.claim('a', lease), 'the first claim'));
    expectState(await other.claim('a', lease), 'claimed', 'a claim of what was given back');
  }),
  promise('a claim ends with its lease, not before', async ({ store, other, pass }) => {
    await store.claim('a', lease);
    await pass(lease - 1);
    expectState(await other.claim('a', lease), 'leased', 'a claim just before the end');
    await pass(2);
    expectState(await other.claim('a', lease), 'claimed', 'a claim after the end');
  }),
  promise('who has overrun the lease neither ends nor gives back what another has claimed since', async ({ store, other, pass }) => {
    const late = tokenOf(await store.claim('a', lease), 'the first claim');
    await pass(lease + 1);
    const token = tokenOf(await other.claim('a', lease), 'the second claim');
    if (token === late) throw new Error('two claims have one token');
    await store.release('a', late);
    expectState(await other.claim('a', lease), 'leased', 'a claim after a late release');
    await store.complete('a', late);
    expectState(await other.claim('a', lease), 'leased', 'a claim after a late completion');
    await other.complete('a', token);
    expectState(await store.claim('a', lease), 'done', 'a claim after the completion');
  }),
];
