import type { Environment, Strength } from '@scel/contract/values'
import type { Confirmation } from '../../confirming/confirmation.ts'
import type { Instant } from '../../world.ts'

/** A one-time link. */
export interface Invitation {
  /** Its own for ever: its token is drawn by it, now and whenever it is sent (`invitationToken`). */
  readonly id: string
  /** SHA-256 of the token, hex. */
  readonly hash: string
  readonly environment: Environment
  readonly person: string
  /** Whoever made it; nobody where it was the host's command. */
  readonly madeBy?: { readonly id: string; readonly name: string }
  /** Id of what whoever made it was signed in with, of a certificate its own; the host's command has none. */
  readonly madeWith?: string
  /** Of a link that its holder made for another device: what that is called. It adds something to sign in with, the others replace what there was. */
  readonly adds?: string
  /** Of such a link: how well was known who is there when they made it, and as strong is what it adds at most. */
  readonly addsAtMost?: Strength
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** Of the link of an administrator: until another one confirmed it, it opens nothing. */
  readonly confirmation?: Confirmation
  /** Set when spent: for the same it is answered again, for another not. */
  readonly spent?: {
    readonly at: Instant
    /** What it was spent for: of a certificate the SHA-256 of its SPKI, hex. */
    readonly for: string
    /** Id of the credential that was or is being made with it. */
    readonly made: string
  }
}
