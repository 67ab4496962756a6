import { refuse } from '@scel/contract/errors'
import { type KitRules, kitRulesDigest } from '@scel/contract/kit'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../acting/acts.ts'
import type { Draws } from '../acting/once.ts'
import type { PersonActor } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { record } from '../audit/record.ts'
import { SEVERAL } from '../audit/refusals.ts'
import { requireSeen } from '../confirming/as-seen.ts'
import { awaitingView } from '../confirming/awaiting-view.ts'
import { askedBy, awaits } from '../confirming/confirmation.ts'
import type { SecondAdministrator } from '../confirming/second-administrator.ts'
import { tokenHash } from '../hash.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import { isForKits, type KitProfile } from '../profiles/for-kits.ts'
import { type Profiles, refOf, requireProfile } from '../profiles/profiles.ts'
import { profilesReached, reachesMade, reachesProfile } from '../profiles/seen.ts'
import { scopeFor } from '../rights/rights.ts'
import { openPlace } from '../services/open-place.ts'
import type { ServiceClosed } from '../services/services.ts'
import { inSlices } from '../slices.ts'
import type { Readers, Work } from '../work.ts'
import { DAY, type Instant, later, nowOf, type World } from '../world.ts'
import { type Kit, type KitEntry, kitState } from './kit.ts'
import { rulesOf } from './kit-rules.ts'

export interface Kits {
  /**
   * The secret is answered to whoever makes it, to be put into the file; the desk keeps its hash.
   * @param once see `Draws`: the same wish under the same key answers the same kit, with its secret
   * @throws DeskError not_allowed, not_found, input_invalid, csr_key_not_allowed, profile_unknown, profile_not_for_kits,
   *   standing_approval_not_for_profile, service_closed
   */
  create(
    actor: PersonActor,
    input: KitInput,
    once?: string,
  ): Promise<{ kit: contract.Kit; secret: string; rules: KitRules }>
  /** A manager sees those of profiles that managers have to do with. @throws DeskError cursor_invalid */
  list(actor: PersonActor, query: KitsQuery): Promise<Page<contract.Kit>>
  /**
   * Lets a standing approval decide.
   * @param mark of the kit as it was looked at
   * @throws DeskError not_allowed, not_found, confirmation_not_wanted, not_as_seen, second_administrator_needed
   */
  confirm(actor: PersonActor, id: string, mark: string): Promise<void>
  /** The kit stays, and its requests wait for a person. @throws DeskError not_allowed, not_found, confirmation_not_wanted, not_as_seen */
  refuse(actor: PersonActor, id: string, mark: string): Promise<void>
  /** Done twice, it changes nothing. @throws DeskError not_allowed, not_found */
  withdraw(actor: PersonActor, id: string): Promise<void>
  /** @throws DeskError not_found */
  get(actor: PersonActor, id: string): Promise<contract.Kit>
  /**
   * Its requests wait for a decision from now on. Done twice, or to a kit without standing approval, it changes nothing.
   * @throws DeskError not_allowed, not_found
   */
  endStanding(actor: PersonActor, id: string): Promise<contract.Kit>
}

export interface KitInput {
  readonly name: string
  readonly organisation: string
  /** Id of one of its services, where the kit is for that one alone. */
  readonly service?: string
  readonly profile: contract.ProfileName
  readonly store: contract.StoreType
  readonly keys: readonly contract.KeyChoice[]
  readonly proposedKey: contract.KeyChoice
  readonly uses: number
  readonly validityDays: number
  readonly standingApproval?: boolean
}

export interface KitsQuery extends PageQuery {
  readonly search?: string
  readonly organisation?: string
  readonly service?: string
  readonly state?: contract.KitState
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly draws: Draws
  readonly world: World
  readonly profiles: Profiles
  readonly second: SecondAdministrator
}

