import { DeskError } from '@scel/contract/errors'
import type pg from 'pg'
import { isStorageFault } from '../../core/storage-faults.ts'
import type { Order } from '../../core/work.ts'
import { type Bound, bind } from '../bound.ts'
import { Connections, type ConnectionsOptions } from './connections.ts'
import { isAnswered, isConflict, isOutdated, isWriteInRead, postgresFailure } from './failures.ts'
import { Gate } from './gate.ts'
import { destroy, Lookout, type Wait } from './lookout.ts'
import type { Newcomers } from './newcomers.ts'
import { RunConnection } from './run-connection.ts'
import { StatementNames } from './statement-names.ts'

// One SERIALIZABLE transaction per run: whatever several desks do at once, the outcome is one that they could have had
// one after the other. PostgreSQL ends a run that would break this; it is then run again, a little later. A run that asks for less
// (`Order`) is one of REPEATABLE READ, which ends only when another wrote a row that this one writes, too.

/** How often, and after how long, a run is run again; and how long a connection may be silent before it is taken for dead. */
export interface Patience {
  readonly attempts: number
  /** How many runs of this desk are in a transaction at once. */
  readonly together: number
  /** After so many, the run goes in alone. */
  readonly attemptsWithOthers: number
  /** Waits after the failed attempt of this number, from 1. */
  pause(attempt: number): Promise<void>
  /**
   * Milliseconds for the answer to BEGIN, which asks nothing of the server: a connection that has none is dead. One that has none to
   * anything else is asked after.
   */
  readonly silence: number
}

export interface TransactionsOptions extends ConnectionsOptions {
  /** Says which connections are of use no more. @default none are */
  readonly newcomers?: Pick<Newcomers<never>, 'isFormer'>
}

export class Transactions<S> {
  readonly #connections: Connections
  readonly #storesOf: (db: Bound) => S
  readonly #patience: Patience
  readonly #gate: Gate
  readonly #lookout: Lookout
  readonly #newcomers: Pick<Newcomers<never>, 'isFormer'> | undefined
  readonly #names = new StatementNames()
  readonly #underWay = new Set<Promise<unknown>>()
  readonly #met = new WeakMap<pg.PoolClient, number>()
  /**
   * How often a connection was found dead, or older than the tables. Those that were there by then are probably so too: a network
   * swallows all of them, and a migration is behind the plans of all.
   */
  #deaths = 0
  #closed = false

  constructor(pool: pg.Pool, storesOf: (db: Bound) => S, patience: Patience, options?: TransactionsOptions) {
    this.#connections = new Connections(pool, options)
    this.#storesOf = storesOf
    this.#patience = patience
    this.#gate = new Gate(patience.together)
    this.#lookout = new Lookout(pool, patience.silence)
    this.#newcomers = options?.newcomers
  }

