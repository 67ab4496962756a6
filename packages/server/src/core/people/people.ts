import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../acting/acts.ts'
import { type PersonActor, requireRole, scopeOf } from '../actor.ts'
import { SEVERAL } from '../audit/refusals.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import type { Revocation } from '../revocation/revocation.ts'
import { revokeWithin } from '../revocation/revoke.ts'
import type { Stores, Work } from '../work.ts'
import { HOUR, type Instant, type World } from '../world.ts'
import { drawLink, placeLink } from './new-invitation.ts'
import { type InviteInput, newPerson, recordPerson } from './new-person.ts'
import { personView } from './person-view.ts'

export interface People {
  /** @throws DeskError not_allowed, organisation_required, organisation_not_for_role, not_found, person_email_taken */
  invite(actor: PersonActor, input: InviteInput): Promise<Invited>
  /** The new link takes the place of the earlier ones. @throws DeskError not_allowed, not_found, person_disabled */
  renewInvitation(actor: PersonActor, id: string): Promise<Invited>
  /**
   * Ends his sessions, revokes his certificate, takes his links back. Done twice, it changes nothing.
   * @throws DeskError not_allowed, not_found, person_is_self, last_administrator
   */
  disable(actor: PersonActor, id: string): Promise<void>
  /** @throws DeskError not_allowed, cursor_invalid */
  list(actor: PersonActor, query: PeopleQuery): Promise<Page<contract.Person>>
}

export interface Invited {
  readonly person: contract.Person
  readonly token: string
  readonly expiresAt: Instant
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
  readonly world: World
  readonly revocation: Pick<Revocation, 'tryPublish'>
}

export function createPeople({ work, acts, world, revocation }: Needs): People {
  return {
    invite: async (actor, input) => {
      const target = { kind: 'person', id: SEVERAL, name: input.name }
      const deed = { right: 'person.invite', roles: ADMINISTRATORS, action: 'person.invited', target } as const
      const link = await drawLink(world, INVITATION_LIFE)
      return acts.actAs(actor, deed, async (stores, actor) => {
        if (input.role === 'manager' && input.organisation === undefined) {
          refuse('organisation_required', { role: input.role })
        }
        if (input.role !== 'manager' && input.organisation !== undefined) {
          refuse('organisation_not_for_role', { role: input.role })
        }
        const { certificate: invitedWith } = actor
        const made = newPerson(world, actor.environment, input)
        const person = { ...made, ...(invitedWith === undefined ? {} : { invitedWith }) }
        const scope = scopeOf(actor)
        if (person.organisation !== undefined && !(await stores.organisations.find(scope, person.organisation))) {
          refuse('not_found', { what: 'organisation' })
        }
        if (await stores.people.findByEmail(scope, person.email)) {
          refuse('person_email_taken', { email: person.email })
        }
        await stores.people.insert(person)
        await placeLink(stores, person, link, actor)
        await recordPerson(stores, actor, person, 'person.invited', link.createdAt)
        const entry = (await stores.people.entry(scope, person.id)) ?? person
        return { person: personView(entry), token: link.token, expiresAt: link.expiresAt }
      })
    },
    renewInvitation: async (actor, id) => {
      const target = { kind: 'person', id }
      const deed = { right: 'person.invite', roles: ADMINISTRATORS, action: 'person.link_renewed', target } as const
      const link = await drawLink(world, INVITATION_LIFE)
      return acts.actAs(actor, deed, async (stores, actor) => {
        const scope = scopeOf(actor)
        const person = (await stores.people.find(scope, id)) ?? refuse('not_found', { what: 'person' })
        if (person.state === 'disabled') refuse('person_disabled', {})
        await placeLink(stores, person, link, actor)
        await recordPerson(stores, actor, person, 'person.link_renewed', link.createdAt)
        const entry = (await stores.people.entry(scope, id)) ?? person
        return { person: personView(entry), token: link.token, expiresAt: link.expiresAt }
      })
    },
    disable: async (actor, id) => {
      const target = { kind: 'person', id }
      const deed = { right: 'person.disable', roles: ADMINISTRATORS, action: 'person.disabled', target } as const
      const authority = await acts.actAs(actor, deed, (stores, actor, at) => disableWithin(stores, actor, id, at))
      if (authority !== undefined) await revocation.tryPublish(authority)
    },
    list: async (actor, query) => {
      requireRole(actor, 'person.read', 'administrator', 'auditor')
      return mapPage(await work.read((stores) => stores.people.page(scopeOf(actor), query)), personView)
    },
  }
}

/** @returns the authority whose list must be published, when a certificate was revoked */
async function disableWithin(stores: Stores, actor: PersonActor, id: string, at: Instant): Promise<string | undefined> {
  if (id === actor.id) refuse('person_is_self', {})
  const scope = scopeOf(actor)
  const person = (await stores.people.find(scope, id)) ?? refuse('not_found', { what: 'person' })
  if (person.state === 'disabled') return undefined
  if (person.role === 'administrator' && person.state === 'active') {
    if ((await stores.people.countAdministrators(scope)) <= 1) refuse('last_administrator', {})
  }
  await stores.people.update({ ...person, state: 'disabled' })
  await stores.invitations.withdrawOf(scope, id)
  await stores.sessions.endOfPerson(scope, id, at, 'ended')
  await recordPerson(stores, actor, person, 'person.disabled', at)
  const certificate = person.certificate && (await stores.certificates.find(scope, person.certificate.id))
  if (!certificate || certificate.revoked) return undefined
  await revokeWithin(stores, actor, certificate, at, 'privilegeWithdrawn')
  return certificate.authority
}

const ADMINISTRATORS = ['administrator'] as const
const INVITATION_LIFE: number = 72 * HOUR
