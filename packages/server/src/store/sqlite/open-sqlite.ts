import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Bound, bind } from '../bound.ts'
import { migrate } from '../migrations/migrate.ts'
import type { OpenReader, OpenStore } from '../opening/open-store.ts'
import { sqliteFailure } from './failures.ts'
import { GroupCommit } from './group-commit.ts'
import { OpenFiles } from './open-files.ts'
import { LOCK_PATIENCE } from './patience.ts'
import { RunConnection } from './run-connection.ts'
import { SnapshotReader } from './snapshot-reader.ts'
import { Statements } from './statements.ts'

/**
 * Opens (and makes, and migrates) the embedded database.
 *
 * @throws DatabaseTooNew; DeskError storage_full, storage_unavailable, storage_damaged
 */
export async function openSqlite<S>(file: string, storesOf: (db: Bound) => S): Promise<OpenStore<S>> {
  try {
    makePrivate(file)
    const database = connect(file)
    requireSound(database)
    await migrateSqlite(database)
    database.exec(NO_WAIT)
    const reader = openReader(file, storesOf, CACHE)
    const files = new OpenFiles(file)
    const writer = new GroupCommit(database, storesOf, LOCK_PATIENCE, () => files.requireInPlace())
    return {
      transaction: (run) => writer.transaction(run),
      read: (run) => reader.read(run),
      onConnected() {},
      reconnect() {},
      async close() {
        await Promise.all([writer.close(), reader.close()])
        if (database.isOpen) database.close() // last, because the last one folds the log into the database
      },
    }
  } catch (error) {
    throw sqliteFailure(error)
  }
}

/**
 * Opens a database that another thread keeps open for writing: another connection, that cannot write.
 *
 * @throws DeskError storage_full, storage_unavailable
 */
export async function openSqliteReader<S>(file: string, storesOf: (db: Bound) => S): Promise<OpenReader<S>> {
  try {
    return openReader(file, storesOf, SMALL_CACHE)
  } catch (error) {
    throw sqliteFailure(error)
  }
}

function openReader<S>(file: string, storesOf: (db: Bound) => S, cache: string): OpenReader<S> {
  const reading = new DatabaseSync(file, { ...OPTIONS, readOnly: true })
  reading.exec(`PRAGMA trusted_schema = OFF; ${cache}`)
  const reader = new SnapshotReader(reading, storesOf)
  reading.exec(NO_WAIT)
  return {
    read: (run) => reader.read(run),
    onConnected() {},
    reconnect() {},
    async close() {
      await reader.close()
      if (reading.isOpen) reading.close()
    },
  }
}

/** A connection that writes. `FULL`: a commit returns when the log is on the disk, so that a power cut takes nothing back. */
export function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, OPTIONS)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  // macOS answers fsync before the disk has written, unless asked in its own way. Nothing happens elsewhere.
  database.exec('PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON')
  database.exec(`PRAGMA trusted_schema = OFF; ${CACHE}`)
  // What is erased is not to be found in the file's free space.
  database.exec('PRAGMA secure_delete = ON')
  // Random keys spread over many pages; the later the log is folded into the database, the more units share a page.
  database.exec('PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 67108864')
  return database
}

/** @throws the error of SQLITE_CORRUPT: a damaged database is found by the start, not by whoever needs the damaged page */
export function requireSound(database: DatabaseSync): void {
  const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string }
  if (found !== 'ok') throw Object.assign(new Error(found), { errcode: CORRUPT })
}
const CORRUPT = 11

/** All migrations are one transaction: a database is never between two versions. Its lock keeps a second desk waiting. */
export async function migrateSqlite(database: DatabaseSync): Promise<void> {
  database.exec('BEGIN EXCLUSIVE')
  try {
    await migrate('sqlite', bind('sqlite', new RunConnection(new Statements(database))))
    database.exec('COMMIT')
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK')
  }
}

/** The database holds names and addresses of people. SQLite gives its log and shared memory the mode of the database. */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

/** Once it is open, nobody waits for a lock in the thread of the event loop: see `patiently`. */
const NO_WAIT = 'PRAGMA busy_timeout = 0'
/** Pages kept in memory per connection, at most, in KiB (negative by SQLite's convention). */
const CACHE = 'PRAGMA cache_size = -65536'
/** For who looks up single rows by their keys. */
const SMALL_CACHE = 'PRAGMA cache_size = -8192'
/** `timeout`: how long a start and the commands of the host wait for one another, in milliseconds. */
export const OPTIONS = { enableForeignKeyConstraints: true, timeout: 5_000, defensive: true } as const
