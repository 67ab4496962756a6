import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { bind } from '../bound.ts'
import { migrate } from '../migrations/migrate.ts'
import type { Trial } from '../opening/open-store.ts'
import { sqliteFailure } from './failures.ts'
import { OPTIONS, requireSound } from './open-sqlite.ts'
import { RunConnection } from './run-connection.ts'
import { Statements } from './statements.ts'

/** As of `tryDatabase`. Where there is no file none is made: what it would be lies in memory. */
export async function trySqlite<S>(file: string, storesOf: (db: ReturnType<typeof bind>) => S): Promise<Trial<S>> {
  const isThere = existsSync(file) && statSync(file).size > 0
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(isThere ? file : ':memory:', OPTIONS)
    database.exec('PRAGMA trusted_schema = OFF')
    requireSound(database)
    database.exec('BEGIN IMMEDIATE')
    const bound = bind('sqlite', new RunConnection(new Statements(database)))
    await migrate('sqlite', bound)
    const stores = storesOf(bound)
    const open = database
    return {
      read: async (run) => {
        try {
          return await run(stores)
        } catch (error) {
          throw sqliteFailure(error)
        }
      },
      close: async () => undo(open),
    }
  } catch (error) {
    if (database) undo(database)
    throw sqliteFailure(error)
  }
}

function undo(database: DatabaseSync): void {
  if (database.isOpen && database.isTransaction) database.exec('ROLLBACK')
  if (database.isOpen) database.close()
}
