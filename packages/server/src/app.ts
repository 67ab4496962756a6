import { setTimeout as pause } from 'node:timers/promises'
import { hasDeskCode, refuse } from '@scel/contract/errors'
import { readStatement } from '@scel/contract/kit'
import type { Logger } from 'pino'
import { type Config, databaseOf, openFilesLimit, ownVersion, PORTAL_FOLDER } from './config/index.ts'
import { hasBegun } from './core/authorities/hierarchy.ts'
import type { Core } from './core/core.ts'
import { type Carriers, everywhere, tellsNobody } from './core/deliveries/carrier.ts'
import { guardedWork } from './core/high-water/high-water.ts'
import type { Report } from './core/report.ts'
import { isStorageFault } from './core/storage-faults.ts'
import { clockShift, nowOf, type World, worldShiftedBy } from './core/world.ts'
import { carrierOf, coreOf, type Outside } from './core-of.ts'
import { KEY_ENDING } from './custody/index.ts'
import { invitationLink, type Services, servicesOf } from './edge/api/index.ts'
import { makeDoors } from './edge/doors.ts'
import { countCalls } from './edge/metrics/count-calls.ts'
import { makeMetrics } from './edge/metrics/metrics.ts'
import { openMetricsDoor } from './edge/metrics/metrics-door.ts'
import { type Identity, makeIdentity } from './edge/mutual/identity.ts'
import { capacityOf, openDoors } from './edge/open-doors.ts'
import { toProblem } from './edge/problems.ts'
import {
  type Jobs,
  leased,
  makeReadiness,
  startJobs,
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
import { keysFolder } from './opening.ts'
import { ahead, openPeers } from './store/index.ts'
import { openPublicDoor, type PublicDoor } from './threads/public-door.ts'

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
 * The whole program: outside in, doors out.
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
  const carriers: Carriers = { webhook: config.webhook && everywhere(await carrierOf(config.webhook)) }
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
        ready: () => ahead(ready).then(missingKeys.missing),
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
