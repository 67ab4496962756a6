import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../../acting/acts.ts'
import type { Draws } from '../../acting/once.ts'
import type { Actor, PersonActor } from '../../actor.ts'
import type { AuditEvent } from '../../audit/audit-event.ts'
import { record } from '../../audit/record.ts'
import { requireSeen } from '../../confirming/as-seen.ts'
import { askedBy, awaits } from '../../confirming/confirmation.ts'
import type { SecondAdministrator } from '../../confirming/second-administrator.ts'
import { scopeFor } from '../../rights/rights.ts'
import { type OpenPlace, openPlace } from '../../services/open-place.ts'
import type { ServiceClosed } from '../../services/services.ts'
import type { Readers, Stores, Work } from '../../work.ts'
import { type Instant, later, nowOf, type World } from '../../world.ts'
import { COUNTED_FOR } from '../administrators.ts'
import type { Person } from '../person.ts'
import { personView } from '../person-view.ts'
import { sightOfGrant } from '../seen.ts'
import { requireLasting } from '../sign-in/last-administrator.ts'
import { endOf, type Grant, givenBy, heldSince, isOpen, isSameGrant, organisationOf, placeAt } from './grant.ts'

/** What somebody may do is given to them, and taken away, one grant at a time. */
export interface Grants {
  /** @throws DeskError not_allowed, not_found */
  person(actor: PersonActor, id: string): Promise<contract.Person>
  /**
   * An administrator's waits for another administrator, where there is one.
   * @param once see `Draws`: the same wish under the same key answers the same grant
   * @throws DeskError not_allowed, not_found, person_is_self, person_disabled, organisation_required, organisation_not_for_role,
   *   grant_until_past, grant_given, service_closed, second_administrator_missing
   */
  give(actor: PersonActor, person: string, wish: GrantWish, once?: string): Promise<contract.Person>
  /**
   * @param mark of the grant as it was looked at
   * @throws DeskError not_allowed, not_found, confirmation_not_wanted, not_as_seen, second_administrator_needed
   */
  confirm(actor: PersonActor, person: string, grant: string, mark: string): Promise<void>
  /** Of one that waits. @throws DeskError not_allowed, not_found, confirmation_not_wanted, not_as_seen */
  refuse(actor: PersonActor, person: string, grant: string, mark: string): Promise<void>
  /** Ended twice, it changes nothing. @throws DeskError not_allowed, not_found, person_is_self, last_administrator */
  end(actor: PersonActor, person: string, grant: string): Promise<void>
}

export interface GrantWish {
  readonly role: contract.Role
  readonly organisation?: string
  /** Of that organisation. */
  readonly service?: string
  readonly until?: Instant
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly draws: Draws
  readonly world: World
  readonly second: SecondAdministrator
}

