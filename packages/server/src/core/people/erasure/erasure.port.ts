import type { Thing } from '../../log/paths-of.ts'
import type { Scope } from '../../scope.ts'
import type { Person } from '../person.ts'

/** Whom copies are of. */
export interface Named extends Pick<Person, 'environment' | 'id'> {
  /** The addresses that they are known by, while they are. */
  readonly mailboxes: readonly string[]
}

/** How far the rows are that name people, of one table after the other; only the store reads it. */
export interface UpTo {
  readonly table: string
  /** Absent at its beginning. */
  readonly after?: string | number
}

export interface ErasureReader {
  /**
   * What lines of the log name after a person, as rows say: their certificates, what they asked for and what they sign in with. Of what has a
   * code of its own, the desk's alone.
   */
  thingsOf(scope: Scope, person: string): Promise<Thing[]>
  /** The first request that a person made, or is to be reached about, and that still waits for a decision. */
  waitingOf(scope: Scope, person: Pick<Named, 'id' | 'mailboxes'>): Promise<number | undefined>
}

/**
 * Takes the copies of a person's name and address out of the rows of all features at once: which columns hold some is said in one place
 * (`store/erasure/columns.ts`), and what they are in is not changed by it.
 */
export interface ErasureStore extends ErasureReader {
  /**
   * Empties what the next rows say of somebody, at most `limit` of them.
   * @param from where the last ones ended. @default at the beginning
   * @returns how many they were, and where to go on; no `next` once there are no more
   */
  empty(of: Named, limit: number, from?: UpTo): Promise<{ readonly rows: number; readonly next?: UpTo }>
}
