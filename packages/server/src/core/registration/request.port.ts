import type { OriginKind, ProfileName, RequestState } from '@scel/contract/values'
import type { Owner } from '../owner.ts'
import type { Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { NewRequest, OriginRef, Request, RequestChange, RequestEntry, Step } from './request.ts'

/** One that brings requests. */
export type Brought = Pick<OriginRef, 'kind' | 'id'>
interface OfOrigin {
  readonly origin: Brought
}
interface OfOwner {
  readonly owner: Owner
}

export interface RequestReader {
  /** The least number that the next one may have: what is decided without a request is told by it from what was decided before and comes after. */
  next(): Promise<number>
  find(scope: Scope, number: number): Promise<Request | undefined>
  entry(scope: Scope, number: number): Promise<RequestEntry | undefined>
  /** In the order they were added. */
  steps(scope: Scope, number: number): Promise<Step[]>
  /** Whether the desk ever took a request of this owner that exists in the scope, of one of these profiles where it says some. */
  knowsOwner(scope: Scope, owner: Owner, profiles?: readonly ProfileName[]): Promise<boolean>
  /** How many pending requests an origin has brought, or an owner has; counted up to `most`. */
  countPendingOf(of: OfOrigin | OfOwner, most: number): Promise<number>
  /**
   * When the request came that is so many before the next one: of an owner, or, of those that were cancelled, of an
   * origin and a network. Undefined when there were fewer.
   */
  submittedOf(of: OfOwner | (OfOrigin & { readonly network: string }), many: number): Promise<Instant | undefined>
  /** Pending requests that an origin brought after this number, oldest first. */
  pendingOfOrigin(scope: Scope, origin: Brought, after: number, limit: number): Promise<Request[]>
  /** The request of this number, where it is of this owner. */
  entryOfOwner(scope: Scope, owner: Owner, number: number): Promise<RequestEntry | undefined>
  /** Newest first. */
  entriesOfOwner(scope: Scope, owner: Owner, limit: number): Promise<RequestEntry[]>
  /** Every request of the subject in the scope's environment and organisation, newest first, at most 200. */
  ofSubject(
    scope: Scope,
    profile: ProfileName,
    subjectKey: string,
    states?: readonly RequestState[],
  ): Promise<Request[]>
  /** Every request made with this SPKI hash, newest first, at most 50. */
  ofKey(scope: Scope, key: string): Promise<Request[]>
  /** The oldest pending request made with this SPKI hash by another owner, or by any, in whatever environment. */
  pendingOfKeyByOthers(key: string, owner?: Owner): Promise<Request | undefined>
  /** Latest request that named this host (machine.hostName, without regard to case) for another subject. */
  latestOfHost(
    scope: Scope,
    hostName: string,
    otherThan: string,
  ): Promise<{ number: number; commonName: string; profile: ProfileName } | undefined>
  /** Newest first; `search` looks into number, common name, host name, description and e-mail, without regard to case. */
  page(scope: Scope, query: RequestQuery): Promise<Page<RequestEntry>>
  /** @param profiles of what is not one's own */
  countPending(scope: Scope, profiles?: readonly ProfileName[]): Promise<number>
  /** In every environment: pending ones submitted before, and approved, installed or downloaded ones whose certificate ended before `now`. */
  due(filter: { pendingBefore: Instant; now: Instant; limit: number }): Promise<Request[]>
}

export interface RequestStore extends RequestReader {
  /** Answers its number: the next one of the whole desk, never given twice. */
  insert(request: NewRequest): Promise<number>
  update(scope: Scope, number: number, change: RequestChange): Promise<void>
  addStep(scope: Scope, number: number, step: Step): Promise<void>
}

export interface RequestQuery extends PageQuery {
  readonly search?: string
  readonly state?: RequestState
  /** Undefined for every one; of an empty list, none. */
  readonly profiles?: readonly ProfileName[]
  /** And of what is one's own, where the scope has that. */
  readonly ownProfiles?: readonly ProfileName[]
  readonly organisation?: string
  readonly service?: string
  readonly origin?: OriginKind
  /** Origins whose requests are left out. */
  readonly without?: readonly OriginKind[]
  /** Submitted at or after. */
  readonly since?: Instant
}
