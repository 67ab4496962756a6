import type { DatabaseSync } from 'node:sqlite'
import { DeskError } from '@scel/contract/errors'
import { type Bound, bind } from '../bound.ts'
import { sqliteFailure } from './failures.ts'
import { RunConnection } from './run-connection.ts'
import { Statements } from './statements.ts'
import { withinOneTurn } from './stray.ts'

/** Reads on a connection of their own, that cannot write: each run sees one state of the database, and waits for no writer. */
export class SnapshotReader<S> {
  readonly #database: DatabaseSync
  readonly #storesOf: (db: Bound) => S
  readonly #statements: Statements
  #last: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(database: DatabaseSync, storesOf: (db: Bound) => S) {
    this.#database = database
    this.#storesOf = storesOf
    this.#statements = new Statements(database)
  }

  /** @throws whatever `run` throws; DeskError storage_unavailable */
  read<T>(run: (stores: S) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new DeskError('storage_unavailable', {}))
    const result = this.#last.then(() => this.#inSnapshot(run))
    this.#last = result.catch(() => {})
    return result
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#last
  }

  async #inSnapshot<T>(run: (stores: S) => Promise<T>): Promise<T> {
    const connection = new RunConnection(this.#statements)
    try {
      this.#database.exec('BEGIN')
      return await withinOneTurn(() => run(this.#storesOf(bind('sqlite', connection))))
    } catch (error) {
      throw isWrite(error) ? error : sqliteFailure(error)
    } finally {
      connection.end()
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK') // nothing was written; this only ends the snapshot
    }
  }
}

/** A mistake of the program, not a broken database: SQLITE_READONLY is what this connection says to every write. */
const isWrite = (error: unknown): boolean => (error as { errcode?: unknown } | null)?.errcode === READONLY
const READONLY = 8
