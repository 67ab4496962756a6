import { refuse } from '@scel/contract/errors'
import pg from 'pg'
import { type Bound, bind } from '../bound.ts'
import { MIGRATIONS_TABLE, migrate } from '../migrations/migrate.ts'
import type { OpenReader, OpenStore } from '../opening/open-store.ts'
import type { Granted } from './connections.ts'
import { DeskSchema, requireOwnSchema } from './desk-schema.ts'
import { postgresFailure } from './failures.ts'
import { Newcomers } from './newcomers.ts'
import { RunConnection } from './run-connection.ts'
import { patient, Transactions } from './transactions.ts'
import { types } from './types.ts'

/**
 * Opens (and migrates) a PostgreSQL database. Several desks may share it.
 *
 * @param told when the server grants fewer connections than wanted, and when it grants them all again
 * @throws DatabaseTooNew; DeskError database_encoding, database_schema_open, storage_full, storage_unavailable, storage_damaged
 */
export async function openPostgres<S>(
  url: string,
  storesOf: (db: Bound) => S,
  told?: (granted: Granted) => void,
): Promise<OpenStore<S>> {
  const newcomers = new Newcomers(storesOf)
  const pool = connect(url, CONNECTIONS, SILENCE, newcomers)
  try {
    await migratePostgres(pool)
  } catch (error) {
    await pool.end()
    throw postgresFailure(error)
  }
  const work = new Transactions(pool, storesOf, patient, { ...(told && { told }), newcomers })
  let closed: Promise<void> | undefined
  return {
    transaction: (run, order) => work.transaction(run, order),
    read: (run) => work.read(run),
    onConnected: (look) => newcomers.look(look),
    reconnect: () => newcomers.renew(),
    close() {
      closed ??= work.close().then(() => pool.end())
      return closed
    },
  }
}

/**
 * A few connections of its own to a database that is migrated already; whatever runs there begins READ ONLY. It looks up single rows by
 * their keys: what is silent for longer than that takes is asked again on a new connection.
 */
export async function openPostgresReader<S>(
  url: string,
  storesOf: (db: Bound) => S,
  told?: (granted: Granted) => void,
): Promise<OpenReader<S>> {
  const newcomers = new Newcomers(storesOf)
  const pool = connect(url, READERS, READERS_SILENCE, newcomers)
  const work = new Transactions(pool, storesOf, patient, { ...(told && { told }), newcomers })
  let closed: Promise<void> | undefined
  return {
    read: (run) => work.read(run),
    onConnected: (look) => newcomers.look(look),
    reconnect: () => newcomers.renew(),
    close() {
      closed ??= work.close().then(() => pool.end())
      return closed
    },
  }
}

/**
 * @param newcomers met on each new connection
 * @param silence milliseconds after which a query that nobody answers is given up, and its connection with it: the server's
 *   own limits end nothing when the server, or the network, stands still
 */
export function connect(
  url: string,
  connections: number = CONNECTIONS,
  silence: number = SILENCE,
  newcomers?: { meet(client: pg.ClientBase): Promise<void> },
): pg.Pool {
  const schema = new DeskSchema()
  const pool = new pg.Pool({
    connectionString: url,
    // Not in the options, which come before it is known where the tables are.
    onConnect: async (client) => {
      await schema.pin(client)
      await newcomers?.meet(client)
    },
    application_name: 'scel-desk',
    types,
    max: connections,
    min: 1, // whoever gives up the last one may get none again, where they are few
    connectionTimeoutMillis: 5_000,
    query_timeout: silence,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A whole-table read makes a run depend on the whole table, and so conflict with every write to it (documentation
    // of SERIALIZABLE): the planner is told that an index costs hardly more, also for tables that are still small.
    options: Object.entries(SETTINGS)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  })
  // A connection that breaks says so to its query, and is replaced by the next use. Its event besides would end the
  // process if nobody listened: the pool listens to idle connections, and nobody to those in use.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/**
 * All migrations are one transaction. Whoever holds the lock of the table that counts them lets a second desk wait for the first: a lock that
 * nobody can take who may not write that table.
 *
 * @throws DeskError database_schema_open, and as `migrate`
 */
export async function migratePostgres(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  let broken = true
  try {
    await begunUpToDate(client)
    await client.query('COMMIT')
    broken = false
  } finally {
    client.release(broken)
  }
}

/** Begins a transaction, in which the tables are made or migrated. @returns what is bound to it */
export async function begunUpToDate(client: pg.PoolClient): Promise<Bound> {
  await requireUtf8(client)
  await begunAlone(client)
  const bound = bind('postgres', new RunConnection(client))
  await migrate('postgres', bound)
  return bound
}

/** What server, database or role may have set otherwise, and what is read and written here depends on. */
const SETTINGS = {
  enable_seqscan: 'off',
  synchronous_commit: 'on',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  DateStyle: 'ISO',
  extra_float_digits: '1',
}

/** What people and organisations are called fits into no other. @throws DeskError database_encoding */
async function requireUtf8(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding')
  const found = rows[0]?.server_encoding ?? ''
  if (found !== 'UTF8') refuse('database_encoding', { found })
}

async function begunAlone(client: pg.ClientBase): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await client.query('BEGIN')
    await requireOwnSchema(client)
    try {
      await client.query(MIGRATIONS_TABLE)
      // Keeps out its like, and no unit of work of the desks that run.
      await client.query('LOCK TABLE scel_migration IN SHARE UPDATE EXCLUSIVE MODE')
      return
    } catch (error) {
      // Of two that make the first table at once, the second waits for all of the first, and is told that it is there.
      if (attempt >= ATTEMPTS || !MADE_MEANWHILE.has((error as { readonly code?: string }).code ?? '')) throw error
      await client.query('ROLLBACK')
    }
  }
}

/** unique_violation, of the names in the catalogue; duplicate_table */
const MADE_MEANWHILE: ReadonlySet<string> = new Set(['23505', '42P07'])
const ATTEMPTS = 3

const CONNECTIONS = 10
const READERS = 4
const READERS_SILENCE = 4_000
/** Longer than the server takes for a statement that it ends itself. */
const SILENCE = 35_000
