import {
  adoptedEntry,
  claimedEntry,
  entriesCursor,
  entriesPage,
  notedEntry,
  reassignedEntry,
  type DirectoryEntry,
  type EntriesQuery,
  type Mapping,
  type MigrationDirectory,
  type Note,
  type Proposal,
} from '@oneintent/core/migration';
import { loadMappings } from './load-mappings.js';
import { inTransaction, openDatabase } from './open-database.js';
import { bytesOf, readRows, rows } from './rows.js';

/** How {@link sqliteMigrationDirectory} is set up. */
export interface SqliteMigrationDirectoryOptions {
  /** The file's path, on a local disk. It is made when it is not there; its folder has to be. SQLite keeps `-wal` and `-shm` files beside it. */
  readonly file: string;
}

/** A directory in a file, which can be closed. */
export interface SqliteMigrationDirectory extends MigrationDirectory {
  /** Closes the file. Every later call rejects. Closing again does nothing. */
  readonly close: () => void;
}

/** Lines of the journal that are read at once. */
const journalPage = 500;

/**
 * A migration directory in one SQLite file, for the processes of one host: whatever it has answered is on the disk (`synchronous = FULL`), and every change
 * is a transaction of its own that excludes other writers. Calls are synchronous inside; one that another process keeps waiting for more than five seconds
 * rejects with `SQLITE_BUSY` and has changed nothing. No money moves here.
 * @throws TypeError when the file can't be opened, is no directory, or was written by a newer version of this package.
 */
export const sqliteMigrationDirectory = ({ file }: SqliteMigrationDirectoryOptions): SqliteMigrationDirectory => {
  if (typeof file !== 'string' || file.trim() === '') throw new TypeError('file is missing. Give the path of a file on a local disk.');
  const database = openDatabase(file);
  let loads = 0;

  /** libsql's own statements go on working when the file has been closed. */
  const prepare = (sql: string) => {
    const statement = database.prepare(sql);
    return (): typeof statement => {
      if (!database.open) throw new TypeError('This directory has been closed.');
      return statement;
    };
  };
  const byKeyRow = prepare('SELECT entry AS json FROM entries WHERE kind = ? AND key = ?');
  const byRefRow = prepare('SELECT entry AS json FROM entries WHERE ref = ? ORDER BY kind, key LIMIT 1');
  const write = prepare('INSERT OR REPLACE INTO entries (kind, key, account, ref, status, unknown, entry) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const page = prepare(`
    SELECT entry AS json FROM entries
    WHERE (kind, key) > (?1, ?2)
      AND (?3 IS NULL OR account = ?3)
      AND (?4 IS NULL OR (unknown > 0) = ?4)
      AND (status IS NULL OR status NOT IN (SELECT value FROM json_each(?5)))
    ORDER BY kind, key LIMIT ?6`);
  const mappingRow = prepare('SELECT mapping AS json FROM mappings WHERE kind = ? AND old = ?');
  const addLine = prepare('INSERT INTO journal (line) VALUES (?)');
  const lines = prepare('SELECT position, line AS json FROM journal WHERE position > ? ORDER BY position LIMIT ?');

  const find = ({ kind, key }: Pick<Proposal, 'kind' | 'key'>): DirectoryEntry | null => readRows(rows.entry, byKeyRow().get([kind, bytesOf(key)])) ?? null;
  const findByRef = (ref: string): DirectoryEntry | null => readRows(rows.entry, byRefRow().get([bytesOf(ref)])) ?? null;
  const put = (entry: DirectoryEntry): void => {
    const { kind, key, account, ref, status, unknown } = entry;
    write().run([kind, bytesOf(key), bytesOf(account), ref === null ? null : bytesOf(ref), status, unknown.length, JSON.stringify(entry)]);
  };
  /** Reads, changes and writes an entry in one transaction. */
  const change = <T extends DirectoryEntry | null>(read: () => DirectoryEntry | null, changed: (entry: DirectoryEntry | null) => T): T =>
    inTransaction(database, () => {
      const before = read();
      const entry = changed(before);
      if (entry !== null && entry !== before) put(entry);
      return entry;
    });
  const add = (read: () => DirectoryEntry | null, note: Note): void => void change(read, (entry) => entry && notedEntry(entry, note));

  return Object.freeze({
    durable: true,
    claim: async (proposal: Proposal) => change(() => find(proposal), (entry) => claimedEntry(entry, proposal)),
    reassign: async (proposal: Proposal) => change(() => find(proposal), (entry) => reassignedEntry(entry, proposal)),
    adopt: async (proposal: Proposal, known: { readonly ref: string; readonly status: string | null }) => change(() => find(proposal), (entry) => adoptedEntry(entry, proposal, known)),
    note: async (kind: Proposal['kind'], key: string, note: Note) => add(() => find({ kind, key }), note),
    noteByRef: async (ref: string, note: Note) => add(() => findByRef(ref), note),
    byKey: async (kind: Proposal['kind'], key: string) => find({ kind, key }),
    byRef: async (ref: string) => findByRef(ref),
    entries: async (query?: EntriesQuery) => {
      const { after, account, unknown, statusNotIn = [], limit } = entriesPage(query);
      const found = readRows(rows.entries, page().all([
        after?.kind ?? '', bytesOf(after?.key ?? ''), account === undefined ? null : bytesOf(account),
        unknown === undefined ? null : Number(unknown), JSON.stringify(statusNotIn), limit + 1,
      ]));
      const data = found.slice(0, limit);
      const last = data.at(-1);
      return { data, next: last === undefined || found.length === data.length ? null : entriesCursor(last) };
    },
    loadMappings: async (mappings: AsyncIterable<Mapping> | Iterable<Mapping>) => {
      loads += 1;
      return loadMappings(database, `loading_${loads}`, mappings);
    },
    mapping: async (kind: Mapping['kind'], from: string) => readRows(rows.mapping, mappingRow().get([kind, bytesOf(from)])) ?? null,
    record: async (line: string) => void addLine().run([JSON.stringify(line)]),
    journal: async function* journal() {
      let position = 0;
      for (;;) {
        const read = readRows(rows.lines, lines().all([position, journalPage]));
        for (const { json } of read) yield json;
        const last = read.at(-1);
        if (last === undefined || read.length < journalPage) return;
        position = last.position;
      }
    },
    close: () => {
      if (database.open) database.close();
    },
  });
};
