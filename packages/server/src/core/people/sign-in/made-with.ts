import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../../actor.ts'
import { awaits } from '../../confirming/confirmation.ts'
import type { BriefCertificate } from '../../issuance/certificate.port.ts'
import type { First } from '../../paging.ts'
import { scopeFor } from '../../rights/rights.ts'
import type { Scope } from '../../scope.ts'
import { closedService } from '../../services/closed-service.ts'
import type { Readers, Work } from '../../work.ts'
import { type Instant, nowOf, type World } from '../../world.ts'
import { isOpen } from '../grants/grant.ts'
import type { Person } from '../person.ts'

/** What was made with something that a person signs in with and that outlives it: asked when somebody else may have had it. */
export interface MadeWith {
  /**
   * @param credential its id; of a certificate its own, also of one that never signed in
   * @throws DeskError not_allowed, not_found
   */
  of(actor: PersonActor, credential: string): Promise<contract.MadeWith>
}

interface Needs {
  readonly work: Work
  readonly world: World
}

export function createMadeWith({ work, world }: Needs): MadeWith {
  return {
    of: async (actor, id) => {
      const scope = scopeFor(actor, 'trace_certificates')
      const now = nowOf(world)
      const isThere = await work.read(
        async ({ certificates, credentials }) =>
          (await certificates.find(scope, id)) ?? (await credentials.find(scope, id)),
      )
      if (!isThere) refuse('not_found', { what: 'credential' })
      // Each kind by itself: however much was made, others have their turn in between.
      const kits = await work.read((stores) => kitsOf(stores, scope, id, now))
      const people = await work.read((stores) => peopleOf(stores, scope, id, now))
      const grants = await work.read((stores) => grantsOf(stores, scope, id, now))
      const links = await work.read((stores) => linksOf(stores, scope, id, now))
      const devices = await work.read((stores) => devicesOf(stores, scope, id, now))
      return {
        kits: [...kits.items],
        people: [...people.items],
        grants: [...grants.items],
        links: [...links.items],
        devices: [...devices.items],
        more: [kits, people, grants, links, devices].some(({ more }) => more),
      }
    },
  }
}

/** Of each kind; what is still open comes first, so that nothing that is over takes its place. */
const MOST = 200

type Shown<K extends keyof contract.MadeWith> = Promise<
  First<contract.MadeWith[K] extends readonly (infer T)[] ? T : never>
>

async function kitsOf(stores: Readers, scope: Scope, id: string, now: Instant): Shown<'kits'> {
  const { items, more } = await stores.kits.madeWith(scope, id, now, MOST)
  const { environment } = scope
  const closed = new Set<string>()
  for (const service of new Set(items.flatMap((kit) => kit.service ?? [])))
    if (await closedService(stores, { environment, service })) closed.add(service)
  return {
    items: items.map((kit) => ({
      id: kit.id,
      name: kit.name,
      organisation: { ...kit.organisationRef },
      standingApproval: kit.standingApproval,
      open: letsAsk(kit, now) && !(kit.service !== undefined && closed.has(kit.service)),
      createdAt: kit.createdAt,
    })),
    more,
  }
}

type MadeKit = Awaited<ReturnType<Readers['kits']['madeWith']>>['items'][number]

const letsAsk = (kit: MadeKit, now: Instant): boolean =>
  kit.withdrawnAt === undefined && kit.expiresAt > now && kit.usesMade < kit.usesAllowed

async function peopleOf(stores: Readers, scope: Scope, id: string, now: Instant): Shown<'people'> {
  const { items, more } = await stores.people.invitedWith(scope, id, now, MOST)
  const grants = await stores.grants.ofAll(
    scope,
    items.map(({ id }) => id),
  )
  return {
    items: items.map(({ id, name, state, createdAt, invitation }) => ({
      id,
      name,
      roles: [...new Set(grants.flatMap((one) => (one.person === id && isOpen(one, now) ? one.role : [])))],
      state,
      invitedAt: createdAt,
      link: invitation !== undefined && invitation.expiresAt > now,
    })),
    more,
  }
}

async function grantsOf(stores: Readers, scope: Scope, id: string, now: Instant): Shown<'grants'> {
  const { items, more } = await stores.grants.givenWith(scope, id, now, MOST)
  const people = await peopleBy(stores, scope, items)
  return {
    items: items.map((grant) => ({
      id: grant.id,
      person: { id: grant.person, name: people.get(grant.person)?.name ?? '' },
      role: grant.role,
      ...(grant.organisationRef ? { organisation: { ...grant.organisationRef } } : {}),
      ...(grant.serviceRef ? { service: { ...grant.serviceRef } } : {}),
      from: grant.from,
      ...(grant.until === undefined ? {} : { until: grant.until }),
      state: !isOpen(grant, now) ? 'over' : awaits(grant) ? 'awaiting' : 'holds',
    })),
    more,
  }
}

async function linksOf(stores: Readers, scope: Scope, id: string, now: Instant): Shown<'links'> {
  const { items, more } = await stores.invitations.openedMadeWith(scope, id, now, MOST)
  const people = await peopleBy(stores, scope, items)
  const signIn = await stores.credentials.signIn(scope, [...people.keys()], now)
  const ids = items.flatMap(({ spent }) => spent?.made ?? [])
  const certificates = await stores.certificates.inBrief(scope, ids)
  const made = new Set(certificates.keys())
  const others = ids.filter((id) => !made.has(id))
  for (const { id } of await stores.credentials.findAll(scope, others)) made.add(id)
  return {
    items: items.flatMap(({ person, spent }) => {
      if (!spent) return []
      const found = people.get(person)
      // What came of it may have ended, and what was added with that not; or it waits to be signed.
      const comes = !made.has(spent.made) && found?.state !== 'disabled'
      const { at, made: credential } = spent
      const certificate = certificates.has(credential) ? { certificate: credential } : {}
      const open = comes || signIn.has(person)
      return { person: { id: person, name: found?.name ?? '' }, credential, ...certificate, at, open }
    }),
    more,
  }
}

/** The computers, and what else signs in, that were added with it, and with those: what was done with any of them was done with it. */
async function devicesOf(stores: Readers, scope: Scope, id: string, now: Instant): Shown<'devices'> {
  const { items, more } = await stores.credentials.addedWith(scope, id, now, MOST)
  const certificates = await stores.certificates.inBrief(
    scope,
    items.flatMap((one) => one.certificate ?? []),
  )
  const isGood = (certificate: BriefCertificate | undefined): boolean =>
    certificate !== undefined && !certificate.isRevoked && certificate.notAfter >= now
  return {
    items: items.map(({ id, certificate, name, createdAt, expiresAt, ended }) => ({
      ...{ credential: id, name, createdAt, ...(certificate === undefined ? {} : { certificate }) },
      open: !ended && (certificate === undefined ? (expiresAt ?? now) >= now : isGood(certificates.get(certificate))),
    })),
    more,
  }
}

async function peopleBy(
  stores: Readers,
  scope: Scope,
  of: readonly { readonly person: string }[],
): Promise<ReadonlyMap<string, Person>> {
  const found = await stores.people.findAll(scope, [...new Set(of.map(({ person }) => person))])
  return new Map(found.map((person) => [person.id, person]))
}
