import { refuse } from '@scel/contract/errors'
import type { Granted, PersonActor } from '../../actor.ts'
import type { Credential, CredentialKinds } from '../../credentials/credential.ts'
import { isStrongEnough } from '../../rights/rights.ts'
import type { Scope } from '../../scope.ts'
import type { Readers } from '../../work.ts'
import { type Instant, isAhead, later } from '../../world.ts'
import type { Grant } from '../grants/grant.ts'
import { withoutClosed } from '../grants/without-closed.ts'
import type { Person } from '../person.ts'
import type { Session, SessionEnd } from './session.ts'

/** What a signed-in person stands on: all of it is judged at every call, and again in the unit that acts. */
export interface Standing {
  readonly session: Session
  readonly person: Person
  readonly credential: Credential | undefined
  /** Why what was begun with the credential has ended; undefined while it stands. */
  readonly fallen: SessionEnd | undefined
  /** All that nobody has ended, without those for services that are closed. */
  readonly grants: readonly Grant[]
  readonly keys: readonly string[]
}

/** @returns undefined when the session is nobody's */
export async function standingOf(
  stores: Readers,
  kinds: CredentialKinds,
  session: Session,
  now: Instant,
): Promise<Standing | undefined> {
  const scope: Scope = { environment: session.environment }
  const person = await stores.people.find(scope, session.person)
  if (!person) return undefined
  const credential = await stores.credentials.find(scope, session.credential)
  const grants = await withoutClosed(stores, await stores.grants.of(scope, person.id))
  return {
    ...{ session, person, grants, credential },
    fallen: await fallenOf(stores, kinds, session, credential, now),
    keys: await stores.certificates.keysOfPerson(scope, person.id),
  }
}

async function fallenOf(
  stores: Readers,
  kinds: CredentialKinds,
  session: Session,
  credential: Credential | undefined,
  now: Instant,
): Promise<SessionEnd | undefined> {
  if (!credential) return 'credential'
  const isItsOwn = credential.person === session.person && isStrongEnough(credential.strength, session.strength)
  return isItsOwn ? kinds[credential.kind].check(stores, credential, now) : 'credential'
}

/**
 * Whether the session stands now: open, seen lately, of somebody who is active, and begun with what still stands.
 *
 * @param idle after so many milliseconds unseen a session is over
 * @throws DeskError session_ended, person_disabled
 */
export function requireStanding({ session, person, fallen }: Standing, now: Instant, idle: number): void {
  if (session.ended) refuse('session_ended', { reason: session.ended.reason })
  const { lastSeenAt, expiresAt } = session
  // Seen under a clock that was ahead, it would hardly end.
  if (expiresAt <= now || later(lastSeenAt, idle) <= now || isAhead(lastSeenAt, now)) {
    refuse('session_ended', { reason: 'expired' })
  }
  if (person.state !== 'active') refuse('person_disabled', {})
  if (fallen) refuse('session_ended', { reason: fallen })
}

/** @param grants those of theirs that hold now */
export function actorOf(
  person: Person,
  grants: readonly Granted[],
  session: Pick<Session, 'id' | 'strength' | 'from' | 'credential'>,
  keys: readonly string[],
): PersonActor {
  const { id, name, email, environment } = person
  const { id: sessionId, strength, from, credential } = session
  return {
    kind: 'person',
    id,
    name,
    ...(email !== undefined && { email }),
    environment,
    grants,
    sessionId,
    strength,
    keys,
    credential,
    from,
  }
}
