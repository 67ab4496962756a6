import type { BlockedApplicant, Environment } from '@scel/contract/values'
import { markOf } from '../confirming/as-seen.ts'
import type { Instant } from '../world.ts'

/** Somebody decided that an applicant key asks for nothing any more. */
export interface Block {
  readonly environment: Environment
  /** A manager blocks a key for their organisation; an administrator for all of them. */
  readonly organisation?: string
  /** Thumbprint of the key, hex. */
  readonly applicant: string
  readonly at: Instant
  readonly by: { readonly id: string; readonly name: string }
  readonly reason: string
  /** The lines of the log that lay it: more than one where it was laid again meanwhile. Whoever lifts it names them. */
  readonly lines: readonly BlockLine[]
}

/** A line by what it says, too: a number alone may be given to another one later. */
export interface BlockLine {
  readonly number: number
  /** Of its leaf. */
  readonly digest: string
}

/** What the line says that lifts these: the numbers of theirs, and what is there. */
export const liftOf = (blocks: readonly Pick<Block, 'lines'>[]): string =>
  blocks
    .flatMap(({ lines }) => lines)
    .slice(0, MOST_NAMED)
    .map(({ number, digest }) => `${number}:${digest}`)
    .join(' ')

/** The numbers that such a line names, with digests. */
export const liftedOf = (said: unknown): readonly BlockLine[] =>
  typeof said === 'string'
    ? said.split(' ').map((named) => {
        const [number, digest = ''] = named.split(':')
        return { number: Number(number), digest }
      })
    : []

/** All that is shown of a block: who laid it again meanwhile laid another one. */
export const sightOfBlock = (block: Block): string => {
  const { applicant, at, by, reason, organisation } = block
  return JSON.stringify(['block', applicant, at, by, reason, organisation ?? null, liftOf([block])])
}

/** @param mayLift whether the viewer is one who may */
export const blockView = (block: Block, mayLift: boolean): BlockedApplicant => {
  const { applicant, at, by, reason, organisation } = block
  return {
    ...{ applicant, at, by: by.name, reason, mark: markOf(sightOfBlock(block)), mayLift },
    ...(organisation === undefined ? {} : { organisation }),
  }
}

/** Whoever plants more of them keeps a key blocked: it is lifted again. */
const MOST_NAMED = 500
