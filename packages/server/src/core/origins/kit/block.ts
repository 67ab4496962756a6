import type { BlockedApplicant, Environment } from '@scel/contract/values'
import type { Instant } from '../../world.ts'

/** Somebody decided that an applicant key asks for nothing any more. */
export interface Block {
  readonly environment: Environment
  /** A manager blocks a key for his organisation; an administrator for all of them. */
  readonly organisation?: string
  /** Thumbprint of the key, hex. */
  readonly applicant: string
  readonly at: Instant
  readonly by: { readonly id: string; readonly name: string }
  readonly reason: string
}

export const blockView = ({ applicant, at, by, reason, organisation }: Block): BlockedApplicant => ({
  applicant,
  at,
  by: by.name,
  reason,
  ...(organisation === undefined ? {} : { organisation }),
})
