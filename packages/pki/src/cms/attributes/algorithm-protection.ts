// CMSAlgorithmProtection (RFC 6211): the algorithms of a signature, inside what is signed, so that nobody exchanges them.

import { contextConstructed, DerReader, element, sequence, TAG } from '../../asn1/index.ts'
import { equal } from '../../bytes/index.ts'
import type { Attribute } from '../../x509/index.ts'
import { attribute } from './attribute.ts'
import { ALGORITHM_PROTECTION } from './oids.ts'

/** Takes both AlgorithmIdentifiers as they stand in the SignerInfo. */
export const algorithmProtectionAttribute = (digest: Uint8Array, signature: Uint8Array): Attribute =>
  attribute(ALGORITHM_PROTECTION, sequence(digest, retagged(signature, SIGNATURE)))

/** Whether the attribute names these algorithms. Parameters that are NULL and those that are absent are the same (§2). */
export function protects(value: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
  return DerReader.whole(value, 'CMSAlgorithmProtection', (reader) =>
    reader.sequence((fields) => {
      const named = fields.element()
      // [2] is a MAC, which no signature has.
      if (fields.tag !== SIGNATURE) return fields.malformed()
      const signing = retagged(fields.element(), TAG.sequence)
      return equal(plain(named), plain(digest)) && equal(plain(signing), plain(signature))
    }),
  )
}

/** Without a NULL at its end. */
const plain = (identifier: Uint8Array): Uint8Array =>
  DerReader.whole(identifier, 'AlgorithmIdentifier', (reader) =>
    reader.sequence((fields) => {
      const parts = fields.list((one) => one.element())
      const last = parts.at(-1)
      return element(TAG.sequence, last?.[0] === TAG.null ? parts.slice(0, -1) : parts)
    }),
  )

function retagged(identifier: Uint8Array, tag: number): Uint8Array {
  const copy = new Uint8Array(identifier)
  copy[0] = tag
  return copy
}

const SIGNATURE = contextConstructed(1)
