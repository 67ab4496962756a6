import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { Database } from './open-database.ts'
import { postgresFailure } from './postgres/failures.ts'
import { sqliteFailure } from './sqlite/failures.ts'

/**
 * What lies where a database is to be opened: `none`, no table of a desk; `bare`, tables in which no desk has begun; `accepted`, the same, and
 * `accept-restore` took them for those of the keys beside; `begun`, there is something that only the keys of that desk are of use for; `former`,
 * tables of a version before the first release, which were made otherwise.
 */
export type DatabaseState = 'none' | 'bare' | 'accepted' | 'begun' | 'former'

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
  hasTable(table: string): Promise<boolean>
  hasRow(rows: Rows): Promise<boolean>
  close(): Promise<void>
}

async function stateOf(asking: Asking): Promise<DatabaseState> {
  try {
    if (!(await asking.hasTable('scel_migration'))) return 'none'
    if (await asking.hasRow(FORMER)) return 'former'
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
const FORMER: Rows = { table: 'scel_migration', where: "number = 1 AND name = 'log'" }
const ACCEPTED: Rows = { table: 'audit_event', where: "action = 'desk.restore_accepted'" }

const oneOf = ({ table, where = 'TRUE' }: Rows): string => `SELECT 1 FROM ${table} WHERE ${where} LIMIT 1`

function askingSqlite(file: string): Asking {
  const database = new DatabaseSync(file, { timeout: 5_000, defensive: true })
  const some = (sql: string, ...values: string[]): boolean => database.prepare(sql).get(...values) !== undefined
  return {
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
  } catch (error) {
    await client.end().catch(() => {})
    throw postgresFailure(error)
  }
  return {
    hasTable: (table) => some('SELECT 1 WHERE pg_catalog.to_regclass($1::text) IS NOT NULL', table),
    hasRow: (rows) => some(oneOf(rows)),
    close: () => client.end(),
  }
}
