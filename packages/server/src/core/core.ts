import { hasDeskCode } from '@scel/contract/errors'
import { createActs } from './acting/acts.ts'
import { createDraws, createTokens } from './acting/once.ts'
import type { PersonActor } from './actor.ts'
import { type Blocks, createBlocks } from './applicants/blocks.ts'
import { createNonces } from './applicants/nonces.ts'
import { createProofs, type Proofs } from './applicants/proofs.ts'
import { type AuditLog, createAuditLog } from './audit/audit-log.ts'
import { notedWork } from './audit/noted-work.ts'
import { createRefusals, type Refusals } from './audit/refusals.ts'
import { type Authorities, createAuthorities } from './authorities/authorities.ts'
import { createDeskStatements, type DeskStatements } from './authorities/desk-statements.ts'
import { createHierarchy } from './authorities/hierarchy.ts'
import { createKeysAtHand } from './authorities/keys-at-hand.ts'
import { createOwnCertificates, type OwnCertificates } from './authorities/own-certificates.ts'
import { createResponders } from './authorities/responders.ts'
import { type Certificates, createCertificates } from './certificates/certificates.ts'
import { createJudge, type Judge } from './certificates/judge.ts'
import { createTellEnds, type TellEnds } from './certificates/tell-ends.ts'
import { CHANNELS } from './channels.ts'
import { type Clock, createClock } from './clock/clock.ts'
import { type CoreConfig, settle } from './config.ts'
import { createSecondAdministrator } from './confirming/second-administrator.ts'
import { createCredentialKinds } from './credential-kinds.ts'
import { type Carriers, tellsNobody } from './deliveries/carrier.ts'
import { createDeliveries, type Deliveries } from './deliveries/deliveries.ts'
import { createDeliveryList, type DeliveryList } from './deliveries/delivery-list.ts'
import { tellingWork } from './deliveries/telling-work.ts'
import { createDuties, type Duties } from './duties/duties.ts'
import { createFollowing, followClosedService } from './followers.ts'
import { createHighWater, guardedWork, type HighWater, ownWork, sureOf } from './high-water/high-water.ts'
import { createLastLine, type LastNumber, remembering } from './high-water/last-line.ts'
import type { MarkKeeper } from './high-water/mark.port.ts'
import { addressesAt } from './issuance/addresses.ts'
import { createDirectory } from './issuance/directory.ts'
import { createIssuance, type Recovered } from './issuance/issuance.ts'
import type { Signers } from './issuance/signer.port.ts'
import { createSignerPool } from './issuance/signer-pool.ts'
import { createKits, type Kits } from './kits/kits.ts'
import { createLogDuty, type LogDuty } from './log/duty.ts'
import { createErasure, type Erasure } from './log/erase.ts'
import { createLogHead, type LogHead } from './log/log-head.ts'
import { logKeyOf } from './log/log-key.ts'
import { createHeadPush, type HeadPush, type HeadTarget } from './log/push.ts'
import { deskNamesOf } from './names/desk-names.ts'
import { createOrganisations, type Organisations } from './organisations/organisations.ts'
import { createAskOwn } from './origins/desk/ask-own.ts'
import { createFiles, type Files } from './origins/file/files.ts'
import { type Accept, createAccept } from './origins/invitation/accept.ts'
import { createEnrolment, type Enrolment } from './origins/kit/enrolment.ts'
import { createRejectAll, type RejectAll } from './origins/kit/reject-all.ts'
import type { StandingNeeds } from './origins/kit/standing-approval.ts'
import { createOrigins } from './origins.ts'
import { createLive, type Live } from './outbox/live.ts'
import type { Peers } from './outbox/peers.port.ts'
import { type Listeners, watchedWork } from './outbox/watched-work.ts'
import { activeAdministrators, countedAdministrators, isAdministratorSince } from './people/administrators.ts'
import { createErasing, type Erasing } from './people/erasure/erasing.ts'
import { createGrants, type Grants } from './people/grants/grants.ts'
import { createHostInvitations, type HostInvitations } from './people/links/host-invitations.ts'
import { createInvitations, type Invitations } from './people/links/invitations.ts'
import { createPeople, type People } from './people/people.ts'
import { createJudged } from './people/sessions/judged.ts'
import { createLinkSessions, type LinkSessions } from './people/sessions/link-sessions.ts'
import { createSessions, type Sessions } from './people/sessions/sessions.ts'
import { type Credentials, createCredentials } from './people/sign-in/credentials.ts'
import { createRequireNotLast } from './people/sign-in/last-administrator.ts'
import { createMadeWith, type MadeWith } from './people/sign-in/made-with.ts'
import { createMayAdd } from './people/sign-in/may-add.ts'
import { profileList } from './profiles/profile-list.ts'
import type { Profiles } from './profiles/profiles.ts'
import { managed } from './profiles/seen.ts'
import { createRecipients, type Recipients } from './recipients/recipients.ts'
import { createReadUnder } from './registration/read-under.ts'
import { createRequests, type Requests } from './registration/requests.ts'
import { isVouched, isVouchedThing } from './registration/vouched-owner.ts'
import type { Report } from './report.ts'
import { type Ceremonies, createCeremonies } from './revocation/ceremonies.ts'
import { newestList } from './revocation/newest-list.ts'
import { createOcspResponder, type OcspResponder } from './revocation/ocsp-responder.ts'
import { createRevocation, type Revocation, type Unpublished } from './revocation/revocation.ts'
import type { ForgedRow, RowCodes } from './row-codes.ts'
import { createServices, type Services } from './services/services.ts'
import { nonceKeyOf } from './settings/nonce-key.ts'
import { isStorageFault } from './storage-faults.ts'
import { createStampSerials, type SerialBlock, takeSerials } from './timestamps/serials.ts'
import { createStampCertificates, type StampCertificates } from './timestamps/stamp-certificates.ts'
import { createStampToken } from './timestamps/stamp-token.ts'
import { createStampsInUse } from './timestamps/stamps-in-use.ts'
import { createTimeStamps, type TimeStamps } from './timestamps/time-stamps.ts'
import type { Work } from './work.ts'
import { DAY, HOUR, later, MINUTE, nowOf, type World } from './world.ts'

