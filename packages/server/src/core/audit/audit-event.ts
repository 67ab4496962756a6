import type { Environment } from '@scel/contract/values'
import type { Instant } from '../world.ts'

/** One line of the log: what was done, or refused, by whom, to what. */
export interface AuditEvent {
  readonly environment: Environment
  readonly organisation?: string
  readonly at: Instant
  /** For example `request.approved`. */
  readonly action: string
  readonly outcome: 'done' | 'refused'
  readonly actor: { readonly kind: string; readonly id?: string; readonly name: string; readonly from?: string }
  readonly target: { readonly kind: string; readonly id: string; readonly name?: string }
  readonly facts: Readonly<Record<string, string | number | boolean>>
}

export interface AuditEntry extends AuditEvent {
  readonly number: number
}
