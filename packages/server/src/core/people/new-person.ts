import type * as contract from '@scel/contract/values'
import type { Actor } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { record } from '../audit/record.ts'
import { requireMailName } from '../mail-address.ts'
import type { Stores } from '../work.ts'
import { type Instant, newId, nowOf, type World } from '../world.ts'
import type { Person } from './person.ts'

export interface InviteInput {
  readonly name: string
  readonly email: string
  readonly role: contract.Role
  readonly organisation?: string
  readonly language?: 'en' | 'fr'
}

/** Somebody who is invited and in no store yet. @throws DeskError input_invalid on an address that no certificate can hold */
export function newPerson(world: World, environment: contract.Environment, input: InviteInput): Person {
  requireMailName(input.email)
  return {
    id: newId(world),
    environment,
    ...(input.organisation === undefined ? {} : { organisation: input.organisation }),
    name: input.name,
    email: input.email,
    role: input.role,
    state: 'invited',
    language: input.language ?? 'en',
    createdAt: nowOf(world),
  }
}

/** Writes what was done about a person into the log, and tells who listens. */
export async function recordPerson(
  stores: Stores,
  actor: Actor,
  person: Person,
  action: contract.AuditAction,
  at: Instant,
  more: AuditEvent['facts'] = {},
): Promise<void> {
  const { environment, organisation, id, name, role } = person
  const owner = organisation === undefined ? {} : { organisation }
  const target = { kind: 'person', id, name }
  await record(stores, actor, { environment, ...owner, at, action, target, facts: { role, ...more } })
  await stores.outbox.append({ environment, ...owner, kind: 'person', target: id, at })
}
