import { engine } from '#engine'
import type { OaepParameters, PublicKeyFacts } from '../../algorithms/index.ts'
import { digestByName, readPublicKey } from '../../algorithms/index.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import type { Key, RsaEncryption } from '../key.ts'
import { factsOf } from '../keys/private-key.ts'
import { answered, verbOf } from '../verb-of.ts'

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
 * @throws decryption_failed, key_mismatch for keys of another kind, key_incapable for one that does not decrypt where it is,
 *   key_unavailable, algorithm_unsupported
 * @example
 * const { privateKey } = await generateKeyPair('rsa-2048')
 * const parameters = { digest: 'SHA-1', mgfDigest: 'SHA-1' } as const
 * await assert.rejects(decryptOaep(privateKey, parameters, new Uint8Array(256)), { code: 'decryption_failed' })
 */
export async function decryptOaep(key: Key, parameters: OaepParameters, encrypted: Uint8Array): Promise<Uint8Array> {
  const size = sizeOf(factsOf(key))
  if (encrypted.length !== size) fail('decryption_failed', {})
  return (await decrypted(key, encrypted, { ...parameters, scheme: 'OAEP' })) ?? fail('decryption_failed', {})
}

/**
 * RSAES-PKCS1-v1_5 (RFC 8017 §7.2.2), for what others sealed. There is nothing to learn from the answer: what is
 * wrongly padded, of another length, or encrypted for another key gives `length` random bytes (RFC 3218 §2.3.2), and
 * whatever they are used for fails later, as it would with a wrong key.
 * @param length of the key inside, in bytes, as its cipher asks
 * @throws key_mismatch for keys of another kind, key_incapable for one that does not decrypt where it is, key_unavailable,
 *   algorithm_unsupported in browsers
 * @example
 * const { privateKey } = await generateKeyPair('rsa-2048')
 * assert.equal((await decryptPkcs1v15(privateKey, new Uint8Array(256), 16)).length, 16)
 */
export async function decryptPkcs1v15(key: Key, encrypted: Uint8Array, length: number): Promise<Uint8Array> {
  sizeOf(factsOf(key))
  // Drawn in any case, so that drawing it tells nothing.
  const random = engine.random(length)
  const found = (await decrypted(key, encrypted, { scheme: 'PKCS1-v1.5' })) ?? NOTHING
  const [other, chosen] = [new Uint8Array(length), new Uint8Array(length)]
  other.set(found.subarray(0, length))
  // All ones where the length is right, without a branch.
  const difference = found.length ^ length
  const mask = ((difference | -difference) >> 31) ^ -1
  for (let i = 0; i < length; i++) chosen[i] = (other[i]! & mask) | (random[i]! & ~mask)
  return chosen
}

/** Undefined when it does not decrypt. A keeper that says by an error what the padding was is not passed on (Bleichenbacher's attack). */
function decrypted(key: Key, encrypted: Uint8Array, how: RsaEncryption): Promise<Uint8Array | undefined> {
  const ask = verbOf(key, 'decrypt')
  return answered(
    () => ask(encrypted, how),
    () => undefined,
  )
}

/** Length of the modulus in bytes; keys that are restricted to RSA-PSS do not decrypt (RFC 4055 §1.2). */
function sizeOf({ kind, rsa }: PublicKeyFacts): number {
  return kind === 'rsa' ? rsa!.modulus.length : fail('key_mismatch', { what: 'RSA encryption' })
}

const NOTHING = new Uint8Array()
