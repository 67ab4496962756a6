import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { awaits } from '../confirming/confirmation.ts'
import { CERTIFICATE_RULES } from '../credentials/certificate/certificate-credential.ts'
import type { Credential } from '../credentials/credential.ts'
import { scopeFor } from '../rights/rights.ts'
import type { Scope } from '../scope.ts'
import type { Readers, Work } from '../work.ts'
import { type Instant, nowOf, type World } from '../world.ts'
import { type GrantEntry, isOpen } from './grant.ts'
import type { Invitation } from './invitation.ts'
import type { PersonEntry } from './person.ts'

/** What a person's certificate was used for that outlives it: asked when somebody else may have had it. */
export interface MadeWith {
  /** @throws DeskError not_allowed, not_found */
  of(actor: PersonActor, certificate: string): Promise<contract.MadeWith>
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
      return work.read(async (stores) => {
        if (!(await stores.certificates.find(scope, id))) refuse('not_found', { what: 'certificate' })
        const devices = await addedWith(stores, scope, id)
        const kits: MadeKit[] = []
        const people: PersonEntry[] = []
        const given: GrantEntry[] = []
        const opened: Invitation[] = []
        for (const one of [id, ...devices.map((device) => device.id)]) {
          kits.push(...(await stores.kits.madeWith(scope, one, MOST + 1)))
          people.push(...(await stores.people.invitedWith(scope, one, MOST + 1)))
          given.push(...(await stores.grants.givenWith(scope, one, now, MOST + 1)))
          opened.push(...(await stores.invitations.openedMadeWith(scope, one, MOST + 1)))
        }
        const all = [kits, people, given, opened]
        const more = all.some(({ length }) => length > MOST)
        // What is still open first, of whatever certificate; each is so already.
        first(kits, (kit) => isOpenKit(kit, now))
        first(people, ({ state }) => state === 'active')
        first(given, (grant) => isOpen(grant, now))
        for (const found of all) found.splice(MOST)
        const grants = await stores.grants.ofAll(
          scope,
          people.map(({ id }) => id),
        )
        const names = new Map<string, string>()
        for (const person of new Set([...given, ...opened].map(({ person }) => person))) {
          names.set(person, (await stores.people.find(scope, person))?.name ?? '')
        }
        return {
          kits: kits.map((kit) => ({
            id: kit.id,
            name: kit.name,
            organisation: { ...kit.organisationRef },
            standingApproval: kit.standingApproval,
            open: isOpenKit(kit, now),
            createdAt: kit.createdAt,
          })),
          people: people.map(({ id, name, state, createdAt, invitation }) => ({
            id,
            name,
            roles: [...new Set(grants.flatMap((one) => (one.person === id && isOpen(one, now) ? one.role : [])))],
            state,
            invitedAt: createdAt,
            link: invitation !== undefined && invitation.expiresAt > now,
          })),
          grants: given.map((grant) => ({
            id: grant.id,
            person: { id: grant.person, name: names.get(grant.person) ?? '' },
            role: grant.role,
            ...(grant.organisationRef ? { organisation: { ...grant.organisationRef } } : {}),
            ...(grant.serviceRef ? { service: { ...grant.serviceRef } } : {}),
            from: grant.from,
            ...(grant.until === undefined ? {} : { until: grant.until }),
            state: !isOpen(grant, now) ? 'over' : awaits(grant) ? 'awaiting' : 'holds',
          })),
          links: await linksOf(stores, scope, opened, names, now),
          devices: await devicesOf(stores, scope, devices),
          more,
        }
      })
    },
  }
}

/** Of each kind. */
const MOST = 200

const isOpenKit = (kit: MadeKit, now: Instant): boolean =>
  kit.withdrawnAt === undefined && kit.expiresAt > now && kit.usesMade < kit.usesAllowed

/** Puts those first of which it is so; the others stay in their order. */
const first = <T>(of: T[], isSo: (one: T) => boolean): void =>
  void of.sort((one, other) => Number(isSo(other)) - Number(isSo(one)))

type MadeKit = Awaited<ReturnType<Readers['kits']['madeWith']>>[number]

/** The computers that were added with it, and with those, ended or not: what was done with any of them was done with it. */
async function addedWith(stores: Readers, scope: Scope, certificate: string): Promise<Credential[]> {
  const found: Credential[] = []
  const next = [certificate]
  for (let from = next.pop(); from !== undefined; from = next.pop()) {
    for (const made of await stores.credentials.madeWith(scope, from)) {
      if (made.certificate === undefined) continue
      found.push(made)
      next.push(made.certificate)
    }
  }
  return found
}

async function linksOf(
  stores: Readers,
  scope: Scope,
  opened: readonly Invitation[],
  names: ReadonlyMap<string, string>,
  now: Instant,
): Promise<contract.MadeWith['links']> {
  const shown: contract.MadeWith['links'] = []
  for (const { person, spent } of opened) {
    if (!spent) continue
    const { at, certificate } = spent
    // What came of it may have ended, and what was added with that not; or it waits to be signed.
    let open = (await stores.certificates.find(scope, certificate)) === undefined
    for (const one of await stores.credentials.ofPerson(scope, person))
      open ||= one.kind === 'certificate' && (await CERTIFICATE_RULES.check(stores, one, now)) === undefined
    shown.push({ person: { id: person, name: names.get(person) ?? '' }, certificate, at, open })
  }
  return shown
}

async function devicesOf(
  stores: Readers,
  scope: Scope,
  devices: readonly Credential[],
): Promise<contract.MadeWith['devices']> {
  const shown: contract.MadeWith['devices'] = []
  for (const { id, name, createdAt, ended } of devices) {
    const certificate = await stores.certificates.find(scope, id)
    shown.push({ certificate: id, name, createdAt, open: !ended && !certificate?.revoked })
  }
  return shown
}
