import type { Instant } from '../world.ts'

/** How far the desk has come: what its database has to have, or it is an older copy. */
export interface Mark {
  readonly at: Instant
  /** Of each authority: the number and the digest of its newest list, if it has one, and how many of its certificates were revoked. */
  readonly lists: Readonly<
    Record<string, { readonly number: number; readonly revoked: number; readonly digest?: string }>
  >
  /** The log as a tree: up to `at` it was followed, and from `from` on its lines are looked at again and again. */
  readonly log: { readonly from: MarkedTree; readonly at: MarkedTree }
}

/** Of a tree what must be known to go on: see `TreeState`. The roots are base64url. */
export interface MarkedTree {
  readonly size: number
  readonly roots: readonly string[]
}

/** Keeps the mark where whoever writes to the database does not come. */
export interface MarkKeeper {
  /**
   * Undefined when there is none, and nothing here says that there was.
   * @throws DeskError mark_missing for one that is gone; mark_unreadable for one that is cut, or not this desk's
   */
  read(): Promise<Mark | undefined>
  /** Whether it is known here that there never was one; where it is not, only the database can tell. */
  isFirst(): Promise<boolean>
  /** Durable when it returns. */
  write(mark: Mark): Promise<void>
  /** Writes where the mark is, and leaves what is there as it is. @throws as `write` would */
  tryOut(): Promise<void>
}
