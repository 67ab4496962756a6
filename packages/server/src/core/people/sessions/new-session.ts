import type { Strength } from '@scel/contract/values'
import { record } from '../../audit/record.ts'
import type { SettledConfig } from '../../config.ts'
import { useCredential } from '../../credentials/change-credentials.ts'
import type { Credential } from '../../credentials/credential.ts'
import { tokenHash } from '../../hash.ts'
import { lesser } from '../../rights/rights.ts'
import type { Stores } from '../../work.ts'
import { CLOCK_SLACK, HOUR, type Instant, later, newId, newToken, nowOf, type World } from '../../world.ts'
import type { Person } from '../person.ts'
import type { Session } from './session.ts'
import { actorOf } from './standing.ts'

/** A session that was drawn but is in no store yet. */
export interface DrawnSession
  extends Pick<Session, 'id' | 'tokenHash' | 'startedAt' | 'expiresAt' | 'from' | 'agent' | 'how'> {
  /** For the cookie; only its hash is stored. */
  readonly token: string
  /** How well it was said who is there, where that is less than what it was said with may say. */
  readonly atMost?: Strength
}

/** How well is known who is there in a session that was begun with this. */
export const strengthOf = (
  { atMost }: Pick<DrawnSession, 'atMost'>,
  { strength }: Pick<Credential, 'strength'>,
): Strength => (atMost === undefined ? strength : lesser(strength, atMost))

export async function drawSession(
  world: World,
  config: Pick<SettledConfig, 'sessionHours'>,
  caller: Pick<DrawnSession, 'from' | 'agent' | 'how' | 'atMost'>,
): Promise<DrawnSession> {
  const token = newToken(world)
  const startedAt: Instant = nowOf(world)
  const expiresAt = later(startedAt, config.sessionHours * HOUR)
  const agent = caller.agent.slice(0, 300)
  return { id: newId(world), token, tokenHash: await tokenHash(token), startedAt, expiresAt, ...caller, agent }
}

/**
 * Begins it for an active person, and remembers when they were here. Whoever is signed in in as many places as anybody may be is signed out where
 * they were seen longest ago.
 */
export async function placeSession(
  stores: Stores,
  person: Person,
  { token: _, atMost, ...drawn }: DrawnSession,
  credential: Credential,
): Promise<void> {
  const { environment, id } = person
  const strength = strengthOf({ ...(atMost && { atMost }) }, credential)
  const begun = { credential: credential.id, strength, lastSeenAt: drawn.startedAt }
  await endUnused(stores, person, { ...drawn, strength, credential: credential.id })
  await stores.sessions.insert({ ...drawn, environment, person: id, ...begun })
  await useCredential(stores, credential, drawn.startedAt)
  await stores.people.update({ ...person, lastSignInAt: drawn.startedAt })
  await stores.outbox.append({ environment, kind: 'session', target: drawn.id, at: drawn.startedAt })
}

async function endUnused(
  stores: Stores,
  person: Person,
  drawn: Omit<Session, 'lastSeenAt' | 'environment' | 'person'>,
): Promise<void> {
  const { environment, id } = person
  const at = drawn.startedAt
  const left = { most: MOST_SESSIONS - 1, seenBefore: later(at, CLOCK_SLACK) }
  const actor = actorOf(person, [], drawn, [])
  const reason = 'many'
  for (const session of await stores.sessions.endUnused({ environment }, id, left, at, reason)) {
    const target = { kind: 'session', id: session } as const
    await record(stores, actor, { environment, at, action: 'session.ended', target, facts: { reason } })
    await stores.outbox.append({ environment, kind: 'session', target: session, state: 'ended', at })
  }
}

/** All of a person's are ended in one unit, and an administrator looks through everybody's. */
const MOST_SESSIONS = 50
