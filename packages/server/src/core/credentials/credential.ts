import type { CredentialKind, Environment, Strength } from '@scel/contract/values'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'

/** Why a credential opens nothing any more. */
export type CredentialEnd = 'ended' | 'replaced' | 'revoked' | 'disabled'

/** What a person signs in with: one row for each, and a person may have several. */
export interface Credential {
  readonly id: string
  readonly environment: Environment
  readonly person: string
  readonly kind: CredentialKind
  /** How well it says who is there: what is begun with it carries that. */
  readonly strength: Strength
  /** What it is found by, unique among those of its kind that nobody ended: of a certificate its issuer and serial, of a link the hash of its token. Never a name or an address. */
  readonly handle: string
  /** What its holder calls it; empty until they say. */
  readonly name: string
  /** Of a certificate: its id. */
  readonly certificate?: string
  /** Id of the one that its holder was signed in with when they made it for themselves: it lasts no longer than trust in that one. */
  readonly madeWith?: string
  readonly createdAt: Instant
  /** Of a link: until then it opens something. */
  readonly expiresAt?: Instant
  readonly lastUsedAt?: Instant
  readonly ended?: { readonly at: Instant; readonly reason: CredentialEnd }
}

/** What each kind of credential says of itself. */
export interface CredentialRules {
  /**
   * Whether what was begun with it goes on: asked at every call, and again in the unit that acts.
   * @returns why not; undefined while it stands
   */
  check(stores: Readers, credential: Credential, now: Instant): Promise<'certificate' | 'credential' | undefined>
}

/** By kind, with whether one lasts (see `credential-kinds.ts`); handed in from above. */
export type CredentialKinds = Readonly<Record<CredentialKind, CredentialRules & { readonly lasts: boolean }>>
