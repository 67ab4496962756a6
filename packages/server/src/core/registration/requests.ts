import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import { ORIGIN_KINDS } from '@scel/contract/values'
import { atMost } from '@scel/files/request'
import type { Acts, ActUnit } from '../acting/acts.ts'
import type { DeskActor, PersonActor } from '../actor.ts'
import type { SettledConfig } from '../config.ts'
import type { ProvenCsr } from '../issuance/csr.ts'
import type { Directory } from '../issuance/directory.ts'
import type { Issuance } from '../issuance/issuance.ts'
import { storeIntent } from '../issuance/store-intent.ts'
import type { DeskNames } from '../names/desk-names.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import { notOffered } from '../profiles/offers.ts'
import { type Profiles, requireProfile } from '../profiles/profiles.ts'
import { profilesReached, reachesMade } from '../profiles/seen.ts'
import { reachesPlace, reachOf, scopeFor } from '../rights/rights.ts'
import type { ForgedRow } from '../row-codes.ts'
import { reaches, scopeAt } from '../scope.ts'
import { inSlices } from '../slices.ts'
import { afterCommit } from '../storage-faults.ts'
import type { Readers, Work } from '../work.ts'
import { DAY, type Instant, later, nowOf, type World } from '../world.ts'
import { contestedKey, requireUncontested } from './contested-key.ts'
import { type Finding, findingsFor } from './finding.ts'
import { mayOf, type Refusal, requireMayDecide, revokeNeedsOf } from './may-decide.ts'
import { isNameFinding, nameConflicts } from './name-conflicts.ts'
import { orderFor } from './order.ts'
import type { Ground, Origins } from './origin.ts'
import { grantedBeside } from './other-askers.ts'
import { profileRefusal } from './profile-refusal.ts'
import type { ReadUnder } from './read-under.ts'
import { recordStep } from './record-step.ts'
import type { Request, RequestEntry, Step } from './request.ts'
import { mayBecome, requireUndecided } from './request-state.ts'
import { detailOf, type RequestView, summaryOf } from './request-view.ts'
import { requireNames } from './require-names.ts'
import { markOf, requireMark, requireSeen, sightOf } from './sight.ts'
import { isAsAsked, proveStored } from './wish.ts'

/** The registration authority: the side of those who decide. */
export interface Requests {
  /**
   * What people decide. What was decided before it came is among it where somebody looks for something: a text, a profile, an origin.
   * @throws DeskError cursor_invalid
   */
  list(actor: PersonActor, query: RequestsQuery): Promise<Page<contract.RequestSummary> & { pending: number }>
  /** @throws DeskError not_found */
  detail(actor: PersonActor, number: number): Promise<RequestView>
  /**
   * Approves and issues. It answers once the decision is stored; when the authority cannot sign now, without a certificate,
   * which the desk makes as soon as it can.
   * @param mark of the request as it was looked at: what is not as they saw it is not signed, and what others were granted
   *   since then is told first
   * @throws DeskError not_allowed, not_found, own_request, request_needs_administrator, request_decided_already,
   *   request_state_impossible, request_changed_since, request_row_altered, profile_unknown,
   *   profile_not_for_origin, csr_key_not_allowed, choice_not_offered, request_profile_changed, request_of_blocked, names_certified_since, csr_key_revoked, csr_key_in_use, request_key_contested,
   *   name_outside_organisation, name_not_allowed, authority_unavailable; storage_*, stored_incomplete
   */
  approve(actor: PersonActor, number: number, mark: string): Promise<RequestView>
  /** @throws DeskError those of a decision, and reason_required */
  reject(actor: PersonActor, number: number, reason: string): Promise<RequestView>
  /**
   * Takes one's own back, while nobody has decided it.
   * @throws DeskError not_found, request_decided_already, request_state_impossible, request_row_altered
   */
  withdraw(actor: PersonActor, number: number): Promise<RequestView>
  /** A job: ends what nobody decided and what outlived its certificate. Answers how many. */
  expireDue(): Promise<number>
}

