import type { DirectoryEntry, EntriesQuery, Mapping, MigrationDirectory, Note, Proposal } from './directory.js';
import { adoptedEntry, claimedEntry, entriesCursor, entriesPage, notedEntry, reassignedEntry, type EntriesPage } from './entry-changes.js';

const matches = ({ account, unknown, statusNotIn, after }: EntriesPage, entry: DirectoryEntry): boolean =>
  (account === undefined || entry.account === account) &&
  (unknown === undefined || entry.unknown.length > 0 === unknown) &&
  (statusNotIn === undefined || entry.status === null || !statusNotIn.includes(entry.status)) &&
  (after === null || entriesCursor(entry) > entriesCursor(after));

/**
 * A directory in this process's memory, for tests and tours. It is neither durable nor shared, so a migration takes it only with `singleProcess: true`.
 */
export const memoryMigrationDirectory = (): MigrationDirectory => {
  const entries = new Map<string, DirectoryEntry>();
  const mappings = new Map<string, Mapping>();
  const lines: string[] = [];

  const find = (name: Pick<Proposal, 'kind' | 'key'>): DirectoryEntry | null => entries.get(entriesCursor(name)) ?? null;
  const findByRef = (ref: string): DirectoryEntry | null => [...entries.values()].find((entry) => entry.ref === ref) ?? null;
  const put = (entry: DirectoryEntry): DirectoryEntry => {
    const kept = Object.freeze({ ...entry, unknown: Object.freeze([...entry.unknown]) });
    entries.set(entriesCursor(entry), kept);
    return kept;
  };
  const add = (entry: DirectoryEntry | null, note: Note): void => {
    if (entry !== null) put(notedEntry(entry, note));
  };

  return Object.freeze({
    durable: false,
    claim: async (proposal: Proposal) => put(claimedEntry(find(proposal), proposal)),
    reassign: async (proposal: Proposal) => {
      const entry = reassignedEntry(find(proposal), proposal);
      return entry === null ? null : put(entry);
    },
    adopt: async (proposal: Proposal, known: { readonly ref: string; readonly status: string | null }) => put(adoptedEntry(find(proposal), proposal, known)),
    note: async (kind: Proposal['kind'], key: string, note: Note) => add(find({ kind, key }), note),
    noteByRef: async (ref: string, note: Note) => add(findByRef(ref), note),
    byKey: async (kind: Proposal['kind'], key: string) => find({ kind, key }),
    byRef: async (ref: string) => findByRef(ref),
    entries: async (query?: EntriesQuery) => {
      const page = entriesPage(query);
      const found = [...entries.values()].filter((entry) => matches(page, entry)).toSorted((one, other) => (entriesCursor(one) < entriesCursor(other) ? -1 : 1));
      const data = found.slice(0, page.limit);
      const last = data.at(-1);
      return { data, next: last === undefined || found.length === data.length ? null : entriesCursor(last) };
    },
    loadMappings: async (given: AsyncIterable<Mapping> | Iterable<Mapping>) => {
      const loaded: Mapping[] = [];
      for await (const mapping of given) loaded.push(Object.freeze({ ...mapping }));
      for (const mapping of loaded) mappings.set(`${mapping.kind} ${mapping.from}`, mapping);
      return loaded.length;
    },
    mapping: async (kind: Mapping['kind'], from: string) => mappings.get(`${kind} ${from}`) ?? null,
    record: async (line: string) => void lines.push(line),
    journal: async function* journal() {
      yield* lines;
    },
  });
};
