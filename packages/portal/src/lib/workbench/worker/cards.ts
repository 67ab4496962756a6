import { visible } from '@scel/contract/letters'
import { addressesOf, calledBy } from '@scel/files/certificates'
import { pemDecode } from '@scel/pki/bytes'
import { type Certificate, fingerprint, formatName, parseCertificate } from '@scel/pki/x509'
import { FilesFailure } from '../failure.ts'
import type { Card } from '../protocol.ts'

/** A certificate in the words of the page, with no letter in them that would turn the page's own words round. */
export async function cardOf(certificate: Certificate): Promise<Card> {
  const [email] = addressesOf(certificate)
  const { spec, kind, bits } = certificate.publicKey
  return {
    der: certificate.der,
    name: visible(calledBy(certificate.subject)),
    ...(email ? { email: visible(email) } : {}),
    subject: visible(formatName(certificate.subject, 'rfc4514')),
    issuer: visible(calledBy(certificate.issuer)),
    fingerprint: await fingerprint(certificate.der),
    key: spec ?? `${kind.toUpperCase()} ${bits}`,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
  }
}

/**
 * The certificates in a file: DER, or PEM with any number of them.
 * @throws FilesFailure not-certificates
 */
export async function cardsIn(file: Blob): Promise<Card[]> {
  if (file.size > LONGEST) throw new FilesFailure('not-certificates')
  const bytes = new Uint8Array(await file.arrayBuffer())
  try {
    const ders = bytes[0] === 0x30 ? [bytes] : pemDecode(new TextDecoder().decode(bytes)).map(({ der }) => der)
    return await Promise.all(ders.map((der) => cardOf(parseCertificate(der))))
  } catch (error) {
    throw new FilesFailure('not-certificates', {}, error)
  }
}

const LONGEST = 1024 * 1024