export interface RequestsQuery extends PageQuery {
  readonly search?: string
  readonly state?: contract.RequestState
  readonly profile?: contract.ProfileName
  readonly organisation?: string
  readonly service?: string
  readonly origin?: contract.OriginKind
  /** Submitted at or after. */
  readonly since?: Instant
}

interface Needs {
  readonly work: Work
  readonly acts: Acts
  readonly world: World
  readonly profiles: Profiles
  readonly directory: Directory
  readonly issuance: Issuance
  readonly deskNames: DeskNames
  readonly config: SettledConfig
  readonly origins: Origins
  readonly readUnder: ReadUnder
  readonly forged: (row: ForgedRow) => void
}

export function createRequests({
  deskNames,
  work,
  acts,
  world,
  profiles,
  directory,
  issuance,
  config,
  origins,
  readUnder,
  forged,
}: Needs): Requests {
  /** Told whenever somebody meets it; whoever is told tells of each once. */
  const altered = ({ number, environment }: Request) => {
    forged({ table: 'request', id: String(number), environment })
    return { request: number }
  }
  /**
   * The CSR of the row, when all that follows from it is what the row says; or why nothing is signed on its ground any more, or it was read
   * under another form of the profile, where nobody wrote over the row.
   */
  const asAsked = async (request: Request, ground: Ground | undefined): Promise<CsrVerdict> => {
    if (!ground) return {}
    const csr = await proveStored(request, ground)
    const unfit = profileRefusal(profiles, ground, csr)
    if (unfit) return { unfit }
    const profile = requireProfile(profiles, ground.profile)
    if (readUnder.differs(request, profile)) {
      return { unfit: { code: 'request_profile_changed', facts: { request: request.number, profile: profile.name } } }
    }
    // Of what was chosen its CSR says nothing: the request's own code does.
    if (!readUnder.vouchesFor(request)) return {}
    const stranger = notOffered(profile, request.choices)
    if (stranger) return { unfit: { code: 'choice_not_offered', facts: { ...stranger } } }
    return csr && isAsAsked(request, csr, ground, profiles) ? { csr } : {}
  }

  const detail = async (actor: PersonActor, number: number): Promise<RequestView> => {
    const now = nowOf(world)
    const { entry, ...found } = await work.read(async (stores) => {
      const entry = visible(
        actor,
        'read_requests',
        profiles,
        await stores.requests.entry(scopeFor(actor, 'read_requests'), number),
      )
      const findings = await findingsNow(stores, entry, now)
      const steps = stepsFor(actor, entry, await stores.requests.steps(scopeFor(actor, 'read_requests'), number))
      const { hindrance, ground } = origins[entry.origin.kind]
      return {
        ...{ entry, findings, steps, conflicting: await conflicting(stores, actor, entry) },
        hindrance: await hindrance(stores, entry, actor),
        ground: entry.state === 'pending' ? await ground(stores, entry) : undefined,
        revokeNeeds: await revokeNeedsOf(stores, actor, entry, now),
      }
    })
    const { csr, unfit } = await asAsked(entry, found.ground)
    const contradiction = entry.state === 'pending' && !csr && !unfit ? altered(entry) : undefined
    const names = atMost(MOST_CONFLICTS, found.findings.filter(isNameFinding))
    const findings = findingsFor(actor, profiles, [...names, ...found.findings.filter((one) => !isNameFinding(one))])
    const mark = await markOf(sightOf(actor, entry, profiles), found.findings)
    const contested = found.findings.some(({ code }) => code === 'key_pending_elsewhere')
    const origin = found.hindrance?.refusal
    const may = mayOf(actor, profiles, entry, { origin, altered: contradiction, unfit, contested }, found.revokeNeeds)
    const hindrance = found.hindrance?.shown
    return detailOf(entry, profiles, { ...found, findings, mark, may, hindrance, csr })
  }

  /** Runs a decision: looked at first, because what it needs is built outside of a unit. */
  const decide = async <T>(
    actor: PersonActor,
    number: number,
    wanted: 'approved' | 'rejected',
    run: (unit: ActUnit, request: Request) => Promise<T>,
  ): Promise<T> => {
    const target = { kind: 'request', id: String(number) } as const
    const audited = { right: 'decide_requests', action: `request.${wanted}`, target } as const
    return acts.attempt(actor, audited, async (unit) =>
      run(unit, await work.read((stores) => decidable(stores, actor, profiles, number, wanted))),
    )
  }

  return {
    list: async (actor, { profile, ...query }) => {
      const scope = scopeFor(actor, 'read_requests')
      const wanted = profilesReached(actor, 'read_requests', profiles, profile)
      // Whoever sees their own alone decides nothing: all of it is there.
      const ownAlone = reachOf(actor, 'read_requests') === 'own'
      const all = ownAlone || query.origin !== undefined || profile !== undefined || !!query.search?.trim()
      const asked = {
        ...query,
        ...(wanted && { profiles: wanted }),
        ...(profile !== undefined && { ownProfiles: [profile] }),
        ...(!all && { without: ORIGIN_KINDS.filter((kind) => origins[kind].beforehand) }),
      }
      const page = await inSlices(world, asked, (slice) => work.read((stores) => stores.requests.page(scope, slice)))
      const reached = profilesReached(actor, 'read_requests', profiles)
      const pending = await work.read((stores) => stores.requests.countPending(scope, reached))
      return { ...mapPage(page, (entry) => summaryOf(entry, profiles)), pending }
    },
    detail,
    approve: async (actor, number, mark) => {
      await decide(actor, number, 'approved', async (unit, request) => {
        const sight = sightOf(actor, request, profiles)
        const now = await work.read((stores) => findingsNow(stores, request, nowOf(world)))
        const seen = await requireMark(mark, request, sight, now)
        const origin = origins[request.origin.kind]
        const ground = await work.read((stores) => origin.ground(stores, request))
        const asked = await asAsked(request, ground)
        if (asked.unfit) refuse(asked.unfit.code, asked.unfit.facts)
        const csr = asked.csr ?? refuse('request_row_altered', altered(request))
        const prepared = await issuance.prepare(await orderFor(request, csr, directory, profiles))
        await unit(async (stores, actor, at) => {
          const current = await decidable(stores, actor, profiles, number, 'approved')
          // What was prepared is what they saw; so is what the row says in the unit that decides.
          if (sightOf(actor, current, profiles) !== sight) refuse('request_changed_since', { request: number })
          const hindrance = await origin.hindrance(stores, current)
          if (hindrance) refuse(hindrance.refusal.code, hindrance.refusal.facts)
          const ground = await origin.ground(stores, current)
          if (!ground || !isAsAsked(current, csr, ground, profiles)) refuse('request_row_altered', altered(current))
          requireNames(current, ground.organisation, deskNames)
          await requireUncontested(stores, current, csr)
          await storeIntent(stores, prepared)
          requireSeen(number, await findingsNow(stores, current, at), seen)
          const { certificate } = prepared.intent
          const change = {
            state: 'approved',
            decidedAt: at,
            decidedBy: actor.name,
            decidedById: actor.id,
            certificate,
          } as const
          await recordStep(stores, actor, current, { kind: 'approved', at, change })
        })
        await issuance.tryComplete(prepared)
      })
      return afterCommit(() => detail(actor, number))
    },
    reject: async (actor, number, given) => {
      const reason = given.trim()
      await decide(actor, number, 'rejected', async (unit) => {
        if (reason === '') refuse('reason_required', {})
        await unit(async (stores, actor, at) => {
          const current = await decidable(stores, actor, profiles, number, 'rejected')
          const change = { state: 'rejected', decidedAt: at, decidedBy: actor.name, decidedById: actor.id } as const
          await recordStep(stores, actor, current, { kind: 'rejected', at, change, reason })
        })
      })
      return afterCommit(() => detail(actor, number))
    },
    withdraw: async (actor, number) => {
      const target = { kind: 'request', id: String(number) } as const
      const audited = { right: 'withdraw_requests', action: 'request.cancelled', target } as const
      await acts.actAs(actor, audited, async (stores, actor, at) => {
        const found = await stores.requests.find(scopeFor(actor, 'withdraw_requests'), number)
        const current = visible(actor, 'withdraw_requests', profiles, found)
        // Rows of requests have no code: whose it is, what was read of it then must say.
        if (!readUnder.vouchesFor(current)) refuse('request_row_altered', altered(current))
        requireUndecided(current, 'cancelled')
        await recordStep(stores, actor, current, { kind: 'cancelled', at, change: { state: 'cancelled' } })
      })
      return afterCommit(() => detail(actor, number))
    },
    expireDue: async () => {
      let expired = 0
      for (;;) {
        const now = nowOf(world)
        const filter = { pendingBefore: later(now, -config.pendingDays * DAY), now, limit: BATCH }
        const count = await work.transaction(async (stores) => {
          const due = await stores.requests.due(filter)
          for (const request of due) {
            if (!mayBecome(request.state, 'expired')) continue
            await recordStep(stores, DESK, request, { kind: 'expired', at: now, change: { state: 'expired' } })
          }
          return due.length
        })
        expired += count
        if (count < BATCH) return expired
      }
    },
  }
}

