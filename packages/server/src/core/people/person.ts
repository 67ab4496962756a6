import type { CredentialKind, Environment, PersonState } from '@scel/contract/values'
import type { OrganisationRef } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { OpenLink } from './seen.ts'

/** Whoever invited them knows it; or has the host, and lets them say it themselves. */
export type AddressSource = 'invitation'

export interface Person {
  readonly id: string
  readonly environment: Environment
  /** Whose name their certificate bears, and in whose directory they stand. No right follows from it. */
  readonly organisation?: string
  readonly name: string
  /** One that somebody vouched for: certificates name it, and people are found by it. An account is not its address: others may have the same. */
  readonly email?: string
  /** Who vouched for it. */
  readonly emailBy?: AddressSource
  readonly state: PersonState
  readonly language: 'en' | 'fr'
  readonly createdAt: Instant
  /** The credential that whoever invited them was signed in with; the host's command has none. */
  readonly invitedWith?: string
  readonly lastSignInAt?: Instant
}

export interface PersonEntry extends Person {
  readonly organisationRef?: OrganisationRef
  /** The unspent link, whether expired or not. */
  readonly invitation?: OpenLink
  /** The unspent link of their own for another computer, while it waits for a second administrator. */
  readonly waitingDevice?: OpenLink
  /** The newest that lasts of what they sign in with; where they cannot, the last that they did. */
  readonly signIn?: {
    readonly credential: string
    readonly kind: CredentialKind
    readonly certificate?: string
    readonly until?: Instant
    /** It was revoked, or ended. */
    readonly ended?: Instant
  }
}
