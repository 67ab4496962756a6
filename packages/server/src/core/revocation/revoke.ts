import type { RevocationReason } from '@scel/contract/values'
import { type Actor, actorFrom, actorName } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { mayBecome } from '../enrolment/request-state.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'

/**
 * Revokes a certificate in the caller's unit, with all that follows: its request's state and timeline, the sessions
 * begun with it, audit and outbox. Of one revoked before, nothing changes. The CRL is drawn up after the commit.
 */
export async function revokeWithin(
  stores: Stores,
  actor: Actor,
  certificate: Certificate,
  at: Instant,
  reason: RevocationReason,
): Promise<void> {
  if (certificate.revoked) return
  const { environment, organisation, id, serial, commonName } = certificate
  const scope = { environment }
  const owner = organisation === undefined ? {} : { organisation }
  await stores.certificates.revoke(scope, id, at, reason)
  const facts = { serial, reason }
  const target = { kind: 'certificate', id, name: commonName }
  await record(stores, actor, { environment, ...owner, at, action: 'certificate.revoked', target, facts })
  await stores.outbox.append({ environment, ...owner, kind: 'certificate', target: id, state: 'revoked', at })
  for (const session of await stores.sessions.endOfCertificate(scope, id, at, 'certificate')) {
    await stores.outbox.append({ environment, kind: 'session', target: session, state: 'ended', at })
  }
  if (certificate.request === undefined) return
  const request = await stores.requests.find(scope, certificate.request)
  if (!request || !mayBecome(request.state, 'revoked')) return
  const { number } = request
  await stores.requests.update(scope, number, { state: 'revoked', reason })
  const by = { kind: actor.kind, name: actorName(actor), ...actorFrom(actor) }
  await stores.requests.addStep(scope, number, { kind: 'revoked', at, actor: by, reason })
  await stores.outbox.append({ environment, ...owner, kind: 'request', target: String(number), state: 'revoked', at })
}