interface CsrVerdict {
  readonly csr?: ProvenCsr
  readonly unfit?: Refusal
}

/** What a right does not reach does not exist for whoever has it, numbers included. */
function visible<R extends Request>(actor: PersonActor, right: contract.Right, profiles: Profiles, request?: R): R {
  const reached = request && reachesMade(actor, right, profiles, request)
  return reached ? request : refuse('not_found', { what: 'request' })
}

async function decidable(
  stores: Readers,
  actor: PersonActor,
  profiles: Profiles,
  number: number,
  wanted: 'approved' | 'rejected',
): Promise<Request> {
  const request = visible(
    actor,
    'decide_requests',
    profiles,
    await stores.requests.find(scopeFor(actor, 'decide_requests'), number),
  )
  requireUndecided(request, wanted)
  requireMayDecide(actor, profiles, request)
  return request
}

/** What the checks found; of names and of copies of its key as it is now, while somebody may still decide. */
async function findingsNow(stores: Readers, request: Request, now: Instant): Promise<readonly Finding[]> {
  if (request.state !== 'pending') return request.findings
  const others = request.findings.filter((finding) => !isNameFinding(finding))
  const names = [...(await nameConflicts(stores, request, now)), ...(await grantedBeside(stores, request))]
  return [...names, ...(await contestedKey(stores, request)), ...others]
}

