import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import { scopeFor } from '../rights/rights.ts'
import { inSlices } from '../slices.ts'
import type { Work } from '../work.ts'
import type { World } from '../world.ts'
import type { AuditEntry } from './audit-event.ts'

export interface AuditLog {
  /** @throws DeskError not_allowed, cursor_invalid */
  list(actor: PersonActor, query: PageQuery & { search?: string; action?: string }): Promise<Page<contract.AuditEvent>>
}

export function createAuditLog({ work, world }: { work: Work; world: World }): AuditLog {
  return {
    list: async (actor, query) => {
      const scope = scopeFor(actor, 'read_log')
      const read = (slice: typeof query) => work.read((stores) => stores.audit.page(scope, slice))
      return mapPage(await inSlices(world, query, read), viewOf)
    },
  }
}

const viewOf = ({ actor, target, facts, altered, erased, ...event }: AuditEntry): contract.AuditEvent => ({
  ...{ number: event.number, at: event.at, action: event.action, outcome: event.outcome },
  actor: {
    kind: actor.kind,
    name: actor.name,
    ...(actor.from === undefined ? {} : { from: actor.from }),
  },
  target: { ...target },
  facts: { ...facts },
  ...(altered && { altered }),
  ...(erased === undefined ? {} : { erased: [...erased] }),
})
