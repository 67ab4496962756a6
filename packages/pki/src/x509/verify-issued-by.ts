import type { Certificate, TbsCertificate } from './certificate.ts'
import { sameName } from './name/name.ts'
import { verifySigned } from './verify-signed.ts'

/**
 * Whether `certificate` names `issuer` as its issuer and bears its signature. It says nothing about dates or whether
 * the issuer may issue: that is path validation.
 * @throws algorithm_unsupported, key_mismatch, key_malformed
 * @example
 * assert.equal(await verifyIssuedBy(sample.person.certificate, sample.issuing.certificate), true)
 * assert.equal(await verifyIssuedBy(sample.person.certificate, sample.root.certificate), false)
 */
export async function verifyIssuedBy(certificate: Certificate, issuer: TbsCertificate): Promise<boolean> {
  return sameName(certificate.issuer, issuer.subject) && (await verifySigned(certificate, issuer.publicKey.spki))
}
