import { type DeskErrorCode, type DeskErrorFacts, refuse } from '@scel/contract/errors'
import type { Strength } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { reachesMade, reachesProfile, revokes } from '../profiles/seen.ts'
import { neededToRevoke } from '../revocation/needed-to-revoke.ts'
import { isOnesOwn, neededFor, reachesPlace, weaknessFor } from '../rights/rights.ts'
import { scopeAt } from '../scope.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'
import { isOwn } from './own-interest.ts'
import type { Request, RequestEntry } from './request.ts'
import { mayBecome } from './request-state.ts'
import type { RequestView } from './request-view.ts'

/** Why somebody may not decide: a code with its facts, for the edge to put into words. */
export type Refusal = { [C in DeskErrorCode]: { readonly code: C; readonly facts: DeskErrorFacts[C] } }[DeskErrorCode]

/** What stands between this person and a decision on this request, whatever its state; undefined when nothing does. */
export function refusalFor(actor: PersonActor, profiles: Profiles, request: Request): Refusal | undefined {
  const { number, profile } = request
  if (!reachesPlace(actor, 'decide_requests', request))
    return { code: 'not_allowed', facts: { right: 'decide_requests' } }
  const weakness = weaknessFor(actor, 'decide_requests')
  if (weakness) return { code: 'strength_needed', facts: weakness }
  if (!reachesProfile(actor, 'decide_requests', profiles, profile)) {
    return { code: 'request_needs_administrator', facts: { request: number } }
  }
  return isOwn(actor, request) ? { code: 'own_request', facts: { request: number } } : undefined
}

/** @throws DeskError not_allowed, strength_needed, request_needs_administrator, own_request */
export function requireMayDecide(actor: PersonActor, profiles: Profiles, request: Request): void {
  const refusal = refusalFor(actor, profiles, request)
  if (refusal) refuse(refusal.code, refusal.facts)
}

/** What keeps anybody from approving it. */
export interface Hindrances {
  /** What its origin says. */
  readonly origin?: Refusal | undefined
  /** The row says something else than the CSR in it gives. */
  readonly altered?: DeskErrorFacts['request_row_altered'] | undefined
  /** By the profile that it asks for, nothing like it is signed any more. */
  readonly unfit?: Refusal | undefined
  /** It names nobody, and somebody else's waits with its key. */
  readonly contested?: boolean
}

/** What the detail page may offer. */
export function mayOf(
  actor: PersonActor,
  profiles: Profiles,
  entry: RequestEntry,
  hindrances: Hindrances,
  revokeNeeds: Strength,
): RequestView['may'] {
  const revoke =
    entry.certificateRef !== undefined && mayBecome(entry.state, 'revoked') && revokes(actor, profiles, entry)
  const block = entry.owner.kind === 'applicant' && reachesMade(actor, 'block_keys', profiles, entry)
  const withdraw = entry.state === 'pending' && isOnesOwn(actor, 'withdraw_requests', entry)
  const others = { revoke, revokeNeeds, withdraw, block }
  if (entry.state !== 'pending') return { approve: false, reject: false, ...others }
  const why = refusalFor(actor, profiles, entry)
  if (why) return { approve: false, reject: false, ...others, why }
  const hindered = hindranceOf(entry, hindrances)
  return hindered
    ? { approve: false, reject: true, ...others, why: hindered }
    : { approve: true, reject: true, ...others }
}

/** How strong a session it takes to revoke what it became. */
export async function revokeNeedsOf(
  stores: Readers,
  actor: PersonActor,
  entry: RequestEntry,
  now: Instant,
): Promise<Strength> {
  const { certificateRef } = entry
  const certificate = certificateRef && (await stores.certificates.find(scopeAt(entry), certificateRef.id))
  return certificate ? neededToRevoke(stores, actor, certificate, now) : neededFor('revoke_certificates', 'others')
}

function hindranceOf(entry: RequestEntry, { altered, origin, contested, unfit }: Hindrances): Refusal | undefined {
  if (altered) return { code: 'request_row_altered', facts: altered }
  if (unfit) return unfit
  if (origin) return origin
  return contested ? { code: 'request_key_contested', facts: { request: entry.number } } : undefined
}
