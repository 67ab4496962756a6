import { engine } from '#engine'
import type { OaepParameters, PublicKeyFacts } from '../../algorithms/index.ts'
import { digestByName, readPublicKey } from '../../algorithms/index.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import type { AnyPrivateKey } from '../keys/private-key.ts'
import { factsOf, handleOf } from '../keys/private-key.ts'

/**
 * RSAES-OAEP (RFC 8017 §7.1.1).
 * @param spki SubjectPublicKeyInfo of an RSA key, DER
 * @throws key_mismatch for keys of another kind, input_too_large for more than the key's length less two digests and
 *   two bytes, algorithm_unsupported for digests that the platform lacks: browsers have one for both hash and mask
 * @example
 * const { privateKey, publicKey } = await generateKeyPair('rsa-2048')
 * const parameters = { digest: 'SHA-256', mgfDigest: 'SHA-256' } as const
 * const encrypted = await encryptOaep(publicKey, parameters, utf8('a key'))
 * assert.deepEqual(await decryptOaep(privateKey, parameters, encrypted), utf8('a key'))
 */
export async function encryptOaep(
  spki: Uint8Array,
  parameters: OaepParameters,
  plain: Uint8Array,
): Promise<Uint8Array> {
  const size = sizeOf(readPublicKey(spki))
  const limit = size - 2 * digestByName(parameters.digest).length - 2
  if (plain.length > limit) fail('input_too_large', { what: 'RSA-OAEP', limit })
  try {
    return await engine.encryptOaep(spki, parameters, plain)
  } catch (error) {
    if (isPkiError(error)) throw error
    return fail('key_malformed', { what: 'public key' }, error)
  }
}

/**
 * RSAES-OAEP (RFC 8017 §7.1.2). Wrong key, label, padding and length are one error.
 * @throws decryption_failed, key_mismatch for keys of another kind, algorithm_unsupported
 * @example
 * const { privateKey } = await generateKeyPair('rsa-2048')
 * const parameters = { digest: 'SHA-1', mgfDigest: 'SHA-1' } as const
 * await assert.rejects(decryptOaep(privateKey, parameters, new Uint8Array(256)), { code: 'decryption_failed' })
 */
export async function decryptOaep(
  privateKey: AnyPrivateKey,
  parameters: OaepParameters,
  encrypted: Uint8Array,
): Promise<Uint8Array> {
  const size = sizeOf(factsOf(privateKey))
  if (encrypted.length !== size) fail('decryption_failed', {})
  return (await engine.decryptOaep(handleOf(privateKey), parameters, encrypted)) ?? fail('decryption_failed', {})
}

/**
 * RSAES-PKCS1-v1_5 (RFC 8017 §7.2.2), for what others sealed. There is nothing to learn from the answer: what is
 * wrongly padded, of another length, or encrypted for another key gives `length` random bytes (RFC 3218 §2.3.2), and
 * whatever they are used for fails later, as it would with a wrong key.
 * @param length of the key inside, in bytes, as its cipher asks
 * @throws key_mismatch for keys of another kind, algorithm_unsupported in browsers
 * @example
 * const { privateKey } = await generateKeyPair('rsa-2048')
 * assert.equal((await decryptPkcs1v15(privateKey, new Uint8Array(256), 16)).length, 16)
 */
export async function decryptPkcs1v15(
  privateKey: AnyPrivateKey,
  encrypted: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  sizeOf(factsOf(privateKey))
  // Drawn in any case, so that drawing it tells nothing.
  const random = engine.random(length)
  const found = await decrypted(privateKey, encrypted)
  const [other, chosen] = [new Uint8Array(length), new Uint8Array(length)]
  other.set(found.subarray(0, length))
  // All ones where the length is right, without a branch.
  const difference = found.length ^ length
  const mask = ((difference | -difference) >> 31) ^ -1
  for (let i = 0; i < length; i++) chosen[i] = (other[i]! & mask) | (random[i]! & ~mask)
  return chosen
}

async function decrypted(privateKey: AnyPrivateKey, encrypted: Uint8Array): Promise<Uint8Array> {
  try {
    return (await engine.decryptPkcs1v15(handleOf(privateKey), encrypted)) ?? NOTHING
  } catch (error) {
    if (isPkiError(error)) throw error
    return NOTHING // too long or too short for the key, which everybody can see
  }
}

/** Length of the modulus in bytes; keys that are restricted to RSA-PSS do not decrypt (RFC 4055 §1.2). */
function sizeOf({ kind, rsa }: PublicKeyFacts): number {
  return kind === 'rsa' ? rsa!.modulus.length : fail('key_mismatch', { what: 'RSA encryption' })
}

const NOTHING = new Uint8Array()
