// RSAES-PKCS1-v1_5 for programs that read nothing newer. Browsers do not have it, so the padding is here, for both
// platforms.

import { engine } from '#engine'
import { readPublicKey } from '../../algorithms/index.ts'
import { concat } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import { rsaPublic } from './public.ts'

/**
 * RSAES-PKCS1-v1_5 (RFC 8017 §7.2.1). Use RSA-OAEP where the other side reads it.
 * @param spki SubjectPublicKeyInfo of an RSA key, DER
 * @throws key_mismatch for keys of another kind, input_too_large for more than the key's length less 11 bytes
 * @example
 * const { privateKey, publicKey } = await generateKeyPair('rsa-2048')
 * const encrypted = await encryptPkcs1v15(publicKey, utf8('sixteen octets..'))
 * assert.deepEqual(await decryptPkcs1v15(privateKey, encrypted, 16), utf8('sixteen octets..'))
 */
export async function encryptPkcs1v15(spki: Uint8Array, plain: Uint8Array): Promise<Uint8Array> {
  const { kind, rsa } = readPublicKey(spki)
  if (kind !== 'rsa' || !rsa) return fail('key_mismatch', { what: 'RSA encryption' })
  const size = rsa.modulus.length
  if (plain.length > size - 11) fail('input_too_large', { what: 'RSA PKCS #1 v1.5', limit: size - 11 })
  const padded = concat(Uint8Array.of(0, 2), nonZero(size - plain.length - 3), Uint8Array.of(0), plain)
  return rsaPublic(rsa, padded)! // it begins with zero, which a modulus does not
}

/** Random octets without zeros, which end the padding. */
function nonZero(length: number): Uint8Array {
  let octets: Uint8Array = new Uint8Array()
  while (octets.length < length)
    octets = concat(
      octets,
      engine.random(length).filter((octet) => octet !== 0),
    )
  return octets.slice(0, length)
}
