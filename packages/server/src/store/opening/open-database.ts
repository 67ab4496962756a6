import type { Bound } from '../bound.ts'
import type { Granted } from '../postgres/connections.ts'
import { openPostgres, openPostgresReader } from '../postgres/open-postgres.ts'
import { tryPostgres } from '../postgres/try-postgres.ts'
import { openSqlite, openSqliteReader } from '../sqlite/open-sqlite.ts'
import { trySqlite } from '../sqlite/try-sqlite.ts'
import type { OpenReader, OpenStore, Trial } from './open-store.ts'

/** Where the desk keeps what it knows: a file of the embedded database, or the connection string of a PostgreSQL. */
export type Database =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }

/**
 * Opens the database, makes or migrates its tables, and binds the stores of `storesOf` to each unit of work.
 *
 * @param told of the connections that a server grants, when they are fewer than wanted, and when they are as many again
 * @throws DatabaseTooNew; DeskError storage_full, storage_unavailable, storage_damaged
 */
export function openDatabase<S>(
  database: Database,
  storesOf: (db: Bound) => S,
  told?: (granted: Granted) => void,
): Promise<OpenStore<S>> {
  return database.kind === 'sqlite' ? openSqlite(database.file, storesOf) : openPostgres(database.url, storesOf, told)
}

/**
 * Opens a database that is open already elsewhere in this process, for reading alone: it makes no table and migrates nothing.
 *
 * @param told as of `openDatabase`
 * @throws DeskError storage_full, storage_unavailable
 */
export function openDatabaseReader<S>(
  database: Database,
  storesOf: (db: Bound) => S,
  told?: (granted: Granted) => void,
): Promise<OpenReader<S>> {
  return database.kind === 'sqlite'
    ? openSqliteReader(database.file, storesOf)
    : openPostgresReader(database.url, storesOf, told)
}

/**
 * Looks at a database as it would be once it was opened, and leaves it as it is: its tables are made or migrated in a transaction that ends with
 * `close`, and never stored.
 *
 * @throws as `openDatabase`
 */
export function tryDatabase<S>(database: Database, storesOf: (db: Bound) => S): Promise<Trial<S>> {
  return database.kind === 'sqlite' ? trySqlite(database.file, storesOf) : tryPostgres(database.url, storesOf)
}
