import type { Confirmation } from '../../confirming/confirmation.ts'
import type { First } from '../../paging.ts'
import type { Scope } from '../../scope.ts'
import type { Instant } from '../../world.ts'
import type { Invitation } from './invitation.ts'

export interface InvitationReader {
  /**
   * Without scope: the holder of the token has no other way to say where they belong. One that opens and is not named among those of its person
   * was spent or taken back, and is none. @throws DeskError storage_altered where nobody can tell
   */
  findByHash(hash: string): Promise<Invitation | undefined>
  /** The unspent link of a person that others made for them, whether expired or not; with `adds`, the one of their own. @throws DeskError storage_altered as `findByHash` */
  findOpenOf(scope: Scope, person: string, adds?: true): Promise<Invitation | undefined>
  /**
   * Of each person the last link for them that is opened and was made with a credential, or with one that was added with it, and so on: those first
   * of people who sign in, then of those who may, each newest first.
   */
  openedMadeWith(scope: Scope, credential: string, now: Instant, limit: number): Promise<First<Invitation>>
  /** Links that wait for an administrator other than this one, who did not ask for them nor are they for them. */
  countAwaiting(scope: Scope, filter: { other: string; now: Instant }): Promise<number>
}

export interface InvitationStore extends InvitationReader {
  insert(invitation: Invitation): Promise<void>
  /** Lets a link that waited open, from now until `expiresAt`. */
  confirm(scope: Scope, hash: string, confirmation: Required<Confirmation>, expiresAt: Instant): Promise<void>
  spend(scope: Scope, hash: string, spent: NonNullable<Invitation['spent']>): Promise<void>
  /** Takes back every unspent link of a person; with `adds`, of those that others made or those that add alone. */
  withdrawOf(scope: Scope, person: string, adds?: boolean): Promise<void>
  /** Takes back every unspent link that was made with a credential; with `adds`, of those that add alone. @returns the people they were for */
  withdrawMadeWith(scope: Scope, credential: string, adds?: true): Promise<string[]>
}
