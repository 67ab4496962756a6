import type { AuditAction, Right } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import type { Refusals } from '../audit/refusals.ts'
import { requireRight } from '../rights/rights.ts'
import type { Stores, Work } from '../work.ts'
import { type Instant, nowOf, type World } from '../world.ts'

/**
 * Acts of people. Whoever acts is judged in the unit that acts, not only when the call arrived: between the two, the
 * account may have been disabled, the session ended, the certificate revoked. Rules get the stores they write to from
 * here, so that none can forget it; and every refusal is in the log, because none can forget that either.
 */
export interface Acts {
  /**
   * Does something in one unit, in which the person is judged first.
   * @throws DeskError not_allowed, strength_needed, session_ended, person_disabled, rights_changed, and those of the act
   */
  actAs<T>(actor: PersonActor, audited: AuditedAct, act: Act<T>): Promise<T>
  /** The same for what takes more than one unit: each is begun with what `steps` is given. */
  attempt<T>(actor: PersonActor, audited: AuditedAct, steps: (unit: ActUnit) => Promise<T>): Promise<T>
}

export interface AuditedAct {
  /** The right it takes; undefined for what people do with what is theirs. What else the rule wants is its own business. */
  readonly right?: Right
  /** How the log names it, should it be refused. */
  readonly action: AuditAction
  readonly target: AuditEvent['target']
}

/** @param actor who acts, as they stand in this very unit */
export type Act<T> = (stores: Stores, actor: PersonActor, at: Instant) => Promise<T>
export type ActUnit = <T>(act: Act<T>) => Promise<T>

/**
 * Who acts, as they stand in this unit.
 * @throws DeskError sign_in_required, session_ended, person_disabled, rights_changed
 */
export type Judged = (stores: Stores, actor: PersonActor, at: Instant) => Promise<PersonActor>

interface Needs {
  readonly work: Work
  readonly world: World
  readonly refusals: Refusals
  /** Given from above, because people act too. */
  readonly judged: Judged
}

export function createActs({ work, world, refusals, judged }: Needs): Acts {
  const attempt: Acts['attempt'] = (actor, audited, steps) => {
    const { environment } = actor
    const { right, action, target } = audited
    const line = { environment, at: nowOf(world), action, target }
    const unit: ActUnit = (act) => {
      return work.transaction(async (stores) => {
        const at = nowOf(world)
        const current = await judged(stores, actor, at)
        if (right) requireRight(current, right)
        return act(stores, current, at)
      })
    }
    const run = async () => {
      if (right) requireRight(actor, right) // before anything is looked at: others learn nothing about their input
      return steps(unit)
    }
    return refusals.recording(actor, line, run, { lines: LINES })
  }

  return { attempt, actAs: (actor, audited, act) => attempt(actor, audited, (unit) => unit(act)) }
}

/** A person is known and can be asked; what bounds them is that nobody fills the log. */
const LINES = 60
