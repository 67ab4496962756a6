import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../../acting/acts.ts'
import type { Draws, Tokens } from '../../acting/once.ts'
import type { PersonActor } from '../../actor.ts'
import { record } from '../../audit/record.ts'
import { awaits } from '../../confirming/confirmation.ts'
import { authoritiesOf } from '../../credentials/certificate/authorities-of.ts'
import { certificateOf } from '../../credentials/certificate/certificate-of.ts'
import { endCredentials, nameCredential } from '../../credentials/change-credentials.ts'
import type { Credential, CredentialKinds } from '../../credentials/credential.ts'
import { type DrawnOwnLink, drawOwnLink, placeOwnLink } from '../../credentials/link/own-link.ts'
import type { BriefCertificate } from '../../issuance/certificate.port.ts'
import { reachOf } from '../../revocation/compromised-key.ts'
import type { Revocation } from '../../revocation/revocation.ts'
import type { Revoker } from '../../revocation/revoke.ts'
import { isStrongEnough, may, requireRight, scopeFor } from '../../rights/rights.ts'
import type { Scope } from '../../scope.ts'
import type { Stores, Work } from '../../work.ts'
import { type Instant, later, MINUTE, nowOf, type World } from '../../world.ts'
import { INVITATION_LIFE } from '../links/invitation-life.ts'
import { drawLink, invitationToken, placeLink } from '../links/new-invitation.ts'
import { endSessionsOf } from './follow-revocation.ts'
import type { RequireNotLast } from './last-administrator.ts'
import type { MayAdd } from './may-add.ts'

/** How people sign in: what they say of it themselves, and what administrators may. */
export interface Credentials {
  /** One's own, newest first; of links those alone that are open or in use, of what has ended the last. */
  list(actor: PersonActor): Promise<{ items: contract.Credential[]; more: boolean }>
  /** @throws DeskError not_allowed, not_found */
  listOf(actor: PersonActor, person: string): Promise<{ items: contract.Credential[]; more: boolean }>
  /** @throws DeskError not_found, strength_needed */
  name(actor: PersonActor, id: string, name: string): Promise<void>
  /**
   * Ends an own one, or for administrators anybody's, with its sessions; where it is a certificate, that is revoked. Of one that has ended, it may
   * still be said that somebody else had it.
   * @throws DeskError not_found, strength_needed, last_administrator_certificate
   */
  end(actor: PersonActor, id: string, compromised: boolean): Promise<void>
  /**
   * A link with which its holder looks on another device, once; it takes the place of one that nobody opened.
   * @param once see `Draws`
   * @throws DeskError strength_needed
   */
  makeLink(actor: PersonActor, once?: string): Promise<OwnLink>
  /**
   * A link with which its holder makes another certificate, on another computer, where they may (`MayAdd`).
   * @param once see `Draws`
   * @throws DeskError strength_needed, second_administrator_missing, credentials_too_many
   */
  addDevice(actor: PersonActor, name: string, once?: string): Promise<OwnLink>
}

export interface OwnLink {
  readonly token: string
  readonly expiresAt: Instant
  /** It opens nothing before another administrator has confirmed it. */
  readonly awaiting: boolean
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly draws: Draws
  readonly tokens: Tokens
  readonly world: World
  readonly revocation: Pick<Revocation, 'tryPublish'>
  readonly revoker: Revoker
  readonly requireNotLast: RequireNotLast
  readonly kinds: CredentialKinds
  readonly mayAdd: MayAdd
}

