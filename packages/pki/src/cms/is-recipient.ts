import { type Certificate, sameName } from '../x509/index.ts'
import { isNamed } from './certificate-identifier.ts'
import type { RecipientFacts } from './open-options.ts'

/**
 * Whether a sealed file names the certificate as this recipient, by issuer and serial number or by key identifier. A secret
 * key has an identifier too, which is nobody's certificate.
 * @example
 * const { certificate } = sample.person
 * const named = { kind: 'key-transport', algorithm: 'rsaes-oaep', issuer: certificate.issuer } as const
 * assert.ok(isRecipient(certificate, { ...named, serialHex: certificate.serialHex }))
 * assert.ok(!isRecipient(certificate, { ...named, serialHex: '00' }))
 */
export function isRecipient(certificate: Certificate, recipient: RecipientFacts): boolean {
  const { kind, issuer, serialHex, keyIdentifier } = recipient
  if (kind === 'secret-key') return false
  if (issuer) return serialHex === certificate.serialHex && sameName(issuer, certificate.issuer)
  return keyIdentifier !== undefined && isNamed(certificate, { keyIdentifier })
}