export function createGrants({ work, acts, draws, world, second }: Needs): Grants {
  return {
    person: (actor, id) =>
      work.read(async (stores) => {
        const entry = await stores.people.entry(scopeFor(actor, 'read_people'), id)
        return personView(stores, entry ?? refuse('not_found', { what: 'person' }), actor, nowOf(world))
      }),

    give: (actor, id, wish, once) => {
      const target = { kind: 'person', id } as const
      const audited = { right: 'give_grants', action: 'grant.given', target } as const
      const draw = draws(actor, 'grant.give', { id, ...wish }, once)
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const scope = scopeFor(actor, 'give_grants')
        const person = (await stores.people.find(scope, id)) ?? refuse('not_found', { what: 'person' })
        if (id === actor.id) refuse('person_is_self', {})
        if (person.state === 'disabled') refuse('person_disabled', {})
        if (!(await stores.grants.find(scope, draw.id))) {
          const place = await requirePlace(stores, actor, wish)
          const grant: Grant = { ...newGrant(draw.id, person, wish, at), ...givenBy(actor) }
          await requireNew(stores, grant, at)
          const back = wish.role === 'administrator' && (await isGivenBack(stores, actor, grant, at))
          const waits = wish.role === 'administrator' ? await second.confirmationFor(stores, actor, id, back) : {}
          await stores.grants.insert({ ...grant, ...waits })
          // A link that nobody else confirmed would let whoever has it be the administrator.
          if (waits.confirmation || back) await stores.invitations.withdrawOf(scope, id)
          const more = {
            ...(place?.service && { service: place.service.name }),
            ...(waits.confirmation ? { awaits: true } : {}),
          }
          await recordGrant(stores, actor, person, grant, 'grant.given', at, more)
        }
        const entry = (await stores.people.entry(scope, id)) ?? person
        return personView(stores, entry, actor, at)
      })
    },

    confirm: (actor, id, grantId, mark) => {
      const target = { kind: 'person', id } as const
      const audited = { right: 'confirm_people', action: 'grant.confirmed', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const { person, grant } = await waiting(stores, actor, id, grantId, mark)
        if (!isOpen(grant, at)) refuse('confirmation_not_wanted', {})
        const confirmation = await second.confirmedBy(
          stores,
          actor,
          'confirm_people',
          { ...grant, askedAt: grant.from },
          at,
          id,
        )
        await stores.grants.confirm(scopeFor(actor, 'confirm_people'), grantId, confirmation)
        // What they made for another device while they were none: that of an administrator waits.
        await stores.invitations.withdrawOf(scopeFor(actor, 'confirm_people'), id, true)
        await recordGrant(stores, actor, person, grant, 'grant.confirmed', at, askedBy(confirmation))
      })
    },

    refuse: (actor, id, grantId, mark) => {
      const target = { kind: 'person', id } as const
      const audited = { right: 'confirm_people', action: 'grant.refused', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const { person, grant } = await waiting(stores, actor, id, grantId, mark)
        const scope = scopeFor(actor, 'confirm_people')
        await stores.grants.end(scope, grantId, { at, by: { id: actor.id, name: actor.name } })
        await recordGrant(stores, actor, person, grant, 'grant.refused', at, askedBy(grant.confirmation))
      })
    },

    end: (actor, id, grantId) => {
      const target = { kind: 'person', id } as const
      const audited = { right: 'end_grants', action: 'grant.ended', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const { person, grant } = await found(stores, actor, 'end_grants', id, grantId)
        if (id === actor.id) refuse('person_is_self', {})
        if (grant.ended) return
        await stores.grants.end(scopeFor(actor, 'end_grants'), grantId, { at, by: { id: actor.id, name: actor.name } })
        if (grant.role === 'administrator') {
          await requireLasting(stores, actor.environment, at)
          // Where they are signed in they are told why they are not any more, and see when they come back what they are now.
          await stores.sessions.endOfPerson(scopeFor(actor, 'end_grants'), id, at, 'role')
        }
        await recordGrant(stores, actor, person, grant, 'grant.ended', at)
      })
    },
  }
}

/** The grant of a wish, as somebody has it from now on. */
export const newGrant = (
  id: string,
  { id: person, environment }: Pick<Person, 'id' | 'environment'>,
  { role, organisation, service, until }: GrantWish,
  from: Instant,
): Omit<Grant, 'givenBy'> => ({
  ...{ id, environment, person, role, place: placeAt(organisation, service), from },
  ...(until === undefined ? {} : { until }),
})

/** @throws DeskError organisation_required, organisation_not_for_role, not_found, service_closed */
export async function requirePlace(
  stores: Readers,
  actor: PersonActor,
  { role, organisation, service }: GrantWish,
): Promise<OpenPlace | undefined> {
  if ((role === 'manager' || service !== undefined) && organisation === undefined)
    refuse('organisation_required', { role })
  if (role !== 'manager' && organisation !== undefined) refuse('organisation_not_for_role', { role })
  if (organisation === undefined) return undefined
  const scope = scopeFor(actor, 'give_grants')
  return openPlace(stores, scope, { organisation, ...(service === undefined ? {} : { service }) })
}