/** What the rules stand on. */
export interface CoreOutside {
  readonly work: Work
  readonly world: World
  readonly signers: Signers
  readonly profiles: Profiles
  readonly config: CoreConfig
  readonly report: Report
  /** Told of a row that says what this desk did not write; within a unit too, so it only takes note. */
  readonly forged: (row: ForgedRow) => void
  /** Tells this desk from others of its database. @default the only one */
  readonly place?: string
  /** Under which the same wish has the same name and secret; see `acting/once.ts`. */
  readonly onceCodes: RowCodes
  /** Where signed heads of the log are kept besides. @default nowhere */
  readonly heads?: readonly HeadTarget[]
  /** Who is told of what happens, by which channel, in which environment. @default nobody */
  readonly carriers?: Carriers
  /** @default none */
  readonly peers?: Peers
  /** Has every connection to the database made anew before it is used again. @default there are none */
  readonly reconnect?: () => void
  /** Where it is kept how far the desk has come. */
  readonly mark: MarkKeeper
}

/** All rules of the desk, each feature one object. */
export interface Core {
  /**
   * Ends what compromised keys still stand behind, completes open intents, makes missing authorities and responders,
   * publishes stale lists. Before any other rule. Intents that could not be completed are answered, for the log; they stay open.
   */
  start(): Promise<Recovered>
  /**
   * Signs what was decided and not signed, because a key was away; what was decided within the last minute is left to
   * whoever is about to sign it.
   * @throws AggregateError with the reasons, when some could not be signed now either
   */
  completeOpen(): Promise<void>
  /** Forgets what has no use any more: spent nonces, ended sessions, old outbox entries. */
  purge(): Promise<void>
  /** Drops the keys from memory. */
  close(): void
  /**
   * Writes the first row of this desk where there is none, and reads it where there is.
   * @throws DeskError keys_of_another_desk where another desk has begun on this database
   */
  claim(): Promise<void>
  /** Id of this desk, named in applicant signatures: the fingerprint of production's root. @throws DeskError authority_unavailable before the first start is done */
  deskId(): Promise<string>
  readonly organisations: Organisations
  readonly services: Services
  readonly kits: Kits
  readonly people: People & HostInvitations
  readonly erasing: Erasing
  readonly grants: Grants
  readonly invitations: Invitations & { readonly accept: Accept }
  readonly sessions: Sessions & LinkSessions
  readonly credentials: Credentials
  readonly proofs: Proofs
  readonly enrolment: Enrolment
  readonly blocks: Blocks
  readonly files: Files
  readonly rejectAll: RejectAll
  readonly requests: Requests
  readonly certificates: Certificates
  readonly tellEnds: TellEnds
  readonly madeWith: MadeWith
  readonly recipients: Recipients
  /** Which profiles somebody has to do with. */
  readonly profiles: { list(actor: PersonActor): ReturnType<typeof profileList> }
  readonly judge: Judge
  readonly authorities: Authorities
  readonly ownCertificates: OwnCertificates
  readonly statements: DeskStatements
  readonly revocation: Revocation
  readonly ceremonies: Ceremonies
  readonly ocsp: OcspResponder
  readonly timeStamps: TimeStamps &
    StampCertificates & {
      /** Takes serial numbers for another thread of this desk. @throws DeskError storage_* */
      takeSerials(count: number): Promise<SerialBlock>
    }
  readonly clock: Clock
  readonly highWater: Pick<HighWater, 'older' | 'tree' | 'newcomer' | 'advance' | 'requireWritable'> & {
    /** Takes a database that was put back as it is. @returns the lists that could not be signed now */
    accept(): Promise<Unpublished[]>
    look: HighWater['look']
    meet: HighWater['meet']
    onNoticed: HighWater['onNoticed']
    /** Of the last line of the log that is stored. */
    readonly lastNumber: LastNumber
  }
  readonly audit: AuditLog
  /** Which of several desks does what they share. */
  readonly leases: Duties
  readonly deliveries: Deliveries & DeliveryList
  readonly log: LogDuty & HeadPush & LogHead & Erasure
  /** What is only counted of those who are refused too often; a job tells the log. */
  readonly refusals: Pick<Refusals, 'summarise'>
  readonly live: Live
}

