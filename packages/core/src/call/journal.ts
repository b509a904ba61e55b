// The seam for a store. A journal knows each money operation of an account by its name and is written before the first byte leaves. Without a store there is
// none: every call is new, and the provider's keys and lists protect as far as they go.
import type { Journal } from './context.js';

/** The journal of a client without a store: it knows nothing and keeps nothing. */
export const noJournal: Journal = Object.freeze({
  find: () => Promise.resolve(null),
  begin: () => Promise.resolve(),
  record: () => Promise.resolve(),
});
