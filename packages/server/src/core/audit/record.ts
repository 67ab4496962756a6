import { isDeskError } from '@scel/contract/errors'
import type { AuditAction, Environment } from '@scel/contract/values'
import { isPkiError } from '@scel/pki/errors'
import { type Actor, actorFrom, actorName, type Caller } from '../actor.ts'
import { STORAGE_FAULTS } from '../storage-faults.ts'
import type { Stores, Work } from '../work.ts'
import type { Instant } from '../world.ts'
import type { AuditEvent } from './audit-event.ts'

export interface Deed {
  readonly environment: Environment
  readonly organisation?: string
  readonly at: Instant
  readonly action: AuditAction
  readonly target: AuditEvent['target']
  readonly facts?: AuditEvent['facts']
}

/** Writes what was done into the log, in the unit that does it. */
export const record = (stores: Stores, actor: Actor | Caller, deed: Deed): Promise<void> =>
  stores.audit.append(eventOf(actor, deed, 'done'))

/**
 * Runs a decision; when it is refused, the refusal goes into the log in a unit of its own (the refused one was rolled
 * back) and is thrown on. Faults of the desk are not refusals.
 */
export async function recordingRefusal<T>(
  work: Work,
  actor: Actor | Caller,
  deed: Omit<Deed, 'facts'>,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const code = isDeskError(error) || isPkiError(error) ? error.code : undefined
    if (code !== undefined && !FAULTS.has(code)) {
      await work.transaction((stores) => stores.audit.append(eventOf(actor, { ...deed, facts: { code } }, 'refused')))
    }
    throw error
  }
}

function eventOf(actor: Actor | Caller, deed: Deed, outcome: AuditEvent['outcome']): AuditEvent {
  return {
    environment: deed.environment,
    ...(deed.organisation === undefined ? {} : { organisation: deed.organisation }),
    at: deed.at,
    action: deed.action,
    outcome,
    actor: {
      kind: actor.kind,
      ...('id' in actor && actor.id !== undefined ? { id: actor.id } : {}),
      name: actorName(actor),
      ...actorFrom(actor),
    },
    target: deed.target,
    facts: deed.facts ?? {},
  }
}

const FAULTS: ReadonlySet<string> = new Set([
  ...STORAGE_FAULTS,
  'stored_incomplete',
  'authority_unavailable',
  'internal',
])
