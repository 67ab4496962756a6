/**
 * Names for the statements that a connection shall keep prepared, so that PostgreSQL reads and plans each one once.
 * The first few hundred texts get one; lists of parameters could make endless variants, and those stay nameless.
 */
export class StatementNames {
  readonly #names = new Map<string, string>()

  of(sql: string): string | undefined {
    const known = this.#names.get(sql)
    if (known !== undefined || this.#names.size >= MOST_NAMES) return known
    const name = `scel_${this.#names.size}`
    this.#names.set(sql, name)
    return name
  }
}

const MOST_NAMES = 300
