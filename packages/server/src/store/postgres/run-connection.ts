import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type pg from 'pg'
import type { Wait } from './lookout.ts'
import type { StatementNames } from './statement-names.ts'

/** The connection as one run of a unit of work sees it: good until the run is over, and not a moment longer. */
export class RunConnection implements DatabaseConnection {
  readonly #client: pg.ClientBase
  readonly #names: StatementNames | undefined
  readonly #wait: Wait
  #over = false
  #failure: { readonly error: unknown } | undefined
  #last: Promise<unknown> = Promise.resolve()

  /**
   * @param names of statements to keep prepared; without them none is kept
   * @param wait for the answer to a statement
   */
  constructor(client: pg.ClientBase, names?: StatementNames, wait: Wait = (answer) => answer) {
    this.#client = client
    this.#names = names
    this.#wait = wait
  }

  /** The first statement of the run that failed: PostgreSQL refuses all that follow it in the transaction. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure
  }

  /** From now on every query is refused. Resolves when those under way have been answered. */
  end(): Promise<unknown> {
    this.#over = true
    return this.#last
  }

  /** One after the other, for a run that asks several stores at once: a connection does one thing at a time. */
  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const answer = this.#last.then(() => this.#ask<R>(query))
    this.#last = answer.catch(() => {})
    return answer
  }

  async #ask<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#over) throw new Error('this unit of work is over')
    if (this.#failure) throw this.#failure.error
    try {
      const name = this.#names?.of(query.sql)
      const text = { text: query.sql, values: [...query.parameters] }
      const { rows, rowCount } = await this.#wait(this.#client.query(name === undefined ? text : { ...text, name }))
      return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) }
    } catch (error) {
      this.#failure = { error }
      throw error
    }
  }

  // biome-ignore lint/correctness/useYield: part of the interface; stores read pages, not streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('stores read pages, not streams')
  }
}
