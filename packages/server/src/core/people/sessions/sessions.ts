import { isDeskError, refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../../acting/acts.ts'
import type { Caller, Granted, PersonActor } from '../../actor.ts'
import { cleanWords } from '../../audit/clean-words.ts'
import { type AuditRecord, record } from '../../audit/record.ts'
import { type Refusals, UNKNOWN_NAME } from '../../audit/refusals.ts'
import type { Judge, Judged } from '../../certificates/judge.ts'
import type { SettledConfig } from '../../config.ts'
import { credentialOf } from '../../credentials/certificate/certificate-credential.ts'
import { certificateOf } from '../../credentials/certificate/certificate-of.ts'
import type { Credential, CredentialKinds } from '../../credentials/credential.ts'
import { tokenHash } from '../../hash.ts'
import { networkOf } from '../../network.ts'
import { mapPage, type PageQuery } from '../../paging.ts'
import { entitlementsOf, isStrongEnough, may, requireRight } from '../../rights/rights.ts'
import { inSlices } from '../../slices.ts'
import type { Readers, Stores, Work } from '../../work.ts'
import { CLOCK_SLACK, type Instant, later, MINUTE, nowOf, type World } from '../../world.ts'
import { awaitingFor } from '../awaiting-for.ts'
import { grantedBy } from '../grants/grant.ts'
import type { Person } from '../person.ts'
import { personView } from '../person-view.ts'
import { type DrawnSession, drawSession, placeSession, strengthOf } from './new-session.ts'
import type { Session, SessionEnd, SessionEntry } from './session.ts'
import { actorOf, requireStanding, standingOf } from './standing.ts'

export interface Sessions {
  /**
   * Signs in with the certificate shown at the mutual-TLS door.
   * @param input.der undefined when none was shown
   * @throws DeskError certificate_* as `Judge.clientCertificate`; certificate_without_account; person_disabled
   */
  beginWithCertificate(input: {
    der: Uint8Array | undefined
    from: string
    agent: string
  }): Promise<{ token: string; expiresAt: Instant }>
  /**
   * Who holds this cookie, judged anew at every call: session, person and what the session was begun with.
   * @throws DeskError sign_in_required, session_ended, person_disabled, database_older
   */
  find(token: string | undefined, caller: { from: string }): Promise<PersonActor>
  /** The same person as they stand now, without being there: undefined once their session does not. */
  standing(actor: PersonActor): Promise<PersonActor | undefined>
  me(actor: PersonActor): Promise<contract.Me>
  /** Open ones, newest first. @throws DeskError not_allowed when somebody else's are asked for; cursor_invalid */
  list(actor: PersonActor, query: PageQuery & { everyone?: boolean }): Promise<contract.Page<contract.Session>>
  /** @throws DeskError not_found, strength_needed */
  end(actor: PersonActor, id: string): Promise<void>
  endCurrent(actor: PersonActor): Promise<void>
}

interface Needs {
  readonly work: Work
  readonly acts: Acts
  readonly refusals: Refusals
  readonly world: World
  readonly judge: Judge
  readonly kinds: CredentialKinds
  readonly config: SettledConfig
  /** What the database lacks, while it is an older copy that nobody has accepted. */
  readonly older: () => { readonly since: Instant } | undefined
}

export function createSessions({ work, acts, refusals, world, judge, kinds, config, older }: Needs): Sessions {
  const idle = config.sessionIdleMinutes * MINUTE

  /**
   * An older copy knows nothing of whom was disabled or revoked since: only those come in who must see what was put back.
   * @throws DeskError database_older
   */
  const requireEntitled = (grants: readonly Granted[]): void => {
    const lacks = older()
    if (lacks && grants.every(({ role }) => role !== 'administrator')) refuse('database_older', { since: lacks.since })
  }

  const end = async (actor: PersonActor, id: string, reason: SessionEnd): Promise<void> => {
    const target = { kind: 'session', id } as const
    const audited = { action: 'session.ended', target } as const
    await acts.actAs(actor, audited, async (stores, actor, at) => {
      const { environment } = actor
      const session = await stores.sessions.find({ environment }, id)
      const own = session?.person === actor.id
      // Somebody else's session does not exist for whoever may not end it.
      if (!session || (!own && !may(actor, 'end_sessions'))) return refuse('not_found', { what: 'session' })
      if (!own) requireRight(actor, 'end_sessions')
      // Whoever found a link does not sign its owner out.
      const { strength: have } = actor
      if (!isStrongEnough(have, session.strength)) {
        refuse('strength_needed', { right: 'end_sessions', needed: session.strength, have })
      }
      if (session.ended) return
      await stores.sessions.end({ environment }, id, at, reason)
      await record(stores, actor, { environment, at, action: 'session.ended', target })
      await stores.outbox.append({ environment, kind: 'session', target: id, state: 'ended', at })
    })
  }

  /**
   * Who stands in the log for a certificate that was refused: of one issued here its holder, as our own record has it.
   * Anybody can write any name into any other, so what it says is told as its claim, after its fingerprint.
   */
  const refusedSignIn = async (der: Uint8Array, from: string): Promise<AuditRecord & { actor: Caller }> => {
    const { environment, claims, fingerprint, certificate } = await judge.concerns(der)
    const { id, commonName } = certificate ?? { id: fingerprint, commonName: undefined }
    return {
      actor: certificate ? holderOf(certificate, from) : { kind: 'caller', name: UNKNOWN_NAME, from },
      environment,
      at: nowOf(world),
      action: 'session.begun',
      target: { kind: 'certificate', id, ...(commonName === undefined ? {} : { name: commonName }) },
      facts: commonName === undefined ? { claims: cleanWords(claims) } : {},
    }
  }

  /** Judges, and writes a refusal into the log of the environment that the certificate belongs to, as far as one can say. */
  const judgeForLog = async (der: Uint8Array | undefined, from: string): Promise<Judged> => {
    try {
      return await judge.clientCertificate(der)
    } catch (error) {
      if (der === undefined || !isDeskError(error) || NOT_LOGGED.has(error.code)) throw error
      const network = networkOf(from)
      const bound = { by: network, called: { kind: 'caller', name: UNKNOWN_NAME, from: network } } as const
      const { actor, ...audited } = await refusedSignIn(der, from)
      return refusals.recording(actor, audited, () => Promise.reject(error), bound)
    }
  }

  return {
    beginWithCertificate: async ({ der, from, agent }) => {
      const judged = await judgeForLog(der, from)
      const { environment, certificate } = judged
      const drawn = await drawSession(world, config, { from, agent, how: 'certificate' })
      const target = { kind: 'certificate', id: certificate.id, name: certificate.commonName } as const
      const audited = { environment, at: drawn.startedAt, action: 'session.begun', target } as const
      const caller = holderOf(certificate, from)
      await refusals.recording(caller, audited, () =>
        work.transaction(async (stores) => {
          const { person, credential } = await accountOf(stores, judged)
          const grants = grantedBy(await stores.grants.of({ environment }, person.id), drawn.startedAt)
          requireEntitled(grants)
          await placeSession(stores, person, drawn, credential)
          await recordBegun(stores, person, drawn, credential, audited)
        }),
      )
      return { token: drawn.token, expiresAt: drawn.expiresAt }
    },
    find: async (token, { from }) => {
      if (token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token)) refuse('sign_in_required', {})
      const hash = await tokenHash(token)
      const now = nowOf(world)
      const found = await work.read(async (stores) => {
        const session = await stores.sessions.findByToken(hash)
        return session && standingOf(stores, kinds, session, now)
      })
      if (!found) return refuse('sign_in_required', {})
      const { session, person } = found
      requireStanding(found, now, idle)
      const grants = grantedBy(found.grants, now)
      requireEntitled(grants)
      // At most once a minute, so that a busy page is not a write per click.
      if (later(session.lastSeenAt, MINUTE) <= now) {
        const scope = { environment: session.environment }
        await work.transaction((stores) => stores.sessions.touch(scope, session.id, now))
      }
      return actorOf(person, grants, { ...session, from }, found.keys)
    },
    standing: async ({ environment, sessionId, from }) => {
      const now = nowOf(world)
      const found = await work.read(async (stores) => {
        const session = await stores.sessions.find({ environment }, sessionId)
        return session && standingOf(stores, kinds, session, now)
      })
      if (!found) return undefined
      try {
        requireStanding(found, now, idle)
      } catch (error) {
        if (isDeskError(error)) return undefined
        throw error
      }
      return actorOf(found.person, grantedBy(found.grants, now), { ...found.session, from }, found.keys)
    },
    me: (actor) =>
      work.read(async (stores) => {
        const { environment } = actor
        const person = (await stores.people.entry({ environment }, actor.id)) ?? refuse('sign_in_required', {})
        const session = (await stores.sessions.find({ environment }, actor.sessionId)) ?? refuse('sign_in_required', {})
        const { id, startedAt, expiresAt, strength, how } = session
        const now = nowOf(world)
        const awaiting = await awaitingFor(stores, actor, now)
        const shown = await personView(stores, person, actor, now)
        const places = new Map(shown.grants.flatMap(({ organisation: one }) => (one ? [[one.id, one]] : [])))
        const parts = new Map(shown.grants.flatMap(({ service: one }) => (one ? [[one.id, one.name]] : [])))
        const rights = entitlementsOf(actor).map(({ organisations, services, ...entitlement }) => ({
          ...entitlement,
          ...(organisations && { organisations: organisations.flatMap((id) => places.get(id) ?? []) }),
          ...(services && { services: services.map((one) => ({ ...one, name: parts.get(one.id) ?? '' })) }),
        }))
        return {
          person: shown,
          environment,
          session: { id, startedAt, expiresAt, strength, how },
          rights,
          awaiting,
        }
      }),
    list: async (actor, { everyone = false, ...page }) => {
      if (everyone) requireRight(actor, 'read_sessions')
      const now = nowOf(world)
      const seen = { seenAfter: later(now, -idle), seenBefore: later(now, CLOCK_SLACK) }
      const query = { now, ...seen, ...page, ...(everyone ? {} : { person: actor.id }) }
      const open = await inSlices(world, query, (slice) =>
        work.read((stores) => stores.sessions.open({ environment: actor.environment }, slice)),
      )
      return mapPage(open, (entry) => viewOf(entry, actor))
    },
    end: (actor, id) => end(actor, id, id === actor.sessionId ? 'signed_out' : 'ended'),
    endCurrent: (actor) => end(actor, actor.sessionId, 'signed_out'),
  }
}

