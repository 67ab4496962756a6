import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Page, PageQuery } from '../paging.ts'

export interface Organisations {
  create(actor: PersonActor, input: OrganisationInput): Promise<contract.Organisation>
  list(actor: PersonActor, query: PageQuery & { search?: string }): Promise<Page<contract.Organisation>>
  get(actor: PersonActor, id: string): Promise<contract.Organisation>
}

export interface OrganisationInput {
  readonly code: string
  readonly name: string
  readonly country: string
  readonly siren?: string
}
