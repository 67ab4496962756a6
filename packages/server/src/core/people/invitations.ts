import type * as contract from '@scel/contract/values'
import type { Instant } from '../world.ts'

export interface Invitations {
  /** What a link is for; spends nothing. */
  inspect(token: string): Promise<InvitationView>
  /** Spends a link with the request made in the browser; the same link with the same key is answered again. */
  accept(input: { token: string; csr: string; from: string; agent: string }): Promise<Accepted>
}

export interface InvitationView {
  readonly environment: contract.Environment
  readonly name: string
  readonly email: string
  readonly role: contract.Role
  readonly organisation?: { readonly code: string; readonly name: string }
  readonly language: 'en' | 'fr'
  readonly expiresAt: Instant
  readonly keys: contract.KeyChoice[]
  readonly proposedKey: contract.KeyChoice
  readonly validityDays: number
}

export interface Accepted {
  /** PEM. */
  readonly certificate: string
  /** PEM, issuer first, root last. */
  readonly chain: string[]
  /** Absent when the link had been spent with the same key before. */
  readonly session?: { readonly token: string; readonly expiresAt: Instant }
}