export function createKits({ work, acts, draws, world, profiles, second }: Needs): Kits {
  return {
    create: async (actor, input, once) => {
      const draw = draws(actor, 'kit.create', input, once)
      const target = { kind: 'kit', id: SEVERAL, name: input.name } as const
      const audited = { right: 'make_kits', action: 'kit.created', target } as const
      return acts.attempt(actor, audited, async (unit) => {
        const profile = profileOf(input, profiles)
        const organisation =
          (await work.read((stores) => stores.organisations.find(scopeFor(actor, 'make_kits'), input.organisation))) ??
          refuse('not_found', { what: 'organisation' })
        const at = nowOf(world)
        const expiresAt = later(at, input.validityDays * DAY)
        const rules = await rulesOf(input, organisation, profile, expiresAt)
        const kit: Kit = {
          id: draw.id,
          environment: actor.environment,
          organisation: organisation.id,
          ...(input.service === undefined ? {} : { service: input.service }),
          name: input.name,
          secretHash: await tokenHash(draw.secret(at)),
          rulesDigest: await kitRulesDigest(rules),
          profile: profile.name,
          store: input.store,
          commonName: rules.commonName,
          keys: input.keys,
          proposedKey: input.proposedKey,
          standingApproval: input.standingApproval ?? false,
          usesAllowed: input.uses,
          usesMade: 0,
          refused: 0,
          expiresAt,
          createdAt: at,
          createdBy: { id: actor.id, name: actor.name },
          createdWith: actor.credential,
        }
        const made = await unit(async (stores, actor) => {
          const before = await stores.kits.entry(scopeFor(actor, 'make_kits'), kit.id)
          if (before) return before
          const { service } = await openPlace(stores, scopeFor(actor, 'make_kits'), input)
          const { standingApproval } = kit
          const waits = standingApproval ? await second.confirmationFor(stores, actor) : {}
          await stores.kits.insert({ ...kit, ...waits })
          const facts = {
            profile: kit.profile,
            standingApproval,
            uses: input.uses,
            ...(service && { service: service.name }),
            ...(waits.confirmation ? { awaits: true } : {}),
          }
          await recordKit(stores, actor, kit, 'kit.created', at, facts)
          const serviceRef = service && { id: service.id, name: service.name }
          return { ...kit, ...waits, organisationRef: organisation, ...(serviceRef && { serviceRef }), pending: 0 }
        })
        return {
          kit: viewOf(made, at, actor, profiles),
          secret: draw.secret(made.createdAt),
          rules: await rulesOf(input, organisation, profile, made.expiresAt),
        }
      })
    },
    list: async (actor, query) => {
      const now = nowOf(world)
      const reached = profilesReached(actor, 'read_kits', profiles)
      const seen = { ...query, ...(reached && { profiles: reached }), now }
      const page = await inSlices(world, seen, (slice) =>
        work.read(async (stores) => {
          const { items, ...rest } = await stores.kits.page(scopeFor(actor, 'read_kits'), slice)
          return { ...rest, items: await Promise.all(items.map((entry) => asNow(stores, entry))) }
        }),
      )
      return mapPage(page, (entry) => viewOf(entry, now, actor, profiles))
    },
    confirm: (actor, id, mark) => {
      const target = { kind: 'kit', id } as const
      const audited = { right: 'confirm_kits', action: 'kit.confirmed', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const kit = await waiting(stores, actor, id, mark, at)
        const confirmation = await second.confirmedBy(
          stores,
          actor,
          'confirm_kits',
          { ...kit, askedAt: kit.createdAt },
          at,
        )
        await stores.kits.confirm(scopeFor(actor, 'confirm_kits'), id, confirmation)
        await recordKit(stores, actor, kit, 'kit.confirmed', at, askedBy(confirmation))
      })
    },
    refuse: (actor, id, mark) => {
      const target = { kind: 'kit', id } as const
      const audited = { right: 'confirm_kits', action: 'kit.refused', target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const kit = await waiting(stores, actor, id, mark, at)
        await stores.kits.endStanding(scopeFor(actor, 'confirm_kits'), id, at)
        await recordKit(stores, actor, kit, 'kit.refused', at, askedBy(kit.confirmation))
      })
    },
    get: async (actor, id) => {
      const entry = await work.read(async (stores) => {
        const found = await stores.kits.entry(scopeFor(actor, 'read_kits'), id)
        return found && asNow(stores, found)
      })
      return viewOf(visible(actor, 'read_kits', profiles, entry), nowOf(world), actor, profiles)
    },
    endStanding: async (actor, id) => {
      const target = { kind: 'kit', id } as const
      const audited = { right: 'end_standing_approvals', action: 'kit.standing_ended', target } as const
      const entry = await acts.actAs(actor, audited, async (stores, actor, at) => {
        const scope = scopeFor(actor, 'end_standing_approvals')
        const kit = visible(actor, 'end_standing_approvals', profiles, await stores.kits.find(scope, id))
        if (kit.standingApproval) {
          await stores.kits.endStanding(scope, id, at)
          await recordKit(stores, actor, kit, 'kit.standing_ended', at, {})
        }
        return asNow(stores, (await stores.kits.entry(scope, id)) ?? refuse('not_found', { what: 'kit' }))
      })
      return viewOf(entry, nowOf(world), actor, profiles)
    },
    withdraw: async (actor, id) => {
      const target = { kind: 'kit', id } as const
      const audited = { right: 'withdraw_kits', action: 'kit.withdrawn', target } as const
      await acts.actAs(actor, audited, async (stores, actor, at) => {
        const kit =
          (await stores.kits.find(scopeFor(actor, 'withdraw_kits'), id)) ?? refuse('not_found', { what: 'kit' })
        if (kit.withdrawnAt !== undefined) return
        await stores.kits.withdraw(scopeFor(actor, 'withdraw_kits'), id, at)
        await recordKit(stores, actor, kit, 'kit.withdrawn', at, {})
      })
    },
  }
}

/** Kits of what a right does not reach do not exist for whoever has it. */
function visible<K extends Kit>(actor: PersonActor, right: contract.Right, profiles: Profiles, kit?: K): K {
  const reached = kit && reachesProfile(actor, right, profiles, kit.profile)
  return reached ? kit : refuse('not_found', { what: 'kit' })
}

