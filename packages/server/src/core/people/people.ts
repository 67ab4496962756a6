import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../acting/acts.ts'
import type { Draw, Draws, Tokens } from '../acting/once.ts'
import type { PersonActor } from '../actor.ts'
import { SEVERAL } from '../audit/refusals.ts'
import { requireSeen } from '../confirming/as-seen.ts'
import { askedBy, awaits } from '../confirming/confirmation.ts'
import type { SecondAdministrator } from '../confirming/second-administrator.ts'
import { certificatesOf } from '../credentials/certificate/certificates-of.ts'
import { endCredentials, forgetLost } from '../credentials/change-credentials.ts'
import { asSigned } from '../issuance/is-as-signed.ts'
import type { Page, PageQuery } from '../paging.ts'
import type { Revocation } from '../revocation/revocation.ts'
import type { Revoker } from '../revocation/revoke.ts'
import { scopeFor } from '../rights/rights.ts'
import { inSlices } from '../slices.ts'
import type { Readers, Stores, Work } from '../work.ts'
import { type Instant, later, nowOf, type World } from '../world.ts'
import { requireFreeAddress } from './address.ts'
import { givenBy, isOpen } from './grants/grant.ts'
import { type GrantWish, newGrant, requireAhead, requirePlace } from './grants/grants.ts'
import type { Invitation } from './links/invitation.ts'
import { INVITATION_LIFE } from './links/invitation-life.ts'
import { announceOpen, type DrawnLink, drawLink, invitationToken, placeLink } from './links/new-invitation.ts'
import { type NewPerson, newPerson, recordPerson } from './new-person.ts'
import type { Person } from './person.ts'
import { personView, personViews } from './person-view.ts'
import { linkShown, sightOfLink } from './seen.ts'
import { requireLasting } from './sign-in/last-administrator.ts'

export interface People {
  /**
   * The link of an administrator waits for another one's confirmation, where there is one.
   * @param once see `Draws`: the same wish under the same key answers the same person, with the same link while it is theirs
   * @throws DeskError not_allowed, organisation_required, organisation_not_for_role, not_found, person_email_taken,
   *   grant_until_past
   */
  invite(actor: PersonActor, input: InviteInput, once?: string): Promise<Invited>
  /**
   * The new link takes the place of the earlier ones; it waits as that of `invite` does.
   * @param once see `Draws`: under the same key, the same link for as long as no other has taken its place
   * @throws DeskError not_allowed, not_found, person_disabled, second_administrator_missing
   */
  renewInvitation(actor: PersonActor, id: string, once?: string): Promise<Invited>
  /**
   * Lets an administrator's link open, from now on for its whole life.
   * @param mark of the link as it was looked at: another one that took its place opens nothing
   * @throws DeskError not_allowed, not_found, confirmation_not_wanted, not_as_seen, second_administrator_needed
   */
  confirmInvitation(actor: PersonActor, id: string, mark: string): Promise<void>
  /** Takes back a link that waits, the one that was looked at. @throws DeskError not_allowed, not_found, confirmation_not_wanted, not_as_seen */
  refuseInvitation(actor: PersonActor, id: string, mark: string): Promise<void>
  /**
   * Ends their sessions and all that they sign in with, revokes their certificates, takes their links back. Done twice, it changes nothing.
   * @throws DeskError not_allowed, not_found, person_is_self, last_administrator
   */
  disable(actor: PersonActor, id: string): Promise<void>
  /** @throws DeskError not_allowed, cursor_invalid */
  list(actor: PersonActor, query: PeopleQuery): Promise<Page<contract.Person>>
}

/** Who is invited, and what they get with it. */
export type InviteInput = NewPerson & { readonly email: string } & GrantWish

export interface Invited {
  readonly person: contract.Person
  readonly token: string
  readonly expiresAt: Instant
  /** It opens nothing before another administrator has confirmed it. */
  readonly awaiting: boolean
}

export interface PeopleQuery extends PageQuery {
  readonly search?: string
  readonly role?: contract.Role
  readonly state?: contract.PersonState
  readonly organisation?: string
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly draws: Draws
  readonly tokens: Tokens
  readonly world: World
  readonly revocation: Pick<Revocation, 'tryPublish'>
  readonly revoker: Revoker
  readonly second: SecondAdministrator
}

