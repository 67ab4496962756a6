import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { CompiledQuery, QueryResult } from 'kysely'
import { wholeNumber } from '../queries/whole-number.ts'

interface Prepared {
  readonly statement: StatementSync
  readonly returnsRows: boolean
  /** Nothing is done when it is run a second time. */
  readonly onlyReads: boolean
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
    const { statement, returnsRows, onlyReads } = this.#prepare(query.sql)
    const parameters = query.parameters as SQLInputValue[]
    if (!returnsRows) return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) }
    if (onlyReads) {
      try {
        return { rows: statement.all(...parameters) as R[] }
      } catch (error) {
        if ((error as { readonly code?: unknown }).code !== 'ERR_OUT_OF_RANGE') throw error
      }
    }
    return { rows: allOf(statement, parameters) as R[] }
  }

  #prepare(sql: string): Prepared {
    const kept = this.#kept.get(sql)
    if (kept) {
      this.#kept.delete(sql) // and back to the end: the first of the map is the one unused for longest
      this.#kept.set(sql, kept)
      return kept
    }
    const statement = this.#database.prepare(sql)
    const returnsRows = statement.columns().length > 0
    const prepared = { statement, returnsRows, onlyReads: /^\s*select\b/i.test(sql) }
    this.#kept.set(sql, prepared)
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!)
    return prepared
  }
}

/** With numbers that node:sqlite would refuse the whole answer for: slower, and seldom needed. */
function allOf(statement: StatementSync, parameters: readonly SQLInputValue[]): Record<string, unknown>[] {
  statement.setReadBigInts(true)
  try {
    const rows = statement.all(...parameters) as Record<string, unknown>[]
    for (const row of rows)
      for (const [column, value] of Object.entries(row)) if (typeof value === 'bigint') row[column] = wholeNumber(value)
    return rows
  } finally {
    statement.setReadBigInts(false)
  }
}

const MOST_KEPT = 300
