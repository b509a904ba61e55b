// The seam for a store. A journal knows each money operation of an account by its name and is written before the first byte leaves. Without a store there is
// none: every call is new, and the provider's keys and lists protect as far as they go.
import type { LivingObject } from '../model/event.js';
import type { CallContext } from './context.js';

/** What a step of a call tells the journal, and asks it. */
export interface Journal {
  /** The object of an operation that is known to be done; `null` for one that may be sent. Sends nothing. */
  readonly find: (call: CallContext) => Promise<LivingObject | null>;
  /** Commits that a request is about to leave. While this rejects, nothing is sent. */
  readonly begin: (call: CallContext) => Promise<void>;
  /** Keeps how the operation ended: with an object, or with the error that the call throws. */
  readonly record: (call: CallContext, end: { readonly object: LivingObject } | { readonly error: unknown }) => Promise<void>;
}

/** The journal of a client without a store: it knows nothing and keeps nothing. */
export const noJournal: Journal = Object.freeze({
  find: () => Promise.resolve(null),
  begin: () => Promise.resolve(),
  record: () => Promise.resolve(),
});