export function createPeople({ work, acts, draws, tokens, world, revocation, revoker, second }: Needs): People {
  const drawn = (draw: Draw) => drawLink({ world, tokens }, INVITATION_LIFE, draw.idAt)

  return {
    invite: async (actor, input, once) => {
      // Of whom there is no row yet, the log has no name: by no id could it be found again.
      const target = { kind: 'person', id: SEVERAL } as const
      const audited = { right: 'invite_people', action: 'person.invited', target } as const
      const draw = draws(actor, 'person.invite', input, once)
      const link = await drawn(draw)
      const invited = async (stores: Stores, actor: PersonActor, at: Instant): Promise<Invited | LinkOf> => {
        await requirePlace(stores, actor, input)
        requireAhead(input.until, at)
        const { credential: invitedWith } = actor
        const made = newPerson(world, actor.environment, input)
        const person = { ...made, id: draw.id, invitedWith }
        const scope = scopeFor(actor, 'invite_people')
        if (await stores.people.find(scope, person.id)) return linkOf(stores, actor, person, at)
        await requireFreeAddress(stores, person)
        await stores.people.insert(person)
        await stores.grants.insert({ ...newGrant(person.id, person, input, at), ...givenBy(actor) })
        return giveLink(second, stores, actor, person, link, 'person.invited', at)
      }
      return acts.attempt(actor, audited, async (unit) => {
        const made = await unit(invited)
        if ('token' in made) return made
        return sameLink(tokens, made, draw) ?? refuse('person_email_taken', { email: input.email })
      })
    },
    renewInvitation: async (actor, id, once) => {
      const target = { kind: 'person', id } as const
      const audited = { right: 'invite_people', action: 'person.link_renewed', target } as const
      const draw = draws(actor, 'person.link', { id }, once)
      return acts.attempt(actor, audited, async (unit) => {
        for (;;) {
          const open = await work.read((stores) => stores.invitations.findOpenOf(scopeFor(actor, 'invite_people'), id))
          const isSame = open !== undefined && open.id === draw.idAt(open.createdAt)
          const link = await drawn(draw)
          const made = await unit(async (stores, actor, at) => {
            const scope = scopeFor(actor, 'invite_people')
            const person = (await stores.people.find(scope, id)) ?? refuse('not_found', { what: 'person' })
            if (person.state === 'disabled') refuse('person_disabled', {})
            const now = await linkOf(stores, actor, person, at)
            if (now.open?.hash !== open?.hash) return undefined // another one took its place meanwhile
            return isSame ? now : giveLink(second, stores, actor, person, link, 'person.link_renewed', at)
          })
          const answer = made && ('token' in made ? made : sameLink(tokens, made, draw))
          if (answer) return answer
        }
      })
    },
    confirmInvitation: (actor, id, mark) => {
      const target = { kind: 'person', id } as const
      const audited = { right: 'confirm_people', action: 'person.link_confirmed', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const { person, invitation } = await waiting(stores, actor, id, mark)
        const confirmation = await second.confirmedBy(
          stores,
          actor,
          'confirm_people',
          { ...invitation, askedAt: invitation.createdAt },
          at,
          id,
        )
        const expiresAt = later(at, INVITATION_LIFE)
        await stores.invitations.confirm(scopeFor(actor, 'confirm_people'), invitation.hash, confirmation, expiresAt)
        await announceOpen(stores, person, { ...invitation, expiresAt }, at)
        await recordPerson(stores, actor, person, 'person.link_confirmed', at, askedBy(confirmation))
      })
    },
    refuseInvitation: (actor, id, mark) => {
      const target = { kind: 'person', id } as const
      const audited = { right: 'confirm_people', action: 'person.link_refused', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const { person, invitation } = await waiting(stores, actor, id, mark)
        await stores.invitations.withdrawOf(scopeFor(actor, 'confirm_people'), id, invitation.adds !== undefined)
        await recordPerson(stores, actor, person, 'person.link_refused', at, askedBy(invitation.confirmation))
      })
    },
    disable: async (actor, id) => {
      const target = { kind: 'person', id } as const
      const audited = { right: 'disable_people', action: 'person.disabled', target } as const
      const authorities = await acts.actAs(actor, audited, (stores, actor, at) =>
        disableWithin(revoker, stores, actor, id, at),
      )
      for (const authority of authorities) await revocation.tryPublish(authority)
    },
    list: async (actor, query) => {
      const scope = scopeFor(actor, 'read_people')
      const now = nowOf(world)
      return inSlices(world, { ...query, now }, (slice) =>
        work.read(async (stores) => {
          const page = await stores.people.page(scope, slice)
          return { ...page, items: await personViews(stores, page.items, actor, now) }
        }),
      )
    },
  }
}

/** A person with the link that nobody has used yet. */
interface LinkOf {
  readonly person: contract.Person
  readonly open: Invitation | undefined
}

