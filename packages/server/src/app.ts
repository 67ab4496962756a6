import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { hasDeskCode, refuse } from '@scel/contract/errors'
import { readStatement } from '@scel/contract/kit'
import type { Logger } from 'pino'
import {
  type Config,
  type DatabaseAddress,
  databaseOf,
  openFilesLimit,
  ownVersion,
  PORTAL_FOLDER,
  placeOf,
  readProfiles,
} from './config/index.ts'
import { createForgedRows, type ForgedRows } from './core/audit/forged-rows.ts'
import { hasBegun, requireOwnDatabase } from './core/authorities/hierarchy.ts'
import { buildCore, type Core } from './core/core.ts'
import { type Carrier, type Carriers, tellsNobody } from './core/deliveries/carrier.ts'
import { guardedWork, type Older } from './core/high-water/high-water.ts'
import { entriesOf, type LogEntry } from './core/log/entries.ts'
import type { HeadTarget } from './core/log/push.ts'
import type { Peers } from './core/outbox/peers.port.ts'
import { parseProfiles } from './core/profiles/profiles.ts'
import type { Report } from './core/report.ts'
import type { HeldCeremony } from './core/revocation/ceremonies.ts'
import type { Unpublished } from './core/revocation/revocation.ts'
import type { ForgedRow } from './core/row-codes.ts'
import { isStorageFault } from './core/storage-faults.ts'
import type { Work } from './core/work.ts'
import { type ClockShift, clockShift, nowOf, realWorld, type World, worldShiftedBy } from './core/world.ts'
import { hasRootRing, KEY_ENDING, type Keys, openKeys, readWebhookSecret, stateOfFolder } from './custody/index.ts'
import { invitationLink, type Services, servicesOf } from './edge/api/index.ts'
import { makeDoors } from './edge/doors.ts'
import { countCalls, makeMetrics } from './edge/metrics/metrics.ts'
import { openMetricsDoor } from './edge/metrics/metrics-door.ts'
import { type Identity, makeIdentity } from './edge/mutual/identity.ts'
import { capacityOf, openDoors } from './edge/open-doors.ts'
import { toProblem } from './edge/problems.ts'
import {
  type Jobs,
  leased,
  makeReadiness,
  startJobs,
  tellConnections,
  tellPeers,
  watchCeremonies,
  watchClock,
  watchDamage,
  watchFiles,
  watchKeys,
  watchMark,
  watchRoom,
  watchVersion,
} from './jobs/index.ts'
import { headAddress, headFolder, webhook } from './notify/index.ts'
import {
  type DatabaseState,
  isDatabaseFile,
  migrateDatabase,
  type OpenWork,
  openExport,
  openPeers,
  openReading,
  openWork,
  stateOfDatabase,
  tryWork,
} from './store/index.ts'
import { openPublicDoor, type PublicDoor } from './threads/public-door.ts'

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

const forgedInto = (log: Pick<Logger, 'error'>, world: World): ForgedRows =>
  createForgedRows(world, (row, err) => log.error({ ...row, ...(err !== undefined && { err }) }, forgery(row)))

