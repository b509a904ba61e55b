/** What came of claiming an event. */
export type Claim =
  /** It is yours until the lease ends. `token` proves that. */
  | { readonly state: 'claimed'; readonly token: string }
  /** Another delivery of it is being handled. */
  | { readonly state: 'leased' }
  /** It has been handled. */
  | { readonly state: 'done' };

/**
 * Which events have been handled, and which are being handled. Each method is atomic, over all processes that share the store. An implementation is held
 * by `webhookStorePromises`.
 */
export interface WebhookStore {
  /** Claims an event for `lease` milliseconds, if it is neither done nor claimed; a claim whose lease has ended counts no more. */
  readonly claim: (key: string, lease: number) => Promise<Claim>;
  /** Marks an event as done. Does nothing when the token is not that of the claim in force. */
  readonly complete: (key: string, token: string) => Promise<void>;
  /** Gives a claim back, so that the next delivery can claim it. Does nothing when the token is not that of the claim in force. */
  readonly release: (key: string, token: string) => Promise<void>;
}

/** How {@link memoryWebhookStore} is set up. */
export interface MemoryWebhookStoreOptions {
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number;
  /** Milliseconds for which a handled event is remembered. Default 30 days, which is how long providers repeat and list events. */
  readonly keepFor?: number;
}

interface Entry {
  readonly token: string | null;
  readonly until: number;
}

const days = 86_400_000;

/**
 * A store in this process's memory: for one process, and for tests. After a restart it knows nothing, so an event that was handled before is handled again
 * when it is delivered again.
 */
export const memoryWebhookStore = ({ clock = Date.now, keepFor = 30 * days }: MemoryWebhookStoreOptions = {}): WebhookStore => {
  const entries = new Map<string, Entry>();
  let count = 0;
  const current = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    return entry !== undefined && entry.until > clock() ? entry : undefined;
  };
  /** Entries are in the order in which they were made, nearly that in which they end. */
  const forget = (): void => {
    for (const [key, { until }] of entries) {
      if (until > clock()) return;
      entries.delete(key);
    }
  };
  return Object.freeze({
    claim: async (key: string, lease: number): Promise<Claim> => {
      const entry = current(key);
      if (entry !== undefined) return { state: entry.token === null ? 'done' : 'leased' };
      count += 1;
      const token = String(count);
      entries.delete(key);
      entries.set(key, { token, until: clock() + lease });
      return { state: 'claimed', token };
    },
    complete: async (key: string, token: string): Promise<void> => {
      if (current(key)?.token !== token) return;
      entries.delete(key);
      entries.set(key, { token: null, until: clock() + keepFor });
      forget();
    },
    release: async (key: string, token: string): Promise<void> => {
      if (current(key)?.token === token) entries.delete(key);
    },
  });
};
