import type { DirectoryEntry, EntriesQuery, Note, Proposal } from './directory.js';

const proposed = ({ key, kind, side, account, idempotencyKey, reason, decidedAt }: Proposal): Proposal => ({ key, kind, side, account, idempotencyKey, reason, decidedAt });

/**
 * What a claim makes of an entry: for whoever writes a directory of their own. Run within one transaction, from reading the entry to writing the answer.
 * @param entry the entry of the proposal's kind and key, `null` when there is none.
 */
export const claimedEntry = (entry: DirectoryEntry | null, proposal: Proposal): DirectoryEntry =>
  entry === null
    ? { ...proposed(proposal), uses: 1, ref: null, status: null, unknown: [], updatedAt: proposal.decidedAt }
    : { ...entry, uses: entry.uses + 1, status: entry.status === 'not_made' ? null : entry.status, updatedAt: proposal.decidedAt };

/** What giving an entry to the other side makes of it. @returns `null` when it must stay as it is. */
export const reassignedEntry = (entry: DirectoryEntry | null, proposal: Proposal): DirectoryEntry | null =>
  entry === null || entry.side === proposal.side || entry.uses !== 1 || entry.ref !== null || entry.unknown.length > 0
    ? null
    : { ...entry, ...proposed(proposal), status: null, updatedAt: proposal.decidedAt };

/** The entry of an object that was made before the migration, or elsewhere. An entry that is there already stays as it is. */
export const adoptedEntry = (entry: DirectoryEntry | null, proposal: Proposal, { ref, status }: { readonly ref: string; readonly status: string | null }): DirectoryEntry =>
  entry ?? { ...proposed(proposal), uses: 0, ref, status, unknown: [], updatedAt: proposal.decidedAt };

/** What a note makes of an entry. */
export const notedEntry = (entry: DirectoryEntry, { ref, status, notMade, unknown, resolved, at }: Note): DirectoryEntry => {
  const others = entry.unknown.filter(({ key }) => key !== resolved && key !== unknown?.key);
  const left = unknown === undefined ? others : [...others, unknown];
  const known = ref ?? entry.ref;
  const isNothing = notMade === entry.uses && known === null && left.length === 0;
  return { ...entry, ref: known, status: status ?? (isNothing ? 'not_made' : entry.status), unknown: left, updatedAt: at };
};

/** A page of entries that is asked for, checked. */
export interface EntriesPage extends Pick<EntriesQuery, 'account' | 'unknown' | 'statusNotIn'> {
  readonly after: Pick<Proposal, 'kind' | 'key'> | null;
  readonly limit: number;
}

const kinds: readonly Proposal['kind'][] = ['payment_intent', 'setup_intent'];

/** Where a page ends: what its `next` says, when another follows. */
export const entriesCursor = ({ kind, key }: Pick<Proposal, 'kind' | 'key'>): string => `${kind} ${key}`;

const positionOf = (cursor: string): Pick<Proposal, 'kind' | 'key'> => {
  const kind = kinds.find((one) => cursor.startsWith(`${one} `));
  if (kind === undefined) throw new TypeError("after is not the next of a page of this directory's entries.");
  return { kind, key: cursor.slice(kind.length + 1) };
};

/** Reads a query for entries. @throws TypeError when its `after` is of no page, or its `limit` is not an integer from 1. */
export const entriesPage = ({ after, limit = 100, ...conditions }: EntriesQuery = {}): EntriesPage => {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new TypeError('limit is not an integer from 1.');
  return { ...conditions, after: after === undefined ? null : positionOf(after), limit };
};
