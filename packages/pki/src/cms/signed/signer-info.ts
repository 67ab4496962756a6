// SignerInfo (RFC 5652 §5.3): one signature, with what it says and what was said about it later.

import { contextConstructed, DerReader } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { Attribute } from '../../x509/index.ts'
import { oidOf } from '../algorithm-identifier.ts'
import { attributeSet, readAnyAttributes, readAttributes } from '../attributes/attribute.ts'
import type { CertificateIdentifier } from '../certificate-identifier.ts'
import { readIdentifier } from '../certificate-identifier.ts'

export interface SignerInfo {
  readonly signer: CertificateIdentifier
  /** AlgorithmIdentifier, DER. */
  readonly digestAlgorithm: Uint8Array
  readonly digestOid: string
  /** Undefined when the signature is over the content itself. */
  readonly signed?: {
    readonly attributes: readonly Attribute[]
    /** What the signature is over: the SET OF in DER (§5.4). */
    readonly der: Uint8Array
  }
  /** AlgorithmIdentifier, DER. */
  readonly signatureAlgorithm: Uint8Array
  readonly signature: Uint8Array
  /** Nobody signed these. */
  readonly unsigned: readonly Attribute[]
}

/** @throws cms_malformed, der_malformed, oid_malformed, name_malformed, input_too_large */
export function readSignerInfo(der: Uint8Array): SignerInfo {
  return DerReader.whole(
    der,
    'SignerInfo',
    (reader) =>
      reader.sequence((fields) => {
        // 1 or 3 by the form of the identifier, which says it better: programs mix them up.
        const version = fields.smallInteger()
        if (version !== 1 && version !== 3) fail('cms_malformed', { what: 'version of SignerInfo' })
        const signer = readIdentifier(fields)
        const digestAlgorithm = fields.element()
        const attributes = fields.optional(SIGNED, (inner) => readAttributes(inner, SIGNED))
        const signatureAlgorithm = fields.element()
        const signature = fields.octetString()
        // Some programs leave the field there and put nothing into it; nobody signed that there is something.
        const unsigned = fields.optional(UNSIGNED, (inner) => readAnyAttributes(inner, UNSIGNED)) ?? NONE
        return Object.freeze({
          signer,
          digestAlgorithm,
          digestOid: oidOf(digestAlgorithm),
          ...(attributes ? { signed: Object.freeze({ attributes, der: attributeSet(attributes) }) } : {}),
          signatureAlgorithm,
          signature,
          unsigned,
        })
      }),
    { maxBytes: MAX_BYTES },
  )
}

/** The same attributes under the tag that they have inside a SignerInfo. */
export const tagged = (number: 0 | 1, set: Uint8Array): Uint8Array => {
  const copy = new Uint8Array(set)
  copy[0] = contextConstructed(number)
  return copy
}

const SIGNED = contextConstructed(0)
const UNSIGNED = contextConstructed(1)
const NONE: readonly Attribute[] = Object.freeze([])
// A signature with a time stamp and the chain of its service.
export const MAX_BYTES: number = 1024 * 1024
