import type { Socket } from 'node:net'
import pg from 'pg'

// A connection that says nothing may be at work, or in a queue for a lock; or a network swallowed what we said, or what was
// answered. Only the server knows. It is asked on another connection, because waiting for a dead one keeps others out.

/** Waits for what was asked on a connection; see `Lookout.over`. */
export type Wait = <T>(answer: Promise<T>) => Promise<T>

export class Lookout {
  readonly #options: pg.ClientConfig
  readonly #silence: number
  readonly #looks = new Set<Promise<void>>()

  /** @param silence milliseconds in which nothing comes, after which the server is asked, and asked again */
  constructor({ options: { connectionString } }: pg.Pool, silence: number) {
    this.#options = {
      connectionString,
      options: '-c search_path=pg_catalog', // nobody's names but the server's
      application_name: 'scel-desk',
      connectionTimeoutMillis: LIMIT,
      query_timeout: LIMIT,
      statement_timeout: LIMIT,
    }
    this.#silence = silence
  }

  /**
   * For a connection that has just answered. What is asked on it by way of this ends as it would without; but when the server says
   * that it waits for our words, cannot get rid of its own, or has that connection no more, then the connection is destroyed, and what
   * was asked fails as on any that breaks. While the server is at work, or a long answer is coming, and when the server cannot be asked,
   * nothing is done.
   */
  over(client: pg.ClientBase): Wait {
    const since = performance.now()
    return async (answer) => {
      let answered = false
      let timer: NodeJS.Timeout
      let heard = heardOn(client)
      let still = 0
      const look = async (): Promise<void> => {
        const lost = await this.#isLost(client, since, () => answered || heardOn(client) !== heard)
        if (answered) return
        if (lost) destroy(client)
        else wait()
      }
      const wait = (): void => {
        timer = setTimeout(() => {
          const now = heardOn(client)
          still = now === heard ? still + 1 : 0
          heard = now
          if (still < PARTS) return wait()
          still = 0
          this.#track(look())
        }, this.#silence / PARTS)
      }
      wait()
      try {
        return await answer
      } finally {
        answered = true
        clearTimeout(timer!)
      }
    }
  }

  /** Resolves when nobody asks any more. */
  async close(): Promise<void> {
    while (this.#looks.size > 0) await Promise.allSettled(this.#looks)
  }

  #track(look: Promise<void>): void {
    this.#looks.add(look)
    void look.finally(() => this.#looks.delete(look))
  }

  /** Also ends the transaction that is left on the server, which would keep its locks for half a minute. */
  async #isLost(silent: pg.ClientBase, since: number, speaks: () => boolean): Promise<boolean> {
    const pid = pidOf(silent)
    const client = new pg.Client(this.#options)
    client.on('error', () => {})
    try {
      await client.connect()
      const ask = async <T>(sql: string): Promise<T | undefined> => {
        const age = Math.floor(performance.now() - since)
        return (await client.query({ text: sql, values: [pid, age, this.#silence / 3], rowMode: 'array' })).rows[0]?.[0]
      }
      // A go-between gives out numbers of its own, which say nothing about the server's.
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
      if (rows[0].pid !== pidOf(client)) return false
      const state = await ask<string>(STATE)
      if (state === 'else' || speaks()) return false
      if (state === 'stuck') await ask(END)
      return true
    } catch {
      return false
    } finally {
      destroy(client)
    }
  }
}

/** In which a silence is looked at: an answer that stops in its midst is noticed so much later than one that never began. */
const PARTS = 3

/** In milliseconds: to be connected, and then for each question. */
const LIMIT = 3_000

/**
 * The connection of this number, if it is ours: whoever has it now and connected after ours last answered is somebody else. Numbers
 * of the server are compared with each other alone: its clock need not be ours.
 */
const OURS = `pid = $1::int AND usename = current_user AND datname = current_database()
  AND clock_timestamp() - backend_start >= $2::int * interval '1 millisecond'`

/** It has waited for us for a while: what it answered just now may be on its way. */
const WAITS = `state LIKE 'idle%' AND clock_timestamp() - state_change >= $3::float8 * interval '1 millisecond'`

/** Nobody takes what it says: the buffers between are full. */
const UNHEARD = `state = 'active' AND wait_event = 'ClientWrite'`

const STUCK = `((${WAITS}) OR (${UNHEARD}))`
const STATE = `SELECT coalesce((SELECT CASE WHEN ${STUCK} THEN 'stuck' ELSE 'else' END FROM pg_stat_activity WHERE ${OURS}), 'gone')`
const END = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${OURS} AND ${STUCK} AND state <> 'idle'`

const pidOf = (client: pg.ClientBase): number => (client as unknown as { readonly processID: number }).processID

/** Octets that came on it so far. */
const heardOn = (client: pg.ClientBase): number => streamOf(client).bytesRead

/** Without a word to the server, which would lie on a dead wire for minutes. What was asked on it fails at once. */
export function destroy(client: pg.ClientBase): void {
  streamOf(client).destroy()
}

const streamOf = (client: pg.ClientBase): Socket =>
  (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream
