import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type { Statements } from './statements.ts'

/** The connection as one run of a unit of work sees it: good until the run is over, and not a moment longer. */
export class RunConnection implements DatabaseConnection {
  readonly #statements: Statements
  #over = false
  #failure: { readonly error: unknown } | undefined

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** The first statement of the run that failed: a run that swallows it must not be committed as if whole. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure
  }

  /** From now on every query is refused: whoever kept the stores would write into somebody else's transaction. */
  end(): void {
    this.#over = true
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#over) throw new Error('this unit of work is over')
    if (this.#failure) throw this.#failure.error
    try {
      return this.#statements.run<R>(query)
    } catch (error) {
      this.#failure = { error }
      throw this.#failure.error
    }
  }

  // biome-ignore lint/correctness/useYield: part of the interface; stores read pages, not streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('stores read pages, not streams')
  }
}
