import { join } from 'node:path'
import { refuse } from '@scel/contract/errors'
import type { Logger } from 'pino'
import { type Config, type DatabaseAddress, databaseOf } from './config/index.ts'
import { createForgedRows, type ForgedRows } from './core/audit/forged-rows.ts'
import { hasBegun, requireOwnDatabase } from './core/authorities/hierarchy.ts'
import type { ForgedRow } from './core/row-codes.ts'
import type { World } from './core/world.ts'
import { type Keys, openKeys, stateOfFolder } from './custody/index.ts'
import { tellConnections } from './jobs/index.ts'
import { type DatabaseState, type OpenWork, openWork, stateOfDatabase } from './store/index.ts'

/** The desk's keys and its database, open. */
export interface Opened {
  readonly keys: Keys
  readonly store: OpenWork
  /** Told of rows that are not used. */
  readonly forged: ForgedRows
}

/**
 * Opens the keys, and then the database, whose rows are known by them.
 * @param looked what `lookAtRestored` opened of it already
 * @throws as `requireBoth`, `openKeys` and `openWork`; DeskError keys_of_another_desk
 */
export async function openOutside(
  config: Config,
  world: World,
  log: Pick<Logger, 'error' | 'warn'>,
  errand: Errand = 'start',
  looked?: Pick<Opened, 'keys' | 'forged'>,
): Promise<Opened> {
  await requireBoth(config, errand)
  const keys = looked?.keys ?? (await openKeys(placeOfKeys(config)))
  if (keys.rootsMoved > 0)
    log.warn({ keys: keys.rootsMoved }, 'the keys of the roots lie under a passphrase of their own from now on')
  const database = await databaseOf(config)
  const forged = looked?.forged ?? forgedInto(log, world)
  const store = await openWork(database, keys.rowCodes, forged.found, tellConnections(log))
  try {
    await requireOwnDatabase(store)
  } catch (error) {
    await store.close()
    throw error
  }
  // Of two first starts at once one is not to be of this database: it leaves no line there.
  if (await hasBegun(store)) forged.recordIn(store)
  return { keys, store, forged }
}

/** Rows that are not used, told in the log of the process. */
export const forgedInto = (log: Pick<Logger, 'error'>, world: World): ForgedRows =>
  createForgedRows(world, (row, err) => log.error({ ...row, ...(err !== undefined && { err }) }, forgery(row)))

/** Where the keys are, and what opens them. */
export const placeOfKeys = (config: Config): Parameters<typeof openKeys>[0] => ({
  folder: keysFolder(config),
  masterKeyFile: join(config.data, 'master.key'),
  ...(config.passphraseFile !== undefined && { passphraseFile: config.passphraseFile }),
  ...(config.rootPassphraseFile !== undefined && { rootPassphraseFile: config.rootPassphraseFile }),
  tokens: config.tokens,
})

/**
 * Keys and database belong together: before anything is made or migrated, a desk that has lost one of them, or was given another
 * address, is told so. The first start finds neither, and one that was killed in it finds what it made.
 * @throws DeskError before_first_release, database_altered, database_of_another_program, database_missing, keys_missing, desk_not_begun, storage_unavailable,
 *   storage_damaged
 */
export async function requireBoth(config: Config, errand: Errand): Promise<void> {
  const path = keysFolder(config)
  const { keys, marked, state, database } = await requireReleased(config)
  if (!keys && state === 'begun') refuse('keys_missing', { where: addressOf(database), path })
  // Tables come before the first key: without them, or without an authority once there was a mark, it is not the database of these keys.
  const isLost = state === 'none' ? keys : state === 'bare' && marked
  if (isLost && errand !== 'restore') refuse('database_missing', { where: addressOf(database), path })
  const isBegun = state === 'begun' || (errand === 'restore' && keys)
  if (!isBegun && errand !== 'start') refuse('desk_not_begun', { where: addressOf(database), path })
}

/** What lies beside each other. */
export interface Found {
  /** There are keys. */
  readonly keys: boolean
  /** The keys have used a database. */
  readonly marked: boolean
  readonly database: DatabaseAddress
  readonly state: ReleasedState
}

type ReleasedState = Exclude<DatabaseState, 'former' | 'foreign'>

/** What lies there, of neither of which a version before the first release made anything. @throws DeskError before_first_release, database_altered, database_of_another_program */
export async function requireReleased(config: Config): Promise<Found> {
  const path = keysFolder(config)
  const { former, ...folder } = await stateOfFolder(path)
  if (former) refuse('before_first_release', { where: path })
  const database = await databaseOf(config)
  const where = { where: addressOf(database), path }
  return { ...folder, database, state: await stateOfReleased(database, where, folder.marked) }
}

/** @param marked the folder of keys has used a database, so that this one was altered or is another one */
export async function stateOfReleased(
  database: DatabaseAddress,
  { where, path }: { readonly where: string; readonly path: string },
  marked: boolean,
): Promise<ReleasedState> {
  const state = await stateOfDatabase(database)
  if (marked && (state === 'former' || state === 'foreign')) refuse('database_altered', { where, path })
  if (state === 'foreign') refuse('database_of_another_program', { where })
  return state === 'former' ? refuse('before_first_release', { where }) : state
}

/**
 * What the keys and the database are opened for: `start` makes a desk where there is none; `restore` takes a database in which no desk has
 * begun beside keys of one that has; `desk` is for a desk that has begun, and goes on beside its process.
 */
export type Errand = 'start' | 'restore' | 'desk'

/** For people, without the password. */
export function addressOf(database: DatabaseAddress): string {
  if (database.kind === 'sqlite') return database.file
  const { host, pathname } = new URL(database.url)
  return `${host}${pathname}`
}

/** Of the data folder. */
export const keysFolder = ({ data }: Config): string => join(data, 'keys')

/** Some rows have no code: requests are known by the CSR in them, the others by what the desk could have written. */
const forgery = ({ table }: ForgedRow): string => FORGERIES[table] ?? 'a row has no code of this desk and is not used'
const FORGERIES: { readonly [T in ForgedRow['table']]?: string } = {
  request: 'a request does not say what its own CSR gives, or does not read, and is not approved',
  request_step: 'a step of a request is none that there is and is left out',
  audit_event: 'a line of the log is not as this desk wrote it',
  log_head: 'a head of the log is not what its lines come to, or is not signed by the key of the log, and is not used',
  certificate: 'a certificate does not read and is left out',
}