  /**
   * @throws whatever `run` throws, with nothing of it stored; DeskError storage_full, storage_unavailable, storage_damaged,
   *   storage_contended, also with nothing stored; DeskError storage_uncertain when the connection broke in the commit, or was to be used no
   *   more by then
   */
  transaction<T>(run: (stores: S) => Promise<T>, order: Order = 'serial'): Promise<T> {
    return this.#watched(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          const once = () => this.#once(WRITE[order], run)
          return await this.#gate.pass(attempt > this.#patience.attemptsWithOthers, once)
        } catch (error) {
          if (!isConflict(error, attempt)) throw postgresFailure(error)
          if (attempt >= this.#patience.attempts) throw new DeskError('storage_contended', {}, error)
          await this.#patience.pause(attempt)
        }
      }
    })
  }

  /**
   * One state of the database. Readers are never in the way of writers: a run is run again only when its connection is lost,
   * once, on a new one, and when that is to be used no more.
   */
  read<T>(run: (stores: S) => Promise<T>): Promise<T> {
    return this.#watched(async () => {
      try {
        return await this.#once(READ, run, { lost: 1, outdated: 1 })
      } catch (error) {
        throw isWriteInRead(error) ? error : postgresFailure(error)
      }
    })
  }

  /** Resolves when all that was begun has ended; what comes after is refused. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#underWay)
    this.#connections.close()
    await this.#lookout.close()
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

  /** @param again how often it may be tried again when its connection is lost, and when its connection is older than the tables */
  async #once<T>(begin: string, run: (stores: S) => Promise<T>, again = { lost: 0, outdated: 1 }): Promise<T> {
    const client = await this.#begun(begin)
    const wait = this.#lookout.over(client)
    const writes = begin !== READ
    let left: typeof again
    let broken = true
    let isDone = false
    try {
      const value = await this.#bound(client, wait, run)
      this.#requireCurrent(client)
      isDone = writes
      await commit(client, wait, writes)
      this.#requireCurrent(client)
      broken = false
      this.#met.set(client, this.#deaths)
      return value
    } catch (error) {
      if (this.#isFormer(client) && !isDone) {
        left = again // with its connection ends what was begun there
      } else {
        // A connection that is gone, or stands still, would only be waited for once more.
        const lost = isLost(error)
        const rolled = !lost && (await rolledBack(client, wait))
        // Nothing of it is done, as with a conflict: the server refused it, and says that it took it back.
        const outdated = rolled && isOutdated(error)
        broken = !rolled || outdated
        if (broken) this.#deaths++
        left = { lost: again.lost - Number(lost), outdated: again.outdated - Number(outdated) }
        if (!(lost || outdated) || left.lost < 0 || left.outdated < 0) throw error
      }
    } finally {
      this.#connections.give(client, broken)
    }
    return this.#once(begin, run, left)
  }

  /**
   * A connection in a transaction that has just begun. One that does not answer BEGIN is given up and a new one taken, once: nothing
   * was asked of it yet, so that this is no second try of anything.
   */
  async #begun(begin: string): Promise<pg.PoolClient> {
    for (let attempt = 1; ; attempt++) {
      const client = await this.#living()
      try {
        await client.query({ text: begin, query_timeout: this.#patience.silence } as pg.QueryConfig)
        return client
      } catch (error) {
        const lost = isLost(error)
        this.#connections.give(client, true)
        if (lost) this.#deaths++
        if (!lost || attempt > 1) throw error
      }
    }
  }

  #isFormer(client: pg.PoolClient): boolean {
    return this.#newcomers?.isFormer(client) ?? false
  }

  /** What was read or stored on another may be of a database that is not the desk's. @throws DeskError storage_uncertain */
  #requireCurrent(client: pg.PoolClient): void {
    if (this.#isFormer(client)) throw new DeskError('storage_uncertain', {})
  }

  /** A connection that was made, or has answered, since one was last found dead, and not before all were to be made anew. */
  async #living(): Promise<pg.PoolClient> {
    for (;;) {
      const deaths = this.#deaths
      const client = await this.#connections.take()
      const met = this.#met.get(client)
      if ((met === undefined || met === this.#deaths) && !this.#isFormer(client)) {
        this.#met.set(client, met ?? deaths)
        return client
      }
      // Without a word to the server, which would lie on a dead wire for minutes.
      this.#connections.give(client, true)
      destroy(client)
    }
  }

  async #bound<T>(client: pg.PoolClient, wait: Wait, run: (stores: S) => Promise<T>): Promise<T> {
    const connection = new RunConnection(client, this.#names, wait)
    const outcome = await settle(() => run(this.#storesOf(bind('postgres', connection))))
    await connection.end()
    // A run may have swallowed the failure of a statement, or put it into words of its own. What decides is the failure.
    if (connection.failure) throw connection.failure.error
    if ('reason' in outcome) throw outcome.reason
    return outcome.value
  }
}

const WRITE: Readonly<Record<Order, string>> = {
  serial: 'BEGIN ISOLATION LEVEL SERIALIZABLE',
  rows: 'BEGIN ISOLATION LEVEL REPEATABLE READ',
}
const READ = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'

/** @throws DeskError storage_uncertain when nobody can say whether it was committed */
async function commit(client: pg.PoolClient, wait: Wait, writes: boolean): Promise<void> {
  let command: string
  try {
    command = (await wait(client.query('COMMIT'))).command
  } catch (error) {
    // An answer means that it was rolled back. Without one, the server may have stored everything before it fell silent.
    if (writes && !isAnswered(error)) throw new DeskError('storage_uncertain', {}, error)
    throw error
  }
  // An aborted transaction answers COMMIT with ROLLBACK instead of an error.
  if (command !== 'COMMIT') throw new Error('PostgreSQL rolled back what it was asked to commit')
}

const isLost = (error: unknown): boolean => isStorageFault(postgresFailure(error)) && !isAnswered(error)

const rolledBack = (client: pg.PoolClient, wait: Wait): Promise<boolean> =>
  wait(client.query('ROLLBACK')).then(
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
  silence: 3_000,
}
/** In milliseconds. */
const LONGEST_PAUSE = 200