async function waiting(stores: Readers, actor: PersonActor, id: string, mark: string, now: Instant): Promise<Kit> {
  const found = (await stores.kits.find(scopeFor(actor, 'confirm_kits'), id)) ?? refuse('not_found', { what: 'kit' })
  const kit = await asNow(stores, found)
  const isOpen = kit.standingApproval && awaits(kit) && kitState(kit, now) === 'active'
  if (!isOpen) refuse('confirmation_not_wanted', {})
  requireSeen(mark, sightOf(kit))
  return kit
}

/** All that is shown of a kit and stays; how often it was used goes on. */
const sightOf = (kit: Kit): string =>
  JSON.stringify([
    ...[
      'kit',
      kit.id,
      kit.name,
      kit.organisation,
      kit.service ?? null,
      kit.profile,
      kit.store,
      kit.commonName,
      kit.keys,
      kit.proposedKey,
    ],
    ...[kit.rulesDigest, kit.secretHash, kit.usesAllowed, kit.expiresAt, kit.createdAt, kit.createdBy],
    ...[kit.standingApproval, kit.confirmation ?? null],
  ])

/** The profile that a kit is for, once the rest of the input goes with it. */
function profileOf(input: KitInput, profiles: Profiles): KitProfile {
  const profile = requireProfile(profiles, input.profile)
  if (!isForKits(profile)) return refuse('profile_not_for_kits', { profile: profile.name })
  const allowed = profile.keys
  const stranger = input.keys.find((key) => !allowed.includes(key))
  if (stranger) refuse('csr_key_not_allowed', { key: stranger, allowed: allowed.join(', ') })
  if (!input.keys.includes(input.proposedKey)) {
    refuse('input_invalid', { where: 'proposedKey', what: 'not_an_allowed_key' })
  }
  if (input.standingApproval && !profile.standingApproval) {
    refuse('standing_approval_not_for_profile', { profile: profile.name })
  }
  return profile
}

/** With the service that it is of, it is withdrawn, whatever its row says. */
async function asNow<K extends Kit>(stores: Pick<Readers, 'services'>, kit: K): Promise<K> {
  const { environment, service: id, withdrawnAt } = kit
  if (id === undefined || withdrawnAt !== undefined) return kit
  const service = await stores.services.find({ environment }, id)
  return service?.closedAt === undefined ? kit : { ...kit, withdrawnAt: service.closedAt }
}

/** Of a service that is closed: they let nobody ask any more. */
export const withdrawKitsOfService: ServiceClosed = async (stores, actor, { environment, id, name }, at) => {
  for (const kit of await stores.kits.openOfService({ environment }, id)) {
    await stores.kits.withdraw({ environment }, kit.id, at)
    await recordKit(stores, actor, kit, 'kit.withdrawn', at, { service: name })
  }
}

async function recordKit(
  stores: Parameters<typeof record>[0],
  actor: PersonActor,
  kit: Kit,
  action: contract.AuditAction,
  at: Instant,
  facts: AuditEvent['facts'],
): Promise<void> {
  const { environment, organisation, service, profile, id, name } = kit
  const of = { environment, organisation, ...(service === undefined ? {} : { service }), profile }
  await record(stores, actor, { environment, organisation, at, action, target: { kind: 'kit', id, name }, facts })
  await stores.outbox.append({ ...of, kind: 'kit', target: id, at })
}

function viewOf(kit: KitEntry, now: Instant, viewer: PersonActor, profiles: Profiles): contract.Kit {
  const { id, code, name } = kit.organisationRef
  const thing = { ...kit, askedAt: kit.createdAt, sight: sightOf(kit) }
  return {
    id: kit.id,
    name: kit.name,
    organisation: { id, code, name },
    ...(kit.serviceRef ? { service: { ...kit.serviceRef } } : {}),
    profile: refOf(profiles, kit.profile),
    store: kit.store,
    commonName: kit.commonName,
    keys: [...kit.keys],
    proposedKey: kit.proposedKey,
    standingApproval: kit.standingApproval,
    ...(kit.standingEndedAt === undefined ? {} : { standingEndedAt: kit.standingEndedAt }),
    pending: kit.pending,
    uses: { allowed: kit.usesAllowed, made: kit.usesMade, refused: kit.refused },
    state: kitState(kit, now),
    expiresAt: kit.expiresAt,
    createdAt: kit.createdAt,
    createdBy: kit.createdBy.name,
    ...(kit.withdrawnAt === undefined ? {} : { withdrawnAt: kit.withdrawnAt }),
    may: {
      endStanding: kit.standingApproval && reachesMade(viewer, 'end_standing_approvals', profiles, kit),
      rejectRequests: kit.pending > 0 && reachesMade(viewer, 'decide_requests', profiles, kit),
    },
    ...(kit.standingApproval ? awaitingView(viewer, 'confirm_kits', thing) : {}),
    ...(kit.confirmation?.given ? { confirmedBy: kit.confirmation.given.name } : {}),
  }
}
