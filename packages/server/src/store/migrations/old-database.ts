import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import pg from 'pg'
import { ask } from '../ask.ts'
import { bind } from '../bound.ts'
import { codedRows } from '../coded-rows.ts'
import type { Database } from '../open-database.ts'
import { RunConnection as PostgresConnection } from '../postgres/run-connection.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { connect } from '../sqlite/open-sqlite.ts'
import { RunConnection } from '../sqlite/run-connection.ts'
import { Statements } from '../sqlite/statements.ts'
import { MIGRATIONS } from './list.ts'
import { migrate } from './migrate.ts'
import type { Migration } from './migration.ts'

// For tests of migrations: rows as this version writes them, put back into a database as it was before one of them.

type Row = Readonly<Record<string, unknown>>

/** Brings an empty database to where it was before a migration. */
export async function openBefore(database: Database, migration: Migration): Promise<void> {
  const known = MIGRATIONS.slice(0, MIGRATIONS.indexOf(migration))
  if (database.kind === 'sqlite') {
    mkdirSync(dirname(database.file), { recursive: true })
    const file = connect(database.file)
    await migrate('sqlite', bind('sqlite', new RunConnection(new Statements(file))), {}, known)
    file.close()
    return
  }
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await migrate('postgres', bind('postgres', new PostgresConnection(client)), {}, known)
  await client.end()
}

/**
 * Copies rows, table by table in this order, without the columns that there were not yet.
 *
 * @param asThen the row in the columns of then, where they have other names or hold something else
 */
export async function putBack(
  now: Database,
  then: Database,
  tables: readonly string[],
  asThen: (row: Row, table: string) => Row = (row) => row,
): Promise<void> {
  for (const table of tables) {
    const known = await columnsOf(then, table)
    for (const row of await ask(now, `SELECT * FROM ${table}`)) {
      const before = table === 'person' ? withRole(row) : underOldNames(row)
      const written = Object.entries(asThen(before, table)).filter(([column]) => known.has(column))
      await insert(then, table, Object.fromEntries(written))
    }
  }
}

/** The columns of a request that have had other names, under these too; what the database makes itself is left out. */
const underOldNames = ({ kit: _, ...row }: Row): Row =>
  'origin_id' in row ? { ...row, kit_id: row.origin_id, kit_name: row.origin_name, applicant: row.owner_id } : row

/** People had a role before they had grants; under the code of then. */
const withRole = (row: Row): Row =>
  CODED_ROWS.sealed('person', { ...row, role: row.organisation === null ? 'administrator' : 'manager' } as never)
const CODED_ROWS = codedRows(SAMPLE_CODES, () => {})

async function columnsOf(database: Database, table: string): Promise<ReadonlySet<string>> {
  const rows = await ask(
    database,
    database.kind === 'sqlite'
      ? `SELECT name FROM pragma_table_info('${table}')`
      : `SELECT column_name AS name FROM information_schema.columns WHERE table_name = '${table}'`,
  )
  return new Set(rows.map(({ name }) => String(name)))
}

async function insert(database: Database, table: string, row: Row): Promise<void> {
  const [columns, values] = [Object.keys(row).join(', '), Object.values(row).map((one) => literal(database, one))]
  const counted = database.kind === 'postgres' && 'number' in row ? ' OVERRIDING SYSTEM VALUE' : ''
  await ask(database, `INSERT INTO ${table} (${columns})${counted} VALUES (${values.join(', ')})`)
  if (counted) await ask(database, `SELECT setval(pg_get_serial_sequence('${table}', 'number'), ${row.number})`)
}

function literal({ kind }: Database, value: unknown): string {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (!(value instanceof Uint8Array)) return `${value}`
  const hex = Buffer.from(value).toString('hex')
  return kind === 'sqlite' ? `X'${hex}'` : `'\\x${hex}'`
}
