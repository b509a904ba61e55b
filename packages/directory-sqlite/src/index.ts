/** A durable migration directory in one SQLite file. */
export { sqliteMigrationDirectory, type SqliteMigrationDirectory, type SqliteMigrationDirectoryOptions } from './sqlite-migration-directory.js';
