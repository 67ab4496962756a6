import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { Engine } from '../../src/store/bound.ts'
import { MIGRATIONS } from '../../src/store/migrations/list.ts'
import { MIGRATIONS_TABLE } from '../../src/store/migrations/migrate.ts'
import type { Database } from '../../src/store/opening/open-database.ts'

/** A number, a text, nothing, or bytes. */
type Value = number | string | null | { readonly base64: string }

/** A database as a version of the desk left it. */
export interface Frozen {
  /** By which migrations its tables were made, and what each said to either database: SHA-256, hex. */
  readonly migrations: readonly { readonly name: string; readonly sqlite: string; readonly postgres: string }[]
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>
}

/** All that are kept, by their names. */
export const FROZEN: ReadonlyMap<string, Frozen> = new Map(
  readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))]),
)

/** What the migrations of today say. */
export const migrationsNow = (): Frozen['migrations'] => MIGRATIONS.map((one) => ({ name: one.name, ...digests(one) }))

const digests = ({ statements }: (typeof MIGRATIONS)[number]): Record<Engine, string> => ({
  sqlite: digest(statements('sqlite')),
  postgres: digest(statements('postgres')),
})
const digest = (statements: readonly string[]): string =>
  createHash('sha256').update(statements.join(';\n')).digest('hex')

/** Makes it again in an empty database: with the tables and the rows of then, and nothing that came later. */
export async function thaw(database: Database, { migrations, rows }: Frozen): Promise<void> {
  const { kind } = database
  const tables = MIGRATIONS.slice(0, migrations.length).flatMap(({ statements }) => statements(kind))
  const done = migrations.map(
    ({ name }, index) => `INSERT INTO scel_migration (number, name, applied_at) VALUES (${index + 1}, '${name}', '')`,
  )
  const filled = Object.entries(rows).flatMap(([table, all]) => all.map((row) => insert(kind, table, row)))
  const counted = kind === 'postgres' ? Object.entries(rows).map(([table, all]) => count(table, all)) : []
  const script = [MIGRATIONS_TABLE, ...tables, ...done, ...counted, ...filled].join(';\n')
  if (kind === 'postgres') return onPostgres(database.url, script)
  mkdirSync(dirname(database.file), { recursive: true })
  const file = new DatabaseSync(database.file)
  try {
    file.exec(`BEGIN;\n${script};\nCOMMIT`)
  } finally {
    file.close()
  }
}

/** Several statements at once are one transaction. */
async function onPostgres(url: string, script: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(script)
  } finally {
    await client.end()
  }
}

/** What counts the rows of a table, if they are counted, has come as far as they have. */
const count = (table: string, rows: Frozen['rows'][string]): string =>
  `SELECT setval(oid::regclass, ${Math.max(...rows.map(({ number }) => Number(number ?? 1)))})
    FROM pg_class WHERE relkind = 'S' AND relname = '${table}_count'`

const insert = (engine: Engine, table: string, row: Readonly<Record<string, Value>>): string =>
  `INSERT INTO ${table} (${Object.keys(row).join(', ')})
    VALUES (${Object.values(row)
      .map((value) => literal(engine, value))
      .join(', ')})`

function literal(engine: Engine, value: Value): string {
  if (value === null || typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  const hex = Buffer.from(value.base64, 'base64').toString('hex')
  return engine === 'sqlite' ? `x'${hex}'` : `'\\x${hex}'::bytea`
}
