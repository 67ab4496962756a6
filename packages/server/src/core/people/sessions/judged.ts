import { refuse } from '@scel/contract/errors'
import type { Judged } from '../../acting/acts.ts'
import type { Granted } from '../../actor.ts'
import type { SettledConfig } from '../../config.ts'
import type { CredentialKinds } from '../../credentials/credential.ts'
import { MINUTE } from '../../world.ts'
import { grantedBy } from '../grants/grant.ts'
import { actorOf, requireStanding, standingOf } from './standing.ts'

/** Judges whoever acts by what they stand on now, and keeps that as it is until the unit ends. */
export function createJudged(
  { sessionIdleMinutes }: Pick<SettledConfig, 'sessionIdleMinutes'>,
  kinds: CredentialKinds,
): Judged {
  const idle = sessionIdleMinutes * MINUTE
  return async (stores, actor, at) => {
    const scope = { environment: actor.environment }
    // Held first: what ends somebody's rights then comes either before this unit, which sees it, or after it in the log.
    await stores.sessions.hold(scope, actor.sessionId)
    const session = await stores.sessions.find(scope, actor.sessionId)
    const standing = (session && (await standingOf(stores, kinds, session, at))) ?? refuse('sign_in_required', {})
    requireStanding(standing, at, idle)
    const grants = grantedBy(standing.grants, at)
    const current = actorOf(standing.person, grants, { ...standing.session, from: actor.from }, standing.keys)
    // What was shown and confirmed under some grants is not done under others.
    if (!sameGrants(current.grants, actor.grants)) refuse('rights_changed', {})
    return current
  }
}

/** A grant never changes what it is of: its id says all. */
const sameGrants = (some: readonly Granted[], others: readonly Granted[]): boolean =>
  some.length === others.length && some.every(({ id }) => others.some((other) => other.id === id))