/** Whether it gives back what this actor took from that person lately, and no more: for as long at most. What others took, others give back. */
async function isGivenBack(
  stores: Readers,
  actor: Pick<PersonActor, 'id'>,
  grant: Omit<Grant, 'givenBy'>,
  now: Instant,
): Promise<boolean> {
  const { environment, person, until } = grant
  const since = later(now, -COUNTED_FOR)
  const lately = await stores.grants.withRoleSince({ environment }, 'administrator', since)
  const theirs = lately.filter((one) => one.person === person)
  // The last that they had, however it came to its end.
  const [last] = theirs
    .filter((one) => heldSince(one, since))
    .sort((one, other) => (endOf(one) < endOf(other) ? 1 : -1))
  if (last?.ended?.by.id !== actor.id) return false
  // Nor what another one has refused since.
  const { at } = last.ended
  if (theirs.some(({ ended }) => ended && ended.by.id !== actor.id && ended.at >= at)) return false
  return last.until === undefined || (until !== undefined && until <= last.until)
}

/** @throws DeskError grant_until_past */
export function requireAhead(until: Instant | undefined, now: Instant): void {
  if (until !== undefined && until <= now) refuse('grant_until_past', { at: until })
}

/**
 * That it gives something: an end that is to come, and not what they have for as long.
 * @throws DeskError grant_until_past, grant_given
 */
async function requireNew(stores: Readers, grant: Omit<Grant, 'givenBy'>, now: Instant): Promise<void> {
  const { environment, person, until } = grant
  requireAhead(until, now)
  for (const one of await stores.grants.of({ environment }, person)) {
    const lastsAsLong = one.until === undefined || (until !== undefined && one.until >= until)
    if (isOpen(one, now) && isSameGrant(one, grant) && lastsAsLong) refuse('grant_given', {})
  }
}

async function found(
  stores: Readers,
  actor: PersonActor,
  right: contract.Right,
  id: string,
  grantId: string,
): Promise<{ person: Person; grant: Grant }> {
  const scope = scopeFor(actor, right)
  const person = (await stores.people.find(scope, id)) ?? refuse('not_found', { what: 'person' })
  const grant = await stores.grants.find(scope, grantId)
  return { person, grant: grant?.person === id ? grant : refuse('not_found', { what: 'grant' }) }
}

async function waiting(stores: Readers, actor: PersonActor, id: string, grantId: string, mark: string) {
  const { person, grant } = await found(stores, actor, 'confirm_people', id, grantId)
  if (grant.ended || !awaits(grant)) refuse('confirmation_not_wanted', {})
  requireSeen(mark, sightOfGrant(person, grant))
  return { person, grant }
}

/** Of a service that is closed: nobody is anything in it any more. */
export const endGrantsOfService: ServiceClosed = async (stores, actor, { environment, id, name }, at) => {
  const scope = { environment }
  for (const grant of await stores.grants.ofService(scope, id)) {
    await stores.grants.end(scope, grant.id, { at, by: { id: actor.id, name: actor.name } })
    const person = await stores.people.find(scope, grant.person)
    if (person) await recordGrant(stores, actor, person, grant, 'grant.ended', at, { service: name })
  }
}

/** Writes what was done about a grant into the log, and tells who listens. */
export async function recordGrant(
  stores: Stores,
  actor: Actor,
  { id, name }: Pick<Person, 'id' | 'name'>,
  grant: Omit<Grant, 'givenBy'>,
  action: contract.AuditAction,
  at: Instant,
  more: AuditEvent['facts'] = {},
): Promise<void> {
  const { environment, role, until } = grant
  const organisation = organisationOf(grant)
  const of = { environment, ...(organisation === undefined ? {} : { organisation }) }
  const facts = { role, ...(until === undefined ? {} : { until }), ...more }
  await record(stores, actor, { ...of, at, action, target: { kind: 'person', id, name }, facts })
  await stores.outbox.append({ environment, kind: 'person', target: id, at })
}