export function createCredentials(needs: Needs): Credentials {
  const { work, acts, draws, tokens, world, revocation, kinds, mayAdd } = needs
  const listed = (scope: Scope, person: string, actor: PersonActor) =>
    work.read(async (stores) => {
      const session = await stores.sessions.find({ environment: actor.environment }, actor.sessionId)
      const { items: shown, more } = await stores.credentials.shown(scope, person, nowOf(world), MOST_SHOWN)
      const ids = shown.flatMap(({ certificate }) => certificate ?? [])
      const certificates = await stores.certificates.inBrief({ environment: actor.environment }, ids)
      const items = shown.toSorted(newestFirst).map((one) => viewOf(kinds, one, certificates, session?.credential))
      return { items, more }
    })

  return {
    list: (actor) => listed({ environment: actor.environment }, actor.id, actor),
    listOf: async (actor, person) => {
      const scope = scopeFor(actor, 'read_people')
      const found = await work.read((stores) => stores.people.find(scope, person))
      return found ? listed(scope, person, actor) : refuse('not_found', { what: 'person' })
    },
    name: (actor, id, name) => {
      const target = { kind: 'credential', id, name } as const
      const audited = { right: 'keep_credentials', action: 'credential.named', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const { environment } = actor
        const credential = await stores.credentials.find({ environment }, id)
        if (credential?.person !== actor.id) return refuse('not_found', { what: 'credential' })
        requireAsStrong(actor, credential)
        await nameCredential(stores, credential, name)
        await record(stores, actor, { environment, at, action: 'credential.named', target })
      })
    },
    end: async (actor, id, compromised) => {
      const target = { kind: 'credential', id } as const
      const audited = { right: 'keep_credentials', action: 'credential.ended', target } as const
      const authorities = await acts.actAs(actor, audited, async (stores, actor, at) => {
        const { environment } = actor
        const credential = await stores.credentials.find({ environment }, id)
        const own = credential?.person === actor.id
        // Somebody else's does not exist for whoever may not end it.
        if (!credential || (!own && !may(actor, 'end_credentials'))) return refuse('not_found', { what: 'credential' })
        if (!own) requireRight(actor, 'end_credentials')
        requireAsStrong(actor, credential)
        return endOne(needs, stores, actor, credential, compromised, at)
      })
      for (const authority of authorities) await revocation.tryPublish(authority)
    },
    makeLink: async (actor, once) => {
      const target = { kind: 'person', id: actor.id, name: actor.name } as const
      const audited = { right: 'keep_credentials', action: 'credential.link_made', target } as const
      const draw = draws(actor, 'credential.link', {}, once)
      const link = await drawOwnLink(nowOf(world), draw, OWN_LINK_LIFE)
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const { environment } = actor
        const made = await stores.credentials.find({ environment }, draw.id)
        if (made) return answer(draw.secret(made.createdAt), made.expiresAt ?? at)
        await replaceLinks(stores, actor, link, at)
        await record(stores, actor, { environment, at, action: 'credential.link_made', target })
        return answer(link.token, link.expiresAt)
      })
    },
    addDevice: (actor, name, once) => {
      const { environment, id } = actor
      const target = { kind: 'person', id, name: actor.name } as const
      const audited = { right: 'keep_credentials', action: 'credential.device_link_made', target } as const
      const draw = draws(actor, 'credential.device', { name }, once)
      return acts.attempt(actor, audited, async (unit) => {
        for (;;) {
          const open = await work.read((stores) => stores.invitations.findOpenOf({ environment }, id, true))
          const isSame = open !== undefined && open.id === draw.idAt(open.createdAt)
          const early = await drawLink({ world, tokens }, OWN_LINK_LIFE, draw.idAt)
          const made = await unit(async (stores, actor, at) => {
            const now = await stores.invitations.findOpenOf({ environment }, id, true)
            if (now?.hash !== open?.hash) return undefined // another one took its place meanwhile
            if (isSame && now) return answer(invitationToken(tokens, now.id), now.expiresAt, awaits(now))
            const person = (await stores.people.find({ environment }, id)) ?? refuse('not_found', { what: 'person' })
            const waits = await mayAdd(stores, actor, at)
            const awaiting = waits.confirmation !== undefined
            const link = awaiting ? { ...early, expiresAt: later(early.createdAt, INVITATION_LIFE) } : early
            await placeLink(stores, person, link, actor, { ...waits, adds: name, addsAtMost: actor.strength })
            const facts = { name, ...(awaiting ? { awaits: true } : {}) }
            await record(stores, actor, { environment, at, action: 'credential.device_link_made', target, facts })
            if (awaiting) await stores.outbox.append({ environment, kind: 'person', target: id, at })
            return answer(link.token, link.expiresAt, awaiting)
          })
          if (made) return made
        }
      })
    },
  }
}

/** Nobody touches what says better than they did who is there. @throws DeskError strength_needed */
function requireAsStrong({ strength: have }: PersonActor, { strength: needed }: Credential): void {
  if (!isStrongEnough(have, needed)) refuse('strength_needed', { right: 'keep_credentials', needed, have })
}

const answer = (token: string, expiresAt: Instant, awaiting = false): OwnLink => ({ token, expiresAt, awaiting })

