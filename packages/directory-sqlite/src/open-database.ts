import { resolve } from 'node:path';
import Database from 'libsql';
import * as z from 'zod/mini';
import { readRows } from './rows.js';

/** An open connection to a directory's file. */
export type Connection = InstanceType<typeof Database>;

/** The version of the tables below. It is raised with every change that older versions of this package can't work with. */
const schemaVersion = 1;

/** Milliseconds for which a call waits while another process writes. */
const busyTimeout = 5000;

/**
 * What is looked up is kept as the bytes of its code units, which SQLite compares exactly and in the order of the code units; as text a zero character
 * would end it. The JSON beside it is for reading.
 */
const tables = `
  CREATE TABLE entries (
    kind TEXT NOT NULL,
    key BLOB NOT NULL,
    account BLOB NOT NULL,
    ref BLOB,
    status TEXT,
    unknown INTEGER NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_by_ref ON entries (ref) WHERE ref IS NOT NULL;
  CREATE TABLE mappings (
    kind TEXT NOT NULL,
    old BLOB NOT NULL,
    mapping TEXT NOT NULL,
    PRIMARY KEY (kind, old)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE journal (position INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${schemaVersion};
`;

/** Runs work within one transaction that lets no other process write meanwhile. */
export const inTransaction = <T>(database: Connection, work: () => T): T => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // Where the disk is full, SQLite has rolled back by itself.
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
};

const hasCode = (error: unknown, code: string): boolean => error instanceof Database.SqliteError && error.code === code;

const countRow = z.object({ count: z.int() });
const versionRow = z.object({ user_version: z.int() });
const modeRow = z.object({ journal_mode: z.string() });

const prepareTables = (database: Connection, path: string): void => {
  const { user_version: version } = readRows(versionRow, database.prepare('PRAGMA user_version').get([]));
  if (version === schemaVersion) return;
  if (version > schemaVersion)
    throw new TypeError(`${path} was written by a newer version of @oneintent/directory-sqlite (its schema is ${version}, this version knows ${schemaVersion}). Update this package; the file is unchanged.`);
  if (version < 0 || readRows(countRow, database.prepare('SELECT count(*) AS count FROM sqlite_schema').get([])).count > 0)
    throw new TypeError(`${path} is a database of something else. Give a file of its own; this one is unchanged.`);
  database.exec(tables);
};

/**
 * Turns the write-ahead log on, which stays on with the file. Where others open a new file at the same moment, SQLite refuses this at once instead of
 * waiting.
 */
const logAhead = (database: Connection): string => {
  const until = performance.now() + busyTimeout;
  for (;;) {
    try {
      return readRows(modeRow, database.prepare('PRAGMA journal_mode = WAL').get([])).journal_mode;
    } catch (error) {
      if (!hasCode(error, 'SQLITE_BUSY') || performance.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
};

const connect = (path: string): Connection => {
  try {
    return new Database(path, { timeout: busyTimeout });
  } catch (cause) {
    throw new TypeError(`${path} can't be opened. Its folder has to exist, and this process has to be allowed to write there.`, { cause });
  }
};

/**
 * Opens a directory's file, or makes it.
 * @throws TypeError when it can't be opened, is no database or one of something else, or was written by a newer version. The file is unchanged then.
 */
export const openDatabase = (file: string): Connection => {
  const path = resolve(file);
  const database = connect(path);
  try {
    inTransaction(database, () => prepareTables(database, path));
    for (const setting of ['synchronous = FULL', 'temp_store = FILE']) database.pragma(setting);
    if (logAhead(database) !== 'wal') throw new TypeError(`${path} is on a file system without a write-ahead log. Use a local disk.`);
    return database;
  } catch (error) {
    database.close();
    if (hasCode(error, 'SQLITE_NOTADB')) throw new TypeError(`${path} is not a SQLite database. Give another file; this one is unchanged.`, { cause: error });
    throw error;
  }
};
