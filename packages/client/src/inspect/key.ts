import { type PublicKeyFacts, publicKeyFacts } from '@scel/files/certificates'
import { publicKeyInfo } from '@scel/pki/x509'

/** How a key is written down. */
export type KeyForm = 'PKCS #8' | 'PKCS #8, encrypted' | 'PKCS #1' | 'SEC 1' | 'SubjectPublicKeyInfo' | 'JWK'

/** A key as `scel inspect --json` prints it; of a private key only what its public half shows. */
export interface KeyFacts {
  readonly kind: 'private key' | 'public key'
  readonly form: KeyForm
  /** Undefined for an encrypted key that was not opened. */
  readonly key?: PublicKeyFacts
}

/** @throws key_malformed, der_malformed */
export async function keyFacts(kind: KeyFacts['kind'], form: KeyForm, spki: Uint8Array | undefined): Promise<KeyFacts> {
  return { kind, form, ...(spki ? { key: await publicKeyFacts(publicKeyInfo(spki)) } : {}) }
}
