import { readPublicKey } from '../../algorithms/index.ts'
import { DerReader, TAG } from '../../asn1/index.ts'
import { fromUtf8, pemDecode } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import { spkiOfJwk } from './jwk/public-jwk.ts'
import { keyMalformed, readingKey } from './malformed.ts'
import { spkiOfPkcs1 } from './pkcs1.ts'

/**
 * The SubjectPublicKeyInfo (DER) in a file's content: DER or PEM of SubjectPublicKeyInfo and PKCS #1, or JWK.
 * @param content DER, or the text as a string or in UTF-8
 * @throws key_malformed, pem_malformed, der_malformed, input_too_large
 * @example
 * const { spki } = sample.person.certificate.publicKey
 * assert.deepEqual(readSpki(pemEncode('PUBLIC KEY', spki)), spki)
 * assert.deepEqual(readSpki(JSON.stringify(jwkOfSpki(spki))), spki)
 */
export function readSpki(content: Uint8Array | string): Uint8Array {
  if (typeof content !== 'string' && content[0] === TAG.sequence) return ofDer(content)
  if (content.length > LONGEST_TEXT) fail('input_too_large', { what: 'public key', limit: LONGEST_TEXT })
  const text = typeof content === 'string' ? content : textOf(content)
  return text.trimStart().startsWith('{') ? spkiOfJwk(jsonOf(text)) : ofPem(text)
}

function ofPem(text: string): Uint8Array {
  const keys = pemDecode(text).flatMap(({ label, der }) => {
    if (label === 'PUBLIC KEY') return [checked(der)]
    return label === 'RSA PUBLIC KEY' ? [spkiOfPkcs1(der)] : []
  })
  if (keys.length > 1) keyMalformed('several keys')
  return keys[0] ?? keyMalformed('no public key')
}

/** By the type of the first element: an AlgorithmIdentifier, or the modulus. */
function ofDer(der: Uint8Array): Uint8Array {
  const tags = readingKey('public key', () =>
    DerReader.whole(der, 'public key', (reader) =>
      reader.sequence((fields) => fields.list((field) => field.element()[0])),
    ),
  )
  if (tags.length !== 2) keyMalformed('no public key')
  if (tags[0] === TAG.integer) return spkiOfPkcs1(der)
  return tags[1] === TAG.bitString ? checked(der) : keyMalformed('no public key')
}

function checked(spki: Uint8Array): Uint8Array {
  readPublicKey(spki)
  return spki
}

function textOf(content: Uint8Array): string {
  try {
    return fromUtf8(content)
  } catch {
    return keyMalformed('no public key')
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return keyMalformed('JSON')
  }
}

const LONGEST_TEXT = 1024 * 1024
