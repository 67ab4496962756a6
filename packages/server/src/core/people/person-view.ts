import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { awaitingView } from '../confirming/awaiting-view.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'
import { type GrantEntry, isOpen } from './grants/grant.ts'
import { withoutClosed } from './grants/without-closed.ts'
import type { PersonEntry } from './person.ts'
import { linkShown, type OpenLink, sightOfGrant, sightOfLink } from './seen.ts'

/**
 * People as they are shown, each with the grants that hold or wait.
 * @param viewer for whom they are shown: what they may confirm depends on who they are
 */
export async function personViews(
  stores: Pick<Readers, 'grants' | 'services'>,
  entries: readonly PersonEntry[],
  viewer: PersonActor,
  now: Instant,
): Promise<contract.Person[]> {
  const { environment } = viewer
  const people = entries.map(({ id }) => id)
  const grants = await withoutClosed(stores, await stores.grants.ofAll({ environment }, people))
  return entries.map((entry) => {
    const theirs = grants.filter((grant) => grant.person === entry.id && isOpen(grant, now))
    return viewOf(entry, theirs, viewer)
  })
}

/** The same of one. */
export async function personView(
  stores: Pick<Readers, 'grants' | 'services'>,
  entry: PersonEntry,
  viewer: PersonActor,
  now: Instant,
): Promise<contract.Person> {
  const [view] = await personViews(stores, [entry], viewer, now)
  return view!
}

function viewOf(entry: PersonEntry, grants: readonly GrantEntry[], viewer: PersonActor): contract.Person {
  const { organisationRef, signIn } = entry
  const link = linkShown(entry.invitation, entry.waitingDevice)
  return {
    id: entry.id,
    name: entry.name,
    ...(entry.email === undefined ? {} : { email: entry.email }),
    ...(organisationRef ? { organisation: { ...organisationRef } } : {}),
    grants: grants.map((grant) => grantView(entry, grant, viewer)),
    state: entry.state,
    language: entry.language,
    createdAt: entry.createdAt,
    ...(link ? { invitation: linkView(entry, link, viewer) } : {}),
    ...(signIn ? { signIn: { ...signIn } } : {}),
    ...(entry.lastSignInAt === undefined ? {} : { lastSignInAt: entry.lastSignInAt }),
  }
}

function linkView(
  person: PersonEntry,
  link: OpenLink,
  viewer: PersonActor,
): NonNullable<contract.Person['invitation']> {
  const thing = { ...link, askedAt: link.createdAt, sight: sightOfLink(person, link) }
  return { expiresAt: link.expiresAt, ...awaitingView(viewer, 'confirm_people', thing, person.id) }
}

function grantView(person: PersonEntry, grant: GrantEntry, viewer: PersonActor): contract.Grant {
  const thing = { ...grant, askedAt: grant.from, sight: sightOfGrant(person, grant) }
  return {
    id: grant.id,
    role: grant.role,
    ...(grant.organisationRef ? { organisation: { ...grant.organisationRef } } : {}),
    ...(grant.serviceRef ? { service: { ...grant.serviceRef } } : {}),
    from: grant.from,
    ...(grant.until === undefined ? {} : { until: grant.until }),
    by: grant.givenBy.name,
    ...awaitingView(viewer, 'confirm_people', thing, person.id),
  }
}
