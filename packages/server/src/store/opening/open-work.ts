import type { ForgedRow, RowCodes } from '../../core/row-codes.ts'
import type { Readers, Reading, Work } from '../../core/work.ts'
import { codedRows } from '../codes/coded-rows.ts'
import { fillInventories } from '../codes/fill-inventories.ts'
import { requireUnlocked } from '../codes/unlocked.ts'
import { newerThan } from '../migrations/migrate.ts'
import type { Granted } from '../postgres/connections.ts'
import { storesOf } from '../stores.ts'
import { type Database, openDatabase, openDatabaseReader, tryDatabase } from './open-database.ts'

/** Units of work over a database that is open. */
export interface OpenWork extends Work {
  /** The version of a database that a newer program has migrated meanwhile, and the last that this one knows. */
  newer(): Promise<{ readonly found: number; readonly known: number } | undefined>
  /** Whether every table takes writes. @throws DeskError storage_unavailable, while somebody holds one of them locked */
  requireUnlocked(): Promise<void>
  /** Writes all inventories anew (see `inventories.ts`), from the rows that are there. */
  fillInventories(): Promise<void>
  /** Asks somebody to look at each new connection to a server of databases, before anything else is asked on it. */
  onConnected(look: (stores: Readers) => Promise<void>): void
  /** As of `OpenStore`. */
  reconnect(): void
  /** Finishes what was begun and closes the database. May be called twice. */
  close(): Promise<void>
}

/**
 * Opens the desk's database, makes or migrates its tables.
 *
 * @param codes the key that rows which make somebody act are known by
 * @param onForged told of each such row that is not used, at every meeting with it
 * @param told as of `openDatabase`
 * @throws DatabaseTooNew when a newer program has written it; DeskError storage_full, storage_unavailable
 */
export async function openWork(
  database: Database,
  codes: RowCodes,
  onForged: (row: ForgedRow) => void = () => {},
  told?: (granted: Granted) => void,
): Promise<OpenWork> {
  const coded = codedRows(codes, onForged)
  const open = await openDatabase(database, (db) => ({ db, stores: storesOf(db, coded) }), told)
  return {
    transaction: (run, order) => open.transaction(({ stores }) => run(stores), order),
    read: (run) => open.read(({ stores }) => run(stores)),
    newer: () => open.read(({ db }) => newerThan(db)),
    requireUnlocked: () => open.transaction(({ db }) => requireUnlocked(db)),
    fillInventories: () => open.transaction(({ db }) => fillInventories(db, coded)),
    onConnected: (look) => open.onConnected(({ stores }) => look(stores)),
    reconnect: () => open.reconnect(),
    close: () => open.close(),
  }
}

/** Makes or migrates the tables, and does nothing else. @throws as `openWork` */
export async function migrateDatabase(database: Database): Promise<void> {
  await (await openDatabase(database, () => undefined)).close()
}

/** Looks at a database without opening it. */
export interface TriedWork extends Work {
  close(): Promise<void>
}

/**
 * A database as `openWork` would have it, for whoever only looks: nothing is made in it, migrated or written.
 *
 * @param codes as of `openWork`
 * @param onForged as of `openWork`
 * @throws as `openWork`
 */
export async function tryWork(
  database: Database,
  codes: RowCodes,
  onForged: (row: ForgedRow) => void,
): Promise<TriedWork> {
  const coded = codedRows(codes, onForged)
  const { read, close } = await tryDatabase(database, (db) => storesOf(db, coded))
  return {
    read: (run) => read((stores) => run(stores)),
    transaction: async () => {
      throw new Error('whoever only looks writes nothing')
    },
    close,
  }
}

/** Looks at a database that is open already. */
export interface OpenReading extends Reading {
  /** As of `OpenWork`. */
  onConnected(look: (stores: Readers) => Promise<void>): void
  /** As of `OpenWork`. */
  reconnect(): void
  /** Finishes what was begun. May be called twice. */
  close(): Promise<void>
}

/**
 * A way of one's own to a database that `openWork` has opened, for another thread: it reads, and cannot write.
 *
 * @param codes as of `openWork`
 * @param onForged as of `openWork`
 * @param told as of `openDatabase`
 * @throws DeskError storage_full, storage_unavailable
 */
export function openReading(
  database: Database,
  codes: RowCodes,
  onForged: (row: ForgedRow) => void,
  told?: (granted: Granted) => void,
): Promise<OpenReading> {
  const coded = codedRows(codes, onForged)
  return openDatabaseReader(database, (db) => storesOf(db, coded), told)
}
