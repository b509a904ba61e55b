import type { Mapping } from '@oneintent/core/migration';
import { inTransaction, type Connection } from './open-database.js';
import { bytesOf, mappingSchema, wrongMembers } from './rows.js';

/** Mappings that are written to the staging table at once. */
const batchSize = 1000;

const read = (given: unknown, index: number): Mapping => {
  const parsed = mappingSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new TypeError(`Mapping ${index + 1} is not a mapping (${wrongMembers(parsed.error)}). None was loaded.`);
};

/**
 * Loads mappings by way of a table of this connection's own, which no other process sees or waits for, and which goes with the connection; then all of
 * them in one transaction.
 */
export const loadMappings = async (database: Connection, staging: string, given: AsyncIterable<Mapping> | Iterable<Mapping>): Promise<number> => {
  database.exec(`CREATE TEMP TABLE ${staging} (position INTEGER PRIMARY KEY, kind TEXT NOT NULL, old BLOB NOT NULL, mapping TEXT NOT NULL) STRICT`);
  try {
    const insert = database.prepare(`INSERT INTO temp.${staging} (kind, old, mapping) VALUES (?, ?, ?)`);
    const stage = (batch: readonly Mapping[]): void => {
      database.exec('BEGIN');
      for (const mapping of batch) insert.run([mapping.kind, bytesOf(mapping.from), JSON.stringify(mapping)]);
      database.exec('COMMIT');
    };
    let count = 0;
    let batch: Mapping[] = [];
    for await (const one of given) {
      batch.push(read(one, count));
      count += 1;
      if (batch.length < batchSize) continue;
      stage(batch);
      batch = [];
    }
    stage(batch);
    inTransaction(database, () => database.exec(`INSERT OR REPLACE INTO mappings (kind, old, mapping) SELECT kind, old, mapping FROM temp.${staging} ORDER BY position`));
    return count;
  } finally {
    if (database.open) database.exec(`DROP TABLE temp.${staging}`);
  }
};
