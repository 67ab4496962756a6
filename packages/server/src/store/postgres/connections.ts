import { BroadcastChannel } from 'node:worker_threads'
import { DeskError } from '@scel/contract/errors'
import type pg from 'pg'
import { goesAhead } from '../opening/ahead.ts'
import { isCrowded } from './failures.ts'

// The server may grant fewer connections than the pool would make: a limit of the role, of the database, of the server, or other
// programs that hold theirs. The pool hands its refusal to whoever asked, although there are connections that will be free in a
// moment. Here it says how many there are, and whoever asked waits for one of those.

/** How many connections there are, of how many that would be of use. */
export interface Granted {
  readonly granted: number
  readonly wanted: number
}

export interface ConnectionsOptions {
  /** Told when the server first refuses one, and when there are as many as wanted again. @default nobody */
  readonly told?: (granted: Granted) => void
  /** Milliseconds that somebody waits for a connection, at most. @default as long as the pool takes to make one */
  readonly patience?: number
  /** Milliseconds after a refusal until more are asked for again. @default a minute */
  readonly again?: number
}

/** Hands out the connections of a pool, in the order of arrival but for those who go ahead, no more than the server grants. */
export class Connections {
  readonly #pool: pg.Pool
  readonly #told: (granted: Granted) => void
  readonly #patience: number
  readonly #again: number
  readonly #most: number
  readonly #held = new Set<pg.PoolClient>()
  readonly #waiting: Waiting[] = []
  readonly #others: BroadcastChannel
  readonly #server: string
  /** Handed out, or being made for somebody. */
  #out = 0
  /** Asked of the pool, and not answered yet. */
  #asked = 0
  /** One more is asked for at a time, until it is refused. */
  #probes = false
  #limit: number
  #lowered = 0
  #isTold = false
  /** While not one is granted. */
  #none: { readonly since: number } | undefined

  constructor(pool: pg.Pool, { told = () => {}, patience, again = MINUTE }: ConnectionsOptions = {}) {
    this.#pool = pool
    this.#told = told
    this.#patience = patience ?? pool.options.connectionTimeoutMillis ?? LONGEST
    this.#again = again
    this.#most = pool.options.max
    this.#limit = this.#most
    this.#server = pool.options.connectionString ?? ''
    pool.on('connect', (client) => this.#came(client))
    this.#others = new BroadcastChannel('scel-connections')
    this.#others.onmessage = (event) => {
      if ((event as { readonly data: unknown }).data === this.#server) this.#yieldOne()
    }
    this.#others.unref()
  }

  /**
   * Waits for a turn, and for a connection.
   * @throws whatever the pool says when the server cannot be had; DeskError storage_unavailable when none was free in time
   */
  async take(): Promise<pg.PoolClient> {
    const until = performance.now() + this.#patience
    await this.#turn(until)
    for (;;) {
      try {
        this.#asked++
        const client = await this.#pool.connect().finally(() => this.#asked--)
        this.#held.add(client)
        return client
      } catch (error) {
        if (!isCrowded(error)) {
          this.#leave()
          throw error
        }
        if (this.#refused() > 0) {
          // At the end of the line would be a second wait for who has waited already.
          this.#out--
          await this.#turn(until, error)
          continue
        }
        const now = performance.now()
        this.#none ??= { since: now }
        if (now >= until || now - this.#none.since >= this.#patience) {
          // Nobody who came meanwhile gets what there is not.
          for (const { refuse } of this.#waiting.splice(0)) refuse(error)
          this.#leave()
          throw error
        }
        await new Promise((resolve) => setTimeout(resolve, BREATH))
      }
    }
  }

  /** @param broken it is closed, as is one too many */
  give(client: pg.PoolClient, broken: boolean): void {
    const isOneTooMany = this.#granted() > this.#limit
    this.#held.delete(client)
    client.release(broken || isOneTooMany)
    this.#leave()
  }

  /** Nobody waits any more. */
  close(): void {
    this.#others.close()
    for (const { refuse } of this.#waiting.splice(0)) refuse(undefined)
  }

  /** @param refused who has been refused comes before all others, as do those who go ahead */
  #turn(until: number, refused?: unknown): Promise<void> {
    if (this.#limit < this.#most && !this.#probes && performance.now() - this.#lowered >= this.#again) this.#probe()
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        enter: () => {
          clearTimeout(late)
          resolve()
        },
        refuse: (cause) => {
          clearTimeout(late)
          reject(new DeskError('storage_unavailable', {}, cause))
        },
      }
      const late = setTimeout(
        () => {
          const at = this.#waiting.indexOf(waiting)
          if (at >= 0) this.#waiting.splice(at, 1)
          waiting.refuse(refused ?? new Error(`no connection was free within ${this.#patience} ms`))
        },
        Math.max(0, until - performance.now()),
      )
      this.#waiting[refused === undefined && !goesAhead() ? 'push' : 'unshift'](waiting)
      this.#admit()
    })
  }

  #admit(): void {
    while (this.#waiting.length > 0 && this.#out < this.#limit) {
      this.#out++
      this.#waiting.shift()!.enter()
    }
  }

  #leave(): void {
    this.#out--
    this.#admit()
  }

  /** @returns how many there are */
  #refused(): number {
    const granted = this.#granted()
    // The server counts those that it is about to refuse: of several at once, fewer are granted than there is room for.
    if (this.#asked > 0) this.#probe()
    else this.#lower(withSpare(granted))
    if (granted === 0) this.#others.postMessage(this.#server)
    if (!this.#isTold) this.#told({ granted, wanted: this.#most })
    this.#isTold = true
    return granted
  }

  /** A new one. Some of those that are asked for together may be refused before others are granted. */
  #came(client: pg.PoolClient): void {
    this.#none = undefined
    this.#held.add(client) // now, not when its taker hears of it: others may come in the same moment
    const granted = this.#granted()
    if (this.#probes) this.#probe()
    else if (this.#limit < this.#most) this.#limit = Math.max(this.#limit, withSpare(granted))
    this.#admit()
    if (!this.#isTold || granted < this.#most) return
    this.#isTold = false
    this.#told({ granted, wanted: this.#most })
  }

  /** Another thread of this desk has none at all, and cannot do anything: it shall have one of ours. */
  #yieldOne(): void {
    const granted = this.#granted()
    if (granted < 2) return
    this.#lower(granted - 1)
    // What is in use goes when it is given back.
    if (this.#pool.idleCount > 0)
      void this.take().then(
        (client) => this.give(client, true),
        () => {},
      )
  }

  #granted(): number {
    return this.#held.size + this.#pool.idleCount
  }

  #probe(): void {
    this.#limit = Math.min(this.#granted() + 1, this.#most)
    this.#probes = this.#limit < this.#most
  }

  #lower(limit: number): void {
    this.#probes = false
    this.#limit = Math.max(1, Math.min(limit, this.#most))
    this.#lowered = performance.now()
  }
}

interface Waiting {
  enter(): void
  refuse(cause: unknown): void
}

/**
 * Of several, one is left to others: to ask the server after a connection that is silent, and for whoever has to look why there are
 * so few. Of few, each counts.
 */
const withSpare = (granted: number): number => (granted >= 4 ? granted - 1 : granted)

/** In milliseconds. */
const MINUTE = 60_000
const LONGEST = 5_000
/** Between two tries to get the first. */
const BREATH = 200
