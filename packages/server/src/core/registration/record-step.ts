import { type Actor, actorFrom, actorId, actorName, type Caller, type Decider } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { record } from '../audit/record.ts'
import { scopeAt } from '../scope.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Request, RequestChange, Step } from './request.ts'

export interface StepRecord {
  /** Revocation is recorded with its certificate. */
  readonly kind: Exclude<Step['kind'], 'revoked'>
  readonly at: Instant
  readonly change?: RequestChange
  readonly reason?: string
  /** Decided before it was asked for. */
  readonly beforehand?: true
  /** Of one that comes in, whether it was decided beforehand: that step follows. */
  readonly isDecided?: boolean
  /** Of one that was issued, its id. */
  readonly certificate?: string
  /** Another request that this step has to do with. */
  readonly request?: number
  readonly facts?: AuditEvent['facts']
}

/** One step of a request in the caller's unit: its new state, its timeline, the log, and who must hear of it. */
export async function recordStep(
  stores: Stores,
  actor: Actor | Caller | Decider,
  request: Pick<
    Request,
    'number' | 'environment' | 'organisation' | 'service' | 'profile' | 'commonName' | 'state' | 'owner'
  >,
  { kind, at, change, reason, beforehand, isDecided, certificate, request: other, facts }: StepRecord,
): Promise<void> {
  const { number, environment, organisation, service, profile, commonName, owner } = request
  const scope = scopeAt(request)
  const part = service === undefined ? {} : { service }
  const place = { environment, ...(organisation === undefined ? {} : { organisation }) }
  const why = reason === undefined ? {} : { reason }
  if (change) await stores.requests.update(scope, number, { ...change, ...why })
  await stores.requests.addStep(scope, number, {
    kind,
    at,
    // Who comes with a link is the person that it is for.
    actor: {
      kind: actor.kind === 'caller' || actor.kind === 'decider' ? 'person' : actor.kind,
      name: actorName(actor),
      ...actorFrom(actor),
    },
    ...actorId(actor),
    ...(beforehand && { beforehand }),
    ...why,
    ...(other === undefined ? {} : { request: other }),
  })
  const target = { kind: 'request', id: String(number), name: commonName } as const
  await record(stores, actor, {
    ...place,
    at,
    action: `request.${kind}`,
    target,
    facts: { ...facts, ...why, ...(other === undefined ? {} : { by: other }) },
  })
  const state = change?.state ?? request.state
  await stores.facts.announce({
    ...{ about: 'request', kind, at, ...place, ...part, request: number, profile, owner, before: request.state, state },
    ...(certificate !== undefined && { certificate }),
    ...((beforehand || isDecided) && { beforehand: true }),
    ...why,
  })
  await stores.outbox.append({
    ...place,
    ...part,
    profile,
    owner,
    kind: 'request',
    target: String(number),
    state,
    at,
  })
}
