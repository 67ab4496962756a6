import type { Actor, Caller, Decider } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { signInOfIntent } from '../issuance/intent.ts'
import type { Prepared } from '../issuance/issuance.ts'
import { storeIntent } from '../issuance/store-intent.ts'
import { claimNames } from '../names/hold-names.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import { requireUnawaited } from './contested-key.ts'
import type { Finding } from './finding.ts'
import { type History, lookUp } from './history.ts'
import { recordStep } from './record-step.ts'
import type { NewRequest, Request } from './request.ts'
import { isSameWish } from './same-wish.ts'

/** What an origin brings, in the unit that takes it in. */
export interface Incoming {
  readonly request: NewRequest
  readonly at: Instant
  /** Absent where a person decides. */
  readonly standing?: Standing
  /** What the log tells of a submission by this origin. */
  readonly facts: AuditEvent['facts']
  /**
   * Whether one more may wait for a decision. @default always
   * @param replaced those whose place it takes
   * @throws DeskError pending_too_many
   */
  requireRoom?(stores: Stores, replaced: readonly Request[]): Promise<void>
  /** Whether one more may come. @default always @throws DeskError submissions_too_many */
  requireRate?(stores: Stores): Promise<void>
  /** What the origin writes down once there is a request. @default nothing */
  follow?(stores: Stores): Promise<void>
}

/** A decision that was made beforehand, for whatever an origin brings. */
export interface Standing {
  /** Whose decision it is. */
  readonly by: Decider
  /** Made of the request before it had a number. */
  readonly prepared: Prepared
  /** Why it is left to a person all the same; undefined when it is not. @default never */
  withheld?(stores: Stores, history: History): Promise<Finding | undefined>
}

export interface Registered {
  readonly number: number
  readonly request: NewRequest
  /** It asks for what one asks for that waits already: that one is answered, and nothing was written. */
  readonly repeated?: true
  /** Numbers of the pending requests whose place it took. */
  readonly replaced: number[]
  /** Pending requests of the same subject by others. */
  readonly conflicts: number
  /** Where it is decided already: what is to be signed. */
  readonly prepared?: Prepared
}

/**
 * Takes a request in, in the caller's unit: what the desk remembers of it, its place beside those that wait, its names, and,
 * with a standing decision, the decision too. What waits already is answered with its number.
 * @throws DeskError csr_key_revoked, csr_key_in_use; those of the origin
 */
export async function register(stores: Stores, actor: Actor | Caller, incoming: Incoming): Promise<Registered> {
  const { at, standing, facts } = incoming
  const history = await lookUp(stores, incoming.request, at)
  const withheld = await standing?.withheld?.(stores, history)
  const findings = [...incoming.request.findings, ...history.findings, ...(withheld ? [withheld] : [])]
  // Decided beforehand: stored as approved from the start, which is one statement less than storing and changing it.
  const decision = withheld ? undefined : standing
  const request: NewRequest = { ...incoming.request, findings, ...(decision ? decidedBy(decision, at) : {}) }
  const conflicts = history.pendingElsewhere
  if (!decision) {
    const waiting = history.replaced.find((earlier) => isSameWish(earlier, request))
    if (waiting) return { number: waiting.number, request: waiting, repeated: true, replaced: [], conflicts }
    await incoming.requireRoom?.(stores, history.replaced)
  }
  if (decision) await requireUnawaited(stores, request, history.key)
  await incoming.requireRate?.(stores)
  const number = await stores.requests.insert(request)
  const stored: Request = { ...request, number }
  await claimNames(stores, stored)
  await recordStep(
    stores,
    actor,
    { ...stored, state: 'pending' },
    { kind: 'submitted', at, isDecided: !!decision, facts },
  )
  await incoming.follow?.(stores)
  for (const earlier of history.replaced) {
    const change = { state: 'cancelled' } as const
    await recordStep(stores, actor, earlier, { kind: 'replaced', at, change, reason: 'replaced', request: number })
  }
  const made = { number, request, replaced: history.replaced.map((earlier) => earlier.number), conflicts }
  if (!decision) return made

  const step = { kind: 'approved', at, beforehand: true, facts: { standing: true, ...facts } } as const
  await recordStep(stores, decision.by, stored, step)
  const { intent } = decision.prepared
  const signIn = signInOfIntent(intent)
  const purpose = { kind: 'certificate', owner: request.owner, request: number, ...(signIn && { signIn }) } as const
  const prepared = { ...decision.prepared, intent: { ...intent, purpose } }
  await storeIntent(stores, prepared, history.key)
  return { ...made, prepared }
}

const decidedBy = ({ by, prepared }: Standing, at: Instant) =>
  ({
    state: 'approved',
    decidedAt: at,
    decidedBy: by.name,
    ...(by.kind === 'decider' && { decidedById: by.id }),
    certificate: prepared.intent.certificate,
  }) as const
