import type * as contract from '@scel/contract/values'
import { type PersonActor, requireRole, scopeOf } from '../actor.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import type { Work } from '../work.ts'
import type { AuditEntry } from './audit-event.ts'

export interface AuditLog {
  /** @throws DeskError not_allowed, cursor_invalid */
  list(actor: PersonActor, query: PageQuery & { search?: string; action?: string }): Promise<Page<contract.AuditEvent>>
}

export function createAuditLog({ work }: { work: Work }): AuditLog {
  return {
    list: async (actor, query) => {
      requireRole(actor, 'audit.read', 'administrator', 'auditor')
      return mapPage(await work.read((stores) => stores.audit.page(scopeOf(actor), query)), viewOf)
    },
  }
}

const viewOf = ({ number, at, action, outcome, actor, target, facts }: AuditEntry): contract.AuditEvent => ({
  number,
  at,
  action,
  outcome,
  actor: {
    kind: actor.kind,
    name: actor.name,
    ...(actor.from === undefined ? {} : { from: actor.from }),
  },
  target: { ...target },
  facts: { ...facts },
})
