import type { Scope } from '../scope.ts'
import type { Invitation } from './invitation.ts'

export interface InvitationStore {
  insert(invitation: Invitation): Promise<void>
  /** Without scope: the holder of the token has no other way to say where he belongs. */
  findByHash(hash: string): Promise<Invitation | undefined>
  spend(scope: Scope, hash: string, spent: NonNullable<Invitation['spent']>): Promise<void>
  /** Takes back every unspent link of a person. */
  withdrawOf(scope: Scope, person: string): Promise<void>
  /** Takes back every unspent link that was made with a certificate. @returns the people they were for */
  withdrawMadeWith(scope: Scope, certificate: string): Promise<string[]>
}
