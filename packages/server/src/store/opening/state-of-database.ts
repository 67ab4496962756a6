import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { MIGRATIONS } from '../migrations/list.ts'
import { postgresFailure } from '../postgres/failures.ts'
import { sqliteFailure } from '../sqlite/failures.ts'
import type { Database } from './open-database.ts'

/**
 * What lies where a database is to be opened: `none`, no table of a desk; `bare`, tables in which no desk has begun; `accepted`, the same, and
 * `accept-restore` took them for those of the keys beside; `begun`, there is something that only the keys of that desk are of use for; `former`,
 * tables of a version before the first release, which were made otherwise; `foreign`, tables of another program.
 */
export type DatabaseState = 'none' | 'bare' | 'accepted' | 'begun' | 'former' | 'foreign'

/** Looks, before anything is made or migrated. @throws DeskError storage_unavailable, storage_damaged, storage_full */
export async function stateOfDatabase(database: Database): Promise<DatabaseState> {
  if (database.kind === 'postgres') return stateOf(await askingPostgres(database.url))
  const { file } = database
  // Opened, a file that is not there would be made.
  if (!existsSync(file) || statSync(file).size === 0) return 'none'
  try {
    return await stateOf(askingSqlite(file))
  } catch (error) {
    throw sqliteFailure(error)
  }
}

/** Rows of a table, all of them or those that a condition picks. */
interface Rows {
  readonly table: string
  readonly where?: string
}

interface Asking {
  /** Whether there is a table or a view, of whatever name. */
  hasAny(): Promise<boolean>
  hasTable(table: string): Promise<boolean>
  hasColumn(table: string, column: string): Promise<boolean>
  hasRow(rows: Rows): Promise<boolean>
  close(): Promise<void>
}

async function stateOf(asking: Asking): Promise<DatabaseState> {
  try {
    if (!(await asking.hasTable('scel_migration'))) return (await asking.hasAny()) ? 'foreign' : 'none'
    for (const column of ['number', 'name', 'applied_at'])
      if (!(await asking.hasColumn('scel_migration', column))) return 'foreign'
    if (await asking.hasRow(FORMER)) return 'former'
    if (await asking.hasRow(FOREIGN)) return 'foreign'
    const has = async (rows: Rows): Promise<boolean> => (await asking.hasTable(rows.table)) && asking.hasRow(rows)
    for (const rows of BEGUN) if (await has(rows)) return 'begun'
    return (await has(ACCEPTED)) ? 'accepted' : 'bare'
  } finally {
    await asking.close()
  }
}

/**
 * An authority, or that one is being made. Nothing before that needs the keys: settings, what the log was told of a clock or of rows that
 * are another's, a link that nobody has used lie there after a first start that was cut short, and the next one finishes it.
 */
const BEGUN: readonly Rows[] = [{ table: 'authority' }, { table: 'intent' }]
/** The first migration is called otherwise since: see `0001-log.ts`. */
const FORMER: Rows = { table: 'scel_migration', where: firstIs("= 'log'") }
const FOREIGN: Rows = { table: 'scel_migration', where: firstIs(`<> '${MIGRATIONS[0]!.name}'`) }
const ACCEPTED: Rows = { table: 'audit_event', where: "action = 'desk.restore_accepted'" }

/** As texts: of another program's table nobody knows the types. */
function firstIs(name: string): string {
  return `CAST(number AS TEXT) = '1' AND CAST(name AS TEXT) ${name}`
}

const oneOf = ({ table, where = 'TRUE' }: Rows): string => `SELECT 1 FROM ${table} WHERE ${where} LIMIT 1`

function askingSqlite(file: string): Asking {
  const database = new DatabaseSync(file, { timeout: 5_000, defensive: true })
  const some = (sql: string, ...values: string[]): boolean => database.prepare(sql).get(...values) !== undefined
  return {
    hasAny: async () => some(ANY_OF_SQLITE),
    hasColumn: async (table, column) => some('SELECT 1 FROM pragma_table_info(?) WHERE name = ?', table, column),
    hasTable: async (table) => some("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table),
    hasRow: async (rows) => some(oneOf(rows)),
    close: async () => database.close(),
  }
}

async function askingPostgres(url: string): Promise<Asking> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'scel-desk',
    connectionTimeoutMillis: 5_000,
    query_timeout: 35_000,
  })
  client.on('error', () => {})
  const some = async (sql: string, ...values: string[]): Promise<boolean> =>
    await client.query(sql, values).then(
      ({ rowCount }) => rowCount !== 0,
      (error: unknown) => {
        throw postgresFailure(error)
      },
    )
  try {
    await client.connect()
    // One state of it, also while another process makes the tables.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  } catch (error) {
    await client.end().catch(() => {})
    throw postgresFailure(error)
  }
  return {
    hasAny: () => some(ANY_OF_POSTGRES),
    hasColumn: (table, column) => some(COLUMN_OF_POSTGRES, table, column),
    hasTable: (table) => some(TABLE_OF_POSTGRES, table),
    hasRow: (rows) => some(oneOf(rows)),
    close: () => client.end(),
  }
}

const ANY_OF_SQLITE =
  "SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND substr(name, 1, 7) <> 'sqlite_' LIMIT 1"
/** Where tables of the desk would be made; what an extension of the server has there is no program's. */
const ANY_OF_POSTGRES = `SELECT 1 FROM (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass AS of, oid, relnamespace AS lies FROM pg_catalog.pg_class
    UNION ALL SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, oid, typnamespace FROM pg_catalog.pg_type) one
  JOIN pg_catalog.pg_namespace n ON n.oid = one.lies WHERE n.nspname = pg_catalog.current_schema() AND NOT EXISTS (
    SELECT 1 FROM pg_catalog.pg_depend d
    WHERE d.classid = one.of AND d.objid = one.oid AND d.deptype IN ('e', 'i')) LIMIT 1`
// By the catalogue as that state has it: what names are looked up by is newer.
const TABLE_OF_POSTGRES = `SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = pg_catalog.current_schema() AND c.relname = $1`
const COLUMN_OF_POSTGRES = `SELECT 1 FROM pg_catalog.pg_attribute
  WHERE attrelid = (SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = pg_catalog.current_schema() AND c.relname = $1) AND attname = $2 AND attnum > 0 AND NOT attisdropped`
