import type { Environment, ProfileName } from '@scel/contract/values'
import type { Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Organisation, OrganisationEntry } from './organisation.ts'

export interface OrganisationReader {
  find(scope: Scope, id: string): Promise<Organisation | undefined>
  /** Those of an environment that have any, by code: what an administrator gives is compared with all of them. */
  withNameSuffixes(environment: Environment): Promise<Organisation[]>
  /** Case does not matter. */
  findByCode(scope: Scope, code: string): Promise<Organisation | undefined>
  /** By code; `search` looks into code, name and siren, without regard to case. */
  page(scope: Scope, query: OrganisationQuery): Promise<Page<OrganisationEntry>>
  entry(scope: Scope, id: string, seen: OrganisationSeen): Promise<OrganisationEntry | undefined>
}

export interface OrganisationStore extends OrganisationReader {
  insert(organisation: Organisation): Promise<void>
  setNameSuffixes(scope: Scope, id: string, suffixes: readonly string[]): Promise<void>
}

export interface OrganisationQuery extends PageQuery, OrganisationSeen {
  readonly search?: string
}

/** What the counts of an organisation count. */
export interface OrganisationSeen {
  readonly now: Instant
  /** Only what is of these. */
  readonly profiles?: readonly ProfileName[]
}
