import { refuse } from '@scel/contract/errors'
import type { Logger } from 'pino'
import { type Config, databaseOf } from './config/index.ts'
import type { ForgedRows } from './core/audit/forged-rows.ts'
import { hasBegun, requireOwnDatabase } from './core/authorities/hierarchy.ts'
import type { Core } from './core/core.ts'
import type { Older } from './core/high-water/high-water.ts'
import { entriesOf, type LogEntry } from './core/log/entries.ts'
import type { Erasing } from './core/people/erasure/erasing.ts'
import type { HeldCeremony } from './core/revocation/ceremonies.ts'
import type { Unpublished } from './core/revocation/revocation.ts'
import type { ForgedRow } from './core/row-codes.ts'
import { isStorageFault } from './core/storage-faults.ts'
import { realWorld } from './core/world.ts'
import { coreOf, type Outside } from './core-of.ts'
import { hasRootRing, openKeys, stateOfFolder } from './custody/index.ts'
import { invitationLink, servicesOf } from './edge/api/index.ts'
import {
  addressOf,
  forgedInto,
  keysFolder,
  type Opened,
  placeOfKeys,
  requireBoth,
  requireReleased,
  stateOfReleased,
} from './opening.ts'
import { isDatabaseFile, migrateDatabase, openExport, openReading, tryWork } from './store/index.ts'

/**
 * The host's own command, which needs no key.
 * @throws as `openOutside` does of the database; DeskError before_first_release, database_altered, database_of_another_program, database_missing
 */
export async function migrateOutside(config: Config): Promise<void> {
  const { keys, state, database } = await requireReleased(config)
  if (keys && state === 'none') refuse('database_missing', { where: addressOf(database), path: keysFolder(config) })
  await migrateDatabase(database)
}

/** What a database lacks of what the desk remembers; or why nobody can tell. */
export type Compared = { readonly older: Older | undefined } | { readonly unread: unknown }

/** What could not be taken as it was: lists that could not be signed now, and lines of the log, by their numbers, that are not the desk's. */
export interface Accepted {
  readonly unpublished: readonly Unpublished[]
  readonly foreign: readonly string[]
}

/** A database that somebody put back, as it is looked at before anybody says that it is taken. */
export interface LookedAt extends Pick<Opened, 'keys' | 'forged'> {
  readonly found: Compared
}

/**
 * The host's own command: what is known of the loss, for whoever is to agree. Nothing is made for it, migrated or written, in the database or beside
 * the keys.
 * @throws as `openOutside`
 */
export async function lookAtRestored(config: Config, log: Pick<Logger, 'error'>): Promise<LookedAt> {
  await requireBoth(config, 'restore')
  const { rootPassphraseFile, ...place } = placeOfKeys(config)
  // Roots that lie under no passphrase of their own yet are put under it by a start.
  const isTheirs = rootPassphraseFile !== undefined && (await hasRootRing(place.folder))
  const keys = await openKeys({ ...place, ...(isTheirs && { rootPassphraseFile }) })
  const forged = forgedInto(log, realWorld)
  const store = await tryWork(await databaseOf(config), keys.rowCodes, forged.found)
  try {
    await requireOwnDatabase(store)
    const services = servicesOf(config.publicName ?? 'localhost', config.ports)
    const core = await coreOf({ config, store, keys, world: realWorld, forged }, services, () => {})
    const found = await core.highWater.look().then(
      (older): Compared => ({ older }),
      (unread: unknown): Compared => {
        if (isStorageFault(unread)) throw unread
        return { unread }
      },
    )
    return { keys, forged, found }
  } finally {
    await store.close()
  }
}

/**
 * The host's own command, once somebody has agreed: takes the database as it is.
 * @throws DeskError log_gap
 */
export async function acceptRestore({
  config,
  publicName,
  store,
  keys,
}: Omit<Outside, 'log' | 'forged'>): Promise<Accepted> {
  const foreign = new Set<string>()
  const note = ({ table, id }: ForgedRow): void => void (table === 'audit_event' && foreign.add(id))
  const forged: ForgedRows = { found: note, recordIn: () => {} }
  const services = servicesOf(publicName, config.ports)
  const core = await coreOf({ config, store, keys, world: realWorld, forged }, services, () => {})
  await store.fillInventories()
  return { unpublished: await core.highWater.accept(), foreign: [...foreign] }
}

/**
 * The host's own command, beside a running desk too: does what only a root can do and is due. The database decides between two
 * that do it at once; a running desk finds the new list in it, and new authorities at its next start.
 * @throws DeskError root_passphrase_needed, database_older
 */
export async function holdCeremony({
  config,
  publicName,
  store,
  keys,
}: Omit<Outside, 'log' | 'forged'>): Promise<HeldCeremony> {
  const core = await coreOf({ config, store, keys, world: realWorld }, servicesOf(publicName, config.ports), () => {})
  const older = await core.highWater.look()
  if (older) refuse('database_older', { since: older.since })
  // It may be the first that this desk does.
  if (!(await hasBegun(store))) await store.fillInventories()
  return core.ceremonies.hold()
}

/** A one-time link. */
export interface AdministratorLink {
  readonly address: string
  readonly expiresAt: string
}

/** The host's own command: a one-time link for an administrator. It signs nothing, and works beside a running desk. */
export async function inviteAdministrator(
  { config, publicName, store, keys }: Omit<Outside, 'log' | 'forged'>,
  input: Parameters<Core['people']['inviteAdministrator']>[1],
): Promise<AdministratorLink> {
  const services = servicesOf(publicName, config.ports)
  const core = await coreOf({ config, store, keys, world: realWorld }, services, () => {})
  await core.highWater.look() // an older copy of the database takes no change, this one neither
  const { token, expiresAt } = await core.people.inviteAdministrator({ kind: 'desk', name: 'invite-admin' }, input)
  return { address: invitationLink(services.portal, token), expiresAt }
}

/**
 * The host's own command, beside a running desk too: takes out what the desk says of somebody. It signs nothing.
 * @throws DeskError database_older; as `Erasing`
 */
export async function openErasing({
  config,
  publicName,
  store,
  keys,
}: Omit<Outside, 'log' | 'forged'>): Promise<Erasing> {
  const core = await coreOf({ config, store, keys, world: realWorld }, servicesOf(publicName, config.ports), () => {})
  await core.highWater.look() // an older copy of the database takes no change, this one neither
  return core.erasing
}

/** A log that is looked at, wherever it lies. */
export interface OpenLog {
  readonly entries: AsyncIterable<LogEntry>
  close(): Promise<void>
}

/**
 * The host's own command, beside a running desk too: it needs no key and writes nothing.
 *
 * @param file a copy of the embedded database, or an export; the desk's own database when it is left out
 * @throws DeskError before_first_release, database_altered, database_of_another_program, desk_not_begun, storage_unavailable; the file system's error
 */
export async function openLogOf(config: Config, file: string | undefined): Promise<OpenLog> {
  if (file !== undefined && !(await isDatabaseFile(file)))
    return { entries: openExport(file), close: async () => undefined }
  const database = file === undefined ? await databaseOf(config) : ({ kind: 'sqlite', file } as const)
  const where = { where: file ?? addressOf(database), path: keysFolder(config) }
  // A copy may be of any desk.
  const marked = file === undefined && (await stateOfFolder(where.path)).marked
  if ((await stateOfReleased(database, where, marked)) === 'none') refuse('desk_not_begun', where)
  const reading = await openReading(database, { codeOf: () => '' }, () => undefined)
  return { entries: entriesOf(reading), close: () => reading.close() }
}
