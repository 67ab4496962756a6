// The nonce extension (RFC 9654): 1 to 128 octets in an OCTET STRING of their own.

import { DerReader, octetString } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension } from '../x509/index.ts'

const NONCE = '1.3.6.1.5.5.7.48.1.2'

/** @throws ocsp_malformed on a length that RFC 9654 §2.1 has a responder refuse */
export function readNonce(extensions: readonly Extension[]): Uint8Array | undefined {
  const found = extensions.find((one) => one.oid === NONCE)
  if (!found) return undefined
  const nonce = DerReader.whole(found.value, 'nonce', (reader) => reader.octetString())
  return nonce.length >= 1 && nonce.length <= 128 ? nonce : fail('ocsp_malformed', { what: 'nonce' })
}

export const nonceExtension = (nonce: Uint8Array): Extension => ({
  oid: NONCE,
  critical: false,
  value: octetString(nonce),
})

/** @throws ocsp_malformed when an extension other than the nonce must be understood */
export function refuseCritical(extensions: readonly Extension[]): void {
  if (extensions.some((one) => one.critical && one.oid !== NONCE))
    fail('ocsp_malformed', { what: 'critical extension' })
}
