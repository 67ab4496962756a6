import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import { type Actor, type DeskActor, type PersonActor, requireRole, scopeOf } from '../actor.ts'
import { record, recordingRefusal } from '../audit/record.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import type { Revocation } from '../revocation/revocation.ts'
import { revokeWithin } from '../revocation/revoke.ts'
import type { Stores, Work } from '../work.ts'
import { HOUR, type Instant, newId, nowOf, type World } from '../world.ts'
import { drawLink, placeLink } from './new-invitation.ts'
import type { Person } from './person.ts'
import { personView } from './person-view.ts'
import { UNNAMED_EMAIL } from './unnamed.ts'

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
  /**
   * First start and the host's command: makes or re-invites an administrator; the link is good for an hour.
   * @throws DeskError person_email_taken when somebody who is not an administrator has the address, person_disabled
   */
  inviteAdministrator(
    actor: DeskActor,
    input: { environment: contract.Environment; name?: string; email?: string; language?: 'en' | 'fr' },
  ): Promise<{ token: string; expiresAt: Instant }>
  /** Active administrators of an environment: none means that first start must print a link. */
  countAdministrators(environment: contract.Environment): Promise<number>
}

export interface Invited {
  readonly person: contract.Person
  readonly token: string
  readonly expiresAt: Instant
}

export interface InviteInput {
  readonly name: string
  readonly email: string
  readonly role: contract.Role
  readonly organisation?: string
  readonly language?: 'en' | 'fr'
}

export interface PeopleQuery extends PageQuery {
  readonly search?: string
  readonly role?: contract.Role
  readonly state?: contract.PersonState
  readonly organisation?: string
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly revocation: Pick<Revocation, 'tryPublish'>
}

export function createPeople({ work, world, revocation }: Needs): People {
  const newPerson = (environment: contract.Environment, input: InviteInput): Person => ({
    id: newId(world),
    environment,
    ...(input.organisation === undefined ? {} : { organisation: input.organisation }),
    name: input.name,
    email: input.email,
    role: input.role,
    state: 'invited',
    language: input.language ?? 'en',
    createdAt: nowOf(world),
  })

  return {
    invite: async (actor, input) => {
      requireRole(actor, 'person.invite', 'administrator')
      if (input.role === 'manager' && input.organisation === undefined) {
        refuse('organisation_required', { role: input.role })
      }
      if (input.role !== 'manager' && input.organisation !== undefined) {
        refuse('organisation_not_for_role', { role: input.role })
      }
      const person = newPerson(actor.environment, input)
      const link = await drawLink(world, INVITATION_LIFE)
      return work.transaction(async (stores) => {
        const scope = scopeOf(actor)
        if (person.organisation !== undefined && !(await stores.organisations.find(scope, person.organisation))) {
          refuse('not_found', { what: 'organisation' })
        }
        if (await stores.people.findByEmail(scope, person.email)) {
          refuse('person_email_taken', { email: person.email })
        }
        await stores.people.insert(person)
        await placeLink(stores, person, link)
        await recordPerson(stores, actor, person, 'person.invited', link.createdAt)
        const entry = (await stores.people.entry(scope, person.id)) ?? person
        return { person: personView(entry), token: link.token, expiresAt: link.expiresAt }
      })
    },
    renewInvitation: async (actor, id) => {
      requireRole(actor, 'person.invite', 'administrator')
      const link = await drawLink(world, INVITATION_LIFE)
      return work.transaction(async (stores) => {
        const scope = scopeOf(actor)
        const person = (await stores.people.find(scope, id)) ?? refuse('not_found', { what: 'person' })
        if (person.state === 'disabled') refuse('person_disabled', {})
        await placeLink(stores, person, link)
        await recordPerson(stores, actor, person, 'person.link_renewed', link.createdAt)
        const entry = (await stores.people.entry(scope, id)) ?? person
        return { person: personView(entry), token: link.token, expiresAt: link.expiresAt }
      })
    },
    disable: async (actor, id) => {
      const at = nowOf(world)
      const { environment } = actor
      const deed = { environment, at, action: 'person.disabled', target: { kind: 'person', id } } as const
      const authority = await recordingRefusal(work, actor, deed, async () => {
        requireRole(actor, 'person.disable', 'administrator')
        if (id === actor.id) refuse('person_is_self', {})
        return work.transaction((stores) => disableWithin(stores, actor, id, at))
      })
      if (authority !== undefined) await revocation.tryPublish(authority)
    },
    list: async (actor, query) => {
      requireRole(actor, 'person.read', 'administrator', 'auditor')
      return mapPage(await work.read((stores) => stores.people.page(scopeOf(actor), query)), personView)
    },
    inviteAdministrator: async (actor, { environment, name, email, language }) => {
      const link = await drawLink(world, FIRST_LINK_LIFE)
      const address = email ?? UNNAMED_EMAIL
      const made = newPerson(environment, {
        name: name ?? 'Administrator',
        email: address,
        role: 'administrator',
        ...(language === undefined ? {} : { language }),
      })
      await work.transaction(async (stores) => {
        const known = await stores.people.findByEmail({ environment }, address)
        if (known && known.role !== 'administrator') refuse('person_email_taken', { email: address })
        if (known?.state === 'disabled') refuse('person_disabled', {})
        const person = known ?? made
        if (!known) await stores.people.insert(made)
        await placeLink(stores, person, link)
        const action = known ? 'person.link_renewed' : 'person.invited'
        await recordPerson(stores, actor, person, action, link.createdAt)
      })
      return { token: link.token, expiresAt: link.expiresAt }
    },
    countAdministrators: (environment) => work.read((stores) => stores.people.countAdministrators({ environment })),
  }
}

/** @returns the authority whose list must be published, when a certificate was revoked */
async function disableWithin(stores: Stores, actor: PersonActor, id: string, at: Instant): Promise<string | undefined> {
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

async function recordPerson(
  stores: Stores,
  actor: Actor,
  person: Person,
  action: contract.AuditAction,
  at: Instant,
): Promise<void> {
  const { environment, organisation, id, name, role } = person
  const owner = organisation === undefined ? {} : { organisation }
  const target = { kind: 'person', id, name }
  await record(stores, actor, { environment, ...owner, at, action, target, facts: { role } })
  await stores.outbox.append({ environment, ...owner, kind: 'person', target: id, at })
}

// The first link is printed on a terminal and waited for; the others travel by mail and wait for Monday.
const FIRST_LINK_LIFE: number = HOUR
const INVITATION_LIFE: number = 72 * HOUR
