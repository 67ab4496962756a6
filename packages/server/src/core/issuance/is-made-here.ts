import { isPkiError } from '@scel/pki/errors'
import { parseCertificate, verifyIssuedBy } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import type { Readers } from '../work.ts'

/**
 * Whether the authority for people signed the certificate of a row, which has no code of its own. Asked where a row more would let
 * somebody do more: of the others what is signed speaks for itself.
 */
export async function isMadeHere(
  { authorities }: Pick<Readers, 'authorities'>,
  { authority, serial, der }: Pick<Certificate, 'authority' | 'serial' | 'der'>,
): Promise<boolean> {
  const issuer = await authorities.find(authority)
  if (issuer?.purpose !== 'people') return false // what a root has signed stands in no other row
  try {
    const certificate = parseCertificate(der)
    // Of each serial of an authority there is one row: what another one has, this one has not.
    return certificate.serialHex === serial && (await verifyIssuedBy(certificate, parseCertificate(issuer.certificate)))
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}

/** Those that the authority for people signed; each of the others is told of. */
export async function madeHere(
  stores: Pick<Readers, 'authorities' | 'certificates'>,
  certificates: readonly Certificate[],
): Promise<Certificate[]> {
  const found: Certificate[] = []
  for (const one of certificates) {
    if (await isMadeHere(stores, one)) found.push(one)
    else stores.certificates.tellPlanted(one)
  }
  return found
}
