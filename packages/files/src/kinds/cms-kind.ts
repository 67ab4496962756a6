import { oid, TAG } from '@scel/pki/asn1'
import { equal } from '@scel/pki/bytes'

/** Signed, or holding its content for somebody or in another closed way. */
export type CmsKind = 'signed' | 'sealed'

/**
 * What a CMS file holds, in DER or BER, by its first octets: the type stands before everything else (RFC 5652 §3).
 * Whether the rest is well-formed is for its reader to say.
 */
export function cmsKind(head: Uint8Array): CmsKind | undefined {
  const [tag, length = 0] = head
  if (tag !== TAG.sequence) return undefined
  const at = length > 0x80 ? 2 + (length & 0x7f) : 2 // after a length of several octets
  return TYPES.find(({ der }) => equal(head.subarray(at, at + der.length), der))?.kind
}

const TYPES: readonly { readonly der: Uint8Array; readonly kind: CmsKind }[] = [
  { der: oid('1.2.840.113549.1.7.2'), kind: 'signed' },
  ...[
    '1.2.840.113549.1.7.3', // EnvelopedData
    '1.2.840.113549.1.7.5', // DigestedData
    '1.2.840.113549.1.7.6', // EncryptedData
    '1.2.840.113549.1.9.16.1.2', // AuthenticatedData
    '1.2.840.113549.1.9.16.1.9', // CompressedData
    '1.2.840.113549.1.9.16.1.23', // AuthEnvelopedData
  ].map((dotted) => ({ der: oid(dotted), kind: 'sealed' }) as const),
]

/** The labels of CMS in PEM (RFC 7468 §8 and §9), with what older programs write. */
export const CMS_LABELS: ReadonlySet<string> = new Set(['CMS', 'PKCS7', 'PKCS #7 SIGNED DATA'])
