import type * as contract from '@scel/contract/values'
import type { Actor } from '../actor.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { record } from '../audit/record.ts'
import { requireMailName } from '../mail-address.ts'
import type { Stores } from '../work.ts'
import { type Instant, newId, nowOf, type World } from '../world.ts'
import { isOpen } from './grants/grant.ts'
import type { Person } from './person.ts'

export interface NewPerson {
  readonly name: string
  /** None of somebody whom nobody knows yet. */
  readonly email?: string
  readonly organisation?: string
  readonly language?: 'en' | 'fr'
}

/** Somebody who is invited and in no store yet. @throws DeskError input_invalid on an address that no certificate can hold */
export function newPerson(world: World, environment: contract.Environment, input: NewPerson): Person {
  const { email } = input
  if (email !== undefined) requireMailName(email)
  return {
    id: newId(world),
    environment,
    ...(input.organisation === undefined ? {} : { organisation: input.organisation }),
    name: input.name,
    ...(email !== undefined && { email, emailBy: 'invitation' }),
    state: 'invited',
    language: input.language ?? 'en',
    createdAt: nowOf(world),
  }
}

/** Writes what was done about a person into the log, with what they are then, and tells who listens. */
export async function recordPerson(
  stores: Stores,
  actor: Actor,
  person: Person,
  action: contract.AuditAction,
  at: Instant,
  more: AuditEvent['facts'] = {},
): Promise<void> {
  const { environment, organisation, id, name } = person
  const open = (await stores.grants.of({ environment }, id)).filter((grant) => isOpen(grant, at))
  const role = [...new Set(open.map((grant) => grant.role))].join(' ')
  const owner = organisation === undefined ? {} : { organisation }
  const target = { kind: 'person', id, name } as const
  await record(stores, actor, { environment, ...owner, at, action, target, facts: { ...(role && { role }), ...more } })
  await stores.outbox.append({ environment, ...owner, kind: 'person', target: id, at })
}
