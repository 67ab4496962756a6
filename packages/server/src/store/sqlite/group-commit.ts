import type { DatabaseSync } from 'node:sqlite'
import { DeskError, hasDeskCode } from '@scel/contract/errors'
import { type Bound, bind } from '../bound.ts'
import { commitFailure, sqliteFailure } from './failures.ts'
import { LOCK_PATIENCE, patiently } from './patience.ts'
import { RunConnection } from './run-connection.ts'
import { Statements } from './statements.ts'
import { withinOneTurn } from './stray.ts'

// The single writer. A commit that survives a power cut costs a wait for the disk, whether it carries one run or a
// hundred, so all runs that are waiting go under one commit:
//
//   BEGIN IMMEDIATE ── SAVEPOINT run 1 RELEASE ── SAVEPOINT run 2 ROLLBACK TO ── … ── COMMIT ── answers 1, 2, …
//
// Nobody is answered before the commit, a refused run neither: it may have been refused for what an earlier run of the
// group wrote, and that is not true until it is committed. While the disk is waited for, the next runs arrive.

interface Waiting<S> {
  readonly run: (stores: S) => Promise<unknown>
  /** When it came, by `performance.now()`. */
  readonly since: number
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}
type Outcome = { readonly value: unknown } | { readonly reason: unknown }

export class GroupCommit<S> {
  readonly #database: DatabaseSync
  readonly #storesOf: (db: Bound) => S
  readonly #statements: Statements
  readonly #patience: number
  readonly #requireInPlace: () => void
  #waiting: Waiting<S>[] = []
  #busy = false
  #closing: (() => void) | undefined
  #commits = 0

  /**
   * @param database a connection that nobody else uses, and that does not wait for locks
   * @param patience how long a run waits for another process to let go of the database, in milliseconds
   * @param requireInPlace throws where what is written would not be found at the next start
   */
  constructor(
    database: DatabaseSync,
    storesOf: (db: Bound) => S,
    patience: number = LOCK_PATIENCE,
    requireInPlace: () => void = () => {},
  ) {
    this.#database = database
    this.#storesOf = storesOf
    this.#patience = patience
    this.#requireInPlace = requireInPlace
    this.#statements = new Statements(database)
  }

  /** Commits made so far: by how much the groups save. */
  get commits(): number {
    return this.#commits
  }

  /**
   * @throws whatever `run` throws, with nothing of it stored; DeskError storage_full, storage_unavailable, storage_damaged,
   *   storage_moved, also with nothing stored; DeskError storage_uncertain when the commit broke off where it may be stored
   */
  transaction<T>(run: (stores: S) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closing) return reject(new DeskError('storage_unavailable', {}))
      this.#waiting.push({ run, since: performance.now(), resolve: resolve as (value: unknown) => void, reject })
      this.#schedule()
    })
  }

  /** Resolves when all that was begun is committed; what comes after is refused. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#closing = resolve
      if (!this.#busy) resolve()
    })
  }

  #schedule(): void {
    if (this.#busy) return
    this.#busy = true
    // After the events of this turn: every call that has arrived by now has its run in the group.
    setImmediate(async () => {
      await this.#commit(this.#waiting.splice(0, LARGEST_GROUP))
      this.#busy = false
      if (this.#waiting.length > 0) this.#schedule()
      else this.#closing?.()
    })
  }

  async #commit(group: readonly Waiting<S>[]): Promise<void> {
    const outcomes: Outcome[] = []
    try {
      this.#requireInPlace()
      await patiently(() => this.#database.exec('BEGIN IMMEDIATE'), group[0]!.since + this.#patience)
    } catch (error) {
      const reason = sqliteFailure(error) // nobody gets in, so there is no use in trying one by one
      for (const { reject } of group) reject(reason)
      return
    }
    try {
      for (const waiting of group) outcomes.push(await this.#inSavepoint(waiting))
      this.#commitAll()
    } catch (error) {
      this.#rollBack()
      // Run again, a unit that the disk holds after all would be there twice.
      if (hasDeskCode(error, 'storage_uncertain')) {
        for (const { reject } of group) reject(error)
        return
      }
      const [only] = group
      if (group.length === 1) return only!.reject(sqliteFailure(error))
      // One of them may be what the disk had no room for. Alone, each gets the answer that is its own.
      for (const waiting of group) await this.#commit([waiting])
      return
    }
    for (const [index, { resolve, reject }] of group.entries()) {
      const outcome = outcomes[index]!
      if ('value' in outcome) resolve(outcome.value)
      else reject(outcome.reason)
    }
  }

  /** @throws when the whole transaction is lost: SQLite rolls all of it back when the disk is full, or broken */
  async #inSavepoint({ run }: Waiting<S>): Promise<Outcome> {
    const connection = new RunConnection(this.#statements)
    this.#database.exec('SAVEPOINT run')
    let outcome: Outcome
    try {
      const stores = this.#storesOf(bind('sqlite', connection))
      outcome = { value: await withinOneTurn(() => run(stores)) }
    } catch (reason) {
      outcome = { reason }
    }
    connection.end()
    // A run may have swallowed the failure of a statement, or put it into words of its own. What decides is the failure.
    if (connection.failure) outcome = { reason: sqliteFailure(connection.failure.error) }
    if (!this.#database.isTransaction) throw connection.failure?.error
    if ('reason' in outcome) this.#database.exec('ROLLBACK TO run')
    this.#database.exec('RELEASE run')
    return outcome
  }

  /** @throws DeskError storage_uncertain; the error of node:sqlite when nothing was stored */
  #commitAll(): void {
    try {
      this.#database.exec('COMMIT')
    } catch (error) {
      throw commitFailure(error)
    }
    this.#commits++
    try {
      this.#requireInPlace()
    } catch (error) {
      throw new DeskError('storage_uncertain', {}, error)
    }
  }

  #rollBack(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
    } catch {
      // The failure that led here is the one to report; SQLite drops an unfinished transaction on its own.
    }
  }
}

/** Bounds how long the first of a group waits for the last. */
const LARGEST_GROUP = 128
