import type pg from 'pg'
import type { Bound } from '../bound.ts'
import { meet } from './meet.ts'

/**
 * Who looks at each new connection before anybody has it, and which connections are from before all were to be made anew. What was met once
 * may lead to another server than the name does now: it stays as long as it is in use.
 */
export class Newcomers<S> {
  readonly #storesOf: (db: Bound) => S
  readonly #since = new WeakMap<pg.ClientBase, number>()
  #look: ((stores: S) => Promise<void>) | undefined
  #renewals = 0

  constructor(storesOf: (db: Bound) => S) {
    this.#storesOf = storesOf
  }

  look(look: (stores: S) => Promise<void>): void {
    this.#look = look
  }

  async meet(client: pg.ClientBase): Promise<void> {
    this.#since.set(client, this.#renewals) // before anything is asked on it: what it answers may be older than the next renewal
    const look = this.#look
    if (look) await meet(client, (db) => look(this.#storesOf(db)))
  }

  /** From now on only what connects from now on is of use. */
  renew(): void {
    this.#renewals++
  }

  isFormer(client: pg.ClientBase): boolean {
    return this.#since.get(client) !== this.#renewals
  }
}
