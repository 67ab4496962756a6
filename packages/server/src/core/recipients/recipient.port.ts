import type { Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Candidate } from './recipient.ts'

export interface RecipientReader {
  /**
   * By the name that the certificate says. Found are certificates of active people that can receive, speak for an address and are valid at `now`, whether
   * they sign in with them or not. A scope of organisations holds their people and those of the desk, who have a grant for all of the environment: whoever works with them must reach them. One with `own` holds that person besides.
   */
  page(scope: Scope, query: RecipientQuery): Promise<Page<Candidate>>
}

export interface RecipientQuery extends PageQuery {
  /** Part of the name or of an address in the certificate, or of the organisation's code, name or SIREN; case and accents do not matter. */
  readonly search?: string
  /** The whole of an address in the certificate; case does not matter. */
  readonly email?: string
  readonly organisation?: string
  /** Id of the one person whose are asked for. */
  readonly person?: string
  readonly now: Instant
}
