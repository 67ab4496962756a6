import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { DeskError } from '@scel/contract/errors'
import { type Bound, bind } from '../bound.ts'
import { sqliteFailure } from './failures.ts'
import { LOCK_PATIENCE, patiently } from './patience.ts'
import { RunConnection } from './run-connection.ts'
import { Statements } from './statements.ts'
import { withinOneTurn } from './stray.ts'

interface Waiting<S> {
  readonly run: (stores: S) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}
type Outcome = { readonly value: unknown } | { readonly reason: unknown }

/**
 * Reads on a connection of their own, that cannot write: each run sees one state of the database, and waits for no
 * writer. Runs that were asked for in one turn of the event loop share a snapshot: after every commit of the writer a
 * new one begins with nothing in memory.
 */
export class SnapshotReader<S> {
  readonly #database: DatabaseSync
  readonly #storesOf: (db: Bound) => S
  readonly #statements: Statements
  readonly #first: StatementSync
  #waiting: Waiting<S>[] = []
  #busy: Promise<void> | undefined
  #closed = false

  constructor(database: DatabaseSync, storesOf: (db: Bound) => S) {
    this.#database = database
    this.#storesOf = storesOf
    this.#statements = new Statements(database)
    this.#first = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1')
  }

  /** @throws whatever `run` throws; DeskError storage_unavailable */
  read<T>(run: (stores: S) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new DeskError('storage_unavailable', {}))
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ run, resolve: resolve as (value: unknown) => void, reject })
      this.#busy ??= this.#readAll()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#busy
  }

  async #readAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await nextTurn()
      await this.#inSnapshot(this.#waiting.splice(0))
    }
    this.#busy = undefined
  }

  async #inSnapshot(group: readonly Waiting<S>[]): Promise<void> {
    const outcomes: Outcome[] = []
    try {
      await patiently(() => this.#begin(), performance.now() + LOCK_PATIENCE)
      const until = performance.now() + TURN
      for (const { run } of group) {
        if (outcomes.length > 0 && performance.now() > until) break
        outcomes.push(await this.#outcome(run))
      }
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK') // nothing was written; this only ends the snapshot
    } catch (error) {
      for (const { reject } of group) reject(sqliteFailure(error))
      return
    }
    // Those that are left come first in the next turn: between two turns everybody else is heard.
    this.#waiting.unshift(...group.slice(outcomes.length))
    for (const [index, outcome] of outcomes.entries()) {
      const { resolve, reject } = group[index]!
      if ('value' in outcome) resolve(outcome.value)
      else reject(outcome.reason)
    }
  }

  /** The snapshot is that of the first statement, which is also the first to meet a lock. */
  #begin(): void {
    this.#database.exec('BEGIN')
    try {
      this.#first.get()
    } catch (error) {
      this.#rollBack()
      throw error
    }
  }

  #rollBack(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK') // of many a failure SQLite itself has ended it
    } catch {
      // The failure that led here is the one to report.
    }
  }

  async #outcome(run: (stores: S) => Promise<unknown>): Promise<Outcome> {
    const connection = new RunConnection(this.#statements)
    try {
      // A failure may have ended the snapshot; the next then has one of its own.
      if (!this.#database.isTransaction) this.#database.exec('BEGIN')
      return { value: await withinOneTurn(() => run(this.#storesOf(bind('sqlite', connection)))) }
    } catch (error) {
      return { reason: isWrite(error) ? error : sqliteFailure(error) }
    } finally {
      connection.end()
    }
  }
}

/** How long the reads of one turn may take together, in milliseconds, before the others of the event loop have theirs. */
const TURN = 10
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A mistake of the program, not a broken database: SQLITE_READONLY is what this connection says to every write. */
const isWrite = (error: unknown): boolean => (error as { errcode?: unknown } | null)?.errcode === READONLY
const READONLY = 8
