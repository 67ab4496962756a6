import type { Database } from '../opening/open-database.ts'
import { migrateDatabase } from '../opening/open-work.ts'

/** How a database is made of which tests take copies; for tests only. */
export interface Preparation {
  /** Its own: under it, what was made is kept for the other processes of a run of all tests. */
  readonly name: string
  /** @param empty nothing is in it, and nobody is connected to it afterwards */
  prepare(empty: Database): Promise<void>
}

/** Nothing but the tables. */
export const TABLES: Preparation = { name: 'tables', prepare: migrateDatabase }
