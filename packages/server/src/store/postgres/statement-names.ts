import { createHash } from 'node:crypto'

/**
 * Names for the statements that a connection shall keep prepared, so that PostgreSQL reads and plans each one once. The
 * name follows from the text, so that all who share a connection agree. The first few hundred texts get one; lists of
 * parameters could make endless variants, and those stay nameless.
 */
export class StatementNames {
  readonly #names = new Map<string, string>()

  of(sql: string): string | undefined {
    const known = this.#names.get(sql)
    if (known !== undefined || this.#names.size >= MOST_NAMES) return known
    const name = `scel_${createHash('sha256').update(sql).digest('hex').slice(0, 32)}`
    this.#names.set(sql, name)
    return name
  }
}

const MOST_NAMES = 300