async function linkOf(stores: Readers, actor: PersonActor, person: Person, at: Instant): Promise<LinkOf> {
  const scope = scopeFor(actor, 'invite_people')
  const open = await stores.invitations.findOpenOf(scope, person.id)
  const entry = (await stores.people.entry(scope, person.id)) ?? person
  return { person: await personView(stores, entry, actor, at), open }
}

/** The answer that was given before, when the link is still the one of that wish. */
function sameLink(tokens: Tokens, { person, open }: LinkOf, draw: Draw): Invited | undefined {
  if (!open || open.id !== draw.idAt(open.createdAt)) return undefined
  return { person, token: invitationToken(tokens, open.id), expiresAt: open.expiresAt, awaiting: awaits(open) }
}

/** Puts a link in place and says so; that of an administrator waits for another one, where there is one. */
async function giveLink(
  second: SecondAdministrator,
  stores: Stores,
  actor: PersonActor,
  person: Person,
  link: DrawnLink,
  action: 'person.invited' | 'person.link_renewed',
  at: Instant,
): Promise<Invited> {
  // Also of one that waits: with the link, whoever has it would only wait for that.
  const grants = await stores.grants.of({ environment: person.environment }, person.id)
  // Nor of one who was lately: as them, whoever opens it would be given back what they were.
  const is = grants.some((grant) => grant.role === 'administrator' && isOpen(grant, at))
  const administrator = is || (await second.counts(stores, person))
  const waits = administrator ? await second.confirmationFor(stores, actor, person.id) : {}
  const awaiting = waits.confirmation !== undefined
  await placeLink(stores, person, link, actor, waits)
  await recordPerson(stores, actor, person, action, link.createdAt, awaiting ? { awaits: true } : {})
  const entry = (await stores.people.entry(scopeFor(actor, 'invite_people'), person.id)) ?? person
  return { person: await personView(stores, entry, actor, at), token: link.token, expiresAt: link.expiresAt, awaiting }
}

async function waiting(stores: Readers, actor: PersonActor, id: string, mark: string) {
  const scope = scopeFor(actor, 'confirm_people')
  const person = (await stores.people.find(scope, id)) ?? refuse('not_found', { what: 'person' })
  const made = await stores.invitations.findOpenOf(scope, id)
  const own = await stores.invitations.findOpenOf(scope, id, true)
  const invitation = linkShown(made, own)
  if (!invitation || !awaits(invitation)) return refuse('confirmation_not_wanted', {})
  requireSeen(mark, sightOfLink(person, invitation))
  return { person, invitation }
}

/** @returns the authorities whose lists must be published, because certificates were revoked */
async function disableWithin(
  revoker: Revoker,
  stores: Stores,
  actor: PersonActor,
  id: string,
  at: Instant,
): Promise<readonly string[]> {
  if (id === actor.id) refuse('person_is_self', {})
  const scope = scopeFor(actor, 'disable_people')
  const person = (await stores.people.find(scope, id)) ?? refuse('not_found', { what: 'person' })
  if (person.state === 'disabled') return []
  await stores.people.update({ ...person, state: 'disabled' })
  // Whoever acts stays, and may be an administrator for a while only.
  await requireLasting(stores, actor.environment, at)
  // When they ceased to be an administrator is asked later, of rows under codes.
  for (const grant of await stores.grants.of(scope, id)) {
    if (grant.role === 'administrator')
      await stores.grants.end(scope, grant.id, { at, by: { id: actor.id, name: actor.name } })
  }
  await stores.invitations.withdrawOf(scope, id)
  await stores.sessions.endOfPerson(scope, id, at, 'ended')
  const every = await stores.credentials.everyOf(scope, id)
  const held = await endCredentials(stores, every.rows, at, 'disabled')
  const lost = await forgetLost(stores, scope, id, every)
  // All that is made out to them: what they sign in with, and what else they have. Those whose rows somebody took away end with the rest.
  const theirs = await asSigned(stores, await stores.certificates.goodOfPerson(scope, id))
  const ended = new Map([...(await certificatesOf(stores, scope, held, lost)), ...theirs].map((one) => [one.id, one]))
  await recordPerson(stores, actor, person, 'person.disabled', at)
  const lasting = new Set(every.lasting.map((one) => one.id))
  for (const one of held) {
    if (one.certificate === undefined && lasting.has(one.id)) await revoker.endWithin(stores, actor, one, at, true)
  }
  const authorities = new Set<string>()
  for (const certificate of ended.values()) {
    if (certificate.revoked) continue
    await revoker.revokeWithin(stores, actor, certificate, at, 'privilegeWithdrawn')
    authorities.add(certificate.authority)
  }
  return [...authorities]
}
