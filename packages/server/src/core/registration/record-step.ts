import { type Actor, actorFrom, actorName } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { record } from '../audit/record.ts'
import { announce, isAnnounced } from '../deliveries/announce.ts'
import { scopeAt } from '../scope.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Request, RequestChange, Step } from './request.ts'

export interface StepTaken {
  /** Revocation is recorded with its certificate. */
  readonly kind: Exclude<Step['kind'], 'revoked'>
  readonly at: Instant
  readonly change?: RequestChange
  readonly reason?: string
  /** Another request that this step has to do with. */
  readonly request?: number
  readonly facts?: AuditEvent['facts']
}

/** One step of a request in the caller's unit: its new state, its timeline, the log, and who must hear of it. */
export async function recordStep(
  stores: Stores,
  actor: Actor,
  request: Pick<Request, 'number' | 'environment' | 'organisation' | 'profile' | 'commonName' | 'state'>,
  { kind, at, change, reason, request: other, facts }: StepTaken,
): Promise<void> {
  const { number, environment, organisation, profile, commonName } = request
  const scope = scopeAt(request)
  const why = reason === undefined ? {} : { reason }
  if (change) await stores.requests.update(scope, number, { ...change, ...why })
  await stores.requests.addStep(scope, number, {
    kind,
    at,
    actor: { kind: actor.kind, name: actorName(actor), ...actorFrom(actor) },
    ...why,
    ...(other === undefined ? {} : { request: other }),
  })
  const target = { kind: 'request', id: String(number), name: commonName }
  await record(stores, actor, {
    environment,
    organisation,
    at,
    action: `request.${kind}`,
    target,
    facts: { ...facts, ...why, ...(other === undefined ? {} : { by: other }) },
  })
  const state = change?.state ?? request.state
  // What ends with its certificate is told of the certificate.
  if (isAnnounced(kind) && !(kind === 'expired' && request.state !== 'pending'))
    await announce(stores, { kind, at, environment, organisation, request: number, profile, state })
  await stores.outbox.append({
    environment,
    organisation,
    profile,
    kind: 'request',
    target: String(number),
    state,
    at,
  })
}
