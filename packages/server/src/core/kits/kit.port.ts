import type { KitState, ProfileName } from '@scel/contract/values'
import type { Confirmation } from '../confirming/confirmation.ts'
import type { First, Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Kit, KitEntry } from './kit.ts'

export interface KitReader {
  find(scope: Scope, id: string): Promise<Kit | undefined>
  /** Without scope, because whoever holds the kit file has no other way to say where they belong; their secret is checked next. */
  findForApplicant(id: string): Promise<Kit | undefined>
  /** Active kits whose standing approval waits for an administrator other than this one, who did not ask for it. */
  countAwaiting(scope: Scope, filter: { other: string; now: Instant }): Promise<number>
  /** Made with a credential, or with one that was added with it, and so on: those that let somebody ask first, each newest first. */
  madeWith(scope: Scope, credential: string, now: Instant, limit: number): Promise<First<KitEntry>>
  /** Of a service, that nobody withdrew, oldest first. */
  openOfService(scope: Scope, service: string): Promise<Kit[]>
  entry(scope: Scope, id: string): Promise<KitEntry | undefined>
  /** Newest first (createdAt, id); `search` looks into the kit's name and the organisation's code and name. */
  page(scope: Scope, query: KitQuery): Promise<Page<KitEntry>>
}

export interface KitStore extends KitReader {
  insert(kit: Kit): Promise<void>
  /** Adds one to the uses made. */
  countUse(scope: Scope, id: string): Promise<void>
  /** Adds one to the submissions refused. */
  countRefusal(scope: Scope, id: string): Promise<void>
  /** Lets a standing approval that waited decide. */
  confirm(scope: Scope, id: string, confirmation: Required<Confirmation>): Promise<void>
  withdraw(scope: Scope, id: string, at: Instant): Promise<void>
  /** Takes its standing approval away, for good. */
  endStanding(scope: Scope, id: string, at: Instant): Promise<void>
}

export interface KitQuery extends PageQuery {
  readonly search?: string
  readonly organisation?: string
  readonly service?: string
  /** Undefined for every one; of an empty list, none. */
  readonly profiles?: readonly ProfileName[]
  /** As `kitState` says it at `now`. */
  readonly state?: KitState
  readonly now: Instant
}
