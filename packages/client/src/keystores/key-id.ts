import { toHex } from '@scel/pki/bytes'
import { digest } from '@scel/pki/crypto'

/** How a key is named in the stores: the first 16 hex digits of SHA-256 over its SPKI. */
export async function keyId(spki: Uint8Array): Promise<string> {
  return keyIdOf(toHex(await digest('SHA-256', spki)))
}

/** The same by its fingerprint. */
export const keyIdOf = (fingerprint: string): string => fingerprint.slice(0, 16)
