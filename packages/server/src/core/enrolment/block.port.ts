import type { Scope } from '../scope.ts'
import type { Block } from './block.ts'

export interface BlockStore {
  insert(block: Block): Promise<void>
  /** What stands against the key in this organisation: a block of its own, or one of the whole environment. */
  against(scope: Required<Scope>, applicant: string): Promise<Block | undefined>
  /** The block that this scope itself laid on the key: an organisation's, or the whole environment's. */
  find(scope: Scope, applicant: string): Promise<Block | undefined>
  /** Takes an organisation's block off the key; without one, every block of the environment. @returns what was lifted */
  lift(scope: Scope, applicant: string): Promise<Block[]>
  /** Newest first, at most 200: an organisation's own; without one, all of the environment's. */
  list(scope: Scope): Promise<Block[]>
}