/** Builds the rules, each from what it needs; nothing is looked up. */
export function buildCore(outside: CoreOutside): Core {
  const { world, signers, profiles, report } = outside
  const config = settle(outside.config)
  const place = outside.place ?? 'only'
  const listeners: Listeners = new Set()
  const watchers: Listeners = new Set() // told of what other desks leave, too
  const wake = (): void => {
    for (const watcher of watchers) watcher()
  }
  listeners.add(wake)
  const { carriers = NOBODY, peers } = outside
  if (peers) {
    listeners.add(() => peers.tell())
    peers.listen(wake)
  }
  const lastLine = createLastLine()
  const isOlder = (): boolean => highWater.older !== undefined
  const remembered = notedWork(
    outside.work,
    remembering(lastLine, isOlder, (line) => highWater.missed(line)),
  )
  const watched = watchedWork(tellingWork(remembered, CHANNELS, carriers), listeners)
  const unguarded = ownWork(watched, () => highWater.older)
  const highWater = createHighWater({
    ...{ work: unguarded, world, keeper: outside.mark, lastLine, report, forged: outside.forged },
    reconnect: outside.reconnect ?? (() => {}),
  })
  const clock = createClock({ work: unguarded, world, place, report })
  const work = guardedWork(unguarded, () => highWater.older)
  const addresses = addressesAt(config.publicAddress)
  const deskNames = deskNamesOf(config.publicAddress, config.ownNames)

  const pool = createSignerPool(signers)
  const directory = createDirectory({ work, world, signers })
  const keysAtHand = createKeysAtHand({ work, world, signers })
  const { issued: followers, givingUp, revoker } = createFollowing()
  const issuance = createIssuance({
    ...{ deskNames, work, world, pool, directory, addresses, followers, givingUp, report },
  })
  const revocation = createRevocation({
    ...{ work, world, pool, signers, directory, report, published: highWater.advance },
    mayDate: () => !clock.isWrong(),
  })
  const readUnder = createReadUnder(outside.onceCodes)
  const askOwn = createAskOwn({ work, world, signers, issuance, readUnder, config })
  const hierarchy = createHierarchy({ work, world, signers, directory, issuance, addresses, config })
  const ceremonies = createCeremonies({ work, signers, hierarchy, issuance, revocation })
  const ownCertificates = createOwnCertificates({
    ...{ work, world, signers, directory, keysAtHand, askOwn, profiles, config },
  })
  const statements = createDeskStatements({
    ...{ work, world, pool, signers, directory, askOwn, profiles, config },
    list: revocation.crl,
    isWrong: () => clock.isWrong(),
  })
  const responders = createResponders({ work, world })
  const ocsp = createOcspResponder({ work, world, pool, directory, responders })
  const inUse = createStampsInUse({ work, world, signers })
  const stampCertificates = createStampCertificates({
    ...{ work, world, signers, directory, askOwn, profiles, config, inUse },
  })
  const timeStamps = {
    ...createTimeStamps({
      ...{ world, inUse },
      serials: createStampSerials({ work, world }),
      token: createStampToken({ pool, directory }),
    }),
    ...stampCertificates,
    takeSerials: (count: number) => takeSerials(work, count),
  }

  let drawn: Promise<string> | undefined
  const nonceKey = (): Promise<string> => {
    drawn ??= nonceKeyOf(work, world)
    drawn.catch(() => {
      drawn = undefined
    })
    return drawn
  }
  const deskId = async (): Promise<string> => (await directory.current('production', 'root')).fingerprint
  const nonces = createNonces(world, nonceKey)
  const judge = createJudge({ work, world, directory })
  const origin = async (): Promise<string> =>
    `${new URL(config.publicAddress).hostname}/scel-log/${(await deskId()).slice(0, 16)}`
  const log = createLogDuty({
    ...{ work, world, report, forged: outside.forged, advance: highWater.advance, tree: () => highWater.tree },
    treeBefore: () => highWater.treeBefore,
    key: () => logKeyOf({ work, world, signers, pool, origin }),
  })
  const tokens = createTokens(outside.onceCodes)
  const deliveries = createDeliveries({
    ...{ work, world, channels: CHANNELS, carriers, report },
    tokens,
    portal: config.portalAddress,
  })
  if (!tellsNobody(carriers)) listeners.add(() => void deliveries.deliver()) // at once; a job finds what is due again
  const duties = createDuties({ work, world, report, holder: place })
  const push = createHeadPush({ work, world, newest: log.newest, report, duties, targets: outside.heads ?? [] })
  const refusals = createRefusals({ work, world })
  const kinds = createCredentialKinds(config)
  const judged = createJudged(config, kinds)
  const requireNotLast = createRequireNotLast(kinds)
  const acts = createActs({ work, world, refusals, judged })
  const administrators: StandingNeeds['administrators'] = (stores, environment) =>
    activeAdministrators(stores, environment, nowOf(world))
  const second = createSecondAdministrator({
    counted: (stores, environment) => countedAdministrators(stores, environment, nowOf(world), clock.surely()),
    isSince: async (stores, environment, id, since) =>
      (await administrators(stores, environment)).includes(id) &&
      isAdministratorSince(stores, environment, id, since, nowOf(world)),
  })
  // Rules of people alone: what they change, they change through their acts.
  const ofPeople = { work: { read: work.read }, acts, world, draws: createDraws(world, outside.onceCodes) }
  const signIn = {
    work: unguarded,
    refusals: createRefusals({ work: unguarded, world }),
    acts: createActs({ work: unguarded, world, refusals, judged }),
  }
  const asking = { deskNames, work, refusals, world, profiles, directory, issuance, readUnder }

  /** What a job does again in a minute; a store that does not answer still ends the start, and not one where others are at work. */
  const attempt = async (what: string, act: () => Promise<unknown>): Promise<void> => {
    try {
      await act()
    } catch (error) {
      if (isStorageFault(error) && !hasDeskCode(error, 'storage_contended')) throw error
      report(what, error)
    }
  }

  const erasure = createErasure({ work, world })
  return {
    start: async () => {
      if (await highWater.look()) return { completed: 0, failed: [] }
      await nonceKey()
      // What only a root can do waits for whoever has its passphrase.
      const away = (await signers.rootCustody()) === 'away'
      const recovered = await issuance.recover({ ceremonies: !away })
      await hierarchy.ensure()
      // A key that is away hinders what needs that key: lists, answers and sign-in of everything else do not wait for it.
      if (!clock.isWrong()) {
        await attempt('the desk’s own certificates were not all renewed', ownCertificates.renewDue)
        await attempt('the certificate of the desk’s statements was not renewed', statements.renewDue)
        await attempt('the certificates of time stamps were not all renewed', timeStamps.renewDue)
        await attempt('lists that are due were not all published', revocation.publishDue)
      }
      await highWater.advance()
      // All that the doors need is there: a job goes on with it, and tells what still hinders it.
      await log.run().catch((error: unknown) => report('the log was not signed', error))
      return recovered
    },
    completeOpen: async () => {
      const { failed } = await issuance.recover({ until: later(nowOf(world), -MINUTE) })
      if (failed.length > 0)
        throw new AggregateError(
          failed.map(({ cause }) => cause),
          'certificates could not be signed',
        )
    },
    purge: async () => {
      const now = nowOf(world)
      // A clock that is ahead by more than a day is noticed, and nothing is purged; of less, what still counts when it is right is kept.
      const yesterday = later(now, -DAY)
      await work.transaction(async (stores) => {
        await stores.nonces.purge(later(now, -HOUR)) // each call leaves one: a day of them is too many
        await stores.sessions.purge(yesterday) // its holder is told why it ended, too
        await stores.credentials.purge(yesterday)
        await stores.outbox.purge(yesterday)
        await stores.names.purge(yesterday)
        await stores.deliveries.purge(later(now, -DELIVERY_KEPT))
      })
    },
    close: () => pool.close(),
    claim: async () => void (await nonceKey()),
    deskId,
    organisations: createOrganisations({ ...ofPeople, deskNames, profiles }),
    services: createServices({ ...ofPeople, closed: followClosedService }),
    kits: createKits({ ...ofPeople, profiles, second }),
    people: {
      ...createPeople({ ...ofPeople, tokens, revocation, revoker, second }),
      ...createHostInvitations({ work, world, tokens }),
    },
    erasing: createErasing({
      ...{ work, world, log: erasure },
      isVouched: (stores, environment, thing) => isVouchedThing(readUnder, stores, environment, thing),
    }),
    grants: createGrants({ ...ofPeople, second }),
    invitations: {
      ...createInvitations({ work, world, profiles }),
      accept: createAccept({ ...asking, revocation, config }),
    },
    // Whoever wants to see what was put back signs in, and that is written down: nothing else is.
    sessions: {
      ...createSessions({ ...signIn, world, judge, kinds, config, older: () => highWater.older }),
      ...createLinkSessions({ work, refusals, world, config }),
    },
    credentials: createCredentials({
      ...ofPeople,
      tokens,
      revocation,
      revoker,
      requireNotLast,
      kinds,
      mayAdd: createMayAdd({ kinds, second }),
    }),
    proofs: createProofs({ nonces, deskId }),
    enrolment: createEnrolment({ ...asking, administrators, nonces, revocation, revoker, config }),
    blocks: createBlocks({ ...ofPeople, profiles }),
    files: createFiles({ ...asking, acts, config }),
    rejectAll: createRejectAll({ ...ofPeople, profiles }),
    requests: createRequests({ ...asking, acts, config, origins: createOrigins(readUnder), forged: outside.forged }),
    certificates: createCertificates({
      ...{ ...ofPeople, profiles, directory, revocation, revoker, requireNotLast },
      isVouched: (stores, certificate) => isVouched(readUnder, stores, certificate),
    }),
    tellEnds: createTellEnds({ work, world }),
    madeWith: createMadeWith({ work, world }),
    profiles: { list: (actor) => profileList(actor, profiles) },
    recipients: createRecipients({ work, world, directory, nonces, readUnder, forged: outside.forged }),
    judge: {
      ...judge,
      // An older copy calls certificates good that were revoked since; whoever signs in with one is judged besides.
      clientCertificate: (der) => sureOf(highWater, () => judge.clientCertificate(der)),
    },
    authorities: createAuthorities({
      ...{ work, world, signers, directory, hierarchy, keysAtHand, addresses, newestList },
    }),
    ownCertificates,
    statements,
    revocation,
    ceremonies,
    ocsp,
    timeStamps,
    refusals: {
      summarise: async (all) => {
        await signIn.refusals.summarise(all)
        await refusals.summarise(all)
      },
    },
    highWater: {
      get older() {
        return highWater.older
      },
      get tree() {
        return highWater.tree
      },
      get newcomer() {
        return highWater.newcomer
      },
      look: highWater.look,
      meet: highWater.meet,
      onNoticed: highWater.onNoticed,
      lastNumber: lastLine.shared,
      advance: highWater.advance,
      requireWritable: highWater.requireWritable,
      accept: () => highWater.accept(revocation.publishAbove),
    },
    clock,
    audit: createAuditLog({ work, world }),
    leases: duties,
    deliveries: {
      ...deliveries,
      ...createDeliveryList({ work, world, acts, channels: CHANNELS, deliver: deliveries.deliver }),
    },
    log: {
      ...log,
      ...push,
      ...erasure,
      ...createLogHead({ work, newest: log.newest, pushed: push.pushed }),
    },
    live: createLive({ work, listeners: watchers, managed: managed(profiles) }),
  }
}

/** Of a desk that tells nobody. */
export const NOBODY: Carriers = { webhook: undefined }
/** Longer than one is tried. */
const DELIVERY_KEPT: number = 30 * DAY
