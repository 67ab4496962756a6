// DER has no label. What a file holds is told by the tags of its outermost elements, which differ for everything that
// scel reads; whether it is well-formed all the way down is for its own reader to say.

import { contextConstructed, DerReader, derOfBer, TAG } from '@scel/pki/asn1'
import { hasCode } from '@scel/pki/errors'
import { cmsKind } from '../kinds/index.ts'
import type { DerKind } from './found.ts'

/** What the bytes are, or undefined when they are none of it. */
export function kindOfDer(der: Uint8Array): DerKind | undefined {
  if (cmsKind(der) === 'sealed') return 'sealed'
  try {
    return kindOf(childrenOf(der))
  } catch (error) {
    if (hasCode(error, 'der_malformed')) return kindOfBer(der)
    throw error
  }
}

/** PKCS #7 bags and PKCS #12 files come in BER too, with indefinite lengths. */
function kindOfBer(ber: Uint8Array): DerKind | undefined {
  try {
    const kind = kindOf(childrenOf(derOfBer(ber, 'file')))
    return kind === 'pkcs12' || kind === 'certificate bag' ? kind : undefined
  } catch (error) {
    if (hasCode(error, 'der_malformed') || hasCode(error, 'der_too_deep') || hasCode(error, 'input_too_large')) {
      return undefined
    }
    throw error
  }
}

interface Child {
  readonly tag: number
  readonly der: Uint8Array
}

const childrenOf = (der: Uint8Array): Child[] =>
  DerReader.whole(
    der,
    'file',
    (reader) => reader.sequence((outer) => outer.list((item) => ({ tag: item.tag ?? 0, der: item.element() }))),
    { maxBytes: der.length },
  )

function kindOf(outer: readonly Child[]): DerKind | undefined {
  switch (outer[0]?.tag) {
    case TAG.enumerated:
      return 'ocsp response'
    case TAG.oid:
      return 'certificate bag' // ContentInfo; whether it is of the degenerate kind is for its reader to say
    case TAG.integer:
      return kindOfNumbered(outer)
    case TAG.sequence:
      return kindOfNested(outer)
    default:
      return undefined
  }
}

/** Begins with a version, or with a number that is the value itself. */
function kindOfNumbered(outer: readonly Child[]): DerKind | undefined {
  const [, second, third] = outer
  switch (second?.tag) {
    case TAG.integer:
      return outer.length === 2 ? 'rsa public key' : 'rsa private key' // RFC 8017 §A.1.1 and §A.1.2
    case TAG.octetString:
      return 'ec private key' // RFC 5915 §3
    case TAG.sequence:
      break
    default:
      return undefined
  }
  const inner = childrenOf(second.der)[0]?.tag
  if (inner === TAG.sequence) return 'time-stamp request' // a MessageImprint begins with an algorithm
  // Both have an identifier next: the algorithm of a key, or the type of the content of a PFX.
  return third?.tag === TAG.octetString ? 'private key' : 'pkcs12'
}

function kindOfNested(outer: readonly Child[]): DerKind | undefined {
  const [first, second, third] = outer
  if (second?.tag === TAG.bitString) return 'public key'
  if (second?.tag === TAG.octetString) return 'encrypted private key'
  const inner = childrenOf(first!.der).map(({ tag }) => tag)
  if (third?.tag === TAG.bitString) return kindOfSigned(inner)
  // PKIStatusInfo begins with the status (RFC 3161 §2.4.2), a list of questions with a tag or a list (RFC 6960 §4.1.1).
  return inner[0] === TAG.integer ? 'time-stamp response' : 'ocsp request'
}

/**
 * A certificate begins with [0] version, or with serial number and a SEQUENCE; a request with version 0, a name, and a
 * SEQUENCE of a key; a list with its algorithm, or with version 1 and the algorithm, and then a name and a time
 * (RFC 5280 §4.1 and §5.1, RFC 2986 §4).
 */
function kindOfSigned([first, , third, fourth]: readonly number[]): DerKind {
  if (first === contextConstructed(0)) return 'certificate'
  if (first === TAG.sequence) return 'crl' // version 1
  // INTEGER, then: algorithm, issuer, time (list) · algorithm, issuer, validity (certificate v1) · subject, key, [0] (request)
  if (fourth === TAG.utcTime || fourth === TAG.generalizedTime) return 'crl'
  return third === TAG.sequence && fourth === TAG.sequence ? 'certificate' : 'request'
}
