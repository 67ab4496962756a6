import { refuse } from '@scel/contract/errors'
import type { PersonActor } from '../actor.ts'
import type { Certificate } from '../certificates/certificate.ts'
import type { OrganisationRef, Scope } from '../scope.ts'
import type { Readers } from '../work.ts'
import { type Instant, isAhead, later } from '../world.ts'
import type { Person } from './person.ts'
import type { Session } from './session.ts'

/** What a signed-in person stands on: all of it is judged at every call, and again in the unit that acts. */
export interface Standing {
  readonly session: Session
  readonly person: Person
  readonly certificate: Certificate | undefined
  readonly organisation: OrganisationRef | undefined
}

/** @returns undefined when the session is nobody's */
export async function standingOf(stores: Readers, session: Session): Promise<Standing | undefined> {
  const scope: Scope = { environment: session.environment }
  const person = await stores.people.find(scope, session.person)
  if (!person) return undefined
  const certificate = await stores.certificates.find(scope, session.certificate)
  const organisation =
    person.organisation === undefined ? undefined : await stores.organisations.find(scope, person.organisation)
  return { session, person, certificate, organisation }
}

/**
 * Whether the session stands now: open, seen lately, of somebody who is active and whose certificate is good.
 *
 * @param idle after so many milliseconds unseen a session is over
 * @throws DeskError session_ended, person_disabled
 */
export function requireStanding({ session, person, certificate }: Standing, now: Instant, idle: number): Certificate {
  if (session.ended) refuse('session_ended', { reason: session.ended.reason })
  const { lastSeenAt, expiresAt } = session
  // Seen under a clock that was ahead, it would hardly end.
  if (expiresAt <= now || later(lastSeenAt, idle) <= now || isAhead(lastSeenAt, now)) {
    refuse('session_ended', { reason: 'expired' })
  }
  if (person.state !== 'active') refuse('person_disabled', {})
  if (!certificate || certificate.revoked || certificate.notAfter < now) {
    return refuse('session_ended', { reason: 'certificate' })
  }
  return certificate
}

/** The person as an actor, with the rights that the rows give now. */
export function actorOf(
  person: Person,
  organisation: OrganisationRef | undefined,
  session: { readonly id: string; readonly certificate: Pick<Certificate, 'id' | 'key'>; readonly from: string },
): PersonActor {
  const { id, name, email, role, environment } = person
  const owner = organisation
    ? { organisation: { id: organisation.id, code: organisation.code, name: organisation.name } }
    : {}
  const { id: sessionId, from } = session
  const { id: certificate, key: certificateKey } = session.certificate
  return { kind: 'person', id, name, email, role, environment, ...owner, sessionId, certificateKey, certificate, from }
}
