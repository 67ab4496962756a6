import type { Role } from '@scel/contract/values'
import type { Confirmation } from '../../confirming/confirmation.ts'
import type { First } from '../../paging.ts'
import type { Scope } from '../../scope.ts'
import type { Instant } from '../../world.ts'
import type { Grant, GrantEntry } from './grant.ts'

/** Grants are of people, who belong to an environment: in the scope of organisations there are none. */
export interface GrantReader {
  /** Ended ones too. */
  find(scope: Scope, id: string): Promise<Grant | undefined>
  /** A person's that nobody has ended, over or not, oldest first. */
  of(scope: Scope, person: string): Promise<Grant[]>
  /** The same of several people, with the organisations that they are of. */
  ofAll(scope: Scope, people: readonly string[]): Promise<GrantEntry[]>
  /** Those of administrators that nobody has ended, over or not, and how many more there are whose rows somebody took away. */
  administrators(scope: Scope): Promise<{ readonly grants: Grant[]; readonly lost: number }>
  /** All of a role that nobody has ended before this. @throws DeskError storage_altered where one is not as the desk wrote it */
  withRoleSince(scope: Scope, role: Role, since: Instant): Promise<Grant[]>
  /** Those that wait for an administrator other than this one, who did not ask for them nor are they theirs. */
  countAwaiting(scope: Scope, filter: { other: string; now: Instant }): Promise<number>
  /** Those for a service that nobody has ended, over or not. */
  ofService(scope: Scope, service: string): Promise<Grant[]>
  /**
   * Those that were given with a credential, or with one that was added with it, and so on: those first that are neither ended nor over, of people
   * who sign in before those of others, each newest first, with the organisations that they are of.
   */
  givenWith(scope: Scope, credential: string, now: Instant, limit: number): Promise<First<GrantEntry>>
  /** Those that wait, and were given with a credential. */
  awaitingGivenWith(scope: Scope, credential: string): Promise<Grant[]>
}

export interface GrantStore extends GrantReader {
  insert(grant: Grant): Promise<void>
  /** Lets one that waited hold. */
  confirm(scope: Scope, id: string, confirmation: Required<Confirmation>): Promise<void>
  /** The first end is kept. */
  end(scope: Scope, id: string, ended: NonNullable<Grant['ended']>): Promise<void>
}
