import type { Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Recipient } from './recipient.ts'

export interface RecipientReader {
  /**
   * By name. Found are active people, once for each certificate of theirs that can receive and is valid at `now`, whether they sign in with it or not. A scope
   * of organisations holds their people and those of the desk, who have none: whoever works with them must reach them.
   */
  page(scope: Scope, query: RecipientQuery): Promise<Page<Recipient>>
}

export interface RecipientQuery extends PageQuery {
  /** Part of the name, the e-mail address, or the organisation's code, name or SIREN; case and accents do not matter. */
  readonly search?: string
  /** The whole address; case does not matter. */
  readonly email?: string
  readonly organisation?: string
  readonly now: Instant
}
