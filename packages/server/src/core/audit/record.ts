import type { AuditAction, Environment } from '@scel/contract/values'
import { type Actor, actorFrom, actorName, type Caller, type Decider } from '../actor.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import type { AuditEvent } from './audit-event.ts'

export interface AuditRecord {
  readonly environment: Environment
  readonly organisation?: string
  readonly at: Instant
  readonly action: AuditAction
  readonly target: AuditEvent['target']
  readonly facts?: AuditEvent['facts']
}

/** Writes what was done into the log, in the unit that does it. */
export const record = async (stores: Stores, actor: Actor | Caller | Decider, entry: AuditRecord): Promise<void> => {
  await stores.audit.append(eventOf(actor, entry, 'done'))
}

/** The line of the log that tells of an entry. */
export function eventOf(
  actor: Actor | Caller | Decider,
  entry: AuditRecord,
  outcome: AuditEvent['outcome'],
): AuditEvent {
  return {
    environment: entry.environment,
    ...(entry.organisation === undefined ? {} : { organisation: entry.organisation }),
    at: entry.at,
    action: entry.action,
    outcome,
    actor: {
      kind: actor.kind === 'decider' ? 'person' : actor.kind,
      ...('id' in actor && actor.id !== undefined ? { id: actor.id } : {}),
      name: actorName(actor),
      ...actorFrom(actor),
    },
    target: entry.target,
    facts: entry.facts ?? {},
  }
}
