import { toHex } from '../bytes/index.ts'
import { digest } from '../crypto/index.ts'

/**
 * SHA-256 over the whole object as received, 64 digits of lower-case hexadecimal.
 * @example
 * assert.match(await fingerprint(sample.person.certificate.der), /^[0-9a-f]{64}$/)
 */
export async function fingerprint(der: Uint8Array): Promise<string> {
  return toHex(await digest('SHA-256', der))
}
