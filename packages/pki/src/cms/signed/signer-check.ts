// What a signer must have before they sign: a signature that nobody will accept is better not made.

import type { SignatureAlgorithm } from '../../algorithms/index.ts'
import { readPublicKey, signatureFits } from '../../algorithms/index.ts'
import { keyMatches, usualSignature } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import { checkDates, subjectText } from '../../path/certificate-checks.ts'
import { extension } from '../../x509/index.ts'
import type { Signer } from './sign-options.ts'

/** The algorithm that they sign with. @throws key_mismatch, key_usage_missing, certificate_expired, certificate_not_yet_valid */
export function checkSigner({ certificate, key, algorithm, anyway = [] }: Signer, at: Date): SignatureAlgorithm {
  const subject = subjectText(certificate)
  const row = algorithm ?? usualSignature(key)
  if (!keyMatches(key, certificate.publicKey.spki)) fail('key_mismatch', { what: subject })
  if (!signatureFits(row, readPublicKey(certificate.publicKey.spki))) fail('key_mismatch', { what: row.name })
  const usages = extension(certificate, 'keyUsage')
  const signs = !usages || usages.includes('digitalSignature') || usages.includes('nonRepudiation')
  if (!signs && !anyway.includes('usage')) fail('key_usage_missing', { subject, usage: 'digitalSignature' })
  if (!anyway.includes('expired')) checkDates(certificate, at)
  return row
}
