import type { Bound } from './bound.ts'
import type { Expected } from './migrations/migrate.ts'
import type { OpenReader, OpenStore } from './open-store.ts'
import { openPostgres, openPostgresReader } from './postgres/open-postgres.ts'
import { openSqlite, openSqliteReader } from './sqlite/open-sqlite.ts'

/** Where the desk keeps what it knows: a file of the embedded database, or the connection string of a PostgreSQL. */
export type Database =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }

/**
 * Opens the database, makes or migrates its tables, and binds the stores of `storesOf` to each unit of work.
 *
 * @throws DatabaseTooNew; DeskError database_before_codes, storage_full, storage_unavailable, storage_damaged
 */
export function openDatabase<S>(
  database: Database,
  storesOf: (db: Bound) => S,
  expected?: Expected,
): Promise<OpenStore<S>> {
  return database.kind === 'sqlite'
    ? openSqlite(database.file, storesOf, expected)
    : openPostgres(database.url, storesOf, expected)
}

/**
 * Opens a database that is open already elsewhere in this process, for reading alone: it makes no table and migrates nothing.
 *
 * @throws DeskError storage_full, storage_unavailable
 */
export function openDatabaseReader<S>(database: Database, storesOf: (db: Bound) => S): Promise<OpenReader<S>> {
  return database.kind === 'sqlite'
    ? openSqliteReader(database.file, storesOf)
    : openPostgresReader(database.url, storesOf)
}
