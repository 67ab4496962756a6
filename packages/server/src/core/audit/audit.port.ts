import type { Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { AuditEntry, AuditEvent } from './audit-event.ts'

/** Append-only: the database itself refuses to change or delete a line. */
export interface AuditReader {
  /** When the newest line was written, of whatever environment: what the clock is compared with. */
  newest(): Promise<Instant | undefined>
  /** Newest first; `search` looks into actor's name, target's id and name; `action` is the beginning of the action. */
  page(scope: Scope, query: AuditQuery): Promise<Page<AuditEntry>>
  /** The leaf of the line of a number, whoever wrote it; empty for one without. @returns undefined where there is no line */
  leafOf(number: number): Promise<string | undefined>
}

/** What a line is known by. */
export interface AppendedLine {
  readonly number: number
  readonly leaf: string
}

export interface AuditStore extends AuditReader {
  append(event: AuditEvent): Promise<AppendedLine>
}

export interface AuditQuery extends PageQuery {
  readonly search?: string
  readonly action?: string
}
