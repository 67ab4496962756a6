import type { Page, PageQuery } from '../../paging.ts'
import type { Scope } from '../../scope.ts'
import type { Instant } from '../../world.ts'
import type { Session, SessionEnd, SessionEntry } from './session.ts'

export interface SessionReader {
  /** Without scope: the cookie is all the caller has. Ended sessions are found too. */
  findByToken(tokenHash: string): Promise<Session | undefined>
  find(scope: Scope, id: string): Promise<Session | undefined>
  /** Sessions not ended, seen between the two moments and not past `now` absolutely; newest first (startedAt, id). */
  open(scope: Scope, query: SessionQuery): Promise<Page<SessionEntry>>
}

export interface SessionQuery extends PageQuery {
  readonly now: Instant
  readonly seenAfter: Instant
  readonly seenBefore: Instant
  readonly person?: string
}

export interface SessionStore extends SessionReader {
  insert(session: Session): Promise<void>
  /**
   * Keeps a session, its person, their grants, its credential and the certificate behind that as they are until the unit ends: whoever
   * changes one of them comes before, and is seen, or waits.
   */
  hold(scope: Scope, id: string): Promise<void>
  touch(scope: Scope, id: string, lastSeenAt: Instant): Promise<void>
  /** The first end is kept. */
  end(scope: Scope, id: string, at: Instant, reason: SessionEnd): Promise<void>
  /** Ends every open session of a person; answers their ids. */
  endOfPerson(scope: Scope, person: string, at: Instant, reason: SessionEnd): Promise<string[]>
  /** Ends every open session begun with a credential; answers their ids. */
  endOfCredential(scope: Scope, credential: string, at: Instant, reason: SessionEnd): Promise<string[]>
  /**
   * Ends open sessions of a person until so many are left: those that are past their absolute end or were seen after `seenBefore`, under a clock
   * that was ahead, then those that were seen longest ago; answers their ids.
   */
  endUnused(
    scope: Scope,
    person: string,
    left: { most: number; seenBefore: Instant },
    at: Instant,
    reason: SessionEnd,
  ): Promise<string[]>
  /** Forgets sessions whose absolute end lies before. */
  purge(before: Instant): Promise<number>
}
