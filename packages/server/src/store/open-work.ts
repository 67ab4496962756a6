import type { Work } from '../core/work.ts'
import { type Database, openDatabase } from './open-database.ts'
import { storesOf } from './stores.ts'

/** Units of work over a database that is open. */
export interface OpenWork extends Work {
  /** Finishes what was begun and closes the database. May be called twice. */
  close(): Promise<void>
}

/**
 * Opens the desk's database, makes or migrates its tables.
 *
 * @throws DatabaseTooNew when a newer program has written it; DeskError storage_full, storage_unavailable
 */
export const openWork = (database: Database): Promise<OpenWork> => openDatabase(database, storesOf)
