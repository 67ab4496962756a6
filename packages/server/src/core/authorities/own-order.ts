import type { Name } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import type { KeyUse } from '../issuance/signer.port.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Authority } from './authority.ts'

/** A certificate for the desk itself, for a key in its signers. */
export interface OwnOrder {
  readonly authority: Authority
  readonly profile: Profile
  /** Made when there is none of this name. */
  readonly keyId: string
  readonly subject: Name
  /** Host names and addresses. */
  readonly names?: readonly string[]
  /** What the key is for. */
  readonly use: KeyUse
}

/** Asks for it, and has it issued; given from above, because requests know the authorities. */
export type AskOwn = (order: OwnOrder) => Promise<Certificate>