const placeOfKeys = (config: Config): Parameters<typeof openKeys>[0] => ({
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
async function requireBoth(config: Config, errand: Errand): Promise<void> {
  const path = keysFolder(config)
  const { keys, marked, state, database } = await requireReleased(config)
  if (!keys && state === 'begun') refuse('keys_missing', { where: addressOf(database), path })
  // Tables come before the first key: without them, or without an authority once there was a mark, it is not the database of these keys.
  const isLost = state === 'none' ? keys : state === 'bare' && marked
  if (isLost && errand !== 'restore') refuse('database_missing', { where: addressOf(database), path })
  const isBegun = state === 'begun' || (errand === 'restore' && keys)
  if (!isBegun && errand !== 'start') refuse('desk_not_begun', { where: addressOf(database), path })
}

/** What lies there, of neither of which a version before the first release made anything. @throws DeskError before_first_release, database_altered, database_of_another_program */
async function requireReleased(config: Config) {
  const path = keysFolder(config)
  const { former, ...folder } = await stateOfFolder(path)
  if (former) refuse('before_first_release', { where: path })
  const database = await databaseOf(config)
  const where = { where: addressOf(database), path }
  return { ...folder, database, state: await stateOfReleased(database, where, folder.marked) }
}

/** @param marked the folder of keys has used a database, so that this one was altered or is another one */
async function stateOfReleased(
  database: DatabaseAddress,
  { where, path }: { readonly where: string; readonly path: string },
  marked: boolean,
): Promise<Exclude<DatabaseState, 'former' | 'foreign'>> {
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
function addressOf(database: DatabaseAddress): string {
  if (database.kind === 'sqlite') return database.file
  const { host, pathname } = new URL(database.url)
  return `${host}${pathname}`
}

/**
 * The host's own command, which needs no key.
 * @throws as `openOutside` does of the database; DeskError before_first_release, database_altered, database_of_another_program, database_missing
 */
export async function migrateOutside(config: Config): Promise<void> {
  const { keys, state, database } = await requireReleased(config)
  if (keys && state === 'none') refuse('database_missing', { where: addressOf(database), path: keysFolder(config) })
  await migrateDatabase(database)
}

const keysFolder = ({ data }: Config): string => join(data, 'keys')

/** Some rows have no code: requests are known by the CSR in them, the others by what the desk could have written. */
const forgery = ({ table }: ForgedRow): string =>
  ({
    request: 'a request does not say what its own CSR gives, or does not read, and is not approved',
    audit_event: 'a line of the log is not as this desk wrote it',
    log_head:
      'a head of the log is not what its lines come to, or is not signed by the key of the log, and is not used',
    certificate: 'a certificate does not read and is left out',
  })[table] ?? 'a row has no code of this desk and is not used'

/** What the program stands on. Whoever opened `store` closes it, after the desk has stopped. */
export interface Outside {
  readonly config: Config
  readonly publicName: string
  readonly store: OpenWork
  readonly keys: Keys
  readonly forged: ForgedRows
  readonly log: Logger
  /** Whether to start although keys of authorities in service are missing. @default no */
  readonly withoutKeys?: boolean
  /** How far the desk's clock is off the machine's; tests move it. @default not at all */
  readonly shift?: ClockShift
  /** The built portal. @default packages/portal/dist */
  readonly portalFolder?: string
}

/** A desk that listens. */
export interface Desk {
  readonly core: Core
  readonly services: Services
  /** SHA-256 of production's root, hex. */
  readonly fingerprint: string
  /** Whether this start made the authorities. */
  readonly first: boolean
  /** A one-time link, while production has no active administrator. */
  readonly link: { readonly address: string; readonly expiresAt: string } | undefined
  readonly jobs: Jobs
  /**
   * Takes nothing new, finishes what is under way for `grace` milliseconds, and closes the doors. A target of heads that does not answer
   * (`core.log.isSending`) is not waited for; it may hold the process.
   */
  stop(grace: number): Promise<void>
}

/**
 * The whole program in one file: outside in, doors out.
 * @throws DeskError key_files_missing, keys_of_another_desk, authority_unavailable, storage_*
 */
export async function startDesk({
  config,
  publicName,
  store: opened,
  keys,
  forged,
  log,
  withoutKeys = false,
  shift = clockShift(),
  portalFolder = PORTAL_FOLDER,
}: Outside): Promise<Desk> {
  const world = worldShiftedBy(shift)
  const version = watchVersion(opened, log)
  const sound = watchDamage(version, log)
  const store = watchRoom(watchFiles(sound, log), [config.data, keysFolder(config)], log)
  const services = servicesOf(publicName, config.ports)
  const report: Report = (what, error) => log.error({ err: error }, what)
  let identity: Identity | undefined // what the rules must know of it is asked for when it is there
  const ownNames = (): readonly string[] => identity?.names ?? [publicName]
  const carriers: Carriers = { webhook: config.webhook && (await carrierOf(config.webhook)) }
  const peers = openPeers(await databaseOf(config), tellPeers(log))
  const reconnect = (): void => opened.reconnect()
  const outside = { config, store, keys, world, forged, carriers, peers, reconnect }
  const core = await coreOf(outside, services, report, ownNames)
  const first = !(await hasBegun(store))
  const older = watchMark(core, log)
  opened.onConnected(core.highWater.meet)
  await older.look()
  // Of two that start on one empty database at once the later one ends here, before anything of its own stands there.
  if (!older.seen()) await core.claim()
  // The other one may have begun inventories under its codes.
  if (first && !older.seen()) await opened.fillInventories()
  forged.recordIn(guardedWork(store, () => core.highWater.older))
  const clock = watchClock(core, log)
  await clock.look()
  const folder = { path: keysFolder(config), ending: KEY_ENDING }
  const missingKeys = watchKeys(core, folder, log, (error) => toProblem(error, 'en').detail)
  await missingKeys.look()
  // An older copy of the database is looked at as it is: nothing is signed for it.
  if (!withoutKeys && !older.seen()) missingKeys.requireAll()
  // What the roots had to do is done: from here on nothing in this process opens their keys.
  const { failed } = await core.start().finally(() => keys.signers.closeRoots())
  for (const { intent, cause: err } of failed) log.error({ intent, err }, 'what was decided could not be signed')
  const lookForCeremonies = watchCeremonies(core, world, log)
  if (!older.seen()) await lookForCeremonies()
  const roots = await core.authorities.roots()
  const { fingerprint } = roots.find(({ environment }) => environment === 'production')!
  const link = older.seen() ? undefined : await firstLink(core, services)

  const shown = makeIdentity({ core, publicName, files: config.tls })
  identity = shown
  if (!older.seen()) await readOwnWord(core, { services, tls: shown }, world, log)
  const metrics = makeMetrics()
  const { requestsPerMinute } = config
  const doors = await makeDoors({
    core,
    world,
    about: { name: config.name, version: await ownVersion(), services, tls: shown },
    log,
    requestsPerMinute,
    watch: (door, name) => countCalls(door, name, metrics.count),
    portalFolder,
  })
  const hosts = hostsOf(config, publicName)
  const capacity = capacityOf(openFilesLimit(), config.connectionsPerAddress)
  let publicDoor: PublicDoor | undefined
  const openPublic = async (): Promise<PublicDoor> => {
    const ready = makeReadiness([
      { part: 'clock', look: async () => clock.requireRight() },
      { part: 'restored', look: async () => older.requireNewest() },
      { part: 'database', look: async () => sound.requireSound() },
      { part: 'database', look: () => opened.requireUnlocked() },
      { part: 'database', look: version.look },
      { part: 'version', look: async () => version.requireKnown() },
      { part: 'disk', look: () => store.requireRoom() },
      { part: 'database', look: () => store.transaction(({ settings }) => settings.set('ready', nowOf(world))) },
      { part: 'mark', look: () => core.highWater.requireWritable() },
      { part: 'token', look: () => keys.signers.requireTokens() },
      { part: 'keys', look: () => core.authorities.requireKeys() },
      { part: 'statement', look: () => core.statements.requireVoice() },
      { part: 'duties', look: async () => core.leases.requireKept() },
    ])
    publicDoor = await openPublicDoor({
      ...{
        core,
        ready: async () => ready().then(missingKeys.missing),
        keys,
        forged,
        metrics,
        log,
        shift,
        hosts,
        requestsPerMinute,
        capacity,
        older: older.signal,
        lastNumber: core.highWater.lastNumber,
      },
      wrongClock: clock.flag,
      ...{ database: await databaseOf(config), port: config.ports.public },
    })
    return publicDoor
  }
  // The last thing that can fail: a start that does leaves no door open behind it.
  const open = await openDoors(doors, shown, config.ports, hosts, capacity, [
    openPublic,
    ...(config.metricsPort === undefined ? [] : [() => openMetricsDoor(metrics, config.metricsPort!, log, world)]),
  ])
  // Every other job is this process's own: see decision 0041.
  const shared = leased(core.leases, log)
  const jobs = startJobs(
    [
      { name: 'look whether a newer desk has migrated the database', run: version.look },
      ...version.unlessNewer([
        { name: 'look at the clock', run: clock.look },
        { name: 'look whether the database is an older copy', run: older.look },
        ...older.unlessSeen([
          shared({ duty: 'sign-open', name: 'sign what is still open', run: () => core.completeOpen() }),
          shared({ duty: 'ceremonies', name: 'look whether a ceremony is due', run: lookForCeremonies }),
          ...clock.unlessWrong([
            shared({
              ...{ duty: 'lists', name: 'publish revocation lists', run: () => core.revocation.publishDue() },
              left: async () => (await core.revocation.due()).length > 0, // of a root whose passphrase another desk may have
            }),
            { name: 'renew own certificates', run: () => core.ownCertificates.renewDue() },
            { name: 'renew the certificate of statements', run: () => core.statements.renewDue() },
            { name: 'renew certificates for time stamps', run: () => core.timeStamps.renewDue() },
          ]),
          { name: 'look for keys that are missing', run: missingKeys.look },
          { name: 'lend new keys to the public door', run: async () => publicDoor?.lendNew() },
          { name: 'show the renewed certificate', run: async () => (await shown.renew()) && open.renew() },
          ...clock.ifMayEnd([
            shared({ duty: 'expire', name: 'expire requests', run: () => core.requests.expireDue() }),
            ...(tellsNobody(carriers)
              ? []
              : [shared({ duty: 'ends', name: 'tell of certificates that end', run: core.tellEnds })]),
            shared({ duty: 'purge', name: 'purge', run: () => core.purge() }),
          ]),
          { name: 'tell the log what was only counted', run: () => core.refusals.summarise() },
          { name: 'remember how far the desk has come', run: () => core.highWater.advance() },
          shared({
            ...{ duty: 'log', name: 'sign the log', run: (stopping) => core.log.run(stopping) },
            left: (isWhole) => !isWhole,
          }),
          // One that is killed while it sends leaves it to another by the lease of the delivery.
          { name: 'deliver what others are told', run: async () => void core.deliveries.deliver() },
          // Has a lease for each address. Not waited for: an address that is slow keeps no list from being published.
          { name: 'send the newest head of the log', run: async () => void core.log.push() },
        ]),
      ]),
    ],
    log,
  )
  peers?.open()
  void core.log.push()
  return {
    core,
    services,
    first,
    fingerprint,
    link,
    jobs,
    stop: async (grace) => {
      // At once: while doors are open, what comes in through them makes work for the job under way.
      const ended = Promise.all([jobs.stop(), core.deliveries.stop(AbortSignal.timeout(LAST_TOLD))])
      doors.streams.close()
      await Promise.all([ended, open.close(grace)])
      await doors.close()
      await core.refusals
        .summarise(true)
        .catch((err: unknown) => log.error({ err }, 'refusals were not counted in the log'))
      await core.log
        .run(AbortSignal.timeout(LAST_PLACES))
        .catch((err: unknown) => log.error({ err }, 'the end of the log was not signed'))
      await Promise.race([core.log.push(), pause(LAST_HEAD, undefined, { ref: false })])
      await core.leases.letGoAll().catch(() => undefined) // a lease that cannot be let go ends by itself
      await peers?.close()
      metrics.stop()
      keys.signers.close()
    },
  }
}

/** Milliseconds in which lines get their places while the desk stops; others get theirs at the next start. */
const LAST_PLACES = 2_000
/** And in which whoever is told of something may answer. */
const LAST_TOLD = 1_000
/** And that whoever keeps heads has for the last one. */
const LAST_HEAD = 1_000

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

/** The host's own command: a one-time link for an administrator. It signs nothing, and works beside a running desk. */
export async function inviteAdministrator(
  { config, publicName, store, keys }: Omit<Outside, 'log' | 'forged'>,
  input: Parameters<Core['people']['inviteAdministrator']>[1],
): Promise<NonNullable<Desk['link']>> {
  const services = servicesOf(publicName, config.ports)
  const core = await coreOf({ config, store, keys, world: realWorld }, services, () => {})
  await core.highWater.look() // an older copy of the database takes no change, this one neither
  const { token, expiresAt } = await core.people.inviteAdministrator({ kind: 'desk', name: 'invite-admin' }, input)
  return { address: invitationLink(services.portal, token), expiresAt }
}

const coreOf = async (
  {
    config,
    store,
    keys,
    world,
    forged,
    carriers,
    peers,
    reconnect,
  }: Pick<Outside, 'config' | 'keys'> &
    Partial<Pick<Outside, 'forged'>> & {
      readonly store: Work
      readonly world: World
      /** None for commands of the host, which decide nothing that others are told of. */
      readonly carriers?: Carriers
      readonly peers?: Peers | undefined
      readonly reconnect?: () => void
    },
  services: Services,
  report: Report,
  ownNames: () => readonly string[] = () => [],
): Promise<Core> =>
  buildCore({
    work: store,
    world,
    signers: keys.signers,
    mark: keys.mark,
    place: placeOf(config.data),
    onceCodes: keys.onceCodes,
    heads: targetsOf(config),
    ...(carriers && { carriers }),
    ...(peers && { peers }),
    ...(reconnect && { reconnect }),
    report,
    forged: (row) => forged?.found(row),
    profiles: parseProfiles(
      await readProfiles(),
      config.profilesFolder === undefined ? [] : await readProfiles(config.profilesFolder),
    ),
    config: {
      deskName: config.name,
      publicAddress: services.public,
      ownNames,
      authorityKey: config.authorityKey,
      sessionIdleMinutes: config.sessions.idleMinutes,
      sessionHours: config.sessions.hours,
      pendingPerKit: config.pending.perKit,
      pendingPerApplicant: config.pending.perApplicant,
    },
  })

const targetsOf = ({ data, heads: { folder, address, network } }: Config): readonly HeadTarget[] => [
  ...(folder === undefined ? [] : [headFolder(folder, placeOf(data))]),
  ...(address === undefined ? [] : [headAddress(address, network)]),
]

/** @throws as `readWebhookSecret` */
const carrierOf = async ({ address, secretFile, network }: NonNullable<Config['webhook']>): Promise<Carrier> =>
  webhook(address, network, await readWebhookSecret(secretFile))

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

/** A desk called localhost is for this machine alone. */
const hostsOf = ({ host }: Config, publicName: string): readonly string[] | undefined =>
  host ? [host] : publicName === 'localhost' ? ['localhost'] : undefined

/**
 * The desk reads what it says of itself as programs do: what none of them would take is found out here, and not by each of them. What a moment
 * or a key that is away makes of it is no reason not to start.
 * @throws DeskError desk_statement_malformed, storage_*; as `Identity.renew`
 */
async function readOwnWord(
  { statements }: Pick<Core, 'statements'>,
  where: { readonly services: Services; readonly tls: Identity },
  world: World,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  await where.tls.renew()
  try {
    const word = await readStatement(await statements.current(where), world.now())
    if (!('refused' in word)) return
    if (word.refused === 'malformed') refuse('desk_statement_malformed', {})
    log.warn({ why: word.refused }, 'what the desk says of itself is not taken by programs now')
  } catch (error) {
    if (isStorageFault(error) || hasDeskCode(error, 'desk_statement_malformed')) throw error
    log.warn({ err: error }, 'the desk cannot say now what it is')
  }
}

async function firstLink({ people }: Core, { portal }: Services): Promise<Desk['link']> {
  if ((await people.countAdministrators('production')) > 0) return undefined
  const actor = { kind: 'desk', name: 'first start' } as const
  const { token, expiresAt } = await people.inviteAdministrator(actor, { environment: 'production' })
  return { address: invitationLink(portal, token), expiresAt }
}
