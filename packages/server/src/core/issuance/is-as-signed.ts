import { isPkiError } from '@scel/pki/errors'
import { extension, parseCertificate, verifyIssuedBy } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import { sha256 } from '../hash.ts'
import type { Readers } from '../work.ts'

/**
 * Whether the row of a certificate is of the certificate in it, which the authority that it names has signed. Rows of certificates have no code: asked
 * before something is decided about one, because another row may stand in its place. Of each issuer and serial there is one row, and authorities'
 * own certificates stand in other rows.
 */
export async function isAsSigned(
  { authorities }: Pick<Readers, 'authorities'>,
  { authority, serial, key, der }: Pick<Certificate, 'authority' | 'serial' | 'key' | 'der'>,
): Promise<boolean> {
  const issuer = await authorities.find(authority)
  if (!issuer) return false
  try {
    const certificate = parseCertificate(der)
    if (certificate.serialHex !== serial || extension(certificate, 'basicConstraints')?.ca) return false
    if ((await sha256(certificate.publicKey.spki)) !== key) return false
    return await verifyIssuedBy(certificate, parseCertificate(issuer.certificate))
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}

/** Those that are as they were signed; each of the others is told of. */
export async function asSigned<C extends Certificate>(
  stores: Pick<Readers, 'authorities' | 'certificates'>,
  certificates: readonly C[],
): Promise<C[]> {
  const found: C[] = []
  for (const one of certificates) {
    if (await isAsSigned(stores, one)) found.push(one)
    else stores.certificates.tellPlanted(one)
  }
  return found
}