/** @returns the authorities whose lists are to say so */
async function endOne(
  needs: Pick<Needs, 'revoker' | 'requireNotLast'>,
  stores: Stores,
  actor: PersonActor,
  credential: Credential,
  compromised: boolean,
  at: Instant,
): Promise<readonly string[]> {
  const { environment, id, name, person } = credential
  // Where nothing is there any more that could be revoked, what was begun and made with it ends all the same.
  const end = (await certificateOf(stores, credential)) ? endCertificate : endOther
  const ended = await end(needs, stores, actor, credential, compromised, at)
  if (!ended) return []
  const target = { kind: 'credential', id, ...(name === '' ? {} : { name }) } as const
  await record(stores, actor, { environment, at, action: 'credential.ended', target, facts: ended.facts })
  await stores.outbox.append({ environment, kind: 'person', target: person, at })
  return [...new Set(ended.authorities)]
}

/** How one is ended; undefined where there is nothing to end, nor anything new to say of it. */
type EndOne = (
  needs: Pick<Needs, 'revoker' | 'requireNotLast'>,
  stores: Stores,
  actor: PersonActor,
  credential: Credential,
  compromised: boolean,
  at: Instant,
) => Promise<{ readonly facts: Record<string, string>; readonly authorities: readonly string[] } | undefined>

const endCertificate: EndOne = async ({ revoker, requireNotLast }, stores, actor, credential, compromised, at) => {
  const found = await certificateOf(stores, credential)
  // Whoever stole it may have ended it as out of use: that somebody else had it is said all the same.
  const isNews = compromised && found?.revoked !== undefined && found.revoked.reason !== 'keyCompromise'
  if (credential.ended && !isNews) return undefined
  const certificate = found?.revoked && !isNews ? undefined : found
  const reason = reasonOf(compromised)
  const reach = certificate && compromised ? await reachOf(stores, certificate, at) : undefined
  const reached = reach ? [...reach.ending, ...reach.rewritten, ...reach.past] : certificate ? [certificate] : []
  await requireNotLast(stores, reached, reason, at)
  await endCredentials(stores, [credential], at, 'ended')
  await endSessionsOf(stores, [credential], at, 'credential')
  if (reach) await revoker.compromiseWithin(stores, actor, reach, at)
  else if (certificate) await revoker.revokeWithin(stores, actor, certificate, at, reason)
  const listed = reach ? [...reach.ending, ...reach.rewritten] : reached
  const facts: Record<string, string> = certificate ? { reason, serial: certificate.serial } : {}
  return { facts, authorities: listed.map(({ authority }) => authority) }
}

/** What is no certificate: nothing is revoked but what was made with it. */
const endOther: EndOne = async ({ revoker, requireNotLast }, stores, actor, credential, compromised, at) => {
  const { environment, id, person, ended } = credential
  const marks = compromised ? await stores.compromises.among([{ kind: 'credential', value: id }]) : []
  if (ended && (!compromised || marks.length > 0)) return undefined
  const reason = reasonOf(compromised)
  await requireNotLast(stores, [credential], reason, at)
  const authorities = compromised ? await authoritiesOf(stores, { environment }, person) : []
  await endCredentials(stores, [credential], at, 'ended')
  await endSessionsOf(stores, [credential], at, 'credential')
  await revoker.endWithin(stores, actor, credential, at, compromised)
  return { facts: compromised ? { reason } : {}, authorities: [...authorities] }
}

const reasonOf = (compromised: boolean) => (compromised ? 'keyCompromise' : 'cessationOfOperation')

async function replaceLinks(stores: Stores, actor: PersonActor, link: DrawnOwnLink, at: Instant): Promise<void> {
  const unspent = await stores.credentials.unused({ environment: actor.environment }, actor.id, 'link')
  await endCredentials(stores, unspent, at, 'replaced')
  await placeOwnLink(stores, actor, link)
}

/** All that is open, and of what has ended the last. */
const MOST_SHOWN = 100

const newestFirst = (one: Credential, other: Credential): number => {
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? 1 : -1
  return one.id < other.id ? 1 : -1
}

function viewOf(
  kinds: CredentialKinds,
  credential: Credential,
  certificates: ReadonlyMap<string, BriefCertificate>,
  current: string | undefined,
): contract.Credential {
  const { id, kind, strength, name, createdAt, lastUsedAt, expiresAt, ended, certificate: of } = credential
  const certificate = of === undefined ? undefined : certificates.get(of)
  return {
    ...{ id, kind, lasts: kinds[kind].lasts, strength, name, createdAt, current: id === current },
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(certificate && {
      certificate: { id: certificate.id, serial: certificate.serial, notAfter: certificate.notAfter },
    }),
    ...(ended ? { ended: { ...ended } } : {}),
  }
}

// Long enough to walk to the other device and to choose a passphrase there, too short to be found later.
const OWN_LINK_LIFE: number = 15 * MINUTE
