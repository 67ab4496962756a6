import { visible } from '@scel/contract/letters'
import { addressesOf, calledBy } from '@scel/files/certificates'
import { certificatesIn } from '@scel/files/objects'
import { checkRecipient, receiversAmong } from '@scel/files/recipients'
import { fail } from '@scel/pki/errors'
import { type Certificate, fingerprint, formatName } from '@scel/pki/x509'
import { FilesFailure } from '../failure.ts'
import type { Card } from '../protocol.ts'

/** A certificate in the words of the page, with no letter in them that would turn the page's own words round. */
export async function cardOf(certificate: Certificate): Promise<Card> {
  const { spec, kind, bits } = certificate.publicKey
  return {
    der: certificate.der,
    name: visible(calledBy(certificate.subject)),
    emails: addressesOf(certificate).map(visible),
    subject: visible(formatName(certificate.subject, 'rfc4514')),
    issuer: visible(calledBy(certificate.issuer)),
    fingerprint: await fingerprint(certificate.der),
    key: spec ?? `${kind.toUpperCase()} ${bits}`,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
  }
}

/** All certificates in a file. @throws FilesFailure not-certificates; input_too_large, what the library says of a file that is damaged */
export async function cardsIn(file: File): Promise<Card[]> {
  return Promise.all((await read(file)).map(cardOf))
}

/**
 * Those in a file that something can be sealed for.
 * @throws FilesFailure not-certificates; input_too_large, recipient_not_usable, certificate_expired, certificate_not_yet_valid, and what
 *   else the library says of a file that is damaged
 */
export async function receiversIn(file: File): Promise<Card[]> {
  const meant = receiversAmong(await read(file))
  for (const certificate of meant) await checkRecipient(certificate, { at: new Date() })
  return Promise.all(meant.map(cardOf))
}

async function read(file: File): Promise<Certificate[]> {
  if (file.size > LONGEST) fail('input_too_large', { what: file.name, limit: LONGEST })
  const found = certificatesIn(new Uint8Array(await file.arrayBuffer()))
  if (found.length === 0) throw new FilesFailure('not-certificates', { file: file.name })
  return found
}

const LONGEST = 1024 * 1024
