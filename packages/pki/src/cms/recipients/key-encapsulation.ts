// KEMRecipientInfo (RFC 9629 §3) with ML-KEM (RFC 9936): a secret is encapsulated for the recipient's key, and what HKDF
// makes of it wraps the key of the content. A ciphertext that was made for another key gives another secret and no error
// (FIPS 203 §7.3): then the wrap does not hold.

import { HKDFS, hkdfByOid, KEMS, KEY_WRAPS, kemByOid, readPublicKey } from '../../algorithms/index.ts'
import {
  contextConstructed,
  DerReader,
  explicit,
  implicitConstructed,
  integer,
  octetString,
  oid,
  sequence,
} from '../../asn1/index.ts'
import type { Key } from '../../crypto/index.ts'
import { decapsulate, encapsulate, hkdf, unwrapKey, wrapKey } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import { oidOf } from '../algorithm-identifier.ts'
import { readIdentifier, writeIdentifier } from '../certificate-identifier.ts'
import type { CertificateRecipient } from '../seal-options.ts'
import type { FoundRecipient } from './found.ts'
import { alike, identifierFacts } from './found.ts'
import { readWrap } from './key-wrap.ts'

/** OtherRecipientInfo: this kind, or one that is not known here. */
export function readOther(der: Uint8Array): FoundRecipient {
  const { kind, value } = DerReader.whole(der, 'OtherRecipientInfo', (reader) =>
    reader.constructed(contextConstructed(4), (fields) => ({ kind: fields.oid(), value: fields.element() })),
  )
  return kind === ORI_KEM
    ? readKeyEncapsulation(value)
    : { facts: Object.freeze({ kind: 'other', algorithm: kind }), by: 'nothing' }
}

function readKeyEncapsulation(der: Uint8Array): FoundRecipient {
  const { named, kem, ciphertext, kdf, kekLength, ukm, wrap, encrypted } = DerReader.whole(
    der,
    'KEMRecipientInfo',
    (reader) =>
      reader.sequence((fields) => {
        if (fields.smallInteger() !== 0) fields.malformed()
        return {
          named: readIdentifier(fields),
          kem: oidOf(fields.element()),
          ciphertext: fields.octetString(),
          kdf: oidOf(fields.element()),
          kekLength: fields.smallInteger(65_535),
          ukm: fields.optional(contextConstructed(0), (inner) => inner.explicit(0, (one) => one.octetString())),
          wrap: fields.element(),
          encrypted: fields.octetString(),
        }
      }),
  )
  const contentKey = async (key: Key): Promise<Uint8Array> => {
    const [row, { digest }, wrapping] = [kemByOid(kem), hkdfByOid(kdf), readWrap(wrap)]
    // The length must be what the wrap takes (RFC 9629 §3).
    if (kekLength !== wrapping.keyLength) fail('cms_malformed', { what: 'kekLength' })
    if (readPublicKey(key.publicKey).oid !== row.oid) fail('key_mismatch', { what: row.name })
    const secret = await decapsulate(key, ciphertext)
    const kek = await hkdf(digest, secret, NO_SALT, otherInfo(wrap, kekLength, ukm), kekLength)
    return unwrapKey(wrapping, kek, encrypted)
  }
  const algorithm = KEMS.find((row) => row.oid === kem)?.name ?? kem
  return {
    facts: Object.freeze({ kind: 'key-encapsulation', algorithm, ...identifierFacts(named) }),
    by: 'private-key',
    named,
    contentKey: (key) => alike(contentKey(key)),
  }
}

export async function writeKeyEncapsulation(
  recipient: CertificateRecipient,
  contentKey: Uint8Array,
): Promise<Uint8Array> {
  const { certificate } = recipient
  const { spki, oid: kem } = certificate.publicKey
  const [wrapping, kdf] = [KEY_WRAPS.at(-1)!, HKDFS[0]!]
  const wrap = sequence(oid(wrapping.oid))
  const { sharedSecret, ciphertext } = await encapsulate(spki)
  const info = otherInfo(wrap, wrapping.keyLength, undefined)
  const kek = await hkdf(kdf.digest, sharedSecret, NO_SALT, info, wrapping.keyLength)
  return implicitConstructed(
    4,
    oid(ORI_KEM),
    sequence(
      integer(0),
      writeIdentifier(certificate),
      sequence(oid(kem)),
      octetString(ciphertext),
      sequence(oid(kdf.oid)),
      integer(wrapping.keyLength),
      wrap,
      octetString(await wrapKey(wrapping, kek, contentKey)),
    ),
  )
}

/** CMSORIforKEMOtherInfo (RFC 9629 §5). An empty `ukm` is another thing than none. */
const otherInfo = (wrap: Uint8Array, kekLength: number, ukm: Uint8Array | undefined): Uint8Array =>
  sequence(wrap, integer(kekLength), ukm ? [explicit(0, octetString(ukm))] : [])

const ORI_KEM = '1.2.840.113549.1.9.16.13.3'
const NO_SALT = new Uint8Array(0)
