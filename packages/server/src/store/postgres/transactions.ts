import { DeskError } from '@scel/contract/errors'
import type pg from 'pg'
import { isStorageFault } from '../../core/storage-faults.ts'
import { type Bound, bind } from '../bound.ts'
import { isAnswered, isConflict, isWriteInRead, postgresFailure } from './failures.ts'
import { Gate } from './gate.ts'
import { RunConnection } from './run-connection.ts'
import { StatementNames } from './statement-names.ts'

// One SERIALIZABLE transaction per run: whatever several desks do at once, the outcome is one that they could have had
// one after the other. PostgreSQL ends a run that would break this; it is then run again, a little later.

/** How often, and after how long, a run is run again. */
export interface Patience {
  readonly attempts: number
  /** How many runs of this desk are in a transaction at once. */
  readonly together: number
  /** After so many, the run goes in alone. */
  readonly attemptsWithOthers: number
  /** Waits after the failed attempt of this number, from 1. */
  pause(attempt: number): Promise<void>
}

export class Transactions<S> {
  readonly #pool: pg.Pool
  readonly #storesOf: (db: Bound) => S
  readonly #patience: Patience
  readonly #gate: Gate
  readonly #names = new StatementNames()
  readonly #underWay = new Set<Promise<unknown>>()
  #closed = false

  constructor(pool: pg.Pool, storesOf: (db: Bound) => S, patience: Patience) {
    this.#pool = pool
    this.#storesOf = storesOf
    this.#patience = patience
    this.#gate = new Gate(patience.together)
  }

  /**
   * @throws whatever `run` throws, with nothing of it stored; DeskError storage_full, storage_unavailable, storage_damaged,
   *   also with nothing stored; DeskError storage_uncertain when the connection broke in the commit
   */
  transaction<T>(run: (stores: S) => Promise<T>): Promise<T> {
    return this.#watched(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          const once = () => this.#once(WRITE, run)
          return await this.#gate.pass(attempt > this.#patience.attemptsWithOthers, once)
        } catch (error) {
          if (!isConflict(error, attempt)) throw postgresFailure(error)
          if (attempt >= this.#patience.attempts) throw new DeskError('storage_unavailable', {}, error)
          await this.#patience.pause(attempt)
        }
      }
    })
  }

  /** One state of the database. Readers are never in the way of writers, so there is nothing to run again. */
  read<T>(run: (stores: S) => Promise<T>): Promise<T> {
    return this.#watched(async () => {
      try {
        return await this.#once(READ, run)
      } catch (error) {
        throw isWriteInRead(error) ? error : postgresFailure(error)
      }
    })
  }

  /** Resolves when all that was begun has ended; what comes after is refused. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#underWay)
  }

  async #watched<T>(act: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new DeskError('storage_unavailable', {})
    const ending = act()
    this.#underWay.add(ending)
    try {
      return await ending
    } finally {
      this.#underWay.delete(ending)
    }
  }

  async #once<T>(begin: string, run: (stores: S) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    let broken = true
    try {
      await client.query(begin)
      const value = await this.#bound(client, run)
      await commit(client, begin === WRITE)
      broken = false
      return value
    } catch (error) {
      // A connection that is gone, or stands still, would only be waited for once more.
      broken = isLost(error) || !(await rolledBack(client))
      throw error
    } finally {
      client.release(broken)
    }
  }

  async #bound<T>(client: pg.PoolClient, run: (stores: S) => Promise<T>): Promise<T> {
    const connection = new RunConnection(client, this.#names)
    const outcome = await settle(() => run(this.#storesOf(bind('postgres', connection))))
    await connection.end()
    // A run may have swallowed the failure of a statement, or put it into words of its own. What decides is the failure.
    if (connection.failure) throw connection.failure.error
    if ('reason' in outcome) throw outcome.reason
    return outcome.value
  }
}

const WRITE = 'BEGIN ISOLATION LEVEL SERIALIZABLE'
const READ = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'

/** @throws DeskError storage_uncertain when nobody can say whether it was committed */
async function commit(client: pg.PoolClient, writes: boolean): Promise<void> {
  let command: string
  try {
    command = (await client.query('COMMIT')).command
  } catch (error) {
    // An answer means that it was rolled back. Without one, the server may have stored everything before it fell silent.
    if (writes && !isAnswered(error)) throw new DeskError('storage_uncertain', {}, error)
    throw error
  }
  // An aborted transaction answers COMMIT with ROLLBACK instead of an error.
  if (command !== 'COMMIT') throw new Error('PostgreSQL rolled back what it was asked to commit')
}

const isLost = (error: unknown): boolean => isStorageFault(postgresFailure(error)) && !isAnswered(error)

const rolledBack = (client: pg.PoolClient): Promise<boolean> =>
  client.query('ROLLBACK').then(
    () => true,
    () => false,
  )

const settle = async <T>(run: () => Promise<T>): Promise<{ readonly value: T } | { readonly reason: unknown }> => {
  try {
    return { value: await run() }
  } catch (reason) {
    return { reason }
  }
}

/** Doubling pauses with full jitter, so that those who met once do not meet again. */
export const patient: Patience = {
  attempts: 30,
  together: 4,
  attemptsWithOthers: 2,
  pause: (attempt) => {
    const longest = Math.min(LONGEST_PAUSE, 2 ** attempt)
    return new Promise((resolve) => setTimeout(resolve, Math.random() * longest))
  },
}
/** In milliseconds. */
const LONGEST_PAUSE = 200
