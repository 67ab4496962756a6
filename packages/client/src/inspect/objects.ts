import { contextConstructed, DerReader, TAG } from '@scel/pki/asn1'
import { pemDecode } from '@scel/pki/bytes'
import { hasCode } from '@scel/pki/errors'

/** What a file may hold, told apart but not yet read. */
export type Found =
  | { readonly kind: 'certificate' | 'request' | 'crl'; readonly der: Uint8Array }
  | { readonly kind: 'private key' | 'other'; readonly label: string }

/** All objects of a PEM or DER file, in order. @throws pem_malformed, der_malformed */
export function objectsIn(content: Uint8Array): Found[] {
  if (content[0] === TAG.sequence) return [ofDer(content)]
  const text = Buffer.from(content).toString('utf8')
  if (!text.includes('-----BEGIN ')) return []
  return pemDecode(text).map(({ label, der }) => {
    const kind = LABELS[label]
    if (kind) return { kind, der }
    return { kind: label.endsWith('PRIVATE KEY') ? 'private key' : 'other', label }
  })
}

// RFC 7468, with the older names that tools still write.
const LABELS: Readonly<Record<string, 'certificate' | 'request' | 'crl'>> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'CERTIFICATE REQUEST': 'request',
  'NEW CERTIFICATE REQUEST': 'request',
  'X509 CRL': 'crl',
}

/**
 * DER has no label, but the three begin differently: a certificate with [0] version, or with serial number and a
 * SEQUENCE; a request with version 0, a name, and a SEQUENCE of a key; a list with its algorithm, or with version 1 and
 * the algorithm, and then a name and a time (RFC 5280 §4.1 and §5.1, RFC 2986 §4).
 */
function ofDer(der: Uint8Array): Found {
  try {
    const tags = DerReader.whole(
      der,
      'file',
      (reader) =>
        reader.sequence((outer) => {
          const inside = outer.sequence((tbs) =>
            tbs.list((item) => {
              const tag = item.tag ?? 0
              item.element()
              return tag
            }),
          )
          outer.list((rest) => rest.element())
          return inside
        }),
      { maxBytes: der.length },
    )
    return { kind: kindOf(tags), der }
  } catch (error) {
    if (hasCode(error, 'der_malformed')) return { kind: 'other', label: 'DER' }
    throw error
  }
}

function kindOf(tags: readonly number[]): 'certificate' | 'request' | 'crl' {
  const [first, , third, fourth] = tags
  if (first === contextConstructed(0)) return 'certificate'
  if (first === TAG.sequence) return 'crl' // version 1
  // INTEGER, then: algorithm, issuer, time (list) · algorithm, issuer, validity (certificate v1) · subject, key, [0] (request)
  if (fourth === TAG.utcTime || fourth === TAG.generalizedTime) return 'crl'
  return third === TAG.sequence && fourth === TAG.sequence ? 'certificate' : 'request'
}