/** The account is found by issuer and serial recorded when the certificate was issued, never by a name or an address. */
async function accountOf(
  stores: Readers,
  { environment, certificate }: Judged,
): Promise<{ person: Person; credential: Credential }> {
  const { serial } = certificate
  const credential = (await credentialOf(stores, certificate)) ?? refuse('certificate_without_account', { serial })
  const person =
    (await stores.people.find({ environment }, credential.person)) ?? refuse('certificate_without_account', { serial })
  if (person.state !== 'active') refuse('person_disabled', {})
  // Judged a moment ago, outside this unit: it may have been revoked since.
  const current = await certificateOf(stores, credential)
  if (current?.revoked) refuse('certificate_is_revoked', current.revoked)
  if (credential.ended) refuse('credential_ended', { at: credential.ended.at })
  return { person, credential }
}

/** Whoever shows a certificate that was issued here, as our own record has them. */
const holderOf = ({ commonName: name, owner }: Judged['certificate'], from: string): Caller => ({
  ...{ kind: 'caller', name, from },
  ...(owner.kind === 'person' && { id: owner.id }),
})

/** In the log it is the person who begins it, not the certificate. */
const recordBegun = (
  stores: Stores,
  person: Person,
  drawn: DrawnSession,
  credential: Credential,
  audited: AuditRecord,
): Promise<void> => {
  const session = { ...drawn, strength: strengthOf(drawn, credential), credential: credential.id }
  return record(stores, actorOf(person, [], session, []), audited)
}

const viewOf = (entry: SessionEntry & Session, actor: PersonActor): contract.Session => ({
  id: entry.id,
  person: { ...entry.personRef },
  startedAt: entry.startedAt,
  lastSeenAt: entry.lastSeenAt,
  expiresAt: entry.expiresAt,
  from: entry.from,
  agent: entry.agent,
  how: entry.how,
  strength: entry.strength,
  current: entry.id === actor.sessionId,
})

// Nothing was shown, or nothing that says whose it is.
const NOT_LOGGED: ReadonlySet<string> = new Set(['certificate_missing', 'certificate_unreadable'])
