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
  /** The lines of the log that lay it: more than one where it was laid again meanwhile. Whoever lifts it names them. */
  readonly lines: readonly number[]
}

/** What the line says that lifts these: the numbers of theirs. */
export const liftOf = (blocks: readonly Pick<Block, 'lines'>[]): string =>
  blocks
    .flatMap(({ lines }) => lines)
    .slice(0, MOST_NAMED)
    .join(' ')

/** The numbers that such a line names. */
export const liftedOf = (said: unknown): number[] => (typeof said === 'string' ? said.split(' ').map(Number) : [])

export const blockView = ({ applicant, at, by, reason, organisation }: Block): BlockedApplicant => ({
  applicant,
  at,
  by: by.name,
  reason,
  ...(organisation === undefined ? {} : { organisation }),
})

/** Whoever plants more of them keeps a key blocked: it is lifted again. */
const MOST_NAMED = 500
