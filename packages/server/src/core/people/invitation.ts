import type { Environment } from '@scel/contract/values'
import type { Confirmation } from '../confirming/confirmation.ts'
import type { Instant } from '../world.ts'

/** A one-time link. */
export interface Invitation {
  /** SHA-256 of the token, hex. */
  readonly hash: string
  readonly environment: Environment
  readonly person: string
  /** Whoever made it; nobody where it was the host's command. */
  readonly madeBy?: { readonly id: string; readonly name: string }
  /** Id of what whoever made it was signed in with, of a certificate its own; the host's command has none. */
  readonly madeWith?: string
  /** Of a link that its holder made for another device: what that is called. It adds a certificate, the others replace what there was. */
  readonly adds?: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** Of the link of an administrator: until another one confirmed it, it opens nothing. */
  readonly confirmation?: Confirmation
  /** Set when spent, with the key it was spent for: the same key is answered again, another is not. */
  readonly spent?: {
    readonly at: Instant
    /** SHA-256 of the SPKI, hex. */
    readonly key: string
    /** The certificate that was or is being issued for it. */
    readonly certificate: string
  }
}
