import type { AuditAction, AuditFact, Environment } from '@scel/contract/values'
import type { Target } from '../target.ts'
import type { Instant } from '../world.ts'

/** One line of the log: what was done, or refused, by whom, to what. */
export interface AuditEvent {
  readonly environment: Environment
  readonly organisation?: string
  readonly at: Instant
  readonly action: AuditAction
  readonly outcome: 'done' | 'refused'
  readonly actor: { readonly kind: string; readonly id?: string; readonly name: string; readonly from?: string }
  readonly target: Target
  readonly facts: { readonly [Fact in AuditFact]?: string | number | boolean }
}

/** As it is read back: another version may have written what this one does not. */
export interface AuditEntry extends Omit<AuditEvent, 'action' | 'target' | 'facts'> {
  readonly number: number
  /** The desk did not write it as it stands: somebody else wrote it, or changed it. */
  readonly altered?: true
  /** Where personal data was erased: `actor.name`. */
  readonly erased?: readonly string[]
  readonly action: string
  readonly target: { readonly kind: string; readonly id: string; readonly name?: string }
  readonly facts: Readonly<Record<string, string | number | boolean>>
}
