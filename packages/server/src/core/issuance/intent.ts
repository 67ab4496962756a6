import type { AuthorityPurpose, Environment, ProfileName } from '@scel/contract/values'
import type { Instant } from '../world.ts'

/** What the certificate is for; decides what happens once it is signed. */
export type IntentPurpose =
  | { readonly kind: 'request'; readonly request: number; readonly applicant: string }
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'desk' }
  | { readonly kind: 'authority'; readonly purpose: AuthorityPurpose }

/**
 * What is about to be signed, stored before the key is touched: after a crash the desk knows and completes it. `tbs` is
 * signed as it stands, byte for byte.
 */
export interface Intent {
  readonly id: string
  readonly environment: Environment
  readonly organisation?: string
  /** The issuing authority's id; for a root, its own. */
  readonly authority: string
  /** Key that signs. */
  readonly signerKey: string
  /** Id that the certificate (or authority) will have. */
  readonly certificate: string
  /** Undefined for authorities. */
  readonly profile?: ProfileName
  readonly tbs: Uint8Array
  readonly purpose: IntentPurpose
  /** For authorities: the key that the certificate is for. */
  readonly subjectKeyId?: string
  readonly createdAt: Instant
}
