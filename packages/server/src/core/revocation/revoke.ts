import type { RevocationReason } from '@scel/contract/values'
import type { Actor } from '../actor.ts'
import { record } from '../audit/record.ts'
import { type Certificate, enrolmentOf } from '../certificates/certificate.ts'
import { mayBecome } from '../enrolment/request-state.ts'
import { endRequest } from '../issuance/end-request.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import { isCompromise, type Mark } from './compromise.ts'

/**
 * Revokes a certificate in the caller's unit, with all that follows: its request's state and timeline, the sessions
 * begun with it, audit and outbox. Of one revoked before, nothing changes. The CRL is drawn up after the commit. Where
 * its key is compromised, `compromiseWithin` reaches the others of the key too.
 */
export async function revokeWithin(
  stores: Stores,
  actor: Actor,
  certificate: Certificate,
  at: Instant,
  reason: RevocationReason,
): Promise<void> {
  if (certificate.revoked) return
  const { environment, id } = certificate
  await stores.certificates.revoke({ environment }, id, at, reason)
  if (isCompromise(reason)) await distrust(stores, actor, certificate, at)
  await tell(stores, actor, certificate, at, reason, 'certificate.revoked')
  for (const session of await stores.sessions.endOfCertificate({ environment }, id, at, 'certificate')) {
    await stores.outbox.append({ environment, kind: 'session', target: session, state: 'ended', at })
  }
}

/** The log, whoever looks on, and the request that it was issued for. */
export async function tell(
  stores: Stores,
  actor: Actor,
  certificate: Certificate,
  at: Instant,
  reason: RevocationReason,
  action: 'certificate.revoked' | 'certificate.compromised',
): Promise<void> {
  const { environment, organisation, id, serial, commonName, request: number } = certificate
  const owner = organisation === undefined ? {} : { organisation }
  const target = { kind: 'certificate', id, name: commonName }
  await record(stores, actor, { environment, ...owner, at, action, target, facts: { serial, reason } })
  const about = { environment, ...owner, ...enrolmentOf(certificate) }
  await stores.outbox.append({ ...about, kind: 'certificate', target: id, state: 'revoked', at })
  const request = number === undefined ? undefined : await stores.requests.find({ environment }, number)
  if (request && (request.state === 'revoked' || mayBecome(request.state, 'revoked')))
    await endRequest(stores, actor, request, at, reason)
}

/**
 * Marks what stood behind a certificate that somebody else may have, in every environment, and takes back the links that
 * were made with it and are still open. What else was made with it is asked for by `madeWith`.
 */
export async function distrust(stores: Stores, actor: Actor, certificate: Certificate, at: Instant): Promise<void> {
  const { environment, id, key, applicant, person, request } = certificate
  const machine = request === undefined ? undefined : (await stores.requests.find({ environment }, request))?.machine
  const marks: Mark[] = [
    { kind: 'certificate', value: id },
    { kind: 'key', value: key },
    ...(applicant === undefined ? [] : [{ kind: 'applicant', value: applicant } as const]),
    ...(person === undefined ? [] : [{ kind: 'person', value: person } as const]),
    ...[...new Set(machine?.macAddresses)].map((value) => ({ kind: 'address', value }) as const),
  ]
  await stores.compromises.add(marks, { certificate: id, at })
  for (const invited of await stores.invitations.withdrawMadeWith({ environment }, id)) {
    const found = await stores.people.find({ environment }, invited)
    const target = { kind: 'person', id: invited, ...(found ? { name: found.name } : {}) }
    await record(stores, actor, { environment, at, action: 'invitation.withdrawn', target })
    await stores.outbox.append({ environment, kind: 'person', target: invited, at })
  }
}
