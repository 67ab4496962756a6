import type { Place, Scope } from '../scope.ts'
import type { Block } from './block.ts'

/**
 * What the log says of blocks: `applicant.blocked` lays one, `applicant.lifted` takes off those whose lines it names
 * (`liftedOf`). There is no other place that says it, so that whoever blocks or lifts writes the line and nothing else; and no order of
 * lines says it, because numbers and places are the database's to give.
 */
export interface BlockReader {
  /** What stands against the key there: a block of its organisation, or one of the whole environment. */
  against(place: Place, applicant: string): Promise<Block | undefined>
  /** Those on the key that this scope may lift: those of its organisations; of a whole environment, all. */
  of(scope: Scope, applicant: string): Promise<Block[]>
  /** Newest first, at most 200: those of its organisations; of a whole environment, all. */
  list(scope: Scope): Promise<Block[]>
}