/** Where others called from is for whoever reaches the request by a grant, and not for whose it is alone. */
function stepsFor(actor: PersonActor, { owner: _, ...place }: RequestEntry, steps: readonly Step[]): readonly Step[] {
  if (reachesPlace(actor, 'read_requests', place)) return steps
  return steps.map(({ actor: { from, ...who }, ...step }) => ({
    ...step,
    actor: from !== undefined && OF_WHOEVER_ASKS.has(step.kind) ? { ...who, from } : who,
  }))
}
const OF_WHOEVER_ASKS: ReadonlySet<Step['kind']> = new Set(['submitted', 'cancelled'])

/** Whatever waits beside it, as far as this person sees: had it been the same asker’s, one would have taken the place of the other. */
async function conflicting(stores: Readers, actor: PersonActor, entry: RequestEntry): Promise<number[]> {
  if (entry.state !== 'pending') return []
  const pending = await stores.requests.ofSubject(scopeAt(entry), entry.profile, entry.subjectKey, ['pending'])
  const scope = scopeFor(actor, 'read_requests')
  return pending.flatMap((one) => (one.number === entry.number || !reaches(scope, one) ? [] : one.number))
}

const DESK: DeskActor = { kind: 'desk', name: 'enrolment' }
const BATCH = 100
const MOST_CONFLICTS = 5
