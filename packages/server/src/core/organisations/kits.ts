import type { KitRules } from '@scel/contract/kit'
import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Page, PageQuery } from '../paging.ts'

export interface Kits {
  /** The secret is answered once, to be put into the file; the desk keeps its hash. */
  create(actor: PersonActor, input: KitInput): Promise<{ kit: contract.Kit; secret: string; rules: KitRules }>
  list(actor: PersonActor, query: KitsQuery): Promise<Page<contract.Kit>>
  withdraw(actor: PersonActor, id: string): Promise<void>
}

export interface KitInput {
  readonly name: string
  readonly organisation: string
  readonly enrolment: contract.EnrolmentType
  readonly store: contract.StoreType
  readonly keys: readonly contract.KeyChoice[]
  readonly proposedKey: contract.KeyChoice
  readonly uses: number
  readonly validityDays: number
  readonly standingApproval?: boolean
}

export interface KitsQuery extends PageQuery {
  readonly search?: string
  readonly organisation?: string
  readonly state?: contract.KitState
}
