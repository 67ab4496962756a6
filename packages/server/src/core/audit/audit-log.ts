import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Page, PageQuery } from '../paging.ts'

export interface AuditLog {
  list(actor: PersonActor, query: PageQuery & { search?: string; action?: string }): Promise<Page<contract.AuditEvent>>
}
