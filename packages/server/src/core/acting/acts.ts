import { refuse } from '@scel/contract/errors'
import type { AuditAction, Role } from '@scel/contract/values'
import { type PersonActor, requireRole } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import type { Refusals } from '../audit/refusals.ts'
import type { SettledConfig } from '../config.ts'
import type { Stores, Work } from '../work.ts'
import { type Instant, MINUTE, nowOf, type World } from '../world.ts'
import { actorOf, requireStanding, standingOf } from './standing.ts'

/**
 * Acts of people. Whoever acts is judged in the unit that acts, not only when the call arrived: between the two, the
 * account may have been disabled, the session ended, the certificate revoked. Rules get the stores they write to from
 * here, so that none can forget it; and every refusal is in the log, because none can forget that either.
 */
export interface Acts {
  /**
   * Does something in one unit, in which the person is judged first.
   * @throws DeskError not_allowed, session_ended, person_disabled, rights_changed, and those of the act
   */
  actAs<T>(actor: PersonActor, deed: ActDeed, act: Act<T>): Promise<T>
  /** The same for what takes more than one unit: each is begun with what `steps` is given. */
  attempt<T>(actor: PersonActor, deed: ActDeed, steps: (unit: ActUnit) => Promise<T>): Promise<T>
}

export interface ActDeed {
  /** What is asked for, as `not_allowed` names it. */
  readonly right: string
  /** Who may ask for it at all; what else the rule wants of them is its own business. */
  readonly roles: readonly Role[]
  /** How the log names it, should it be refused. */
  readonly action: AuditAction
  readonly target: AuditEvent['target']
}

/** @param actor who acts, as they stand in this very unit */
export type Act<T> = (stores: Stores, actor: PersonActor, at: Instant) => Promise<T>
export type ActUnit = <T>(act: Act<T>) => Promise<T>

interface Needs {
  readonly work: Work
  readonly world: World
  readonly refusals: Refusals
  readonly config: Pick<SettledConfig, 'sessionIdleMinutes'>
}

export function createActs({ work, world, refusals, config }: Needs): Acts {
  const idle = config.sessionIdleMinutes * MINUTE

  const judged = async (stores: Stores, actor: PersonActor, at: Instant) => {
    const scope = { environment: actor.environment }
    // Held first: what ends somebody's rights then comes either before this unit, which sees it, or after it in the log.
    await stores.sessions.hold(scope, actor.sessionId)
    const session = await stores.sessions.find(scope, actor.sessionId)
    const standing = (session && (await standingOf(stores, session))) ?? refuse('sign_in_required', {})
    const certificate = requireStanding(standing, at, idle)
    const { sessionId: id, from } = actor
    const current = actorOf(standing.person, standing.organisation, { id, certificate, from })
    // What was shown and confirmed under one role is not done under another.
    if (current.role !== actor.role || current.organisation?.id !== actor.organisation?.id) refuse('rights_changed', {})
    return current
  }

  const attempt: Acts['attempt'] = (actor, deed, steps) => {
    const { environment } = actor
    const { right, roles, action, target } = deed
    const line = { environment, at: nowOf(world), action, target }
    const unit: ActUnit = (act) => {
      return work.transaction(async (stores) => {
        const at = nowOf(world)
        return act(stores, await judged(stores, actor, at), at)
      })
    }
    const run = async () => {
      requireRole(actor, right, ...roles) // before anything is looked at: others learn nothing about their input
      return steps(unit)
    }
    return refusals.recording(actor, line, run, { lines: LINES })
  }

  return { attempt, actAs: (actor, deed, act) => attempt(actor, deed, (unit) => unit(act)) }
}

/** A person is known and can be asked; what bounds them is that nobody fills the log. */
const LINES = 60
