import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { CompiledQuery, QueryResult } from 'kysely'

interface Prepared {
  readonly statement: StatementSync
  readonly returnsRows: boolean
}

/**
 * Runs compiled queries on a connection and keeps their prepared statements, because preparing one costs more than
 * running it. The oldest unused statement makes room: lists of parameters make endless variants of one query.
 */
export class Statements {
  readonly #database: DatabaseSync
  readonly #kept = new Map<string, Prepared>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** @throws the error of node:sqlite, with the `errcode` of SQLite */
  run<R>(query: CompiledQuery): QueryResult<R> {
    const { statement, returnsRows } = this.#prepare(query.sql)
    const parameters = query.parameters as SQLInputValue[]
    if (returnsRows) return { rows: statement.all(...parameters) as R[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) }
  }

  #prepare(sql: string): Prepared {
    const kept = this.#kept.get(sql)
    if (kept) {
      this.#kept.delete(sql) // and back to the end: the first of the map is the one unused for longest
      this.#kept.set(sql, kept)
      return kept
    }
    const statement = this.#database.prepare(sql)
    const prepared = { statement, returnsRows: statement.columns().length > 0 }
    this.#kept.set(sql, prepared)
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!)
    return prepared
  }
}

const MOST_KEPT = 300
